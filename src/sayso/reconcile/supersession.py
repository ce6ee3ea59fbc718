"""What became of each figure: stands, superseded, withdrawn or denied, and by which claim.

Per voice the latest figure supersedes the earlier ones; a correction, where who makes it owns the
figure or says why it was wrong, takes it from all who repeated it; and who can know overtakes lower
figures of days before. Each figure is tied to those before it, claim to claim: it repeats, raises,
lowers, corrects, adds to, denies, withdraws or contradicts them, is part of one, or is of another
scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.accord import differing, disjoint
from sayso.reconcile.additions import Step, summed
from sayso.reconcile.figures import Figure, LeftOut, Row, denies
from sayso.reconcile.weighing import (
    PART,
    STOCKS,
    chosen,
    knows,
    number,
    overtaken,
    partial,
    rank,
    weight,
)
from sayso.records import Category, Kind, Link, Relation

Status = Literal["stands", "superseded", "withdrawn", "denied"]


class History(NamedTuple):
    """The figures of one kind and group, oldest first, and what became of each.

    `standing` are those that stand, one for each voice that was not taken back or overtaken, oldest
    first; `links` say which claim did what to which earlier one.
    """

    figures: tuple[Figure, ...]
    status: tuple[Status, ...]
    standing: tuple[Figure, ...]
    links: tuple[Link, ...]
    left_out: LeftOut


_LESS = "less"
"""The line of what is left of the injured when some of them died: the stated number stands beside
it as the most, until somebody counts anew."""

TAKEN_IN_ALL: frozenset[Kind] = frozenset({"abducted", "detained", "rescued"})
"""Of these there is a count of all who were: that five are still held lowers nothing."""

Histories = Mapping[tuple[Kind, Category], History]
"""The figures of one incident by kind and group of people, gravest kind first."""


def histories(rows: Mapping[tuple[Kind, Category], Row]) -> Histories:
    """What became of the figures of an incident, kind by kind and group by group."""
    return {name: _Course(row).history() for name, row in rows.items()}


class _Course:
    """The figures of one row, taken one after another.

    A voice's next figure supersedes its last one; one that is lower throughout, or a denial,
    withdraws it. A figure that is only vaguer ("dozens" after "31") changes nothing.
    """

    def __init__(self, row: Row) -> None:
        self._row = row
        self._figures: list[Figure] = []
        self._fate: list[Status] = []
        self._links: list[Link] = []
        self._holds: dict[str, dict[str, int]] = defaultdict(dict)  # of each line its voices' last
        self._parts: list[tuple[str, str]] = []
        self._steps: list[Step] = []
        self._told: dict[tuple[float, float], Figure] = {}  # who gave a figure last
        self._gone: dict[tuple[float, float], Figure] = {}  # what took a figure back
        self._adds = any(figure.adds for figure in row.figures)
        self._upon: dict[str, Figure] = {}  # what the claims that add to figures add to
        self._latest: Figure | None = None  # the last word of any who can know

    def history(self) -> History:
        """All of it, in the order of the figures."""
        for figure in self._row.figures:
            self._take(figure)
        self._echoes()
        holding = [self._figures[i] for i in self._holding()]
        late = overtaken(holding)
        for figure in holding:
            own = (f for f in self._figures if f.voice.key == figure.voice.key and f is not figure)
            if whole := partial(figure, holding, own):
                late[figure.claim.id] = whole
                self._end(figure.voice.key, "superseded")
                self._parts.append((figure.claim.id, whole.claim.id))
            elif later := late.get(figure.claim.id):
                self._end(figure.voice.key, "superseded")
                change: Relation = "lowered" if later.span < figure.span else "raised"
                self._links.append(_link(later, change, figure))
        places = {figure.claim.id: rank(figure).place for figure in holding}
        for figure in holding:
            later = late.get(figure.claim.id)
            if later is not None and later.span[0] > figure.span[1]:
                least = min(places[figure.claim.id], places[later.claim.id])
                places[later.claim.id] = least
        for figure in holding:
            if (base := self._upon.get(figure.claim.id)) is not None:
                least = min(places.get(base.claim.id, rank(base).place), places[figure.claim.id])
                places[figure.claim.id] = least
        standing = tuple(
            figure._replace(stands_for=places[figure.claim.id])
            for figure in holding
            if figure.claim.id not in late
        )
        left = self._row.left_out
        left = left._replace(parts=(*left.parts, *self._parts))
        links = [*self._links, *_contradictions(standing), *_scopes(self._figures, left)]
        parts = [(f.claim.id, f.claim.part_of) for f in self._figures if f.claim.part_of]
        for part, of in (*left.parts, *parts):
            links.append(Link(claim=part, relation="part_of", of=of))
        return History(
            tuple(self._figures), tuple(self._fate), standing, tuple(dict.fromkeys(links)), left
        )

    def _take(self, figure: Figure) -> None:
        if figure.denial:
            self._deny(figure)
            return
        added_to = None
        if figure.adds:
            held = [self._figures[i] for i in self._holding()]
            sum_ = summed(figure, held, self._steps)
            if sum_.whole is not None:
                self._parts.append((figure.claim.id, sum_.whole.claim.id))
                if sum_.to is not None:
                    self._links.append(_link(figure, "added", sum_.to))
                return
            figure, added_to = sum_.figure, sum_.to
            if figure.moved and added_to is None:
                return
            if figure.moved:
                less = replace(figure.voice, key=f"{figure.voice.key} less", line=_LESS)
                figure = figure._replace(voice=less)
            if added_to is not None:
                self._upon[figure.claim.id] = added_to
                relation: Relation = "lowered" if figure.moved else "added"
                self._links.append(_link(figure, "repeated" if sum_.again else relation, added_to))
        elif counted := self._added_here(figure) or self._taken_in_all(figure):
            self._parts.append((figure.claim.id, counted.claim.id))
            return
        elif _corrects(figure):
            figure = self._owned(figure)
        before = self._best() if self._adds else None
        if added_to is None:
            self._relate(figure)
        self._figures.append(figure)
        self._fate.append("stands")
        self._hold(figure, added_to)
        if self._adds and not figure.adds:
            self._step(before, figure)
        elif added_to is not None and figure.claim.count and not figure.moved:
            self._steps.append(Step(figure.claim.count.low or 0, figure))

    def _relate(self, figure: Figure) -> None:
        """Tie a figure to the last word of another voice: it raises it, or cannot be true beside
        it, or says that there is nobody."""
        last, here = self._latest, figure.span
        told = here in self._told and figure.high != 0
        if figure.copy or told or _how(figure) in ("rest", "earlier"):
            return
        if figure.high == 0:  # what is denied is what its own text tells
            here_too = (f for f in reversed(self._figures) if f.document.id == figure.document.id)
            last = next((f for f in here_too if f.low and not f.denial), last)
        other = last is not None and last.voice.key != figure.voice.key
        if last is not None and other and not _corrects(figure):
            if figure.high == 0 and last.low:
                self._links.append(_link(figure, "denied", last))
            elif disjoint(figure, last) or _surpasses(figure, last):
                grown: Relation = "raised" if last.span[0] < here[0] else "lowered"
                takes = figure.claim.kind in STOCKS or last.claim.id in overtaken([last, figure])
                if takes or disjoint(figure, last):
                    self._links.append(_link(figure, grown if takes else "contradicted", last))
        if not weight(figure) and figure.high != 0 and knows(figure):
            low = self._latest.low or 0 if self._latest else 0
            if figure.claim.kind in STOCKS or (figure.low or 0) * PART > low:
                self._latest = figure

    def _added_here(self, figure: Figure) -> Figure | None:
        """What its own text counts as added, where a figure is no more than that said again."""
        return next(
            (
                f
                for f in self._row.figures
                if f.adds and f.document.id == figure.document.id and f.span == figure.span
            ),
            None,
        )

    def _taken_in_all(self, figure: Figure) -> Figure | None:
        """The last figure that counts as many as those who go free, of whom they are some."""
        if figure.claim.because.get("change") != "change.freed":
            return None
        held = [f for f in self._standing() if (f.low or 0) >= figure.span[0]]
        return max(held, key=lambda f: f.when, default=None)

    def _hold(self, figure: Figure, added_to: Figure | None) -> None:
        """Let a figure stand as the last word of its voice, if it is one."""
        here = len(self._figures) - 1
        line = self._holds[figure.voice.line]
        own = line.get(figure.voice.key)
        said = self._figures[own].span if own is not None else None
        low, high = figure.span
        again = self._told.get(figure.span) or self._told.get((low, low))
        if added_to is None and not _corrects(figure) and again is not None:
            self._links.append(_link(figure, "repeated", again))
        for told in (figure.span, (low, low)):  # "at least nine", and then "nine"
            self._told.setdefault(told, figure)
        if said == figure.span and self._recalled(figure):
            self._fate[here] = "superseded"
            return
        if figure.copy or _how(figure) == "earlier":
            if said != figure.span:
                self._fate[here] = "superseded"
            return
        if said and said != figure.span and low <= said[0] and said[1] <= high:
            return
        if own is not None and added_to is None and self._is_part(figure, self._figures[own]):
            self._fate[here] = "superseded"
            self._parts.append((figure.claim.id, self._figures[own].claim.id))
            return
        if added_to is not None and not figure.moved and not weight(figure):
            self._replace(added_to.span, figure, None)
        if _corrects(figure) and not weight(figure):
            self._correct(figure, said)
        if not figure.moved:
            for key, held in list(self._holds[_LESS].items()):
                if self._figures[held].span != figure.span:  # else it says the same
                    self._end(key, "superseded")
                    del self._holds[_LESS][key]
        for key, held in list(line.items()):
            before = self._figures[held]
            if before.span == figure.span or held == here:
                continue
            lowered = key == figure.voice.key and high < before.span[0] and not figure.moved
            self._end(key, "withdrawn" if lowered else "superseded", figure)
            if high < before.span[0]:
                self._gone[before.span] = figure
            if added_to is None:
                self._links.append(_link(figure, _change(before, figure), before))
            del line[key]
        line[figure.voice.key] = here

    def _recalled(self, figure: Figure) -> bool:
        """Whether a text only recalls what a voice had said, beside a higher figure of one that is
        placed as well to know."""
        return any(
            f.document.id == figure.document.id
            and f.span[0] > figure.span[1]
            and not weight(f)
            and rank(f).place <= rank(figure).place
            for f in self._row.figures
        )

    def _is_part(self, figure: Figure, own: Figure) -> bool:
        """Whether a voice's lower figure is some of those whom it counted before: one person by
        name, or so many in a text that gives its earlier figure too."""
        if figure.span[1] >= own.span[0] or _corrects(figure) or _is_whole(figure):
            return False
        if figure.claim.because.get("count") in ("number.single", "number.named"):
            return True
        if figure.claim.kind in TAKEN_IN_ALL:
            return True
        here = (f for f in self._row.figures if f.document.id == figure.document.id)
        return any(
            f.claim.id != figure.claim.id and f.span[0] >= own.span[0] and not disjoint(f, own)
            for f in here
        )

    def _owned(self, figure: Figure) -> Figure:
        """A correction that an outlet tells without a sayer, as made by whoever gave the figure."""
        was = figure.claim.change.was if figure.claim.change else None
        if not figure.own_voice or was is None:
            return figure
        told = [f for f in self._standing() if f.low == was.low and not f.own_voice]
        if not told:
            return figure
        voice = min(told, key=lambda f: (rank(f).place, -f.when[0][0].timestamp())).voice
        return figure._replace(voice=voice)

    def _correct(self, figure: Figure, said: tuple[float, float] | None) -> None:
        """Take the figure that was wrong from all who told it before, where whoever corrects it
        owns it or says why."""
        change = figure.claim.change
        was = change.was if change else None
        wrong = {f.span for f in self._standing() if was is not None and f.low == was.low}
        if was is None and change and change.why:
            wrong = {f.span for f in self._standing() if _is_put_right(f, figure)}
        if said is not None and (was is None or said[0] == was.low):
            wrong |= {said}
        elif not (change and change.why) and not figure.own_voice:
            return
        for span in wrong:
            self._replace(span, figure, "corrected")

    def _replace(
        self, span: tuple[float, float], figure: Figure, relation: Relation | None
    ) -> None:
        """End the figures of that span that others hold: another takes their place."""
        for line in self._holds.values():
            for key, held in list(line.items()):
                before = self._figures[held]
                if before.span != span or before is figure or span == figure.span:
                    continue
                own = key == figure.voice.key
                self._end(key, "withdrawn" if own and relation else "superseded", figure)
                if relation:
                    self._told.pop(span, None)  # who says it again, says it anew
                    self._links.append(_link(figure, relation, before))
                    self._gone[span] = figure
                del line[key]

    def _deny(self, denial: Figure) -> None:
        """What a denial does: a voice withdraws its own figure, and denies others'."""
        self._figures.append(denial)
        self._fate.append("denied")
        if denial.copy:
            return
        for i in self._holding():
            if denies(denial, (said := self._figures[i]).span):
                own = said.voice.key == denial.voice.key
                self._links.append(_link(denial, "withdrawn" if own else "denied", said))
        line = self._holds[denial.voice.line]
        held = line.get(denial.voice.key)
        if held is not None and denies(denial, self._figures[held].span):
            self._end(denial.voice.key, "withdrawn")
            self._gone[self._figures[held].span] = denial
            del line[denial.voice.key]

    def _echoes(self) -> None:
        """End what outlets said for themselves and had from a voice that took it back since."""
        for line in self._holds.values():
            for key, held in list(line.items()):
                figure = self._figures[held]
                later = self._gone.get(figure.span)
                if later is not None and figure.own_voice and figure.when < later.when:
                    self._end(key, "superseded")
                    del line[key]

    def _step(self, before: int | None, figure: Figure) -> None:
        """Note by how many the best figure rose."""
        now = self._best()
        if before is not None and now is not None and now > before:
            self._steps.append(Step(now - before, figure))

    def _best(self) -> int | None:
        found = chosen(self._standing())
        return number(found) if found else None

    def _holding(self) -> list[int]:
        return sorted(i for line in self._holds.values() for i in line.values())

    def _standing(self) -> list[Figure]:
        held = [self._figures[i] for i in self._holding()]
        late = overtaken(held)
        return [figure for figure in held if figure.claim.id not in late]

    def _end(self, voice: str, status: Status, by: Figure | None = None) -> None:
        """Mark what a voice had said as no longer standing, but for the figure that ends it."""
        for i, figure in enumerate(self._figures):
            if figure.voice.key == voice and self._fate[i] == "stands" and figure is not by:
                self._fate[i] = status


