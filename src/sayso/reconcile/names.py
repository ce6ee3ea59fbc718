"""What the name of a source says: which body speaks, which person, or nobody in particular.

"The Health Ministry", "ministry of health" and "Health Minister Oren Vale" name one body; "a
source" names nobody. Which words are roles, bodies and nobody stands in
`data/<language>/origins.toml`. Whether two names mean one voice in an incident is settled in
`independence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sayso.lexicon import LANGUAGE, table, words
from sayso.reconcile.imprinting.credit import agency
from sayso.records import SourceKind

Words = frozenset[str]


class Name(NamedTuple):
    """What a source is called: the words for the body spoken for, and those for the person."""

    body: Words
    person: Words


@lru_cache(maxsize=10_000)  # the same few names come back all the time
def read(text: str) -> Name | None:
    """The body and the person that the name of a source stands for; None when it names nobody.

    >>> read("the Ministry of Health") == read("Health Ministry")
    True
    >>> sorted(read("police spokesman Ilan Dor").person)
    ['dor', 'ilan']
    >>> read("two witnesses") is None
    True
    """
    if wired := agency(text):
        return Name(frozenset({wired.casefold()}), frozenset())
    words_ = table("origins", LANGUAGE)
    plain = re.sub(rf"\bpress (?:{'|'.join(words_['press'])})\b", "statement", text, flags=re.I)
    parts = [part for part in map(_words, _JOINTS.split(plain)) if part]
    if not parts or (_nobody(parts[0]) and not _title(text)):
        return None
    body: list[str] = []
    person: list[str] = []
    roles, bodies = words("origins", "roles", LANGUAGE), words("origins", "bodies", LANGUAGE)
    for number, part in enumerate(parts):
        held = [i for i, word in enumerate(part) if word in roles]
        before, after = (part[: held[0]], part[held[-1] + 1 :]) if held else ([], part)
        body += before
        body += [word for i in held for word in words_["offices"].get(part[i], "").split()]
        is_body = not bodies.isdisjoint(after)
        if not is_body and not held:
            # "Ministry of Health", "spokesman for Relief Now": what follows belongs to the body.
            is_body = number > 0 and (bool(body) or not person)
        (body if is_body else person).extend(after)
    if {*body, *person} <= words("origins", "unnamed.alone", LANGUAGE):
        return None
    return Name(_same(body), frozenset(person))


def called(text: str) -> str:
    """What a name is known by where people say whose it is: in lower case, without its article.

    >>> called("The County  Hospital")
    'county hospital'
    """
    articles = "|".join(words("origins", "articles", LANGUAGE))
    return re.sub(rf"^(?:{articles}) ", "", " ".join(text.casefold().split()))


@lru_cache(maxsize=10_000)
def published_by(outlet: str) -> SourceKind:
    """What kind of source an outlet is for itself: media, or a monitor that publishes its findings.

    >>> published_by("Lantern for Human Rights"), published_by("The Karsa Courier")
    ('ngo', 'media')
    """
    name = " ".join(["", *re.findall(r"[\w']+", outlet.casefold()), ""])
    for kind, bodies in table("origins", LANGUAGE)["publishers"].items():
        if any(f" {body} " in name for body in bodies):
            return kind  # type: ignore[no-any-return]
    return "media"


JOINTS = frozenset(("of", "for", "from", "at", "in", "with", "on", "by", "to"))
"""Words that join the parts of a name."""

_JOINTS = re.compile(rf",|\b(?:{'|'.join(sorted(JOINTS))})\b", re.IGNORECASE)


def _words(part: str) -> list[str]:
    """The words of a part of a name that say who it is."""
    found = (
        word.removesuffix("'s") for word in re.findall(r"[\w'-]+", part.lower().replace("’", "'"))
    )
    return [
        word.strip("'")
        for word in found
        if word.strip("'") and word not in words("origins", "empty", LANGUAGE)
    ]


def _nobody(part: Sequence[str]) -> bool:
    """Whether the first part of a name is about nobody in particular: "police sources", "residents
    (of Karsa)", but not "doctors' union".
    """
    always = words("origins", "unnamed.always", LANGUAGE)
    return part[-1] in always or (
        part[0] in always and part[-1] not in words("origins", "bodies", LANGUAGE)
    )


def is_common(text: str) -> bool:
    """Whether a name is none of anybody's own: no word of it has a capital, but for one that may
    begin a sentence.

    >>> is_common("parents"), is_common("Miners at the pit"), is_common("Jacobs")
    (True, True, False)
    """
    words_ = re.findall(r"[^\W\d_]+", text)
    return all(map(str.islower, words_[1:])) and (len(words_) > 1 or text.islower())


def _title(text: str) -> bool:
    """Whether every long word has a capital, as in "Doctors Without Borders"."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(long) > 1 and all(word.istitle() for word in long)


def office(told: str) -> Words | None:
    """The words of the office that words before or behind a name tell, None where they tell none.

    >>> sorted(office("The interior minister"))
    ['interior', 'ministry']
    """
    flat = _words(re.sub(_JOINTS, " ", told))
    if words("origins", "roles", LANGUAGE).isdisjoint(flat):
        return None
    offices = table("origins", LANGUAGE)["offices"]
    return _same(part for word in flat for part in offices.get(word, word).split())


def _same(found: Iterable[str]) -> Words:
    """The words, one for each thing."""
    same = table("origins", LANGUAGE)["same"]
    return frozenset(same.get(word, word) for word in found)


def longest(sets: Iterable[Words]) -> dict[Words, list[Words]]:
    """For each set of words, the largest ones that contain it: itself when no other does."""
    all_sets = sorted(set(sets), key=size)
    found = {}
    for small in all_sets:
        larger = [big for big in all_sets if small < big]
        largest = [big for big in larger if not any(big < other for other in larger)]
        found[small] = largest or [small]
    return found


def size(found: Words) -> tuple[int, list[str]]:
    """Sorts sets of words: small ones first."""
    return len(found), sorted(found)
