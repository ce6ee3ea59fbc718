"""Texts for a page: what was read in them marked, and whatever could act taken out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from sayso.ledger.search import FoundDocument
from sayso.publish import context, wording
from sayso.publish.context import Span
from sayso.records import Block, Claim, Document
from sayso.serve.desk import named
from sayso.shapes.blocks import shape

MARKS = {
    "[": ("evidence", "evidence"),
    "<": ("sayso", "say-so"),
    "(": ("who", "who"),
    "{": ("when", "when"),
}
"""The signs of `context.marks` as classes, and as words for those who do not see colours."""


def laid_out(document: Document, claims: Sequence[Claim]) -> Markup:
    """The text of a document in its shape, headings, items and rows as such, with the evidence of
    each of the claims marked and leading to it; as its lines where evidence goes over two parts."""
    text = document.text
    told = sorted(claims, key=lambda claim: (claim.evidence.start, -claim.evidence.end))
    blocks = shape(document)
    starts = [claim.evidence.start for claim in told]
    shown = 0

    def part(start: int, end: int) -> Markup:
        nonlocal shown
        own = told[bisect_left(starts, start) : bisect_left(starts, end)]
        shown += sum(claim.evidence.end <= end for claim in own)
        return _highlighted(text, (start, end), own)

    parts: list[Markup] = []
    for is_row, those in groupby(blocks, key=_is_cells):
        if is_row:
            parts.append(Markup("<table>"))
            for row in those:
                tags = ("th" if not row.heads and a < b else "td" for a, b in row.cells)
                cells = (
                    f"<{t}>{part(*cell)}</{t}>" for t, cell in zip(tags, row.cells, strict=True)
                )
                parts.append(Markup(f"<tr>{''.join(cells)}</tr>"))
            parts.append(Markup("</table>"))
            continue
        for block in those:
            name = block.kind if block.kind in ("heading", "item", "quotation") else "paragraph"
            deep = f" deep{min(block.level, 4)}" if block.kind == "item" else ""
            parts.append(Markup(f'<p class="{name}{deep}">{part(block.start, block.end)}</p>'))
    plain = all(block.kind == "paragraph" for block in blocks) or shown < len(told)
    return _highlighted(text, (0, len(text)), told) if plain else Markup("".join(parts))


def _is_cells(block: Block) -> bool:
    """Whether a row is one of a table, and not a label with its number."""
    return block.kind == "row" and not any(head[0] >= block.start for head in block.heads)


def _highlighted(text: str, span: Span, claims: Sequence[Claim]) -> Markup:
    """A span of the text with the evidence of the claims, in text order, marked and leading to
    them; of two that overlap the first."""
    parts, (at, last) = [], span
    for claim in claims:
        start, end = claim.evidence.start, claim.evidence.end
        if start < at:
            continue
        label = escape(wording.what(claim))
        parts += [_plain(text[at:start]), f'<a class="evidence" href="/claims/{named(claim.id)}"']
        parts += [f' title="{label}">', _plain(text[start:end]), "</a>"]
        at = end
    return Markup("".join([*parts, _plain(text[at:last])]))


def marked(
    claim: Claim, text: str, within: Sequence[Span] | None = None, *, anchor: bool = True
) -> Markup:
    """The text, or these spans of it, with the claim's evidence, say-so, group and time marked:
    safe to be shown. Its evidence is where `#evidence` leads, unless another's is (`anchor`)."""
    signs = context.marks(claim, text, context.passages(claim, text))
    shown = [(0, len(text))] if within is None else within
    return Markup(" … ").join(_marked(text, span, signs, anchor) for span in shown)


def _marked(text: str, span: Span, signs: context.Marks, anchor: bool) -> Markup:
    """One span of a text with those of the marks that stand in it."""
    at, last = span
    parts: list[str] = []
    open_cue = False
    for position, sign in signs:
        if not span[0] <= position <= last:
            continue
        parts.append(_plain(text[at:position]))
        at = position
        if sign == "*":
            parts.append("</mark>" if open_cue else '<mark class="cue" title="words of saying">')
            open_cue = not open_cue
        elif sign in MARKS:
            kind, label = MARKS[sign]
            name = ' id="evidence"' if anchor and kind == "evidence" else ""
            parts.append(f'<mark class="{kind}" title="{label}"{name}>')
        else:
            parts.append("</mark>")
    return Markup("".join([*parts, _plain(text[at:last])]))


def _plain(text: str) -> str:
    """A piece of a text for a page: lines kept, whatever could act taken out."""
    lines = []
    for line in text.split("\n"):
        shown = wording.clean(line)
        before = " " if line[:1].isspace() else ""
        after = " " if shown and line[-1:].isspace() else ""
        lines.append(str(escape(f"{before}{shown}{after}")))
    return "\n".join(lines)


def passage(item: FoundDocument) -> Markup:
    """The passage with the words found marked: safe to be shown."""
    parts, at = ["…" if item.start else ""], 0
    for start, end in item.marks:
        parts += [_plain(item.passage[at:start]), "<mark>", _plain(item.passage[start:end])]
        parts.append("</mark>")
        at = end
    return Markup("".join([*parts, _plain(item.passage[at:]), "…" if item.cut else ""]))
