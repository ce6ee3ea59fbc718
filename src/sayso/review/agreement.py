"""Where two people judged the same things, each alone: on what they agree, and on what not.

What each decided last is compared, thing by thing and kind of decision by kind, whatever was
settled since. How far they agree beyond chance is Cohen's kappa (Cohen 1960): (o - e) / (1 - e),
where o is the share on which they agree and e the share on which they would if each gave their
answers as often as they do, and to anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from sayso.errors import SettingsError
from sayso.publish import wording
from sayso.reconcile.judgements import holding
from sayso.reconcile.verdicts import given
from sayso.records import OF_SOURCES, Correction, Judgement

VERDICT = "verdict"
FIELDS = ("count", "who", "where", "when", "sources")
PAIR, SOURCE, GRADE = "pair", "source", "grade"
KINDS = (VERDICT, *FIELDS, PAIR, SOURCE, GRADE)
"""The kinds of decision: what a claim is worth; what was put in place of each of its fields;
whether two are one incident, or one source; and how well an incident is borne out."""

AS_READ = "as read"
"""What somebody says of a field who judged the claim and left it."""


class Differing(NamedTuple):
    """Something on which two people differ: of what kind, what they said, by which judgements, and
    by which a third settled it, if one did."""

    kind: str
    subject: tuple[str, ...]
    readers: tuple[str, str]
    said: tuple[str, str]
    judgements: tuple[str, str]
    settled: Judgement | None


class Agreed(NamedTuple):
    """How two people agree in decisions of one kind: on so many things that both judged, on so many
    of these; `kappa` is None where both gave but one answer, or nothing was judged by both."""

    kind: str
    readers: tuple[str, str]
    both: int
    same: int
    kappa: float | None


class Answer(NamedTuple):
    """What a person said of one thing, by which judgement."""

    value: str
    judgement: Judgement


Answers = Mapping[tuple[str, tuple[str, ...]], Mapping[str, Answer]]


def answers(judgements: Iterable[Judgement]) -> Answers:
    """What each person said last, by the kind of decision and what it is about; what settles a
    difference is none of these."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, Answer]] = defaultdict(dict)
    for made in holding(judgements):
        if made.by is None or made.settles:
            continue
        if made.verdict in ("accept", "reject", "unsure", "correct"):
            said = "accept" if made.verdict == "correct" else made.verdict
            found[VERDICT, (made.a,)][made.by] = Answer(said, made)
            fields = given(made.correction or Correction(), FIELDS)
            for name in FIELDS:
                there = found[name, (made.a,)]
                if name in fields:
                    there[made.by] = Answer(_spelt(name, fields[name]), made)
                elif made.verdict != "reject":
                    there.setdefault(made.by, Answer(AS_READ, made))
        elif made.b is not None and made.verdict in ("same", "different", *OF_SOURCES):
            kind = SOURCE if made.verdict in OF_SOURCES else PAIR
            pair = tuple(sorted((made.a, made.b)))
            found[kind, pair][made.by] = Answer(made.verdict, made)
        elif made.verdict == "grade":
            found[GRADE, (made.a,)][made.by] = Answer(made.value or AS_READ, made)
    return found


def agreed(told: Answers) -> list[Agreed]:
    """How far each two people agree, by kind of decision: those only where both judged something,
    and of fields those that anybody corrected."""
    by: dict[tuple[str, tuple[str, str]], list[tuple[str, str]]] = defaultdict(list)
    for (kind, _), each in told.items():
        if kind in FIELDS and all(answer.value == AS_READ for answer in each.values()):
            continue
        for a, b in combinations(sorted(each), 2):
            by[kind, (a, b)].append((each[a].value, each[b].value))
    return [
        Agreed(kind, readers, len(pairs), sum(a == b for a, b in pairs), kappa(pairs))
        for (kind, readers), pairs in sorted(by.items(), key=lambda one: _place(one[0]))
    ]


def _place(key: tuple[str, tuple[str, str]]) -> tuple[tuple[str, str], int]:
    kind, readers = key
    return readers, KINDS.index(kind)


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of what two people said of the same things; None where it has no meaning, as
    both gave one answer to all."""
    told = list(pairs)
    if not told:
        return None
    first, second = Counter(a for a, _ in told), Counter(b for _, b in told)
    agreed = sum(a == b for a, b in told) / len(told)
    chance = sum(first[value] * second[value] for value in first) / len(told) ** 2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def differing(judgements: Iterable[Judgement]) -> list[Differing]:
    """On what any two people differ, what nobody settled first."""
    each = holding(judgements)
    settled = {id: made for made in each for id in made.settles}
    found = []
    for (kind, subject), said in answers(each).items():
        for a, b in combinations(sorted(said), 2):
            one, other = said[a], said[b]
            if one.value != other.value:
                by = settled.get(one.judgement.id)
                if by is not None and other.judgement.id not in by.settles:
                    by = None
                values, ids = zip(*((x.value, x.judgement.id) for x in (one, other)), strict=True)
                found.append(Differing(kind, subject, (a, b), values, ids, by))
    return sorted(
        found, key=lambda one: (one.settled is not None, KINDS.index(one.kind), one.subject)
    )


def on(judgements: Iterable[Judgement], *subject: str) -> tuple[str, ...]:
    """The judgements in which people said different things of a claim, or of a pair, by their ids:
    what a third settles. Raises `SettingsError` where no two differ."""
    about = tuple(sorted(subject))
    differ = [one for one in differing(judgements) if tuple(sorted(one.subject)) == about]
    if not differ:
        raise SettingsError("there is nothing to settle: no two people differ on it")
    return tuple(dict.fromkeys(id for one in differ for id in one.judgements))


def _spelt(name: str, value: Any) -> str:
    """What somebody put in place of a field, so that the same is spelt the same."""
    if name == "count":
        return wording.bounds(value.low, value.high)
    if name == "who":
        return f"{value.text.casefold()} ({value.category})"
    if name == "where":
        where = value.name or value.text
        return f"{where} ({value.country})" if value.country else where
    if name == "when":
        return wording.span(value.start, value.end)
    return wording.ARROW.join(source.text for source in value)
