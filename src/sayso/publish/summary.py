"""An incident in sentences, built from the record only: every word of them is a figure, a name or
a count that stands on the toll board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.publish import wording
from sayso.publish.board import Board, Row, Voice, voices

MOST = 4
"""Kinds of harm that are told, gravest first."""

SOURCES = 5
"""Main sources that are named, those of the gravest figure before others."""

DONE = {
    "killed": ("was killed", "were killed"),
    "dead_or_missing": ("was dead or missing", "were dead or missing"),
    "casualties": ("was killed or injured", "were killed or injured"),
    "injured": ("was injured", "were injured"),
    "critical": ("was in a critical condition", "were in a critical condition"),
    "hospitalised": ("was taken to hospital", "were taken to hospital"),
    "missing": ("was missing", "were missing"),
    "trapped": ("was trapped", "were trapped"),
    "abducted": ("was abducted", "were abducted"),
    "detained": ("was detained", "were detained"),
    "displaced": ("was displaced", "were displaced"),
    "rescued": ("was rescued", "were rescued"),
    "returned": ("went home", "went home"),
    "affected": ("was affected", "were affected"),
}


def lead(board: Board) -> str:
    """The best of the gravest figure with its bounds, and the main sources of all, in one sentence;
    "" where there is no figure. A source is a main one by how many figures rest on its word."""
    row = next(
        (row for row in board.rows if (row.toll.low, row.toll.high) != (None, None)),
        None,
    )
    if row is None:
        return ""
    what = f"{wording.counted(row.toll)} {wording.kind(row.toll.kind)}"
    best = row.toll.best
    told = f"The best figure of {what} is {'open' if best is None else wording.number(best)}"
    named = [wording.clean(name) for name in main_sources(board)]
    return f"{told}, {_within(row)}" + (f"; {_main(named)}." if named else ".")


def main_sources(board: Board) -> list[str]:
    """The origins that most figures rest on, those of the gravest figure first, by name."""
    found = voices(board)
    first = {voice.name for row in board.rows[:1] for voice in row.voices}
    return sorted(found, key=lambda name: (name not in first, -len(found[name]), name))[:SOURCES]


def _within(row: Row) -> str:
    low, high = row.toll.low, row.toll.high
    if low is None:
        return f"at most {wording.number(high or 0)}"
    if high is None:
        return f"at least {wording.number(low)}"
    if low == high:
        return "and no account that stands differs"
    return f"between {wording.number(low)} and {wording.number(high)}"


def _main(named: list[str]) -> str:
    if len(named) == 1:
        return f"the one source is {named[0]}"
    return f"the main sources are {_listed(named)}"


def sentences(board: Board, every: bool = False) -> list[str]:
    """What is on record, gravest first, with who says so; who differs; and what it rests on. Of the
    dead of `every` group, or of the first that stands on the board."""
    return [*_opening(board), *told(board, every), *_basis(board)]


def told(board: Board, every: bool = False) -> list[str]:
    """The same for a page that has where, when and what it rests on elsewhere."""
    return [*_figures(board, every), *_differing(board)]


def _opening(board: Board) -> Iterator[str]:
    incident = board.incident
    where = ""
    if incident.where is not None:
        where = wording.clean(incident.where.name or incident.where.text)
    when = wording.span(incident.when.start, incident.when.end) if incident.when else ""
    if where or when:
        yield f"{', '.join(part for part in (where, when) if part)}."
    if mended := wording.mended(incident):
        yield f"{wording.sentence(mended)}."


def _figures(board: Board, every: bool) -> Iterator[str]:
    told: dict[str, list[Row]] = {}
    for row in board.rows:
        if row.toll.low is not None or row.toll.high is not None:
            told.setdefault(row.toll.kind, []).append(row)
    for kind, rows in list(told.items())[:MOST]:
        some = [row for row in rows if row.toll.low or row.toll.high] or rows[:1]
        for row in some if every and kind == "killed" else some[:1]:
            if kind in DONE or row.toll.manner is not None:
                yield f"{_amount(row)} {_verb(kind, row)}{_on_whose_word(row)}."


def _amount(row: Row) -> str:
    toll = row.toll
    group = toll.unit if toll.unit != "people" else wording.group(toll.who)
    low, high = toll.low, toll.high
    if low is None:
        return f"At most {wording.so_many(high or 0, group)}"
    if high is None:
        return f"At least {wording.so_many(low, group)}"
    if low == high:
        return wording.so_many(low, group)
    return f"Between {wording.number(low)} and {wording.number(high)} {group}"


def _verb(kind: str, row: Row) -> str:
    one, many = DONE.get(kind, DONE["affected"])
    if row.toll.manner:
        one, many = f"was {row.toll.manner}", f"were {row.toll.manner}"
    return one if row.toll.low == row.toll.high == 1 else many


def _on_whose_word(row: Row) -> str:
    """ ": health ministry 18, doctors' union 27"; one voice has no need of its figure."""
    voices = [voice for voice in row.voices if voice.latest is not None]
    if len(voices) == 1:
        return f", on the word of {wording.clean(voices[0].name)} alone"
    return f": {', '.join(_word(voice) for voice in voices)}" if voices else ""


def _word(voice: Voice) -> str:
    count = voice.latest.claim.count if voice.latest else None
    figure = wording.bounds(count.low, count.high) if count else ""
    return f"{wording.clean(voice.name)} {figure}".strip()


def _differing(board: Board) -> Iterator[str]:
    about: dict[str, list[str]] = {}
    for difference in board.differences:
        what = f"{wording.group(difference.who)} {wording.kind(difference.kind)}"
        words = about.setdefault(difference.reason, [])
        if what not in words:
            words.append(what)
    if "contradicted" in about:
        yield f"Accounts of {_listed(about['contradicted'])} cannot all be true."
    if "withdrawn" in about:
        yield f"Figures of {_listed(about['withdrawn'])} were taken back by those who gave them."
    if "denied" in about:
        yield f"Figures of {_listed(about['denied'])} are denied."


def _basis(board: Board) -> Iterator[str]:
    texts = wording.plural(len(board.texts), "different text")
    documents = wording.plural(len(board.documents), "document")
    voices = wording.plural(board.incident.origins, "independent origin")
    last = board.documents[-1].published if board.documents else None
    yield f"This rests on {texts} in {documents} and on {voices}" + (
        f"; the last is of {wording.moment(last)}." if last else "."
    )


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
