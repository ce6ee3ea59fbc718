"""What is known, laid out to be published: whose word each claim is, and a board per incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sayso.pipeline.recalling import Known
from sayso.publish.board import Board, board
from sayso.records import Claim, CopyGroup, Document, Incident, Voice


def boards(known: Known, only: Collection[str] | None = None) -> Iterator[Board]:
    """The incidents of what is known, in their order; of `only` these ids, or of all."""
    for incident in known.incidents:
        if only is None or incident.id in only:
            told = incident, known.documents, known.claims
            yield board(*told, speakers(*told), known.standings)


def speakers(
    incident: Incident, documents: Iterable[Document], claims: Mapping[str, Sequence[Claim]]
) -> dict[str, Voice]:
    """Whose word each figure of an incident is, by the claim's id, under one name for all texts.

    `claims` holds the claims of each document by the document's id.
    """
    from sayso.reconcile.independence import voices

    member = set(incident.documents)
    held = [document for document in documents if document.id in member]
    figures = {
        document.id: [claim for claim in claims.get(document.id, ()) if claim.count is not None]
        for document in held
    }
    return voices(figures, held, [CopyGroup(documents=group) for group in incident.copy_groups])
