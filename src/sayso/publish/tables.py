"""Sheets, boards and chains drawn for a terminal of any width.

Figures are never cut: where a table would be too narrow, what is said moves to a line of its own
below the figures. Colour only repeats what a word or a mark already says. rich is imported when
something is drawn, so that commands which write JSON never load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.publish import sheets, signed, wording
from sayso.publish.board import Board, Difference, Line

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

    from sayso.publish.chronicle import Step
    from sayso.publish.sheets import Sheet
    from sayso.records import Document, Incident, Place, Reading

WIDE = 100
"""From this many columns on, the say-so stands beside the figures rather than below them."""

FIGURES = ("low", "best", "high", "origins", "copies")

SHOWN = 4
"""How many kinds of figure the list of incidents shows of each, gravest first."""

REASONS = {
    "contradicted": "cannot both be true",
    "withdrawn": "taken back by its own origin",
    "denied": "denied",
}


def table(sheet: Sheet) -> Table:
    """The sheet as a table: ids and figures are kept whole, words wrap."""
    from rich.text import Text

    drawn = _plain_table()
    for index, name in enumerate(sheet.columns):
        drawn.add_column(
            name,
            justify="right" if name in sheet.figures else "left",
            no_wrap=name in sheet.figures,
            overflow="fold",
            min_width=max([len(name), *(len(row[index]) for row in sheet.rows)])
            if name in sheet.figures
            else None,
        )
    for row in sheet.rows:
        drawn.add_row(*(Text(wording.clean(cell)) for cell in row))
    return drawn


def claims(reading: Reading) -> Group:
    """What one document says: each figure or event with its quotation and its say-so."""
    from rich.console import Group
    from rich.text import Text

    heading = reading.document
    printed = wording.moment(heading.published)
    title = Text(wording.clean(heading.title or heading.id), style="bold")
    under = Text(f"{wording.clean(heading.outlet or 'no outlet')}, {printed}")
    drawn = grid(wording.SHORT_ID)
    for claim in reading.claims:
        said = Text(wording.what(claim), style="bold")
        whom = wording.whom(claim)
        note = wording.noted(claim)
        said.append(f" {whom}" if whom else "", style="not bold")
        said.append(f"  [{note}]" if note else "", style="not bold")
        said.append(f"\n“{wording.clean(claim.evidence.text)}”", style="not bold italic")
        said.append(f"\n{wording.chain(claim, heading.outlet)}", style="not bold")
        drawn.add_row(Text(wording.short(claim.id)), said)
    counted = Text(wording.plural(len(reading.claims), "claim") + " read")
    return Group(title, under, "", drawn, counted)


def incidents(found: Iterable[Incident], width: int) -> RenderableType:
    """The incidents, each with its place and days, its figures and how many texts tell it."""
    from rich.text import Text

    wide = width >= WIDE
    drawn = _plain_table()
    drawn.add_column("incident", overflow="fold", ratio=1)
    drawn.add_column("toll", overflow="fold", min_width=16, max_width=40)
    for name in ("documents", "texts", "origins") if wide else ("texts", "origins"):
        drawn.add_column(name, justify="right", no_wrap=True)
    for incident in found:
        label = Text(wording.clean(incident.title), style="bold")
        place = wording.clean(incident.where.name or incident.where.text) if incident.where else ""
        days = wording.span(incident.when.start, incident.when.end) if incident.when else ""
        under = ", ".join(word for word in (place, days) if word) or "no date"
        if mended := wording.mended(incident):
            under += f"\n{mended}"
        if status := signed.status(incident):
            under += f"\n{status}"
        label.append(f"\n{under}\n{wording.clean(incident.id)}", style="not bold")
        tally = sheets.tally(incident)
        more = [f"and {len(tally) - SHOWN} more kinds"] if len(tally) > SHOWN + 1 else tally[SHOWN:]
        figures = Text("\n".join([*tally[:SHOWN], *more]) or "no figures")
        figures.append("\naccounts differ" if incident.differs else "", style="italic")
        counts = [incident.texts, incident.origins]
        documents = [len(incident.documents)] if wide else []
        drawn.add_row(label, figures, *(str(count) for count in (*documents, *counts)))
    return drawn


def documents(rows: Iterable[Mapping[str, Any]], width: int) -> Table:
    """The rows of `sheets.document_rows`: when, where and under what title each was printed."""
    from rich.text import Text

    wide = width >= WIDE
    drawn = _plain_table()
    drawn.add_column("published", no_wrap=True)
    drawn.add_column("outlet", overflow="fold", max_width=24)
    drawn.add_column("title", overflow="fold", ratio=1)
    if wide:
        drawn.add_column("incident", overflow="fold", max_width=24)
    for row in rows:
        name, group = row["id"], row["copy_group"]
        label = Text(wording.clean(row["title"] or "no title"), style="bold")
        copy = f", a copy of {wording.reference(group)}" if group != name else ""
        label.append(f"\n{wording.reference(name)}{copy}", style="not bold")
        cells: list[RenderableType] = [
            wording.moment(row["published"]),
            Text(wording.clean(row["outlet"] or "no outlet")),
            label,
        ]
        if wide:
            cells.append(Text(wording.clean(row["incident"] or "none")))
        drawn.add_row(*cells)
    return drawn


def tolls(board: Board, width: int) -> RenderableType:
    """The toll board: low, best and high of each kind and group, and on whose say-so."""
    return _wide_tolls(board) if width >= WIDE else _narrow_tolls(board)


def _wide_tolls(board: Board) -> Table:
    from rich.text import Text

    drawn = _plain_table()
    drawn.add_column("", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for name in FIGURES:
        drawn.add_column(name, justify="right", no_wrap=True)
    drawn.add_column("latest", no_wrap=True)
    drawn.add_column("on whose say-so", overflow="fold", ratio=1)
    for kind, who, cells, latest, said in _toll_cells(board):
        drawn.add_row(Text(kind, style="bold"), who, *cells, latest, Text("\n".join(said)))
    return drawn


def _narrow_tolls(board: Board) -> Group:
    """The same with the say-so on lines of its own, so that 80 columns hold every figure."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    rows = _toll_cells(board)
    first = max([0, *(len(kind) for kind, *_ in rows)])
    second = max([0, *(len(who) for _, who, *_ in rows)])
    widths = [
        max([len(name), *(len(cells[index]) for _, _, cells, _, _ in rows)])
        for index, name in enumerate(FIGURES)
    ]

    def line(kind: str, who: str, cells: Sequence[str], latest: str) -> Text:
        drawn = Text(f"{kind:<{first}} ", style="bold")
        figures = [f" {cell:>{width}}" for cell, width in zip(cells, widths, strict=True)]
        return drawn.append(f"{who:<{second}}{''.join(figures)}  {latest}", style="not bold")

    head = line("", "", FIGURES, "latest")
    head.stylize("bold")
    blocks: list[RenderableType] = [head, Text("─" * (len(head) + 6))]
    for kind, who, cells, latest, said in rows:
        blocks.append(line(kind, who, cells, latest))
        blocks.append(Padding(Text("\n".join(said)), (0, 0, 0, first + 3)))
    return Group(*blocks)


