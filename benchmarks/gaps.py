"""Acts of those who fight, police or protest that no sense covers, the commonest first.

    python benchmarks/gaps.py TEXTS [TEXTS ...]     a report of what is missing, the commonest first
    python benchmarks/gaps.py --top 100 TEXTS       so many rows of it

TEXTS are lines of JSON with a `text` each, packed by xz or not. A verb counts where one who fights,
polices or protests, or a weapon, does it or has it done to them; one of saying never does. It is
covered where a sense of `data/en/events.toml` holds of it there, where an event is read from it or
from what it governs, or where it is a word of harm. A verb of no force ("walk", "have") stays in
the count: the share never reaches one, and is for before and after.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sayso import lexicon
from sayso.claims.event import senses
from sayso.claims.event.frames import frames
from sayso.claims.event.words import states
from sayso.claims.harm.figures import figures
from sayso.language import people
from sayso.language.engine import load
from sayso.language.grammar.clause import agent, is_passive, patient
from sayso.language.trees import Sentence, Token

SIDES = ("military", "security_forces", "militants", "attackers", "protesters")
"""Categories of people of whom a verb has to be one."""

CONTEXTS = 3


def main(arguments: list[str]) -> int:
    """Print how much is covered, and what is not."""
    top = int(arguments.pop(arguments.index("--top") + 1)) if "--top" in arguments else 60
    files = [Path(a) for a in arguments if not a.startswith("--")]
    seen: Counter[bool] = Counter()
    missing: dict[str, list[str]] = defaultdict(list)
    for sentence in _sentences(files):
        known = _read(sentence)
        for token in sentence.tokens:
            if not _of_force(token):
                continue
            covered = token in known or senses.verb(token) is not None
            seen[covered] += 1
            if not covered:
                missing[_pattern(token)].append(" ".join(_around(token)))
    print(f"covered {seen[True]} of {seen.total()}: {seen[True] / max(seen.total(), 1):.3f}")
    for pattern, where in sorted(missing.items(), key=lambda row: (-len(row[1]), row[0]))[:top]:
        print(f"\n{len(where):4} {pattern}")
        for context in where[:: max(1, len(where) // CONTEXTS)][:CONTEXTS]:
            print(f"       {context}")
    return 0


def _sentences(files: list[Path]) -> Iterator[Sentence]:
    engine = load("default", gate=True, threads=1)
    for file in files:
        data = file.read_bytes()
        text = (lzma.decompress(data) if file.suffix == ".xz" else data).decode()
        texts = [str(json.loads(line)["text"]) for line in text.splitlines()]
        for sentences in engine.sentences(texts):
            yield from sentences


def _read(sentence: Sentence) -> set[Token]:
    """The words that something is read from, and the verbs over the nouns among them."""
    found = {frame.predicate for frame in frames(sentence)}
    found |= {figure.predicate for figure in figures(sentence, [], [])}
    return found | {token.head for token in found if token.pos == "NOUN"}


def _of_force(token: Token) -> bool:
    """Whether it is a verb of one who fights, polices or protests, or of a weapon."""
    if token.pos != "VERB" or states(token):
        return False
    sides = [agent(token), patient(token), *token.kids("obl")]
    return any(side is not None and _fights(side) for side in sides)


def _fights(side: Token) -> bool:
    head = senses.core(side)
    word = people.known(head)
    arms = lexicon.events(head.language).classes
    return (word is not None and word.category in SIDES) or any(
        senses.lemma(head) in arms[kind] for kind in ("bombs", "weapons")
    )


def _pattern(token: Token) -> str:
    """The verb as a sense would be written: with its particle and its object."""
    particle = "".join("+" + c.lower for c in token.kids("compound:prt"))
    thing = patient(token)
    role = "-" if thing is None else "PARTY" if senses.is_party(thing) else senses.lemma(thing)
    voice = " (passive)" if is_passive(token) else ""
    return f"{senses.lemma(token)}{particle}:{role}{voice}"


def _around(token: Token) -> list[str]:
    line = token.line()
    return [t.text for t in line[max(0, token.i - 9) : token.i + 10]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
