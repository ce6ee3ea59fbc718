"""Who the named dead, hurt, missing and taken of an incident are: each person once.

Two names are of one person where they fit ("Ada Voss", "A. Voss", "Voss") and nothing else that the
texts tell of them contradicts it: age, sex, what they were. In doubt they stay two, for to count a
death twice is seen and mended, and to lose one in another's name is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple, TypeVar

from sayso.records import Claim, Document, Kind, Person, Victim

T = TypeVar("T")

_SAFE: tuple[Kind, ...] = ("rescued", "returned")
_TOLD = ("asserted", "reported", "alleged", "denied")
_LONG = 5
"""Letters from which on a word whose vowels alone differ is another spelling: "Ahmed", "Ahmad"."""


class _Mention(NamedTuple):
    """One place in which a claim names somebody; `at` counts the claims of the incident."""

    at: int
    document: str
    claim: Claim
    person: Person


def victims(
    told: Sequence[tuple[Document, Claim]], withdrawn: Collection[str] = ()
) -> tuple[Victim, ...]:
    """Everybody whom these claims name, oldest document first, in the order in which they first
    come; `withdrawn` are the ids of claims that were taken back."""
    mentions = [
        _Mention(at, document.id, claim, person)
        for at, (document, claim) in enumerate(told)
        if claim.modality in _TOLD
        for person in claim.people
    ]
    people: list[list[_Mention]] = []
    for mention in sorted(mentions, key=_fullest_first):
        fitting = [each for each in people if all(_is_one(mention, other) for other in each)]
        here = [e for e in fitting if any(m.document == mention.document for m in e)]
        those = fitting if len(fitting) < 2 else here
        if len(those) == 1:
            those[0].append(mention)
        else:
            people.append([mention])
    found = [sorted(each, key=attrgetter("at")) for each in people]
    first = {document.id: at for at, (document, _) in reversed([*enumerate(told)])}
    found.sort(key=lambda each: _place(each[0], first))
    return tuple(_victim(each, withdrawn) for each in found)


def _place(mention: _Mention, first: Mapping[str, int]) -> tuple[object, ...]:
    """Where somebody is named: what names one of several may begin with the same words."""
    evidence = mention.claim.evidence
    return first[mention.document], evidence.start, evidence.end, mention.person.name


def _fullest_first(mention: _Mention) -> tuple[object, ...]:
    person = mention.person
    known = sum(v is not None for v in (person.age, person.sex, person.relation, person.role))
    return -len(_words(person.name)), -known, mention.at, person.name


# ---- Whether two are one ------------------------------------------------------------------------


def _is_one(a: _Mention, b: _Mention) -> bool:
    one, other = a.person, b.person
    same_age = one.age is not None and one.age == other.age
    if _differ(one.age, other.age) or _differ(one.sex, other.sex):
        return False
    if _are_other_roles(one.role, other.role) and not same_age and a.document != b.document:
        return False
    return _fit(_words(one.name), _words(other.name), same_age or a.document == b.document)


def _differ(a: object, b: object) -> bool:
    return a is not None and b is not None and a != b


def _are_other_roles(a: str | None, b: str | None) -> bool:
    """Whether two words for what somebody was have nothing in common: "nurse", "bus driver"."""
    return a is not None and b is not None and {*_words(a)}.isdisjoint(_words(b))


def _fit(a: Sequence[str], b: Sequence[str], sure: bool) -> bool:
    """Whether names can be of one person; `sure` where their age or their text says so, too."""
    if not a or not b or a == b:
        return a == b and bool(a)
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return _alike(short[0], long[-1], sure) or (sure and short[0] == long[0])
    return _alike(short[-1], long[-1], sure) and _alike(short[0], long[0], sure)


def _alike(a: str, b: str, sure: bool) -> bool:
    """Whether two words are one: the same, an initial of it, or another spelling."""
    if a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]):
        return True
    vowels = _bones(a) == _bones(b) and len(_bones(a)) > 1
    return vowels and (sure or min(len(a), len(b)) >= _LONG)


def _bones(word: str) -> str:
    """Its consonants, doubled ones once: what spellings of a foreign name keep."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy'’-]", "", word))


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W\d_](?:[\w'’-]*\w)?", bare))


# ---- What is told of one ------------------------------------------------------------------------


def _victim(mentions: Sequence[_Mention], withdrawn: Collection[str]) -> Victim:
    people = [mention.person for mention in mentions]
    denied = [m for m in mentions if m.claim.modality == "denied"]
    back = [m for m in mentions if m.claim.id in withdrawn and m not in denied]
    standing = [m for m in mentions if m not in denied and m not in back]
    names = Counter(p.name for p in people)
    fullest = max(names, key=lambda n: (len(_words(n)), len(n) > 1, names[n], n))
    return Victim(
        name=fullest,
        age=_first(p.age for p in people),
        sex=_first(p.sex for p in people),
        relation=_first(p.relation for p in people),
        role=_longest(p.role for p in people),
        fate=_fate([m.claim.kind for m in standing or mentions]),
        status=_status(bool(standing), bool(denied)),
        claims=tuple(dict.fromkeys(m.claim.id for m in mentions)),
    )


def _fate(kinds: Sequence[Kind]) -> Kind:
    """The last that was told; who is dead stays so, unless found alive."""
    fate = kinds[0]
    for kind in kinds[1:]:
        if fate != "killed" or kind in _SAFE:
            fate = kind
    return fate


def _status(standing: bool, denied: bool) -> Literal["stands", "withdrawn", "denied", "disputed"]:
    if denied:
        return "disputed" if standing else "denied"
    return "stands" if standing else "withdrawn"


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _longest(values: Iterable[str | None]) -> str | None:
    return max((v for v in values if v), key=lambda v: (len(_words(v)), v), default=None)
