from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest

from fuzz.cases import LONGEST, faults, fed, read, wrong
from fuzz.mutators import SAID, broken, said
from fuzz.seeds import FEEDS, FIRST, SEEDS, TEXTS

CASES = 900
READ = 14


@pytest.mark.parametrize("seed", [*SEEDS, *FEEDS], ids=lambda seed: seed.name)
def test_a_whole_file_gives_all_its_documents_and_no_problem(seed) -> None:
    assert (read if seed in SEEDS else fed)(seed.name, seed.data) == (seed.documents, 0)


@pytest.mark.parametrize("part", range(3))
@pytest.mark.filterwarnings("ignore::Warning")
def test_no_broken_file_ends_a_run_hangs_or_loses_in_silence(part: int) -> None:
    each = range(part * CASES // 3, (part + 1) * CASES // 3)
    found = [fault for fault in faults(each, 31) if fault is not None]
    assert [(fault.case, fault.name, fault.how, fault.what) for fault in found] == []


def test_a_loss_without_a_word_would_be_found(monkeypatch) -> None:
    lines = next(seed for seed in SEEDS if seed.name == "a.jsonl")
    assert wrong(lines, lines.data.replace(b'"text"', b'"test"', 1), {"flip"}) is None
    monkeypatch.setattr("fuzz.cases.read", lambda name, data: (2, 0))
    assert wrong(lines, lines.data[:-9], {"cut"}) == "gives 2 documents of 3, and not a word"
    monkeypatch.setattr("fuzz.cases.read", lambda name, data: 1 // 0)
    assert "ZeroDivisionError" in str(wrong(lines, b"", {"cut"}))


def test_what_runs_long_is_read_to_its_end(tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST)
    for number in range(READ):
        chance = Random(f"read:{number}")
        text = (
            said(TEXTS[number % 3].encode(), chance)
            if number % 2
            else broken(TEXTS[0].encode(), chance)[0]
        )
        (folder / f"b{number:02}.txt").write_bytes(text)
    (folder / "c.txt").write_bytes(b"\n\n".join([*SAID, FIRST.encode()]))
    (folder / "d.txt").write_text(f"{FIRST} Two more died.")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "sayso", "read", str(folder), "--jsonl", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10 * LONGEST)
    assert done.returncode in (0, 3), done.stderr
    assert "fault in Sayso" not in done.stderr
    readings = [json.loads(line) for line in out.read_text().splitlines()]
    counts = [
        [(claim["count"] or {}).get("low") for claim in one["claims"] if claim["kind"] == "killed"]
        for one in readings
    ]
    assert counts[0] == [13] and counts[-1][0] == 13
    assert len(readings) + done.stderr.count(f"{folder}/") >= READ + 3
