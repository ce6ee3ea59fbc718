"""The independent voices behind figures: who, in the end, said so.

Five outlets that quote one ministry are one voice; so are five that print one agency's text. A
voice is the origin of a claim, that is the first link of its chain of say-so, under a name made
comparable. Somebody who is not named ("a source") is somebody else in every text that is not a
copy. Whether two named voices have it from each other is not known here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.lexicon import table, words
from sayso.reconcile.copies import agency, wire
from sayso.reconcile.order import ordered
from sayso.records import Claim, CopyGroup, Document, Origin, Source, SourceKind


class Voice(NamedTuple):
    """An independent origin: a key that is equal for the same voice, its name, and its kind."""

    key: str
    name: str
    kind: SourceKind | None


class Name(NamedTuple):
    """What a source is called: the words for the body spoken for, and those for the person."""

    body: frozenset[str]
    person: frozenset[str]


def voices(
    claims: Mapping[str, Sequence[Claim]],
    documents: Iterable[Document],
    copy_groups: Sequence[CopyGroup] = (),
) -> dict[str, Voice]:
    """Whose word each claim is, by the claim's id.

    `claims` are by document id. Give the claims of one incident together: which long name a short
    one means ("Dor", "police spokesman Ilan Dor") is settled among all the names given.
    """
    present = [document for document in ordered(documents) if document.id in claims]
    text = _texts(present, copy_groups)
    outlets = _outlets(present, copy_groups)
    said: dict[str, list[SourceKind]] = defaultdict(list)
    speaker: dict[str, str] = {}
    for document in present:
        for claim in claims[document.id]:
            source = claim.sources[0] if claim.sources else outlets[document.id]
            name = source.text
            if claim.sources and read(name) is None:
                name = f"{name}\n{text[document.id]}"
            speaker[claim.id] = name
            said[name].append(source.kind)
    key = _keys(said)
    kinds: dict[str, list[SourceKind]] = defaultdict(list)
    shown: dict[str, str] = {}
    for name in sorted(said, key=_plainest):
        kinds[key[name]] += said[name]
        shown.setdefault(key[name], name.split("\n")[0])
    voice = {k: Voice(k, shown[k], _most(kinds[k])) for k in kinds}
    return {claim: voice[key[name]] for claim, name in speaker.items()}


def _most(kinds: Sequence[SourceKind]) -> SourceKind:
    """The kind that is given most often; of equals the first by name."""
    count = Counter(kinds)
    return min(count, key=lambda kind: (-count[kind], kind))


def origins(
    claims: Mapping[str, Sequence[Claim]],
    documents: Iterable[Document],
    copy_groups: Sequence[CopyGroup] = (),
) -> tuple[Origin, ...]:
    """The independent origins behind these claims, by name, each with the ids of its claims."""
    rests: dict[Voice, list[str]] = defaultdict(list)
    for claim, voice in voices(claims, documents, copy_groups).items():
        rests[voice].append(claim)
    return tuple(
        Origin(name=voice.name, kind=voice.kind, claims=tuple(sorted(rests[voice])))
        for voice in sorted(rests, key=lambda voice: (voice.name, voice.key))
    )


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
    words_ = table("origins")
    plain = re.sub(rf"\bpress (?:{'|'.join(words_['press'])})\b", "statement", text, flags=re.I)
    parts = [part for part in map(_words, _JOINTS.split(plain)) if part]
    flat = [word for part in parts for word in part]
    if not flat or (_nobody(flat) and not _title(text)):
        return None
    body: list[str] = []
    person: list[str] = []
    roles, bodies, offices = (
        words("origins", "roles"),
        words("origins", "bodies"),
        words_["offices"],
    )
    for number, part in enumerate(parts):
        held = [i for i, word in enumerate(part) if word in roles]
        before, after = (part[: held[0]], part[held[-1] + 1 :]) if held else ([], part)
        body += before
        body += [word for i in held for word in offices.get(part[i], "").split()]
        is_body = not bodies.isdisjoint(after)
        if not is_body and not held:
            # "Ministry of Health", "spokesman for Relief Now": what follows belongs to the body.
            is_body = number > 0 and (bool(body) or not person)
        (body if is_body else person).extend(after)
    if {*body, *person} <= words("origins", "unnamed.alone"):
        return None
    same = words_["same"]
    return Name(frozenset(same.get(word, word) for word in body), frozenset(person))


_JOINTS = re.compile(r",|\b(?:of|for|from|at|in|with|on|by|to)\b", re.IGNORECASE)


def _words(part: str) -> list[str]:
    """The words of a part of a name that say who it is."""
    found = (
        word.removesuffix("'s") for word in re.findall(r"[\w'-]+", part.lower().replace("’", "'"))
    )
    return [
        word.strip("'")
        for word in found
        if word.strip("'") and word not in words("origins", "empty")
    ]


def _nobody(flat: Sequence[str]) -> bool:
    """Whether a name begins or ends with a word for nobody in particular: "residents of Karsa"."""
    always = words("origins", "unnamed.always")
    return flat[0] in always or flat[-1] in always


def _title(text: str) -> bool:
    """Whether every long word has a capital, as in "Doctors Without Borders"."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(long) > 1 and all(word.istitle() for word in long)


