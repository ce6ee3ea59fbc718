"""How near Sayso comes to the truth of the stories: incidents, tolls at given moments, relations.

    python -m stories.scoring [STORY ...]     (from `tests`) prints what is wrong, and the figures
    python -m stories.scoring --aside         the figures of the stories that are left aside

A figure of another incident is of another scope without a link. A toll is asked of the incident that shares most documents with the true one, as known at the moment
(of a round-up's, the one at its place); of a group where the truth names one and anybody counts it, else of people at large, or of the
largest group where nobody counts these. Kinds that Sayso has no word for are left out.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from sayso.language.geography import additions
from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Claim, Document, Incident, Kind, Toll
from sayso.settings import Settings, load

HERE = Path(__file__).parent
PLACES = HERE / "places.csv"
"""The invented towns, for `sayso gazetteer add`."""

RELATIONS = {
    "repeats": ("repeated",),
    "raises": ("raised",),
    "lowers": ("lowered",),
    "corrects": ("corrected",),
    "adds": ("added",),
    "part_of": ("part_of",),
    "denies": ("denied", "withdrawn"),
    "contradicts": ("contradicted",),
    "other_scope": ("other_scope",),
}
Told = tuple[list[Document], dict[str, list[Claim]]]
Story = Mapping[str, Any]


def stories(folder: Path = HERE) -> dict[str, Story]:
    """Every story of a folder by its name."""
    files = sorted(folder.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def documents(story: Story) -> list[Document]:
    """The documents of a story."""
    fields = ("id", "outlet", "url", "published", "title", "text")
    return [
        Document(language="en", **{name: d[name].strip() for name in fields})
        for d in story["document"]
    ]


def own(found: Sequence[Incident], members: Iterable[str], place: str = "") -> Incident | None:
    """The incident that shares most documents with a true one, for its size, and of several that
    share as many (a round-up's) the one at its place; None where none has any."""
    wanted = set(members)

    def there(one: Incident) -> int:
        named = f"{one.where.text} {one.where.name}".casefold() if one.where else ""
        return len(set(re.findall(r"\w+", place.casefold())) & set(re.findall(r"\w+", named)))

    def like(one: Incident) -> float:
        return 2 * len(wanted & set(one.documents)) / (len(wanted) + len(one.documents))

    best = max(found, key=lambda one: (like(one), there(one)), default=None)
    return best if best is not None and like(best) else None


def toll_of(one: Incident, kind: str, who: str | None) -> Toll | None:
    """The toll of a kind and group; of people at large where no group is asked for."""
    those = [t for t in one.tolls if t.kind == kind]
    for wanted in (who, "unspecified"):
        named = [t for t in those if t.who == wanted]
        if named:
            return named[0]
    return max(those, key=lambda t: t.best or 0, default=None) if who is None else None


def tolls(story: Story, told: Told) -> Counter[str]:
    """Of the tolls asked at moments and at the end: how many, and how many are right; and what is
    wrong, under a key that begins with "!"."""
    found: Counter[str] = Counter()
    true = {i["id"]: i for i in story["truth"]["incidents"]}
    known = {
        n: incidents(*told, as_of=moment) for n, moment in enumerate(story["moments"], start=1)
    }
    for t in story["truth"]["tolls"]:
        if t["kind"] not in get_args(Kind):
            continue
        present = {d for one in known[t["moment"]] for d in one.documents}
        event = true[t["incident"]]
        one = own(known[t["moment"]], set(event["documents"]) & present, event["place"])
        toll = toll_of(one, t["kind"], t.get("who")) if one else None
        got = ["open" if n is None else n for n in (toll.low, toll.best, toll.high)] if toll else []
        want = [t["low"], t["best"], t["high"]]
        last = t["moment"] == len(known)
        for name in ("at moments", "at the end") if last else ("at moments",):
            found[f"{name}: asked"] += 1
            found[f"{name}: best right"] += got[1:2] == want[1:2]
            found[f"{name}: all right"] += got == want
        if got != want:
            label = f"{t['incident']} {t['kind']} {t.get('who', '')} at {t['moment']}"
            found[f"! {label}: {got} for {want} | {t['why']} | {toll.because if toll else ''}"] += 1
    return found


def relations(story: Story, told: Told) -> Counter[str]:
    """Of the relations between figures: how many are asked, how many found."""
    found: Counter[str] = Counter()
    given: dict[tuple[str, str, int], set[str]] = {}
    found_incidents = incidents(*told)
    rows: dict[str, set[str]] = {}  # those treated stand in the toll of the injured too
    for toll in (toll for one in found_incidents for toll in one.tolls):
        for claim_id in {end for link in toll.links for end in (link.claim, link.of)}:
            rows.setdefault(claim_id, set()).add(toll.kind)
    for name, claims in told[1].items():
        for claim in claims:
            if claim.count:
                printed = re.findall(r"\d+", claim.count.text.replace(",", ""))
                for number in {claim.count.low, claim.count.high, *map(int, printed)} - {None}:
                    for kind in {claim.kind, *rows.get(claim.id, ())}:
                        given.setdefault((name, kind, number), set()).add(claim.id)
    links = {(k.claim, k.relation, k.of) for i in found_incidents for t in i.tolls for k in t.links}
    home = {claim: i.id for i in found_incidents for claim in i.claims}
    for r in story["truth"]["relations"]:
        if r["of"] not in get_args(Kind):
            continue
        ends = [given.get((name, r["of"], n), set()) for name, n in (r["from"], r["to"])]
        right = any(
            (a, how, b) in links
            or (how == "contradicted" and (b, how, a) in links)
            or (how == "other_scope" and a in home and home[a] != home.get(b, home[a]))
            for a in ends[0]
            for b in ends[1]
            for how in RELATIONS[r["is"]]
        )
        found["relations: asked"] += 1
        found["relations: found"] += right
        if not right:
            read = "" if all(ends) else " (not read)"
            found[f"! {r['from']} {r['is']} {r['to']} ({r['of']}){read}"] += 1
    return found


def bcubed(story: Story, told: Told) -> Counter[str]:
    """BCubed of the main incident of each document, in sums to be divided."""
    truth, mine = {}, {}
    for i in sorted(story["truth"]["incidents"], key=lambda i: -len(i["documents"])):
        for d in i["documents"]:
            truth.setdefault(d, i["id"])
    for one in sorted(incidents(*told), key=lambda one: len(one.aside) - len(one.documents)):
        for d in one.documents:
            if d in truth and d not in one.aside:
                mine.setdefault(d, one.id)
    found: Counter[str] = Counter()
    for d, home in truth.items():
        here = {e for e in mine if mine[e] == mine.get(d)} or {d}
        there = {e for e in truth if truth[e] == home}
        both = len(here & there)
        found["documents"] += 1
        found["precision, in thousandths"] += round(1000 * both / len(here))
        found["recall, in thousandths"] += round(1000 * both / len(there))
    return found


def scored(those: Iterable[tuple[Story, Told]]) -> Counter[str]:
    """All of it, over these stories."""
    total: Counter[str] = Counter()
    for story, told in those:
        for part in (tolls, relations, bcubed):
            total.update(part(story, told))
    return total


def read(settings: Settings, those: Iterable[Story]) -> list[tuple[Story, Told]]:
    """These stories with their claims, read with `PLACES` known."""
    found = []
    with TemporaryDirectory() as folder:
        known = Path(folder) / "places.db"
        additions.add(known, [PLACES])
        reader = Reader(settings._replace(gazetteer=known))
        for story in those:
            texts = documents(story)
            found.append((story, (texts, {d.id: list(reader.read(d).claims) for d in texts})))
    return found


def shares(total: Mapping[str, int]) -> dict[str, float]:
    """The figures as shares of what was asked."""
    asked = {"at moments": "at moments: asked", "at the end": "at the end: asked"}
    found = {
        name: total[name] / total[asked[name.partition(":")[0]]]
        for name in total
        if name.endswith(" right")
    }
    if total["relations: asked"]:
        found["relations"] = total["relations: found"] / total["relations: asked"]
    precision, recall = total["precision, in thousandths"], total["recall, in thousandths"]
    found["bcubed"] = 2 * precision * recall / (precision + recall) / total["documents"] / 1000
    return {name: round(value, 3) for name, value in found.items()}


if __name__ == "__main__":
    aside = sys.argv[1:] == ["--aside"]
    known = stories(HERE / "aside" if aside else HERE)
    wanted = [] if aside else sys.argv[1:]
    counted = scored(read(load(None, {}, {}), [known[name] for name in wanted or known]))
    if not aside:
        print("\n".join(name for name in counted if name.startswith("!")))
    print({name: n for name, n in counted.items() if not name.startswith("!")})
    print(shares(counted))
