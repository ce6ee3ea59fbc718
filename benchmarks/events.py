"""How many events that Sayso reads are right: every one of thirty articles, judged by reading.

    python benchmarks/events.py CLUSTERS READINGS           precision over those judged, as JSON
    python benchmarks/events.py --open CLUSTERS READINGS    the claims that nobody has judged yet

CLUSTERS is `clusters/input.jsonl` of the open bench, READINGS what `benchmarks/scores.py` read in
it. The sample is the thirty articles whose ids come first by their SHA-256, so that nobody chose
them. `judgements.jsonl` keeps what a reader made of each claim: its id, "right" or "wrong", and of
a wrong one why. An event is right when the text tells of it, in that stance (done, planned,
denied), with that type, and of the parties named each in its place; a party left out is not wrong,
a wrong one is. Where it was, when, and on whose word, other sets measure.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

SAMPLE = 30
JUDGED = Path(__file__).with_name("judgements.jsonl")


def sampled(texts: Path) -> dict[str, str]:
    """The articles of the sample: id -> text."""
    rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: sha256(row["id"].encode()).hexdigest())
    return {row["id"]: row["text"] for row in rows[:SAMPLE]}


def events(readings: Path, articles: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every event claim of those articles, with the id of its article."""
    for line in readings.read_text(encoding="utf-8").splitlines():
        reading = json.loads(line)
        document = reading["document"]["id"]
        if document in articles:
            yield from ((document, c) for c in reading["claims"] if c["kind"] == "event")


def shown(document: str, claim: dict[str, Any], text: str) -> str:
    """One claim with the words round it, to be judged."""
    start, end = claim["evidence"]["start"], claim["evidence"]["end"]
    parties = {role: (claim[role] or {}).get("text") for role in ("by", "to", "who")}
    around = " ".join(text[max(0, start - 200) : end + 120].split())
    return "\n".join(
        [
            json.dumps({"document": document, "claim": claim["id"], "verdict": "right"}),
            f"    {claim['event']} {claim['modality']} {parties}",
            f"    {claim['evidence']['text']!r}",
            f"    ... {around} ...",
        ]
    )


def main(arguments: list[str]) -> int:
    """Print the precision of the claims judged, or those still to be judged."""
    texts, readings = (Path(a) for a in arguments if not a.startswith("--"))
    articles = sampled(texts)
    rows = map(json.loads, JUDGED.read_text(encoding="utf-8").splitlines())
    verdicts = {row["claim"]: row for row in rows}
    read = list(events(readings, articles))
    missing = [(d, c) for d, c in read if c["id"] not in verdicts]
    if "--open" in arguments:
        print("\n\n".join(shown(d, c, articles[d]) for d, c in missing))
        return 0
    judged = [verdicts[c["id"]] for _, c in read if c["id"] in verdicts]
    right = sum(row["verdict"] == "right" for row in judged)
    why = Counter(row["why"] for row in judged if row["verdict"] == "wrong")
    told: dict[str, Any] = {"events": len(read), "judged": len(judged), "right": right}
    told |= {"precision": round(right / len(judged), 4), "not_judged": len(missing)}
    print(json.dumps(told | {"wrong": dict(why.most_common())}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