def _plainest(name: str) -> tuple[bool, int, int, str]:
    """Sorts names of one voice by how well they stand for it: the body's own, fullest, shortest."""
    found = read(name.split("\n")[0]) or Name(frozenset(), frozenset())
    return bool(found.person and found.body), -len(found.body), len(name), name


def _keys(names: Iterable[str]) -> dict[str, str]:
    """One key for all names that stand for one voice.

    A person speaks for the body that any of the names gives; a short name is the one long name that
    contains it, and stands alone when several do.
    """
    found = {name: read(name) for name in names if "\n" not in name}
    people = _longest({n.person for n in found.values() if n and n.person})
    employer: dict[frozenset[str], frozenset[str]] = {}
    for name in sorted(found):
        if (n := found[name]) and n.person and n.body:
            whole = people[n.person]
            employer[whole] = max(n.body, employer.get(whole, n.body), key=_size)
    bodies = _longest({n.body for n in found.values() if n and n.body})
    key: dict[str, str] = {}
    for name in names:
        read_as = found.get(name)
        if read_as is None:
            key[name] = name.casefold()
        else:
            whole = people.get(read_as.person, read_as.person)
            body = read_as.body or employer.get(whole, frozenset())
            key[name] = " ".join(sorted(bodies[body] if body else whole))
    return key


def _longest(sets: Iterable[frozenset[str]]) -> dict[frozenset[str], frozenset[str]]:
    """For each set of words, the one largest that contains it; itself when there are several."""
    all_sets = sorted(sets, key=_size)
    found = {}
    for small in all_sets:
        larger = [big for big in all_sets if small < big]
        largest = [big for big in larger if not any(big < other for other in larger)]
        found[small] = largest[0] if len(largest) == 1 else small
    return found


def _size(found: frozenset[str]) -> tuple[int, list[str]]:
    return len(found), sorted(found)


def _texts(documents: Sequence[Document], copy_groups: Sequence[CopyGroup]) -> dict[str, str]:
    """For each document, the id of the oldest one present that is the same text."""
    found = {document.id: document.id for document in documents}
    for group in copy_groups:
        present = [document for document in group.documents if document in found]
        found |= {document: present[0] for document in present}
    return found


def _outlets(documents: Sequence[Document], copy_groups: Sequence[CopyGroup]) -> dict[str, Source]:
    """For each document, whose voice it is where it names nobody: its agency's or outlet's."""
    by_id = {document.id: document for document in documents}
    wires = {document: group.wire for group in copy_groups for document in group.documents}
    found = {}
    for document, first in _texts(documents, copy_groups).items():
        named = wires.get(document) or wire(by_id[first])
        outlet = by_id[first].outlet or first
        found[document] = Source(
            text=named or outlet, kind="news_agency" if named else "media", role="origin"
        )
    return found
