"""What is known, laid out to be published: whose word each claim is, and a board per incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.pipeline.deriving import POLICY
from sayso.pipeline.recalling import Known
from sayso.publish import codebooks
from sayso.publish.board import Board, Scenes, board
from sayso.publish.codebooks import Codebook
from sayso.records import Claim, CopyGroup, Document, Incident, Voice

if TYPE_CHECKING:
    from sayso.reconcile.judgements import Bonds


def boards(known: Known, only: Collection[str] | None = None) -> Iterator[Board]:
    """The incidents of what is known, in their order; of `only` these ids, or of all."""
    for incident in known.incidents:
        if only is None or incident.id in only:
            told = incident, known.documents, known.claims
            yield board(*told, speakers(*told, known.judged), known.standings)


def under(known: Known, book: Codebook, policy: str = POLICY) -> Known:
    """What is known as a codebook would count it: the same incidents, their tolls worked out by
    `policy` from the figures that it reads, with the number that it would print as the best."""
    from sayso.reconcile.build import counted

    of = _documents(known)
    bare: set[str] = set()
    for one in known.incidents:
        said = (claim for id in one.documents for claim in known.claims.get(id, ()))
        bare |= codebooks.uncounted(one, said)
    claims = {id: codebooks.read(each, book, bare) for id, each in known.claims.items()}

    def by(policy: str) -> tuple[Incident, ...]:
        each = known.incidents
        return tuple(counted(one, of(one), claims, policy, known.judged) for one in each)

    return _settled(replace(known, claims=claims, incidents=by(policy)), book, by("lowest"))


def scenes(
    known: Known,
    only: Collection[str] | None = None,
    policy: str = POLICY,
    book: Codebook | None = None,
) -> Iterator[Scenes]:
    """The same, each with the boards of its scenes, the days and places that its texts tell apart;
    `policy` and `book` are those by which its own figures were worked out."""
    from sayso.reconcile.scenes import scenes as parted
    from sayso.reconcile.scenes import site

    of = _documents(known)
    sites = Counter(site(incident) for incident in known.incidents)
    for whole in boards(known, only):
        told = whole.incident, of(whole.incident), known.claims
        found = parted(*told, known.judged, policy, sites)
        if found.each == (whole.incident,):
            yield Scenes(whole, (whole,))
            continue
        parts = replace(known, incidents=found.all)
        if book:
            least = parted(*told, known.judged, "lowest", sites).all
            parts = _settled(parts, book, least)
        laid = tuple(boards(parts))
        count = len(found.each)
        yield Scenes(whole, laid[:count], laid[count] if found.total else None)


def _documents(known: Known) -> Callable[[Incident], list[Document]]:
    """What gives the documents of an incident, oldest first."""
    by_id = {document.id: document for document in known.documents}
    return lambda incident: [by_id[id] for id in incident.documents if id in by_id]


def _settled(known: Known, book: Codebook, lowest: Sequence[Incident]) -> Known:
    outlet = {document.id: document.outlet or document.id for document in known.documents}
    outlets = {c.id: outlet[id] for id, each in known.claims.items() if id in outlet for c in each}
    pairs = zip(known.incidents, lowest, strict=True)
    found = (codebooks.settled(one, book, outlets, least) for one, least in pairs)
    return replace(known, incidents=tuple(found))


def speakers(
    incident: Incident,
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    judged: Bonds | None = None,
) -> dict[str, Voice]:
    """Whose word each figure of an incident is, by the claim's id, under one name for all texts.

    `claims` holds the claims of each document by the document's id; `judged` are the names of
    sources that people say to be one, or two.
    """
    from sayso.reconcile.independence import voices

    member = set(incident.documents)
    held = [document for document in documents if document.id in member]
    figures = {
        document.id: [claim for claim in claims.get(document.id, ()) if claim.count is not None]
        for document in held
    }
    groups = [CopyGroup(documents=group) for group in incident.copy_groups]
    return voices(figures, held, groups, judged)
