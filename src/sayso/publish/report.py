"""A situation report of one incident, to print or to hand on: one HTML page, or Markdown.

It says only what the record holds, each figure with whoever said it and the id of its claim. The
page carries its own style and pictures and asks nothing of any network; whatever a text may contain
is shown as characters, never acted upon.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sayso.publish import atlas, curve, glossary, signed, summary, victims, wording
from sayso.publish import board as boards
from sayso.publish.board import Board, Difference, Line, Row, Text, Voice
from sayso.records import Document

if TYPE_CHECKING:
    from jinja2 import Environment

CARDS = 6
"""How many kinds of figure open the report, gravest first."""

CURVES = 3
"""How many curves it draws: the first across the page, the others beside each other."""

REASONS = {
    "contradicted": "These cannot all be true.",
    "withdrawn": "Taken back by the one who said it.",
    "denied": "Said by one, denied by another.",
}


def html(board: Board, generated: str | None = None, *, names: bool = False) -> str:
    """The report as one page of HTML that needs no other file.

    `generated` is printed as the time of the report, which never looks at a clock itself; with
    `names`, the people whom the texts name are listed.
    """
    from markupsafe import Markup

    # The pictures are markup of our own, in which `curve` has escaped every word of a text.
    pictures = [Markup(drawn) for drawn in curves(board)]
    where = Markup(atlas.svg(board.incident.where))
    style = Markup((files("sayso.publish") / "templates" / "report.css").read_text("utf-8"))
    templates = environment(wording.shown, autoescape=True)
    templates.globals["to"] = lambda claim: f"#c-{claim['short']}" if claim.get("shown") else ""
    page = templates.get_template("report.html.j2")
    return (
        page.render(
            content(board, generated, names=names), curves=pictures, where=where, style=style
        )
        + "\n"
    )


def markdown(board: Board, generated: str | None = None, *, names: bool = False) -> str:
    """The same report in Markdown, without the curves; characters with a meaning are escaped."""
    page = environment(_marked_down, autoescape=False).get_template("report.md.j2")
    text = page.render(content(board, generated, names=names))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def environment(shown: Callable[[Any], Any], *, autoescape: bool) -> Environment:
    """Templates that let nothing through that `shown` has not seen."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("sayso.publish"),
        autoescape=autoescape,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"term": glossary.marked, "terms": glossary.each_marked}
    return made


def _marked_down(value: Any) -> Any:
    if isinstance(value, str):
        text = wording.clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"([\\`*_{}\[\]|~#!])", r"\\\1", text)
    return value


def content(board: Board, generated: str | None = None, *, names: bool = False) -> dict[str, Any]:
    """All that a page on one incident shows, in words, by the names that the templates use."""
    incident = board.incident
    where = incident.where.name or incident.where.text if incident.where else None
    when = wording.span(incident.when.start, incident.when.end) if incident.when else ""
    anchors = frozenset(line.claim.id for text in board.texts for line in text.lines)
    last = board.documents[-1].published if board.documents else None
    copies = sum(len(text.copies) for text in board.texts)
    return {
        "title": incident.title,
        "identifier": incident.id,
        "setting": ", ".join(word for word in (where, when) if word),
        "mended": wording.sentence(wording.mended(incident)),
        "standing": signed.told(incident),
        "brief": signed.brief(incident),
        "generated": wording.moment(generated) if generated else None,
        "counts": [
            wording.plural(len(board.documents), "document"),
            wording.plural(len(board.texts), "different text"),
            wording.plural(incident.origins, "independent origin"),
        ],
        "copies": wording.plural(copies, "copy", "copies"),
        "last": wording.moment(last),
        "lead": summary.lead(board),
        "summary": summary.told(board),
        "cards": _cards(board),
        "rows": [_row(row, anchors) for row in board.rows],
        "differences": [_difference(difference, anchors) for difference in board.differences],
        "people": list(victims.table(board, names=True)) if names else [],
        "named": victims.counted(board),
        "days": _days(board),
        "rejected": [_rejected(line) for line in board.rejected],
        "sources": _sources(board),
        "documents": _documents(board),
        "policies": sorted({_policy(row) for row in board.rows} - {""}),
    }


def curves(board: Board, *, styled: bool = True) -> list[str]:
    """The curves that are worth drawing, gravest first, the first the widest, as SVG, see
    `curve.svg`; in each stands beside it what takes its place on a telephone, by the report's
    style."""
    worth = curve.worth(board.incident)[:CURVES]
    sizes = [curve.WIDE] + [curve.SMALL] * len(worth)
    found = []
    for pair, size in zip(worth, sizes, strict=False):
        broad, slim = (
            curve.svg(board.incident, *pair, each, board.speakers, styled)
            for each in (size, curve.NARROW)
        )
        if broad:
            found.append(f'<div class="broad">{broad}</div><div class="slim">{slim}</div>')
    return found


def _cards(board: Board) -> list[dict[str, Any]]:
    """The first row of each kind: for most, people of no stated group."""
    cards = []
    for _, rows in groupby(board.rows, key=lambda row: row.toll.kind):
        row = next(rows)
        whose = wording.counted(row.toll)
        group = "" if whose == wording.group("unspecified") else f"{whose} "
        cards.append(
            {
                "figure": wording.bounds(row.toll.low, row.toll.high),
                "words": f"{group}{wording.kind(row.toll.kind)}",
                "differ": bool(row.toll.disputed),
                "voices": [
                    {
                        "name": voice.name,
                        # One voice says what stands above it: the figure need not come twice.
                        "figure": _last(voice) if len(row.voices) > 1 else "",
                    }
                    for voice in row.voices
                ],
            }
        )
    return cards[:CARDS]