def _how(figure: Figure) -> str | None:
    return figure.claim.change.how if figure.claim.change else None


def _corrects(figure: Figure) -> bool:
    """Whether a figure takes the place of one that was wrong, as it says or the words around it."""
    return _how(figure) == "revised" or _owns_to_an_error(figure)


def _is_put_right(before: Figure, by: Figure) -> bool:
    """Whether a figure is a higher one that a lower one, of a voice placed as well, puts right."""
    placed = rank(by).place <= rank(before).place and knows(before)
    return placed and before.span[0] > by.span[1] and not weight(before)


def _is_whole(figure: Figure) -> bool:
    """Whether a figure says that it counts all so far."""
    return figure.claim.because.get("kind") == "harm.toll" or _how(figure) == "total"


def _change(before: Figure, after: Figure) -> Relation:
    """How a voice's figure changes its last one: it owns to an error, or counts more, or less."""
    if _corrects(after):
        return "corrected"
    return "lowered" if after.span < before.span else "raised"


def _owns_to_an_error(figure: Figure) -> bool:
    """Whether the sentence that gives a figure, or the next one, says that an earlier was wrong."""
    text, evidence = figure.document.text, figure.claim.evidence
    start = max((m.end() for m in _END.finditer(text, 0, evidence.start)), default=0)
    ends = [m.end() for m in _END.finditer(text, evidence.end)]
    until = ends[1] if len(ends) > 1 else len(text)
    told = re.findall(r"[^\W\d_]+", text[start:until].lower())
    return not words("corrections", "words", LANGUAGE).isdisjoint(told)