def _toll_cells(board: Board) -> list[tuple[str, str, list[str], str, list[str]]]:
    """Each row as strings: kind (named once), group, figures, latest, and who says what, with what
    is to be said of sides among them."""
    rows: list[tuple[str, str, list[str], str, list[str]]] = []
    before = ""
    for row in board.rows:
        toll = row.toll
        cells = [
            side(toll.low),
            "?" if toll.best is None else wording.number(toll.best),
            side(toll.high),
            str(len(toll.origins)),
            str(toll.copies),
        ]
        kind = "" if toll.kind == before else toll.kind
        before = toll.kind
        who = wording.counted(toll)
        said = [*sheets.said(row), *(f"({part})" for part in sheets.sides(row))]
        rows.append((kind, who, cells, sheets.latest(row), said))
    return rows


CHANGES = {
    "added": "adds to",
    "part_of": "part of",
    "raised": "raised from",
    "lowered": "lowered from",
    "corrected": "corrects",
    "denied": "denies",
    "withdrawn": "takes back",
    "contradicted": "contradicts",
    "other_scope": "counts otherwise than",
}
"""What a claim does to an earlier one, before the figure of that."""


def curve(board: Board) -> Table:
    """The toll curve, figure by figure as each was printed: whose word, what it changed, and what
    became of it. A copy that repeats its text's figure has no line of its own."""
    from rich.text import Text

    drawn = _plain_table()
    for name in ("printed", "figure"):
        drawn.add_column(name, no_wrap=True)
    drawn.add_column("on whose say-so", overflow="fold", ratio=3)
    drawn.add_column("", overflow="fold", ratio=2)
    links = sheets.effects(board)
    text = {d.id: t.document.id for t in board.texts for d in (t.document, *t.copies)}
    told: dict[tuple[object, ...], int] = {}
    for point in sheets.points(board):
        said = sheets.speaker(board, point)
        key = (text.get(point.doc), point.kind, point.who, point.low, point.high, said)
        told[key] = told.get(key, 0) + 1
        if told[key] > 1:
            continue
        marks = []
        for link in links.get(point.claim, ()):
            if link.relation not in CHANGES:
                continue  # it says the same again
            of = board.lines.get(link.of)
            count = of.claim.count if of else None
            bounds = wording.bounds(count.low, count.high) if count else wording.short(link.of)
            marks.append(f"{CHANGES[link.relation]} {bounds}")
        if point.status == "withdrawn" or (point.status == "denied" and not marks):
            marks.append(point.status)
        drawn.add_row(
            wording.moment(point.at, year=False),
            f"{point.kind} {wording.bounds(point.low, point.high)} {wording.group(point.who)}",
            Text(said),
            Text(", ".join(dict.fromkeys(marks))),
        )
    return drawn


