"""The articles at the command line, from the project's root, with tests/ on the path.

python -m articles texts               the articles as documents, one JSON object a line
python -m articles score [HALF] [FILE] the figures of a half, open or held, or of both; of a file of
                                       readings in the record's JSON, else as Sayso reads them
python -m articles wrong open [FILE]   what is wrong, of the open half only
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from articles.scoring import (
    HALVES,
    Article,
    Pair,
    articles,
    figures,
    found_bounds,
    judged,
    vouched,
    wrongly_counted,
)

Load = Callable[[str], list[Article]]
"""The documents of a half."""


def main(arguments: Sequence[str], load: Load = articles, usage: str | None = __doc__) -> int:
    """Do what is asked; 2 where it is nothing of the above."""
    match list(arguments):
        case ["texts"]:
            print(*(json.dumps(a.document) for half in HALVES for a in load(half)), sep="\n")
        case ["score", half, *path] if half in HALVES and len(path) < 2:
            show(load(half), half, path)
        case ["score", *path] if len(path) < 2:
            for half in HALVES:
                show(load(half), half, path)
        case ["wrong", "open", *path] if len(path) < 2:
            for article, pair in results(load("open"), path):
                if what := wrong(article, pair):
                    print(article.id, *what, sep="\t")
        case ["wrong", "held", *_]:
            print("What is wrong with the held half is counted and not looked at.", file=sys.stderr)
            return 2
        case _:
            print(usage, file=sys.stderr)
            return 2
    return 0


def show(asked: Sequence[Article], half: str, path: Sequence[str]) -> None:
    """Print the figures of a half."""
    print(half)
    for name, (n, of) in figures(results(asked, path)).items():
        print(f"  {name:<17}{n / of if of else 1:6.3f}   {n} of {of}")


def results(asked: Sequence[Article], path: Sequence[str]) -> list[tuple[Article, Pair]]:
    """Every harm and every stray claim of documents, by a file of readings or as Sayso reads it."""
    claims = claims_of(path[0]) if path else read(asked)
    return [(a, pair) for a in asked for pair in judged(a, claims.get(a.id, []))]


def claims_of(path: str) -> dict[str, list[dict[str, Any]]]:
    """The claims of a file of readings, by document."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return {r["document"]["id"]: r["claims"] for r in map(json.loads, lines)}


def read(asked: Iterable[Article], settings: Any = None) -> dict[str, list[dict[str, Any]]]:
    """The claims of articles as Sayso reads them, by article."""
    import msgspec

    from sayso.pipeline import Reader
    from sayso.records import Document
    from sayso.settings import Settings

    reader = Reader(settings or Settings())
    return {
        a.id: [msgspec.to_builtins(c) for c in reader.read(Document(**a.document)).claims]
        for a in asked
    }


def wrong(article: Article, pair: Pair) -> list[str]:
    """What is wrong with a harm or a claim, in words; nothing where all is right."""
    told = brief(pair.claim) if pair.claim else ""
    if pair.harm is None:
        if wrongly_counted(article, pair):
            return ["wrongly counted", told]
        return ["stray", told] if pair.claim and vouched(pair.claim) else []
    if pair.claim is None:
        how = "missed" if pair.harm.start >= 0 else "lost in ingest"
        return [how, pair.harm.text] if pair.harm.reality == "real" else []
    amiss = [name for name, right in pair.fields.items() if not right]
    return [", ".join(amiss), pair.harm.text, told] if amiss else []


def brief(claim: dict[str, Any]) -> str:
    """A claim in one line."""
    low, high = found_bounds(claim)
    names = {p: (claim.get(p) or {}).get("text") for p in ("who", "by", "where", "when")}
    when = claim.get("when") or {}
    days = f"{when.get('start')}/{when.get('end')}"
    origins = [s["text"] for s in claim["sources"]]
    return (
        f"{claim['kind']} {low}..{high} {names} {days} {origins} {claim['modality']} "
        f"{claim['scope']} {claim.get('manner') or ''} “{claim['evidence']['text']}”"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
