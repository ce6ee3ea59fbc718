"""The record of one incident: what, where, when, in which documents, and its tolls.

Place, day and type are those that most of its texts give, and the title is a headline of one
that gives these; nothing here decides what belongs to an incident, which is the business of
`coverage`, and nothing what people put in place of it, which is that of `verdicts`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar
from unicodedata import category, normalize

from msgspec.structs import replace

from sayso.reconcile import copies, tallies
from sayso.reconcile.accounts import tells
from sayso.reconcile.figures import rows
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.reports import AFTERWARDS
from sayso.reconcile.supersession import histories
from sayso.reconcile.victims import victims
from sayso.records import (
    HARMS,
    Claim,
    CopyGroup,
    Document,
    Incident,
    Place,
    When,
    is_narrow,
    printed,
)

T = TypeVar("T", bound=Hashable)

_FINEST = ("point", "city", "near", "region", "area", "country")
"""Precisions of a place from fine to coarse."""

_HARMFUL = ("ASSAULT", "PROTEST", "CRIME", "DISASTER")
"""Types of what people may come to harm by; others tell what was said or done about it."""


def incident(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    families: Sequence[Sequence[Document]],
    aside: Collection[str] = (),
    policy: str = "latest",
    judged: Bonds | None = None,
) -> Incident:
    """The incident that these documents tell of, oldest first, in these of their claims.

    `claims` are by document id; `families` are the documents that are one text; `aside` are the ids
    of documents that lead with another event; `judged` are the names of sources that people say to
    be one, or two. Its id says where and when it was, so that two may have the same. Raises
    `SettingsError` for an unknown policy.
    """
    current = [
        (document, claim)
        for document in documents
        for claim in sorted(claims.get(document.id, ()), key=lambda c: (c.evidence.start, c.id))
        if tells(claim)
    ]
    texts = {document.id: family[0].id for family in families for document in family}
    where = _where(current, texts)
    when = _when(current, texts)
    kind = _type(current, texts)
    groups = [group for family in families if (group := copies.copy_group(family))]
    pages = [CopyGroup(documents=ids) for family in families for ids in copies.versions(family)]
    # Where a page is in both, the copy group is the wider and counts.
    told = histories(rows(documents, claims, [*pages, *groups], judged))
    tolls = tallies.tolls(told, policy)
    return Incident(
        id=_slug(where, when, kind, documents[0]),
        title=_title(_fittest_first(documents, current, where, kind), aside, where, kind),
        type=kind,
        where=where,
        when=when,
        documents=tuple(document.id for document in documents),
        copy_groups=tuple(group.documents for group in groups),
        tolls=tolls,
        curve=tallies.curve(told),
        final=tallies.final(told, policy),
        claims=tuple(dict.fromkeys(claim.id for _, claim in current)),
        people=victims(current, {id for toll in tolls for id in toll.withdrawn}),
        aside=tuple(document.id for document in documents if document.id in aside),
    )


def counted(
    made: Incident,
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    policy: str = "latest",
    judged: Bonds | None = None,
) -> Incident:
    """The same incident, its figures worked out anew from its own claims as they are here, by its
    documents, oldest first."""
    own = set(made.claims)
    kept = {d.id: [c for c in claims.get(d.id, ()) if c.id in own] for d in documents}
    families = [[d for d in documents if d.id in group] for group in made.copy_groups]
    new = incident(documents, kept, families, made.aside, policy, judged)
    return replace(made, tolls=new.tolls, curve=new.curve, final=new.final)


def _most_supported(
    said: Iterable[tuple[Document, T]],
    texts: Mapping[str, str],
    prefer: Callable[[T], tuple[object, ...]],
) -> T | None:
    """What most texts say; of equals what most documents print, and of these the one that is
    preferred, by the smallest key. `texts` tells which documents are one text."""
    voices: dict[T, set[str]] = defaultdict(set)
    for document, value in said:
        voices[value].add(document.id)

    def support(value: T) -> tuple[int, int]:
        each = voices[value]
        return -len({texts.get(id, id) for id in each}), -len(each)

    return min(voices, key=lambda v: (support(v), prefer(v)), default=None)


def _where(current: Sequence[tuple[Document, Claim]], texts: Mapping[str, str]) -> Place | None:
    """The place most texts give for it, not that of the arrests that followed; a country only when
    no document is more precise, and a square or a building only when none names the town.
    """
    harms = [(d, claim) for d, claim in _harms_first(current) if claim.where]
    harms = [(d, claim) for d, claim in harms if not _is_row_of(claim)] or harms
    harmed = [(d, claim) for d, claim in harms if claim.kind not in AFTERWARDS] or harms
    placed = [(d, place) for d, claim in harmed if (place := claim.where)]
    finer = [
        (d, place) for d, place in placed if is_narrow(place) or place.precision != "country"
    ] or placed
    finer = [(d, place) for d, place in finer if place.precision != "point"] or finer
    name = _most_supported([(d, _name(place)) for d, place in finer], texts, lambda name: (name,))
    those = [place for _, place in finer if _name(place) == name]
    return min(those, key=_completeness, default=None)


def _is_row_of(claim: Claim) -> bool:
    """Whether it is a row of a table whose total is told: its place is one of several."""
    return claim.part_of is not None and claim.because.get("kind", "").startswith("row.")


def _name(place: Place) -> str:
    return (place.name or printed(place)).casefold()


def _completeness(place: Place) -> tuple[bool, int, bool, str, str]:
    """Placed before unplaced, fine before coarse, ordinary writing before a dateline's capitals."""
    finest = _FINEST.index(place.precision) if place.precision in _FINEST else len(_FINEST)
    return place.lat is None, finest, printed(place).isupper(), place.text, place.basis or ""


