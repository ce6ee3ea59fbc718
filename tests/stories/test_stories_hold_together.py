"""The stories parse, name only what they have, and keep low <= best <= high. Needs no Sayso.

Run it with pytest, or alone: `python tests/stories/test_stories_hold_together.py`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml")) + sorted((HERE / "aside").glob("*.toml"))
KINDS = set(
    "killed injured critical hospitalised missing abducted detained displaced rescued cases "
    "homes trapped released".split()
)
RELATIONS = set(
    "repeats raises lowers corrects adds part_of denies contradicts other_scope".split()
)
UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve".split(),
        range(13),
        strict=True,
    )
)
NUMBERS = UNITS | {"nobody": 0, "no": 0, "none": 0, "a": 1, "an": 1, "another": 1, "dozens": 24}
NUMBERS |= {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
    "hundreds": 200, "nothing": 0, "nor": 0, "neither": 0, "without": 0, "third": 1, "fourth": 1,
    "eleventh": 11, "thirteenth": 13,
}  # fmt: skip


def story(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def printed(text: str) -> set[int]:
    """The numbers that a text prints, in digits or in words."""
    digits = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)}
    words = set(re.findall(r"[a-z]+", text.lower()))
    tens = re.findall(
        r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(\w+)", text.lower()
    )
    return (
        digits
        | {n for word, n in NUMBERS.items() if word in words}
        | {NUMBERS[ten] + UNITS.get(unit, 0) for ten, unit in tens}
    )


def faults(file: Path) -> list[str]:
    """What is wrong with a story, in words: nothing, when it holds together."""
    told = story(file)
    found: list[str] = []

    def hold(right: bool, what: str) -> None:
        if not right:
            found.append(f"{file.name}: {what}")

    hold(bool(told["aside"]) == (file.parent.name == "aside"), "aside, or not?")
    documents = {d["id"]: d for d in told["document"]}
    hold(len(documents) == len(told["document"]), "an id twice")
    hold(8 <= len(documents) <= 20, f"{len(documents)} documents")
    order = [datetime.fromisoformat(d["published"]) for d in told["document"]]
    hold(all(day.tzinfo for day in order), "a date-time without its offset")
    hold(order == sorted(order), "documents out of order")
    for name, d in documents.items():
        words = len(d["text"].split())
        hold(60 <= words <= 300, f"{name} has {words} words")
        hold(d["url"].split("/")[2].endswith(".example"), f"{name}: a host that could be real")
        hold(bool(d["title"] and d["outlet"]), f"{name}: no title or outlet")
        hold("{{" not in d["text"], f"{name}: a copy that was not made")

    moments = [datetime.fromisoformat(m) for m in told["moments"]]
    hold(len(moments) == 4 and moments == sorted(set(moments)), "moments out of order")
    hold(not set(moments) & set(order), "a moment at which a document appears")

    truth = told["truth"]
    incidents = {i["id"]: i for i in truth["incidents"]}
    hold(len(incidents) == len(truth["incidents"]), "an incident twice")
    belonging = {d for i in incidents.values() for d in i["documents"]}
    for i in incidents.values():
        hold(set(i["documents"]) <= set(documents), f"{i['id']}: unknown document")
        hold(len(set(i["documents"])) == len(i["documents"]), f"{i['id']}: a document twice")
        hold(all(i[field] for field in ("name", "type", "place", "day")), f"{i['id']}: bare")
        for day in i["day"].split("/"):
            date.fromisoformat(day)
    for b in truth["background"]:
        hold(b["document"] in documents, f"background: {b['document']}?")
        numbers = printed(
            documents[b["document"]]["title"] + " " + documents[b["document"]]["text"]
        )
        for kind, number in b["figures"]:
            hold(kind in KINDS, f"background: {kind}?")
            hold(number in numbers, f"background: {b['document']} prints no {number}")
        if "incident" in b:
            hold(b["incident"] in incidents, f"background: {b['incident']}?")
            members = incidents.get(b["incident"], {}).get("documents", [])
            hold(b["document"] not in members, f"background: {b['document']} is a member")
    alone = set(documents) - belonging - {b["document"] for b in truth["background"]}
    hold(alone <= set(truth.get("none", [])), f"of no incident: {sorted(alone)}")

    seen: Counter[tuple[str, ...]] = Counter()
    last: dict[tuple[str, ...], list[int]] = {}
    for t in truth["tolls"]:
        key = (t["incident"], t["kind"], t.get("who", "all"))
        label = f"{'/'.join(key)} at moment {t['moment']}"
        hold(t["incident"] in incidents, f"{label}: unknown incident")
        hold(t["kind"] in KINDS, f"{label}: unknown kind")
        low = 0 if t["low"] == "open" else t["low"]
        high = t["best"] if t["high"] == "open" else t["high"]
        hold(low <= t["best"] <= high, f"{label}: {t['low']}, {t['best']}, {t['high']}")
        hold(len(t["why"]) > 5, f"{label}: no reason")
        seen[*key, str(t["moment"])] += 1
        last.setdefault(key, []).append(t["moment"])
        members = incidents.get(t["incident"], {}).get("documents", [])
        at = moments[t["moment"] - 1]
        known = [d for d in members if datetime.fromisoformat(documents[d]["published"]) < at]
        hold(bool(known), f"{label}: nothing was published by then")
    hold(all(n == 1 for n in seen.values()), "a toll twice")
    for key, told_at in last.items():
        wanted = list(range(told_at[0], 5))
        hold(told_at == wanted, f"{'/'.join(key)}: moments {told_at}, not {wanted}")

    for r in truth["relations"]:
        label = f"{r['from']} {r['is']} {r['to']}"
        hold(r["is"] in RELATIONS, label)
        hold(r["of"] in KINDS, f"{label}: {r['of']}?")
        for name, number in (r["from"], r["to"]):
            hold(name in documents, f"{label}: unknown document")
            if name in documents:
                text = documents[name]["title"] + " " + documents[name]["text"]
                hold(number in printed(text), f"{label}: {name} prints no {number}")
        if r["is"] == "repeats":
            hold(r["from"][1] == r["to"][1], f"{label}: not the same number")
        if r["is"] == "raises":
            hold(r["from"][1] > r["to"][1], f"{label}: not higher")
        if r["is"] in ("lowers", "part_of"):
            hold(r["from"][1] < r["to"][1], f"{label}: not lower")
        if r["is"] not in ("part_of", "other_scope") and r["from"][0] in documents:
            earlier, later = list(documents).index(r["to"][0]), list(documents).index(r["from"][0])
            hold(earlier <= later, f"{label}: the earlier speaks of the later")
    for c in truth["copies"]:
        hold(len(c["documents"]) > 1, f"copies: {c['documents']}")
        hold(set(c["documents"]) <= set(documents), f"copies: {c['documents']}?")
    return found


def test_stories_hold_together() -> None:
    assert len(FILES) >= 14
    assert [fault for file in FILES for fault in faults(file)] == []


def test_ids_are_of_one_story_each() -> None:
    ids = Counter(d["id"] for file in FILES for d in story(file)["document"])
    assert [name for name, n in ids.items() if n > 1] == []


if __name__ == "__main__":
    wrong = [fault for file in FILES for fault in faults(file)]
    print("\n".join(wrong) or f"{len(FILES)} stories hold together")
    sys.exit(bool(wrong))
