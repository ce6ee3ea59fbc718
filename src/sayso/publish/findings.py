"""What a search found, as rows, as records, and drawn for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from sayso.publish import sheets, tables, wording
from sayso.publish.sheets import Sheet
from sayso.records import Claim, Heading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


class FoundClaim(Protocol):
    """A claim, what heads its document, and the incident that it is about, if any."""

    @property
    def claim(self) -> Claim: ...
    @property
    def document(self) -> Heading: ...
    @property
    def incident(self) -> str | None: ...


class FoundDocument(Protocol):
    """A document with a passage of it, and the spans in that of the words found."""

    @property
    def document(self) -> Heading: ...
    @property
    def incidents(self) -> tuple[str, ...]: ...
    @property
    def passage(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def cut(self) -> bool: ...
    @property
    def marks(self) -> tuple[tuple[int, int], ...]: ...


class FoundSource(Protocol):
    """A source by name and kind, with how much rests on its word, and the days of that."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def claims(self) -> int: ...
    @property
    def documents(self) -> int: ...
    @property
    def origin(self) -> int: ...
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...


def records(found: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """What was found, for programs: the named tuples of `ledger.search` as objects."""
    return (item._asdict() for item in found)


def claims(found: Iterable[FoundClaim]) -> Sheet:
    """One row for each claim, with its incident."""
    items = list(found)
    rows = sheets.told((item.claim, item.document) for item in items)
    return Sheet(
        ("incident", *rows.columns),
        tuple((item.incident or "", *row) for item, row in zip(items, rows.rows, strict=True)),
    )


def documents(found: Iterable[FoundDocument]) -> Sheet:
    """One row for each document, with the passage."""
    rows = [
        (
            item.document.id,
            item.document.published or "",
            wording.clean(item.document.outlet or ""),
            wording.clean(item.document.title or ""),
            ", ".join(item.incidents),
            wording.clean(item.passage),
        )
        for item in found
    ]
    return Sheet(("document", "published", "outlet", "title", "incident", "passage"), tuple(rows))


def sources(found: Iterable[FoundSource]) -> Sheet:
    """One row for each source, with how often it is named and how often as the origin."""
    rows = [
        (
            wording.clean(item.name),
            item.kind,
            str(item.claims),
            str(item.documents),
            str(item.origin),
            item.first or "",
            item.last or "",
        )
        for item in found
    ]
    figures = ("claims", "documents", "origin")
    return Sheet(("source", "kind", *figures, "first", "last"), tuple(rows), frozenset(figures))


def quotations(found: Iterable[FoundClaim]) -> RenderableType:
    """Each claim with its quotation, its say-so, where it was printed, and its incident."""
    from rich.text import Text

    grid = tables.grid(wording.SHORT_ID)
    for item in found:
        claim, heading = item.claim, item.document
        said = Text(f"{wording.what(claim)} {wording.whom(claim)}".strip(), style="bold")
        said.append(f"\n“{wording.clean(claim.evidence.text)}”", style="not bold italic")
        said.append(f"\n{wording.chain(claim, heading.outlet)}", style="not bold")
        where = [wording.moment(heading.published), item.incident or "no incident"]
        said.append(f"\n{', '.join(where)}", style="not bold dim")
        grid.add_row(Text(wording.short(claim.id)), said)
    return grid


def passages(found: Iterable[FoundDocument]) -> RenderableType:
    """Each document with the passage in which the words stand, marked."""
    from rich.text import Text

    grid = tables.grid(len("27 Nov 2026"))
    for item in found:
        heading = item.document
        label = Text(wording.clean(heading.title or "no title"), style="bold")
        outlet = wording.clean(heading.outlet or "no outlet")
        label.append(f"\n{outlet}, {wording.reference(heading.id)}", style="not bold")
        label.append("\n")
        label.append_text(_marked(item))
        if item.incidents:
            label.append(f"\n{', '.join(item.incidents)}", style="not bold dim")
        grid.add_row(Text(wording.moment((heading.published or "")[:10])), label)
    return grid


def _marked(item: FoundDocument) -> Text:
    """The passage with the words found between brackets, so that they show without colour."""
    from rich.text import Text

    said, at = Text("…" if item.start else "", style="not bold"), 0
    for start, end in item.marks:
        said.append(tables.inner(item.passage[at:start]))
        said.append(f"[{tables.inner(item.passage[start:end])}]", style="bold")
        at = end
    said.append(tables.inner(item.passage[at:]))
    said.append("…" if item.cut else "")
    return said
