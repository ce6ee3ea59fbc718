"""How far people agree who judged the same things, by what the log says, and what a third settles.

Of each person the last decision about a thing counts that they did not take back, kind of decision
by kind; where the second reading is blind the first, since what came after it may know of others'.
Cohen's kappa (1960) is how much more two agree than they would if each kept their own shares of the
answers and chose blindly: 1 where they always agree, 0 where no more than so.
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
from sayso.records import CORRECTED, OF_SOURCES, Correction, Judgement

VERDICTS = ("accept", "correct", "reject", "unsure")
"""What people say of a claim, one of these."""

VERDICT, INCIDENT, SOURCE, GRADE = "verdict", "incident", "source", "grade"
KINDS = (VERDICT, *CORRECTED, INCIDENT, SOURCE, GRADE)
"""Kinds of decision: what a claim is worth; what was put in place of each of its fields; whether
two are one incident, or one source; and how well an incident is borne out."""

AS_READ = "as read"
"""What somebody says of a field who judged the claim and left that."""


class Difference(NamedTuple):
    """A claim, or another thing that was judged, of which two people say another thing, with what
    they said and by which judgements; `other` is the second of a pair. `settled` is the judgement
    by which a third decided between them, if one did."""

    claim: str
    other: str | None
    said: tuple[str, str]
    first: Judgement
    second: Judgement
    settled: Judgement | None


class Agreement(NamedTuple):
    """Two people by their names, in decisions of one kind: how many things both judged, of how many
    they said the same, and where they differ. `kappa` is None where chance alone explains all:
    where both always gave one and the same answer. Of fields only claims count of which one of the
    two corrected that."""

    first: str
    second: str
    kind: str
    both: int
    alike: int
    kappa: float | None
    differences: tuple[Difference, ...]

    def record(self) -> dict[str, Any]:
        """The same for programs."""
        differences = [one._asdict() for one in self.differences]
        return self._asdict() | {"differences": differences}


class _Said(NamedTuple):
    value: str
    judgement: Judgement


_About = tuple[str, ...]
_Answers = dict[str, dict[str, dict[_About, _Said]]]


def agreements(judgements: Iterable[Judgement], *, blind: bool = False) -> list[Agreement]:
    """Each two people who judged something in common, by their names and the kind of decision. What
    nobody signed is left out, and what settles a difference is nobody's answer. Of each person the
    first about a thing counts where the second reading is `blind`, else the last."""
    made = holding(judgements)
    settled = {id: one for one in made for id in one.settles}
    told = [one for one in made if one.by and not one.settles]
    answers = _answers(_first(told) if blind else told)
    people = sorted({by for told in answers.values() for by in told})
    found = (
        _between(a, b, kind, answers[kind].get(a, {}), answers[kind].get(b, {}), settled)
        for a, b in combinations(people, 2)
        for kind in KINDS
    )
    return [one for one in found if one.both]


def _first(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of each person the first verdict about a claim, and the first grade of an incident."""
    found: dict[tuple[object, ...], Judgement] = {}
    for made in judgements:
        what = VERDICT if made.verdict in VERDICTS else made.verdict
        hidden = what in (VERDICT, GRADE)
        found.setdefault((made.by, what, made.a) if hidden else (made.id,), made)
    return list(found.values())


def differing(judgements: Iterable[Judgement], *about: str) -> tuple[str, ...]:
    """The judgements in which people say different things of a claim or a pair, first or last, by
    their ids: what a third settles. Raises `SettingsError` where no two differ."""
    wanted, judgements = {*about}, tuple(judgements)
    found = [
        difference
        for pair in (*agreements(judgements), *agreements(judgements, blind=True))
        for difference in pair.differences
        if {difference.claim, difference.other} - {None} == wanted
    ]
    if not found:
        raise SettingsError("there is nothing to settle: no two people differ on it")
    return tuple(dict.fromkeys(made.id for one in found for made in (one.first, one.second)))


def _answers(judgements: Iterable[Judgement]) -> _Answers:
    """What each person said last, by the kind of decision, the person, and what it is about."""
    found: _Answers = defaultdict(lambda: defaultdict(dict))
    for made in judgements:
        by = made.by or ""
        if made.verdict in VERDICTS:
            found[VERDICT][by][made.a,] = _Said(made.verdict, made)
            fields = given(made.correction or Correction(), CORRECTED)
            for name in CORRECTED if made.verdict != "reject" else ():
                if name in fields:
                    value = wording.correction(Correction(**{name: fields[name]}))
                    found[name][by][made.a,] = _Said(value, made)
                else:
                    found[name][by].setdefault((made.a,), _Said(AS_READ, made))
        elif made.b is not None and made.verdict in ("same", "different", *OF_SOURCES):
            kind = SOURCE if made.verdict in OF_SOURCES else INCIDENT
            found[kind][by][tuple(sorted((made.a, made.b)))] = _Said(made.verdict, made)
        elif made.verdict == "grade":
            found[GRADE][by][made.a,] = _Said(made.value or AS_READ, made)
    return found


def _between(
    first: str,
    second: str,
    kind: str,
    a: Mapping[_About, _Said],
    b: Mapping[_About, _Said],
    settled: Mapping[str, Judgement],
) -> Agreement:
    pairs = [(about, a[about], b[about]) for about in sorted(a.keys() & b.keys())]
    if kind in CORRECTED:
        pairs = [pair for pair in pairs if {pair[1].value, pair[2].value} != {AS_READ}]
    differ = []
    for about, one, other in pairs:
        if one.value != other.value:
            claim, beside = about[0], about[1] if len(about) > 1 else None
            by = settled.get(one.judgement.id)
            by = by if by is not None and other.judgement.id in by.settles else None
            said = one.value, other.value
            differ.append(Difference(claim, beside, said, one.judgement, other.judgement, by))
    values = [(one.value, other.value) for _, one, other in pairs]
    alike = len(pairs) - len(differ)
    return Agreement(first, second, kind, len(pairs), alike, kappa(values), tuple(differ))


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of what two people said of the same things, one pair for each. None where there
    is nothing, or both said one and the same of all."""
    pairs = list(pairs)
    of_first, of_second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # In whole numbers, so that agreement by chance alone is known for what it is.
    chance = sum(of_first[word] * of_second[word] for word in of_first)
    if chance == len(pairs) ** 2:
        return None
    alike = len(pairs) * sum(a == b for a, b in pairs)
    return (alike - chance) / (len(pairs) ** 2 - chance)