def _when(current: Sequence[tuple[Document, Claim]], texts: Mapping[str, str]) -> When | None:
    """The time most texts give for it, for its deaths where any is dated, and not for the arrests
    that followed; of equals the narrowest, then the earliest."""
    told = [(d, claim.kind, claim.when) for d, claim in _harms_first(current) if claim.when]
    whole = [(d, kind, when) for d, kind, when in told if when.start and when.end]
    harmed = [one for one in whole if one[1] != "detained"]
    whole = [one for one in harmed if one[1] == "killed"] or harmed or whole
    span = _most_supported(
        [(d, _days(when)) for d, _, when in whole], texts, lambda span: (span[0] != span[1], span)
    )
    those = [when for _, _, when in whole if _days(when) == span]
    return min(
        those, key=lambda w: (w.start or "", w.end or "", w.text, w.basis or ""), default=None
    )


def _days(when: When) -> tuple[str, str]:
    return (when.start or "")[:10], (when.end or "")[:10]


def _harms_first(current: Sequence[tuple[Document, Claim]]) -> list[tuple[Document, Claim]]:
    """The claims that count people harmed where there are any, else all claims."""
    harms = [(d, claim) for d, claim in current if claim.kind in HARMS]
    return harms or list(current)


def _type(current: Sequence[tuple[Document, Claim]], texts: Mapping[str, str]) -> str | None:
    """The event type most texts give, else the gravest harm. Where people were harmed it is
    what harmed them, and neither the arrests that followed nor what was said of it."""
    kinds = {claim.kind for _, claim in current}
    gravest = next((kind for kind in HARMS if kind in kinds), None)
    harmed = gravest is not None and gravest != "detained"
    typed = [
        (d, claim.event.type, claim.kind in HARMS)
        for d, claim in current
        if claim.event and not (harmed and claim.kind == "detained")
    ]
    caused = [(d, kind) for d, kind, of_harm in typed if of_harm]
    told = [(d, kind) for d, kind, _ in typed if not harmed or kind in _HARMFUL]
    return _most_supported(caused or told, texts, lambda kind: (kind,)) or gravest


def _fittest_first(
    documents: Sequence[Document],
    current: Sequence[tuple[Document, Claim]],
    where: Place | None,
    type: str | None,
) -> list[Document]:
    """The documents with those first that count the gravest harm any of them counts, and of these
    those that do not put the incident elsewhere, or tell of another type of event."""
    told = {(d.id, claim.kind) for d, claim in current}
    gravest = next((kind for kind in HARMS if any(k == kind for _, k in told)), None)
    places, types = defaultdict(set), defaultdict(set)
    for d, claim in _harms_first(current):
        if claim.where and is_narrow(claim.where) and claim.where.precision != "point":
            places[d.id].add(_name(claim.where))
        if claim.event and claim.event.type in _HARMFUL:  # arrests follow any
            types[d.id].add(claim.event.type)
    there = _name(where) if where and is_narrow(where) else ""

    def odd(id: str) -> int:
        elsewhere = bool(there and places[id]) and there not in places[id]
        return elsewhere + (bool(types[id]) and type not in types[id])

    return sorted(documents, key=lambda d: ((d.id, gravest) not in told, odd(d.id)))


def _title(
    documents: Sequence[Document], aside: Collection[str], where: Place | None, kind: str | None
) -> str:
    """The first headline of a document that leads with it, else a plain phrase of type and place:
    the headline of a round-up is that of another event."""
    leading = (d for d in documents if d.id not in aside)
    headline = next((d.title.strip() for d in leading if d.title and d.title.strip()), None)
    plain = (kind or "incident").replace("_", " ").capitalize()
    return headline or (f"{plain} in {where.name or printed(where)}" if where else plain)


def _slug(where: Place | None, when: When | None, kind: str | None, oldest: Document) -> str:
    """A readable id: the place, or what happened, and the first day."""
    day = (when.start if when else None) or oldest.published or "undated"
    return f"{words_of_id(_name(where) if where else kind or 'incident')}-{day[:10]}"


def words_of_id(name: str) -> str:
    """The name of a place as the id of an incident begins with it."""
    letters = (c for c in normalize("NFC", name.casefold()) if not category(c).startswith("M"))
    return "-".join(re.findall(r"[^\W_]+", "".join(letters)))  # the dot of "İzmir" parts no word


def begins(id: str, place: Place | None) -> bool:
    """Whether the id of an incident says that it was there."""
    return place is not None and id.startswith(f"{words_of_id(_name(place))}-")