_END = re.compile(r"[.!?][”\"')]?\s+|\n\s*\n")


def _contradictions(standing: Sequence[Figure]) -> list[Link]:
    """Every two accounts that cannot both be true, the later with the earlier; "nobody" denies."""
    found = []
    for earlier, later in differing(standing):
        if 0 in (earlier.high, later.high):
            nobody, other = (earlier, later) if earlier.high == 0 else (later, earlier)
            found.append(_link(nobody, "denied", other))
        else:
            found.append(_link(later, "contradicted", earlier))
    return found


def _surpasses(figure: Figure, last: Figure) -> bool:
    """Whether a figure is higher than what another gave as the least: 17 after "at least nine"."""
    now, was = number(figure), number(last)
    return now is not None and was is not None and last.high is None and was < now


def _scopes(figures: Sequence[Figure], left_out: LeftOut) -> list[Link]:
    """What counts another stretch of land, or an older event, each tied to the highest figure that
    its own document gives of this one, or the last of all."""
    last: dict[str, Figure] = {}
    for figure in (f for f in figures if not f.denial):
        held = last.get(figure.document.id)
        if held is None or (figure.low or 0) >= (held.low or 0):
            last[figure.document.id] = figure
    if not last:
        return []
    latest = max(last.values(), key=lambda figure: figure.when).claim.id
    found = [Link(claim=claim, relation="other_scope", of=latest) for claim in left_out.scope]
    for document, claim in left_out.background:
        if document in last:
            of = last[document].claim.id
            found.append(Link(claim=claim, relation="other_scope", of=of))
    return found


def _link(claim: Figure, relation: Relation, of: Figure) -> Link:
    return Link(claim=claim.claim.id, relation=relation, of=of.claim.id)
