"""How fast documents become incidents, batch after batch, and what it weighs.

    python benchmarks/reconcile.py [DOCUMENTS] >> docs/performance.md

The coverage is invented: DOCUMENTS (20,000) on a year of events, some twenty documents each, with
copies, trimmed copies, follow-ups with other figures, round-ups of two events, and what outlets
print under everything. Their claims come with them, since reading is measured elsewhere. The floor
is measured in the same run: splitting the same texts into words and counting them. Nothing here is
asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import gc
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sayso.lexicon.background import background
from sayso.reconcile.coverage import Coverage
from sayso.records import Claim, Count, Document, Event, Evidence, Party, Place, Source, When

BATCH = 1000
"""Documents added at a time."""

START = datetime(2031, 1, 1, 6, tzinfo=UTC)
OUTLETS = 60
PER_EVENT = 20
"""Documents about one event, on average."""

KINDS = ("blast", "raid", "fire", "flood", "clash", "shooting", "landslide", "ambush", "stampede")
GROUPS = ("traders", "dockers", "miners", "pupils", "soldiers", "farmers", "pilgrims", "drivers")
VOICES = (("Health Ministry", "official"), ("police", "security_forces"), ("doctors' union", "ngo"))
SYLLABLES = "ka lo mir ta sel ve dor ni ban ghu su ran el os tur pa im zhe".split()


class Happening:
    """One invented event: where and when it was, how many died, and the words to tell it in."""

    def __init__(self, number: int, dice: random.Random, common: list[str], year: float) -> None:
        self.number = number
        self.place = "".join(dice.choices(SYLLABLES, k=3)).title()
        self.lat, self.lon = dice.uniform(-50, 60), dice.uniform(-120, 140)
        self.at = START + timedelta(days=dice.uniform(0, year))
        self.kind, self.group = dice.choice(KINDS), dice.choice(GROUPS)
        self.dead = dice.randint(2, 60)
        self.words = dice.sample(common, 60)

    def tell(self, dice: random.Random, common: list[str], dead: int, voice: str) -> str:
        """A report of it of some 150 words, in words of its own and words of every report."""
        lead = (
            f"A {self.kind} in {self.place} on {self.at:%A} killed {dead} {self.group}, "
            f"the {voice} said."
        )
        paragraphs = [lead]
        for _ in range(dice.randint(3, 6)):
            told = dice.choices(self.words, k=14) + dice.choices(common, k=12)
            dice.shuffle(told)
            paragraphs.append(f"The {' '.join(told)} in {self.place}.")
        return "\n\n".join(paragraphs)

    def claim(self, name: str, text: str, dead: int, voice: tuple[str, str]) -> Claim:
        """What a reader finds in it: how many died, where, when, and who says so."""
        start = text.index(f"{dead} {self.group}", text.index(f" in {self.place} on "))
        quote = f"{dead} {self.group}"
        day = self.at.date().isoformat()
        return Claim(
            id=name,
            kind="killed",
            event=Event(type="ASSAULT"),
            count=Count(low=dead, high=dead, text=str(dead)),
            who=Party(text=self.group, category="civilians"),
            where=Place(
                text=self.place, lat=self.lat, lon=self.lon, precision="city", basis="sentence"
            ),
            when=When(text=f"{self.at:%A}", start=day, end=day, basis="sentence"),
            sources=(Source(text=voice[0], kind=voice[1], role="origin"),),  # type: ignore[arg-type]
            basis="stated",
            evidence=Evidence(start=start, end=start + len(quote), text=quote),
        )


def coverage(documents: int) -> list[tuple[Document, list[Claim]]]:
    """That many documents with their claims, in the order of their publication."""
    dice = random.Random(20310304)
    common = [
        word for word, count in background("en").items() if 20 < count < 4000 and len(word) > 4
    ]
    year = 365 * documents / 20_000
    events = [Happening(i, dice, common, year) for i in range(documents // PER_EVENT)]
    below = [
        f"Read more of what Outlet {o} reports. " + " ".join(dice.sample(common, 30)) + "."
        for o in range(OUTLETS)
    ]
    found = []
    for number in range(documents):
        event = events[number % len(events)]
        outlet = dice.randrange(OUTLETS)
        hours = dice.expovariate(1 / 30)
        dead = event.dead + int(hours // 24)
        voice = dice.choice(VOICES)
        claims = []
        kind = dice.random()
        # A third are copies: the agency's text is the same whatever outlet prints it.
        teller = random.Random(event.number) if kind < 0.33 else dice
        if kind < 0.33:
            dead, voice = event.dead, VOICES[0]
        text = event.tell(teller, common, dead, voice[0])
        if kind < 0.1:
            text = "\n\n".join(text.split("\n\n")[:3])
        claims.append(event.claim(f"{number}-0", text, dead, voice))
        if kind > 0.97:
            other = events[(number * 7 + 1) % len(events)]
            text += "\n\n" + other.tell(dice, common, other.dead, voice[0]).split("\n\n")[0]
            claims.append(other.claim(f"{number}-1", text, other.dead, voice))
        page = Document(
            id=f"d{number:06}",
            text=f"{text}\n\n{below[outlet]}",
            title=f"{event.kind.title()} in {event.place}",
            outlet=f"Outlet {outlet}",
            published=(event.at + timedelta(hours=hours)).isoformat(),
        )
        found.append((page, claims))
    return sorted(found, key=lambda told: told[0].published or "")


def batches(
    told: list[tuple[Document, list[Claim]]],
) -> Iterator[list[tuple[Document, list[Claim]]]]:
    """The coverage in batches of `BATCH`."""
    for start in range(0, len(told), BATCH):
        yield told[start : start + BATCH]


def in_order(documents: int) -> None:
    """Add everything as it was published, and print what each batch cost."""
    told = coverage(documents)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = re.compile(r"\w+")
    started = time.perf_counter()
    for document, _ in told:
        Counter(words.findall(document.text.lower()))
    floor = (time.perf_counter() - started) / len(told)
    grown = Coverage()
    costs = []
    gc.freeze()  # what is given is not walked again and again: it is no part of what is measured
    for batch in batches(told):
        started = time.process_time()
        grown.add([document for document, _ in batch], {d.id: claims for d, claims in batch})
        incidents = grown.incidents()
        costs.append((time.process_time() - started) / len(batch))
        if sys.stderr.isatty():
            print(f"{len(costs) * BATCH} documents", end="\r", file=sys.stderr)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    mean = sum(costs) / len(costs)
    print("| what it costs | |\n| --- | ---: |")
    print(f"| documents a second | {1 / mean:,.0f} |")
    print(f"| ms per document, first thousand | {costs[0] * 1000:.2f} |")
    print(f"| ms per document, last thousand | {costs[-1] * 1000:.2f} |")
    print(f"| last over first | {costs[-1] / costs[0]:.2f} |")
    print(f"| times the floor (words counted) | {mean / floor:.1f} |")
    print(f"| memory at most, MB | {held:,.0f} |")
    print(f"| of it documents and claims as given, MB | {before:,.0f} |")
    print(f"| incidents found of {documents // PER_EVENT:,} | {len(incidents):,} |")


def late(documents: int) -> None:
    """Add all but every twentieth document, then those, a day at a time back through the year."""
    told = coverage(documents)
    kept = [pair for i, pair in enumerate(told) if i % 20]
    missed = told[::20]
    grown = Coverage()
    grown.add([d for d, _ in kept], {d.id: claims for d, claims in kept})
    grown.incidents()
    for share, name in ((0.99, "days"), (0.9, "weeks"), (0.0, "the whole year")):
        batch = [
            pair
            for pair in missed
            if pair[0].published >= missed[int(len(missed) * share)][0].published
        ]
        missed = [pair for pair in missed if pair not in batch]
        started = time.perf_counter()
        grown.add([d for d, _ in batch], {d.id: claims for d, claims in batch})
        grown.incidents()
        spent = time.perf_counter() - started
        print(f"| {len(batch):,} that come {name} late, s | {spent:.1f} |")


def main(arguments: list[str]) -> None:
    """Measure each in a process of its own, so that memory is its own."""
    if arguments and arguments[0] in ("in_order", "late"):
        {"in_order": in_order, "late": late}[arguments[0]](int(arguments[1]))
        return
    documents = arguments[0] if arguments else "20000"
    print("\n## Reconcile\n\n`python benchmarks/reconcile.py`\n")
    print(f"{int(documents):,} invented documents on a year of events, {BATCH:,} at a time.\n")
    sys.stdout.flush()
    for what in ("in_order", "late"):
        subprocess.run([sys.executable, __file__, what, documents], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
