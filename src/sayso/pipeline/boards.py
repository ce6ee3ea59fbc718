"""What is known, laid out to be published: whose word each claim is, and a board per incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.pipeline.deriving import POLICY
from sayso.pipeline.recalling import Known
from sayso.publish.board import Board, Scenes, board
from sayso.records import Claim, CopyGroup, Document, Incident, Voice

if TYPE_CHECKING:
    from sayso.reconcile.judgements import Bonds


def boards(known: Known, only: Collection[str] | None = None) -> Iterator[Board]:
    """The incidents of what is known, in their order; of `only` these ids, or of all."""
    for incident in known.incidents:
        if only is None or incident.id in only:
            told = incident, known.documents, known.claims
            yield board(*told, speakers(*told, known.judged), known.standings)


def scenes(
    known: Known, only: Collection[str] | None = None, policy: str = POLICY
) -> Iterator[Scenes]:
    """The same, each with the boards of its scenes, the days and places that its texts tell apart;
    `policy` is that by which its own best figures were chosen."""
    from sayso.reconcile.scenes import scenes as parted

    for whole in boards(known, only):
        told = known.documents, known.claims
        found = parted(whole.incident, *told, known.judged, policy)
        if found.each == (whole.incident,):
            yield Scenes(whole, (whole,))
            continue
        parts = replace(known, incidents=(*found.each, *filter(None, (found.total,))))
        laid = tuple(boards(parts))
        count = len(found.each)
        yield Scenes(whole, laid[:count], laid[count] if found.total else None)


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
