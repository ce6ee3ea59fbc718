"""Bits of a ledger, or of a bundle, turned over at random: whatever changes what anybody is shown
must be found by `sayso verify`, and nothing may end it but a sentence.

    python -m flips [HOW_MANY [SEED]]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from sayso.cli.commands import main
from sayso.errors import SaysoError
from sayso.ledger.store import Ledger


class Told(Exception):
    """A command ended with a sentence."""


def said(*arguments: object) -> str:
    """What a command prints. Raises `Told` where it ends with a sentence and an exit code, and
    whatever else it raises."""
    done = CliRunner().invoke(main, [*map(str, arguments)])
    if isinstance(done.exception, SaysoError | click.ClickException):
        raise Told(str(done.exception))
    if isinstance(done.exception, SystemExit) and done.exit_code in (1, 2, 3):
        raise Told(done.output)
    if done.exception is not None:
        raise done.exception
    return done.stdout


def made(path: Path) -> dict[str, str]:
    """A ledger of the demo's, with some of everything that people decide; what to ask it for."""
    of = ("--ledger", path, "--format", "jsonl")
    said("demo", "--quiet", *of)
    with Ledger.open(path) as ledger:
        found = max((i for i, _ in ledger.incidents()), key=lambda i: len(i.documents))
    names = {"incident": found.id, "claim": found.claims[0]}
    for claim, verdict in zip(found.claims, ("accept", "reject", "accept"), strict=False):
        said("judge", claim, verdict, "--by", "Aigul", *of)
    said("judge", found.id, "tag", "Harbour", "--by", "Aigul", *of)
    said("judge", found.id, "note", "--note", "ask the harbour office", "--by", "Aigul", *of)
    said("incidents", *of)
    return names


def asked(names: dict[str, str]) -> list[tuple[str, ...]]:
    """What people ask of a ledger."""
    incident, claim = names["incident"], names["claim"]
    return [
        ("incidents",),
        ("incidents", "--tag", "harbour"),
        ("incidents", "--verdict", "reject"),
        ("documents",),
        ("toll", incident),
        ("curve", incident),
        ("why", claim),
        ("report", incident, "-o", "-"),
        ("search", "killed", "--format", "jsonl"),
        ("search", "ward list", "--documents", "--format", "jsonl"),
        ("search", "hospital", "--documents", "--format", "jsonl"),
        ("sources",),
        ("log",),
        ("log", incident),
        ("export", "jsonl", "-"),
        ("export", "csv", "-"),
    ]


def answers(path: Path, questions: list[tuple[str, ...]]) -> list[str]:
    """What a ledger answers; where it cannot, why not."""
    found = []
    for question in questions:
        try:
            found.append(said(*question, "--ledger", path))
        except Told as error:
            found.append(f"told: {error}")
        except Exception as error:  # what was not proved to be broken must not break anything
            found.append(f"broke: {error!r}")
    return found


def taken(path: Path) -> list[str]:
    """What a ledger holds that a bundle was brought into."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.db"
        try:
            said("import", path, "--ledger", own)
        except Told as error:
            return [f"told: {error}"]
        return answers(own, [("export", "jsonl", "-"), ("documents",), ("incidents",)])


def flipped(whole: bytes, dice: random.Random) -> tuple[int, int, bytes]:
    """A byte and a bit, and the same with that bit turned over."""
    at, bit = dice.randrange(len(whole)), dice.randrange(8)
    data = bytearray(whole)
    data[at] ^= 1 << bit
    return at, bit, bytes(data)


def flips(
    path: Path,
    verify: Callable[[Path], str],
    look: Callable[[Path], list[str]],
    many: int,
    seed: int,
) -> Iterator[tuple[int, int, str]]:
    """Turns so many bits of a copy over, one at a time: the byte, the bit, and what came of it:
    `found`, `harmless`, `MISSED`, or `CRASHED` with the reason."""
    whole, dice = path.read_bytes(), random.Random(seed)
    copy = path.with_name(f"flipped{path.suffix}")
    copy.write_bytes(whole)
    right = look(copy)
    for _ in range(many):
        at, bit, data = flipped(whole, dice)
        copy.write_bytes(data)
        for beside in path.parent.glob(f"{copy.name}?*"):
            beside.unlink()
        try:
            verify(copy)
        except Told:
            yield at, bit, "found"
            continue
        except Exception as error:  # the point of it
            yield at, bit, f"CRASHED: {error!r}"
            continue
        shown = look(copy)
        changed = [
            n for n, (one, other) in enumerate(zip(shown, right, strict=True)) if one != other
        ]
        yield at, bit, f"MISSED: {changed}: {shown[changed[0]][:300]}" if changed else "harmless"


def of_ledger(folder: Path, many: int, seed: int) -> Iterator[tuple[int, int, str]]:
    """Of a ledger in a file."""
    path = folder / "demo.db"
    questions = asked(made(path))
    verify = lambda copy: said("verify", "--ledger", copy)  # noqa: E731 - one line, used twice
    yield from flips(path, verify, lambda copy: answers(copy, questions), many, seed)


def of_bundle(folder: Path, many: int, seed: int) -> Iterator[tuple[int, int, str]]:
    """Of a bundle with its texts."""
    path, bundle = folder / "packed.db", folder / "demo.zip"
    made(path)
    said("export", "bundle", bundle, "--texts", "--ledger", path)
    yield from flips(bundle, lambda copy: said("verify", copy), taken, many, seed)


def run(many: int, seed: int) -> int:
    """Both, with a summary; how many were missed or crashed."""
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        for what, each in (("ledger", of_ledger), ("bundle", of_bundle)):
            counts: Counter[str] = Counter()
            for done, (at, bit, came) in enumerate(each(Path(name), many, seed), 1):
                counts[came.partition(":")[0]] += 1
                if ":" in came:
                    print(f"{what}: byte {at}, bit {bit}: {came}", flush=True)
                if done % 100 == 0:
                    print(f"{what}: {done} of {many}: {dict(counts)}", file=sys.stderr, flush=True)
            print(f"{what}: {many} bits turned over, seed {seed}: {dict(counts)}", flush=True)
            bad += counts["MISSED"] + counts["CRASHED"]
    return bad


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if run(*[*numbers, *(2000, 31)[len(numbers) :]]) else 0)