def side(value: int | None) -> str:
    """One bound in a column of its own: "open" where there is none."""
    return "open" if value is None else wording.number(value)


def differences(board: Board) -> Group:
    """The accounts of an incident that differ, each with its quotation."""
    from rich.console import Group
    from rich.text import Text

    blocks: list[RenderableType] = []
    for difference in board.differences:
        head = Text(f"{difference.kind} {wording.group(difference.who)}", style="bold")
        head.append(f": {REASONS[difference.reason]}", style="not bold")
        drawn = grid(max(len(figure(difference, i)) for i in range(len(difference.accounts))))
        for index, account in enumerate(difference.accounts):
            drawn.add_row(Text(figure(difference, index), style="bold"), _account(account))
        blocks += [head, drawn, ""]
    return Group(*blocks) if blocks else Group(Text("No accounts differ."))


def figure(difference: Difference, index: int) -> str:
    """The bounds of one account, and in words what was done to it, if anything was."""
    claim = difference.accounts[index][0].claim
    count = claim.count
    words = wording.bounds(count.low, count.high) if count else wording.what(claim)
    if difference.reason == "withdrawn" and index == 0:
        return f"{words} (withdrawn)"
    return f"{words} (denied)" if claim.modality == "denied" else words


def why(line: Line, copies: Sequence[Document] = ()) -> Group:
    """One claim in its sentences, marked, with its chain of say-so and the rules that read it."""
    from rich.console import Group
    from rich.text import Text

    claim, document = line.claim, line.document
    head = Text(f"{wording.what(claim)} {wording.whom(claim)}".strip(), style="bold")
    drawn = grid(8)
    names = wording.links(claim.sources, document.outlet)
    if claim.sources:
        roles = [f"{s.role}, {wording.source_kind(s.kind)}" for s in claim.sources]
    else:
        names, roles = names[-1:], []
    roles.append("printed it" if claim.sources else "speaks for itself: no one else is named")
    for index, (name, role) in enumerate(zip(names, roles, strict=True)):
        arrow = "→ " if index else ""
        drawn.add_row("" if index else "say-so", Text(f"{arrow}{name} ({role})"))
    printed = [wording.clean(document.outlet or "no outlet"), wording.moment(document.published)]
    drawn.add_row("printed", Text(", ".join(printed)))
    if copies:
        also = ", ".join(wording.clean(copy.outlet or copy.id) for copy in copies)
        drawn.add_row("copies", Text(f"{wording.plural(len(copies), 'other text')}: {also}"))
    for name, value in _facts(line):
        drawn.add_row(name, Text(value))
    if document.url:
        drawn.add_row("address", Text(wording.clean(document.url)))
    for judgement in line.standing.judgements if line.standing else ():
        drawn.add_row("judged", Text(wording.judgement(judgement)))
    if line.standing and line.standing.look_again:
        drawn.add_row("", Text("it read otherwise then: look again"))
    rules = ", ".join(f"{field}: {rule}" for field, rule in sorted(claim.because.items()))
    drawn.add_row("rules", Text(wording.clean(rules) or "none named"))
    drawn.add_row("claim", Text(wording.clean(claim.id)))
    legend = Text("[evidence]  <say-so>  *cue*  (who)  {when}", style="dim")
    return Group(head, "", marked(line), "", drawn, "", legend)


