"""Words of harm that share one number: "2,000 killed and wounded", "93 dead or missing".

Nobody can tell how many of them are what, so that no such number is one of the killed. Some pairs
are a kind of their own; of others ("killed or captured") nothing can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso import lexicon
from sayso.claims.harm.harm import Harm
from sayso.language.quantities import Quantity
from sayso.language.trees import Token
from sayso.records import Kind

_NEAR = 4
"""Words within which a number before a word of harm is its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """Words of harm in a row with nothing but "and", "or" or a comma between.

    `kind` is what they come to together, None where that is no kind; `either` = not all of them
    need have happened.
    """

    kind: Kind | None
    harms: tuple[Harm, ...]
    either: bool

    def harm(self) -> Harm:
        """The words read as one harm, with the people that any of them has."""
        first = next((h for h in self.harms if h.victims), self.harms[0])
        tokens = tuple(token for h in self.harms for token in h.tokens)
        victims = tuple(dict.fromkeys(v for h in self.harms for v in h.victims))
        return replace(
            first, kind=self.kind or first.kind, tokens=tokens, victims=victims, rule="joint"
        )


def joints(site: Sequence[Sequence[Harm]], counted: Sequence[Quantity]) -> list[Joint]:
    """The harms of a sentence, token by token, that share a number if they have one."""
    found: list[Joint] = []
    for row in _rows([harms for harms in site if harms]):
        if _numbered_apart(row[0][0].predicate, row[-1][0].predicate, counted):
            continue
        own = tuple(harm for harms in row for harm in harms)
        links = [t.lower for t in _between(row[-2][0].predicate, row[-1][0].predicate)]
        either = bool(own[0].predicate.words("harm", "joint.or") & set(links))
        kind = _kind({harm.kind for harm in own}, own)
        if kind is not None or either:
            found.append(Joint(kind, own, either))
    return found


def _rows(site: Sequence[Sequence[Harm]]) -> Iterator[list[Sequence[Harm]]]:
    """Runs of two or more words of harm of different kinds, the last joined by "and" or "or"."""
    row: list[Sequence[Harm]] = []
    for harms in (*site, None):
        if harms and row and _links(row[-1][0].predicate, harms[0].predicate):
            row.append(harms)
            continue
        if len(row) > 1 and len({h.kind for one in row for h in one}) > 1:
            last = {t.lower for t in _between(row[-2][0].predicate, row[-1][0].predicate)}
            word = row[-1][0].predicate
            if last & (word.words("harm", "joint.or") | word.words("harm", "joint.and")):
                yield row
        row = [harms] if harms else []


def _numbered_apart(first: Token, last: Token, counted: Sequence[Quantity]) -> bool:
    """Whether each has a number of its own: "left nine people dead and wounded 40"."""
    behind = any(q.tokens[0].i == last.i + 1 for q in counted)
    return behind and any(0 < first.i - q.tokens[-1].i < _NEAR for q in counted)


def _links(first: Token, second: Token) -> bool:
    between = _between(first, second)
    listed = first.words("harm", "joint.or") | first.words("harm", "joint.and") | {","}
    return (
        0 < len(between) < 4
        and any(t.lower in listed for t in between)
        and all(t.lower in listed or t.pos == "ADV" for t in between)
        and not any(t.lower in first.words("harm", "joint.then") for t in between)
    )


def _between(first: Token, second: Token) -> tuple[Token, ...]:
    return first.line()[first.i + 1 : second.i]


def _kind(kinds: set[Kind], own: tuple[Harm, ...]) -> Kind | None:
    """What these come to together: "shot and killed" is how it was done and no second kind."""
    joint = lexicon.harm(own[0].predicate.language).joint
    if any(h.predicate.lemma.lower() in joint.ways for h in own):
        return None
    return next((name for name, parts in joint.kinds.items() if kinds == set(parts)), None)
