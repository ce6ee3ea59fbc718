"""Which bodies a text may call by which names, and by which office it introduces whom.

What a short name means is asked with the names that other texts use, so that no text knows what it
will be asked: each phrase around a word that makes a name a body's, or an office's, is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.imprinting.credit import agencies
from sayso.reconcile.imprinting.numbers import (
    hashed,
    number,
    numbers_in,
    packed,
    places,
    places_in,
)
from sayso.reconcile.names import JOINTS, is_common, office
from sayso.records import Calls

AROUND = 3
"""Words of a name before and behind the one that makes it a body's, at most."""

LONGEST = 5
"""Words of the name of a body or a person, at most: of a longer one the middle."""

_BEFORE = 6  # words before a name that may tell an office
_PARTICLE = 3  # letters: "van der Berg"
_NOWHERE = 2**32 - 1
_TOKEN = re.compile(r"\w+")
_CLAUSE = re.compile(r"[.;:!?“”\"\n]")
_BESIDE = re.compile(r",([^,.;:“”\"\n]{1,60})")
_SENTENCE = re.compile(r"[.!?][”\"]?\s|\n")
_APART = re.compile(r"[\n“”\"]")
_WITHIN = re.compile(r"[ .'’-]{1,3}")


class Introduction(NamedTuple):
    """How a text introduces a person: the numbers of the words of the office, where the name stands
    first, and where the sentence begins that calls something "its" before, None where none does."""

    office: frozenset[int]
    first: int
    sentence: int | None


def calls(text: str) -> Calls:
    """Those of a text."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    lower = [text[start:end].lower() for start, end in tokens]
    bodies: list[int] = []
    at: list[int] = []
    for first, last in sorted(_phrases(text, tokens, lower)):
        start, end = tokens[first][0], tokens[last][1]
        bodies.append(hashed(text[start:end].lower()))
        at.append(start)
    people: dict[str, frozenset[str]] = {}
    for name, told in _introductions(text, tokens, lower):
        people.setdefault(name, told)
    firsts, offices = [], []
    for name, told in people.items():
        first = text.find(name)
        sentence = max((m.end() for m in _SENTENCE.finditer(text, 0, first)), default=0)
        its = _its().search(text[sentence:first].lower())
        firsts += [first, sentence if its else _NOWHERE, len(told)]
        offices += sorted(map(number, told))
    return Calls(
        bodies=packed(bodies),
        places=places(at),
        people=packed(map(hashed, people)),
        firsts=places(firsts),
        offices=packed(offices),
    )


def last_call(held: Calls, names: Collection[str], until: int, since: int = 0) -> int:
    """Where a text, up to that place, last calls a body by any of these names, in lower case; -1
    where it does not, or not since the other place."""
    bodies, at, found = numbers_in(held.bodies), places_in(held.places), -1
    for name in names:
        if key := _key(name):
            there = at[bodies == hashed(key)]
            n = int(np.searchsorted(there, max(until - len(key), -1), "right"))
            if n and until >= len(key):
                found = max(found, int(there[n - 1]))
    return found if found >= since else -1


def introduction(held: Calls, person: str) -> Introduction | None:
    """How a text introduces a person of this name who holds an office; None where it does not."""
    people = numbers_in(held.people)
    there = np.flatnonzero(people == hashed(person))
    if not len(there):
        return None
    firsts = places_in(held.firsts).reshape(-1, 3)
    n = int(there[0])
    first, sentence, many = firsts[n].tolist()
    before = int(firsts[:n, 2].sum())
    told = numbers_in(held.offices)[before : before + many]
    return Introduction(frozenset(told.tolist()), first, None if sentence == _NOWHERE else sentence)


def _phrases(
    text: str, tokens: Sequence[tuple[int, int]], lower: Sequence[str]
) -> set[tuple[int, int]]:
    """The first and the last words of what may name a body."""
    marks = _bodies() | _offices()
    broken = {m.start() for m in _APART.finditer(text)}
    found = set()
    for n, word in enumerate(lower):
        if word not in marks:
            continue
        least = most = n
        while least > 0 and n - least < AROUND and _near(broken, tokens, least - 1):
            least -= 1
        while most < len(lower) - 1 and most - n < AROUND and _near(broken, tokens, most):
            most += 1
        found |= {
            (first, last)
            for first in range(least, n + 1)
            for last in range(n, min(most + 1, first + LONGEST))
            if not (JOINTS & {lower[first], lower[last]})
        }
    return found


def _near(broken: Collection[int], tokens: Sequence[tuple[int, int]], n: int) -> bool:
    """Whether no line or quotation ends between a word and the next."""
    return not any(at in broken for at in range(tokens[n][1], tokens[n + 1][0]))


@cache
def _key(name: str) -> str | None:
    """What a name in lower case is looked for by: the words around the last one that makes it a
    body's, else an office's; None where none does."""
    found = list(_TOKEN.finditer(name))
    for marks in (_bodies(), _offices()):
        for n in reversed(range(len(found))):
            if found[n][0] in marks:
                first = max(n - AROUND, 0)
                last = min(n + AROUND, len(found) - 1)
                first = max(first, min(last - LONGEST + 1, n))
                return name[found[first].start() : found[min(last, first + LONGEST - 1)].end()]
    return None


def _introductions(
    text: str, tokens: Sequence[tuple[int, int]], lower: Sequence[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """The names of people before or behind which a text tells an office, in text order."""
    roles = words("origins", "roles", LANGUAGE)
    held = [tokens[n][0] for n, word in enumerate(lower) if word in roles]
    if not held:
        return
    clauses = [0, *(m.end() for m in _CLAUSE.finditer(text))]
    placing = words("origins", "placing", LANGUAGE)
    for first, (start, _) in enumerate(tokens):
        begins = clauses[bisect_right(clauses, start) - 1]
        named = _ends(text, tokens, lower, first)
        before = text[begins:start].split()[-_BEFORE:] if named else []
        if not named or {*before[-1:]} & placing:
            continue  # "in Karsia, the mayor of the town said"
        told = None
        if bisect_left(held, begins) < bisect_left(held, start):
            told = office(" ".join(before))
        for last in named:
            end = tokens[last][1]
            beside = None
            if told is None and (after := _BESIDE.match(text, end)):
                beside = office(after[1])
            if (known := told or beside) is not None and not is_common(text[start:end]):
                yield text[start:end], known


def _ends(
    text: str, tokens: Sequence[tuple[int, int]], lower: Sequence[str], first: int
) -> list[int]:
    """The words at which a name may end that begins with this one."""
    found = []
    began = False
    for n in range(first, min(first + LONGEST, len(tokens))):
        start, end = tokens[n]
        if n > first and not _WITHIN.fullmatch(text, tokens[n - 1][1], start):
            break
        if not text[start:end].islower():
            began = True
            found.append(n)
        elif began and end - start > _PARTICLE:
            break
        elif not began and lower[n] not in words("origins", "roles", LANGUAGE):
            break  # "spokesman Ilan Dor", but no other word in small letters before a name
    return found


@cache
def _its() -> re.Pattern[str]:
    """What finds a word for whose somebody is: "its", "their"."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words('origins', 'owning', LANGUAGE)))})\b")


@cache
def _bodies() -> frozenset[str]:
    """Words that make a name a body's: of the name of an agency the last."""
    last = {found[-1] for name in agencies() if (found := _TOKEN.findall(name))}
    return words("origins", "bodies", LANGUAGE) | last


@cache
def _offices() -> frozenset[str]:
    return words("origins", "roles", LANGUAGE)