def grounds(board: Board) -> Text:
    """Why the figures of each toll are what they are, a line each."""
    from rich.text import Text

    lines = [
        f"{row.toll.kind} {wording.bounds(row.toll.low, row.toll.high)} "
        f"{wording.counted(row.toll)}: {wording.clean(row.toll.because)}"
        for row in board.rows
    ]
    return Text("\n".join(lines))


def steps(told: Iterable[Step]) -> RenderableType:
    """What happened to the record, step by step, with the figures that each step changed."""
    from rich.text import Text

    drawn = grid(len("27 Nov 2026 02:39"))
    for step in told:
        said = Text(step.what)
        said.append(f"\nby {step.by}" if step.by else "", style="dim")
        for figure, before, after in step.changes:
            said.append(f"\n  {figure}: {before} → {after}", style="bold")
        drawn.add_row(Text(wording.moment(step.entered)), said)
    return drawn


def marked(line: Line) -> Text:
    """The sentences that bear a claim, marked: [evidence], <say-so>, *cue*, (who), {when}."""
    from rich.text import Text

    from sayso.publish.context import marks, passages

    text = line.document.text
    within = passages(line.claim, text)
    signs = marks(line.claim, text, within)
    styles = {"[": "bold", "]": "bold", "*": "cyan"}
    drawn = Text()
    for start, end in within:
        drawn.append(" … " if drawn else "")
        at = start
        for position, sign in signs:
            if start <= position <= end:
                drawn.append(inner(text[at:position]))
                drawn.append(sign, style=styles.get(sign, ""))
                at = position
        drawn.append(inner(text[at:end]))
    return drawn


def text(drawn: RenderableType | Iterable[RenderableType], width: int = 80) -> str:
    """What is drawn as plain characters: no colour, no cursor, lines of that width."""
    import io

    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=width, color_system=None, highlight=False, legacy_windows=False
    )
    console.print(drawn)
    return "".join(row.rstrip() + "\n" for row in out.getvalue().splitlines())


def _facts(line: Line) -> list[tuple[str, str]]:
    claim = line.claim
    facts = []
    if claim.event is not None and claim.event.id:
        facts.append(("event", f"{wording.event(claim.event)} ({claim.event.id} of its text)"))
    if claim.where is not None:
        facts.append(("where", _where(claim.where)))
    if claim.when is not None:
        days = wording.span(claim.when.start, claim.when.end)
        ground = f"“{wording.clean(claim.when.text)}” ({claim.when.basis})"
        facts.append(("when", f"{days}, from {ground}" if days else ground))
    if claim.by is not None:
        facts.append(("by", wording.doer(claim)))
    standing = [claim.modality, *wording.noted(claim).split(", ")]
    stance = ", ".join(word for word in dict.fromkeys(standing) if word)
    facts.append(("stance", stance))
    return facts


def _where(place: Place) -> str:
    """The place with its ground, and what else its name may mean: "Valencia, ES (city, sentence);
    may be Valencia, VE".
    """
    precision = place.precision if place.lat is not None else "not on the map"
    marks = ", ".join(mark for mark in (precision, place.basis) if mark)
    said = f"{_located(place.name or place.text, place.country)} ({marks})"
    other = place.runner_up
    return f"{said}; may be {_located(other.name, other.country)}" if other else said


def _located(name: str, country: str | None) -> str:
    return wording.clean(f"{name}, {country}" if country else name)


def _account(lines: Sequence[Line]) -> Text:
    from rich.text import Text

    first = lines[0]
    said = Text(wording.chain(first.claim, first.document.outlet))
    said.append(f", {wording.moment(first.document.published)}")
    said.append(f"\n“{wording.clean(first.claim.evidence.text)}”", style="italic")
    more = len({line.document.id for line in lines} - {first.document.id})
    said.append(f"\nclaim {wording.short(first.claim.id)}")
    said.append(f", and {wording.plural(more, 'more document')}" if more else "")
    return said


def _plain_table() -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(
        box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )


def grid(first: int) -> Table:
    """Two columns without lines: a name that is never cut, and words that wrap beside it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, min_width=first)
    grid.add_column(overflow="fold", ratio=1)
    return grid


def inner(text: str) -> str:
    """Cleaned text that keeps the space at its ends, for joining with a mark."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{wording.clean(text)}{tail}"
