"""Reading on a real Ray cluster: the same as on one machine, whatever becomes of a machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from ray.cluster_utils import Cluster

from sayso.errors import InputError
from sayso.ingest.inputs import documents
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, known, recall
from sayso.pipeline.running.stream import read_all
from sayso.records import Document, Problem, Reading
from sayso.scale import results, spread
from sayso.scale.spread import Done, read
from sayso.settings import Settings
from sayso.wire import encode
from waiting import PATIENCE

STORY = files("sayso") / "data" / "demo" / "story.jsonl"
PLACES = ("Karsa", "Belov", "Tidewatch", "Northgate", "Orrin Bay")


def note(number: int) -> Document:
    """A short report; every third prints the words of another outlet's."""
    of = number - number % 3
    place = PLACES[of % 5]
    words = " ".join(f"street{of * 7 + n} market{of * 5 + n}" for n in range(12))
    return Document(
        id=f"note-{number}",
        text=f"{3 + of % 9} people were killed in {place} on Monday, police said.\n\nNear {words}.",
        title=f"Deaths in {place}",
        outlet=f"Outlet {number % 3}",
        published=f"2031-03-{4 + number % 20:02}T0{number % 10}:00:00Z",
    )


def write(path: Path, found: list[Document]) -> str:
    path.write_text("".join(encode(d) + "\n" for d in found), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three archives and a folder of pages: with documents met twice, another text under an id that
    is taken, and lines that are none."""
    folder = tmp_path_factory.mktemp("inputs")
    first = [note(n) for n in range(130)]
    second = [*first[:3], *(note(n) for n in range(130, 200))]
    second.append(Document(id="note-5", text="One man died in Belov.", published="2031-03-05"))
    broken = Path(write(folder / "b.jsonl", second))
    broken.write_text(broken.read_text(encoding="utf-8") + "{no\n", encoding="utf-8")
    pages = folder / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(f"{number + 2} men were hurt in Karsa.")
    return [write(folder / "a.jsonl", first), str(broken), str(STORY), str(pages)]


@dataclass
class Told:
    """What one machine makes of the inputs."""

    lines: list[str]
    incidents: list[str]


def lines(items: Iterator[tuple[Document, Reading] | Problem]) -> list[str]:
    return [encode(i) if isinstance(i, Problem) else encode(i[0]) + encode(i[1]) for i in items]


@pytest.fixture(scope="module")
def here(inputs: list[str], settings: Settings) -> Told:
    found = list(read_all(Reader(settings), documents(inputs)))
    read = [item for item in found if not isinstance(item, Problem)]
    told = known([d for d, _ in read], [r for _, r in read], settings)
    return Told(lines(iter(found)), [encode(incident) for incident in told.incidents])


def incidents(out: str) -> list[str]:
    return [row["incident"] for row in results.Folder(out).rows("incidents.parquet")]


@dataclass
class Run:
    """A run on a cluster of two machines, one of which was killed while they read."""

    out: str
    done: Done
    killed_after: int
    left_to_do: int


@pytest.fixture(scope="module")
def run(
    inputs: list[str], settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    out = str(tmp_path_factory.mktemp("run"))
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    workers = [cluster.add_node(num_cpus=1) for _ in range(2)]
    killed: list[tuple[int, int]] = []
    over = threading.Event()

    def kill() -> None:
        """Once the first documents are read: the machine and all that runs on it, at once."""
        while not over.wait(0.02):
            if found := list(Path(out).glob("readings/*.parquet")):
                groups = len(list(Path(out).glob("pages/*.parquet"))) + 1
                cluster.remove_node(workers[0], allow_graceful=False)
                killed.append((len(found), groups - len(found)))
                return

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = read(inputs, out, settings, cluster.address)
    finally:
        over.set()
        killer.join()
        cluster.shutdown()
    yield Run(out, done, *killed[0])


def test_a_machine_is_killed_and_all_is_read_as_on_one(run: Run, here: Told) -> None:
    assert run.killed_after >= 1 and run.left_to_do >= 2
    assert lines(results.read(run.out)) == here.lines
    assert run.done.documents + run.done.problems == len(here.lines)
    assert run.done.problems == 4 and run.done.before == 0


def test_copies_and_incidents_are_those_of_one_machine(run: Run, here: Told) -> None:
    assert len(here.incidents) > 5
    assert any(json.loads(incident)["copy_groups"] for incident in here.incidents)
    assert incidents(run.out) == here.incidents


def test_claims_are_a_table_that_others_read(run: Run) -> None:
    import duckdb

    query = f"SELECT count(*), min(low), any_value(place) FROM '{run.out}/claims/*.parquet'"
    ((count, low, place),) = duckdb.sql(query).fetchall()
    read = [item for item in results.read(run.out) if not isinstance(item, Problem)]
    assert count == run.done.claims == sum(len(reading.claims) for _, reading in read) > 200
    assert low >= 0 and isinstance(place, str)


def test_a_run_that_was_ended_goes_on_where_it_was(
    run: Run, here: Told, inputs: list[str], settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(run.out, out)
    groups = sorted(out.glob("readings/*.parquet"))
    groups[1].unlink()
    left = out / "readings" / "half.parquet.part"
    left.write_bytes(b"half a file")
    kept = {path.name: path.stat().st_mtime_ns for path in groups if path != groups[1]}
    told = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps(told | {"finished": False}))
    with pytest.raises(InputError, match="not finished"):
        list(results.read(str(out)))
    done = read(inputs, str(out), settings)
    assert done.before == len(groups) - 1
    assert lines(results.read(str(out))) == here.lines and incidents(str(out)) == here.incidents
    again = {path.name: path.stat().st_mtime_ns for path in out.glob("readings/*.parquet")}
    assert kept.items() <= again.items()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_results_go_into_a_ledger(
    kind: str, run: Run, here: Told, settings: Settings, request: Any, tmp_path: Path
) -> None:
    address = (
        str(tmp_path / "x.db")
        if kind == "sqlite"
        else str(request.getfixturevalue("postgresql_address"))
    )
    command = [sys.executable, "-m", "sayso", "import", run.out, "--ledger", address]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr  # the problems of the run are told again
    assert f"{run.done.documents} documents brought into" in done.stderr
    with Ledger.open(address) as ledger:
        assert [encode(i) for i in recall(ledger, settings).incidents] == here.incidents
        assert ledger.count().documents == run.done.documents
        before = ledger.head().seq
    again = subprocess.run(command, capture_output=True, text=True)
    assert "0 documents brought into" in again.stderr
    assert f"{run.done.documents} there already" in again.stderr
    with Ledger.open(address) as ledger:
        assert ledger.count().documents == run.done.documents
        assert not [e for e in ledger.entries(before) if e.kind != "problem"]


def test_the_command_reads_on_all_cores_of_this_machine(settings: Settings, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", [note(n) for n in range(4)])
    command = [sys.executable, "-m", "sayso", "read", "a.jsonl", "--on", "ray", "--out", "out"]
    environment = os.environ | {"SAYSO_GAZETTEER": str(settings.gazetteer)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert "4 documents read, 4 claims, in out" in done.stderr and not done.stdout
    assert lines(results.read(str(tmp_path / "out"))) == lines(
        read_all(Reader(settings), documents([source]))
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "ray"], "takes --on ray\\[:ADDRESS\\] and --out DIR"),
        (["--on", "spark", "--out", "out"], "takes --on ray"),
        (["--out", "out"], "takes --on ray"),
        (["--on", "ray", "--out", "out", "--workers", "2"], "all cores it is given"),
        (["-", "--on", "ray", "--out", "out"], "name files"),
        (["--on", "ray:127.0.0.1:1", "--out", "out"], "no Ray cluster at '127.0.0.1:1'"),
        (["--on", "ray", "--out", "gopher://x/y"], "gopher"),
        (["--on", "ray", "--out", "taken"], "the results of another run"),
        (["--on", "ray", "--out", "blocked"], "the cluster gave up: .*; what was read is kept"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path / "a.jsonl", [note(1)])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "pages").write_text("a file where a folder is to be")
    units = [[unit.key, list(unit.names)] for unit in spread._units(["a.jsonl"])]
    begun = {"units": units, "reader": Reader(settings).name, "finished": False}
    (tmp_path / "blocked" / "run.json").write_text(json.dumps(begun))
    (tmp_path / "taken" / "run.json").write_text('{"units": [], "reader": "x", "finished": true}')
    environment = os.environ | {"SAYSO_GAZETTEER": str(settings.gazetteer)}
    command = [sys.executable, "-m", "sayso", "read", "a.jsonl", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr
    assert re.search(said, done.stderr), done.stderr
    assert json.loads((tmp_path / "taken" / "run.json").read_text())["reader"] == "x"


def test_a_folder_that_is_no_run_is_no_source(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sayso", "import", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "holds no results" in done.stderr
    assert not list(tmp_path.iterdir()), "no ledger is made of nothing"
