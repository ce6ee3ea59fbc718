"""Sayso for programs and notebooks: what `import sayso` offers.

import sayso
reading = sayso.read("Police said nine people were hurt.", published="2031-03-04")
with sayso.Ledger.open("sayso.db") as ledger:
    known = sayso.known(ledger)
    table = sayso.table(known)      # for pandas, Polars, DuckDB, ...
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.ingest.articles import content_id
from sayso.ledger.store import Ledger
from sayso.pipeline import Known, Reader, recall
from sayso.records import Document, Reading
from sayso.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Ledger", "known", "read", "table"]


def read(text: str | Document, **about: str | None) -> Reading:
    """Everything that one text says. `about` is what else is known of it, by the fields of
    `Document`: `published` (an ISO date or date-time) dates words like "on Tuesday", `outlet` is
    the voice of what nobody is named for.

    The first call loads the engine, which takes a few seconds. Raises `EngineError`.
    """
    if isinstance(text, Document):
        return _reader().read(text)
    told: dict[str, Any] = {"id": content_id(about.get("outlet"), text)} | about
    return _reader().read(Document(text=text, **told))


def known(
    ledger: Ledger,
    incident: str | None = None,
    as_of: str | None = None,
    settings: Settings | None = None,
) -> Known:
    """What a ledger tells: its documents, claims as people corrected them, and incidents with their
    tolls; of one incident or all, now or as of a moment. See `pipeline.recall`."""
    return recall(ledger, settings or Settings(), incident, as_of)


def table(told: Known | Reading, names: bool = False) -> Any:
    """The claims of a reading or of all that is known, a row each, by the names of the CSV export;
    `people` says whom they name where `names` are asked for.

    What comes back speaks Arrow's C stream interface: `pandas.DataFrame.from_arrow(t)`,
    `polars.DataFrame(t)` and `pyarrow.table(t)` take it as it is. Raises `SettingsError` where
    DuckDB is not installed (`pip install sayso[analysis]`).
    """
    from sayso.publish import exports, packages

    documents: list[Any] = []
    claims: Mapping[str, Any] = {}
    if isinstance(told, Reading):
        documents, claims = [told.document], {told.document.id: told.claims}
        rows = exports.table(documents, claims, (), names=names)
    else:
        known = (told.documents, told.claims, told.incidents, told.standings)
        rows = exports.table(*known, names=names)
    return packages.arrow(exports.COLUMNS, rows)


@cache
def _reader() -> Reader:
    return Reader(Settings())