def _row(row: Row, anchors: frozenset[str]) -> dict[str, Any]:
    toll = row.toll
    return {
        "kind": toll.kind,
        "who": wording.counted(toll),
        "low": "open" if toll.low is None else wording.number(toll.low),
        "best": "?" if toll.best is None else wording.number(toll.best),
        "high": "open" if toll.high is None else wording.number(toll.high),
        "origins": len(toll.origins),
        "copies": toll.copies,
        "because": toll.because,
        "voices": [
            {
                "name": wording.voice(voice.name, voice.kind),
                "figure": _last(voice),
                "when": wording.moment(voice.latest.document.published, year=False)
                if voice.latest
                else "",
                "claim": _link(voice.latest, anchors) if voice.latest else None,
                "judged": wording.judged(voice.latest.standing) if voice.latest else "",
            }
            for voice in row.voices
        ],
    }


def _policy(row: Row) -> str:
    """How the best figure of a row was chosen: the first part of what the toll says of itself."""
    return row.toll.because.split(";")[0].removeprefix("best: ")


def _last(voice: Voice) -> str:
    return _figure(voice.latest) if voice.latest else "taken back"


def _figure(line: Line) -> str:
    count = line.claim.count
    return wording.bounds(count.low, count.high) if count else wording.what(line.claim)


def _link(line: Line, anchors: frozenset[str]) -> dict[str, Any]:
    """A claim's ids, whole and short, and whether the timeline shows it under that."""
    return {
        "id": line.claim.id,
        "short": wording.short(line.claim.id),
        "shown": line.claim.id in anchors,
    }


def _difference(difference: Difference, anchors: frozenset[str]) -> dict[str, Any]:
    accounts = []
    for index, lines in enumerate(difference.accounts):
        first = lines[0]
        gone = difference.reason == "withdrawn" and index == 0
        denied = first.claim.modality == "denied"
        others = {line.document.id for line in lines} - {first.document.id}
        accounts.append(
            {
                "figure": _figure(first),
                "note": "withdrawn" if gone else "denied" if denied else "",
                "chain": wording.chain(first.claim, first.document.outlet),
                "when": wording.moment(first.document.published),
                "quote": first.claim.evidence.text,
                "claim": _link(first, anchors),
                "more": wording.plural(len(others), "more document") if others else "",
            }
        )
    return {
        "head": f"{wording.group(difference.who)} {wording.kind(difference.kind)}",
        "reason": REASONS[difference.reason],
        "accounts": accounts,
    }


def _days(board: Board) -> list[dict[str, Any]]:
    """The texts by day, each with its claims in the order of the text."""
    back = {name for toll in board.incident.tolls for name in toll.withdrawn}
    days = []
    for day, group in groupby(board.texts, key=lambda text: wording.day(text.document.published)):
        days.append({"day": day, "texts": [_text(text, back) for text in group if text.lines]})
    return [day for day in days if day["texts"]]


def _text(text: Text, back: set[str]) -> dict[str, Any]:
    document = text.document
    return {
        "time": wording.clock(document.published),
        "document": document.id,
        "outlet": document.outlet or "no outlet",
        "title": document.title or "no title",
        "url": _address(document.url),
        "copies": [copy.outlet or copy.id for copy in text.copies],
        "claims": [_said(line, document, withdrawn=line.claim.id in back) for line in text.lines],
    }


def _rejected(line: Line) -> dict[str, Any]:
    """A claim that people rejected, with what the last of them said."""
    told = line.standing.judgements[-1].note if line.standing else None
    said = _said(line, line.document, withdrawn=False)
    return said | {"outlet": line.document.outlet or "no outlet", "why": told or ""}


def _said(line: Line, first: Document, *, withdrawn: bool) -> dict[str, Any]:
    """One claim under the heading of its text, which names the outlet already."""
    claim = line.claim
    judged = wording.judged(line.standing)
    notes = [wording.standing(claim), judged, "withdrawn" if withdrawn else ""]
    names = wording.links(claim.sources, line.document.outlet)
    if line.document.id == first.id:
        names.pop()
    return {
        "id": claim.id,
        "short": wording.short(claim.id),
        "what": wording.what(claim),
        "whom": wording.whom(claim),
        "note": ", ".join(note for note in notes if note),
        "quote": claim.evidence.text,
        "chain": wording.ARROW.join(names) or "own voice",
    }


def _sources(board: Board) -> list[dict[str, Any]]:
    """Who is behind the figures, and the last word of each on everything."""
    sources = []
    for name, found in boards.voices(board).items():
        words = []
        for row, voice in found:
            if voice.latest is not None:
                when = wording.moment(voice.latest.document.published, year=False)
                words.append({"said": f"{_kind(row)} {_figure(voice.latest)}", "when": when})
        sources.append({"name": wording.voice(name, found[0][1].kind), "said": words})
    return sources


def _kind(row: Row) -> str:
    group = "" if row.toll.who == "unspecified" else f" ({wording.group(row.toll.who)})"
    return f"{row.toll.kind}{group}"


def _documents(board: Board) -> list[dict[str, Any]]:
    first = {copy.id: text.document for text in board.texts for copy in text.copies}
    return [
        {
            "published": wording.moment(document.published),
            "outlet": document.outlet or "no outlet",
            "document": document.id,
            "title": document.title or "no title",
            "url": _address(document.url),
            "copy_of": (first[document.id].outlet or first[document.id].id)
            if document.id in first
            else "",
        }
        for document in board.documents
    ]


def _address(url: str | None) -> str:
    """The address if it is one of the web, safe to stand in a link; "" for any other."""
    if not url or not re.match(r"https?://[^\s/]", url.strip(), re.IGNORECASE):
        return ""
    return quote(url.strip(), safe=":/?#@!$&'*+,;=%~", errors="replace")
