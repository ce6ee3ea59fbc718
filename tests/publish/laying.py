"""An incident laid out as the pipeline does it: with whose word each figure is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.pipeline.boards import speakers
from sayso.publish import board as boards
from sayso.records import Claim, Document, Incident


def board(
    incident: Incident, documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]
) -> boards.Board:
    return boards.board(incident, documents, claims, speakers(incident, documents, claims))


def whole(board: boards.Board) -> boards.Scenes:
    """An incident that is all one scene."""
    return boards.Scenes(board, (board,))
