"""What became of each figure: stands, superseded, withdrawn or denied, and by which claim.

Per voice the latest figure supersedes the earlier ones; a correction, where who makes it owns the
figure or says why it was wrong, takes it from all who repeated it; and who can know overtakes lower
figures of days before. Each figure is tied to those before it, claim to claim: it repeats, raises,
lowers, corrects, adds to, denies, withdraws or contradicts them, is part of one, or is of another
scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from msgspec.structs import replace

from sayso.reconcile.accord import differing, disjoint
from sayso.reconcile.additions import Step, summed
from sayso.reconcile.figure import Figure, LeftOut, Row, denies
from sayso.reconcile.relations import (
    change,
    corrects,
    counts_later,
    how,
    is_put_right,
    is_whole,
    link,
    scopes,
    surpasses,
)
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
        self._all: dict[tuple[float, float], list[Figure]] = defaultdict(list)  # who ever gave it
        self._bases: dict[str, Figure | None] = {}  # the best before each document
        self._adds = any(figure.adds for figure in row.figures)
        self._upon: dict[str, Figure] = {}  # what the claims that add to figures add to
        self._latest: Figure | None = None  # the last word of any who can know

    def history(self) -> History:
        """All of it, in the order of the figures."""
        for figure in self._row.figures:
            if figure.document.id not in self._bases:
                self._bases[figure.document.id] = chosen(self._standing())
            self._take(figure)
            if not (figure.copy or figure.denial or figure.adds):
                self._all[figure.span].append(figure)
        self._tell_those_beside()
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
                did: Relation = "lowered" if later.span < figure.span else "raised"
                self._tie(later, did, figure)
        places = {figure.claim.id: rank(figure).place for figure in holding}
        for figure in holding:
            later = late.get(figure.claim.id)
            if later is not None and self._takes_its_place(later, figure, holding, places):
                least = min(places[figure.claim.id], places[later.claim.id])
                places[later.claim.id] = least
        for figure in holding:
            if (base := self._upon.get(figure.claim.id)) is not None:
                same = [places[f.claim.id] for f in holding if f.span == base.span]
                least = min([places[figure.claim.id], rank(base).place, *same])
                places[figure.claim.id] = least
                if figure.moved:  # what is left comes before what there was
                    those = (f.claim.id for f in holding if f.span == base.span)
                    places |= {id: max(places[id], least + 1) for id in those}
        standing = tuple(
            figure._replace(stands_for=places[figure.claim.id])
            for figure in holding
            if figure.claim.id not in late
        )
        left = self._row.left_out
        left = left._replace(parts=(*left.parts, *self._parts))
        links = [*self._links, *self._contradictions(standing), *scopes(self._figures, left)]
        parts = [(f.claim.id, f.claim.part_of) for f in self._figures if f.claim.part_of]
        for part, of in (*left.parts, *parts):
            links.append(Link(claim=part, relation="part_of", of=of))
        return History(
            tuple(self._figures), tuple(self._fate), standing, tuple(dict.fromkeys(links)), left
        )

    def _takes_its_place(
        self, later: Figure, figure: Figure, holding: Sequence[Figure], places: Mapping[str, int]
    ) -> bool:
        """Whether a higher figure is heard in the place of the one that it overtook: unless another
        voice, placed as well as that one was, has overtaken it too."""
        as_well = (
            f
            for f in holding
            if f.voice.key != later.voice.key
            and f.when[0] > figure.when[0]
            and f.span[0] > figure.span[1]
            and places[f.claim.id] <= places[figure.claim.id]
            and not weight(f)
        )
        return later.span[0] > figure.span[1] and not any(as_well)

    def _take(self, figure: Figure) -> None:
        if figure.denial:
            self._deny(figure)
            return
        added_to = None
        if figure.adds or figure.moved:
            if figure.moved and self._is_counted_out(figure):
                return
            held = [self._figures[i] for i in self._holding()]
            late = overtaken([f for f in held if f.document.id != figure.document.id])
            held = [f for f in held if f.claim.id not in late]
            sum_ = summed(figure, held, self._steps)
            if sum_.whole is not None:
                self._parts.append((figure.claim.id, sum_.whole.claim.id))
                if sum_.to is not None:
                    self._tie(figure, "added", sum_.to)
                if not figure.moved:
                    self._outgrow(sum_.whole, (figure.low or 0))
                return
            figure, added_to = sum_.figure, sum_.to
            if figure.moved and added_to is None:
                return
            if figure.moved and figure.kind not in STOCKS:
                less = replace(figure.voice, key=f"{figure.voice.key} less", line=_LESS)
                figure = figure._replace(voice=less)
            if figure.moved and added_to is not None:
                self._left(figure, added_to)
            if added_to is not None:
                self._upon[figure.claim.id] = added_to
                relation: Relation = "lowered" if figure.moved else "added"
                self._tie(figure, "repeated" if sum_.again else relation, added_to)
        elif counted := self._added_here(figure) or self._taken_in_all(figure):
            self._parts.append((figure.claim.id, counted.claim.id))
            return
        elif rise := self._rise(figure):
            self._parts.append((figure.claim.id, rise[0].claim.id))
            self._tie(figure, "added", rise[1])
            return
        elif corrects(figure):
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

    def _left(self, figure: Figure, before: Figure) -> None:
        """Tie what a text counts of those left to what there was, where it is as many: it lowers
        that, and says nothing against it."""
        for now in [f for f in self._figures if f.document.id == figure.document.id]:
            if now.span == figure.span:
                self._links = [tie for tie in self._links if tie.claim != now.claim.id]
                self._tie(now, "lowered", before)

    def _is_counted_out(self, figure: Figure) -> bool:
        """Whether the text that tells of people found counts those who are missing since: it gives
        another number than was given till then."""
        here = figure.document.id
        counted = (f for f in self._figures if f.document.id == here and not f.denial)
        return figure.kind in STOCKS and any(
            not f.moved and all(g.document.id == here for g in self._all[f.span]) for f in counted
        )

    def _relate(self, figure: Figure) -> None:
        """Tie a figure to the last word of another voice: it raises it, or cannot be true beside
        it, or says that there is nobody."""
        last, here = self._latest, figure.span
        told = here in self._told and figure.high != 0
        if figure.copy or told or how(figure) == "rest":
            return
        if figure.high == 0:  # what is denied is what its own text tells, else what was told
            before = [f for f in reversed(self._figures) if f.low and not f.denial]
            here_too = (f for f in before if f.document.id == figure.document.id)
            last = next(here_too, last or next(iter(before), None))
        other = last is not None and last.voice.key != figure.voice.key
        said_before = how(figure) == "earlier"
        if last is not None and (other or said_before) and not corrects(figure):
            if figure.high == 0 and last.low:
                self._tie(figure, "denied", last)
            elif said_before:
                if last.span[1] < here[0]:
                    self._tie(figure, "raised", last)
            elif disjoint(figure, last) or surpasses(figure, last):
                grown: Relation = "raised" if last.span[0] < here[0] else "lowered"
                takes = figure.kind in STOCKS or counts_later(last, figure)
                if takes or disjoint(figure, last):
                    self._tie(figure, grown if takes else "contradicted", last)
        if said_before:
            return
        if not weight(figure) and figure.high != 0 and knows(figure):
            low = self._latest.low or 0 if self._latest else 0
            if figure.kind in STOCKS or (figure.low or 0) * PART > low:
                self._latest = figure

    def _tie(self, figure: Figure, relation: Relation, of: Figure) -> None:
        """Tie a figure to where its voice first gave an earlier one; what is denied, to who gave it
        first of all, and what is raised or added to, to who gave it last as well."""
        told = [f for f in self._all.get(of.span, ()) if f.when[0] < figure.when[0]]
        same = [f for f in told if f.voice.key == of.voice.key]
        those = (told if relation == "denied" else same)[:1] or [of]
        if relation in ("raised", "added"):
            those += told[-1:]
        self._links += [link(figure, relation, f) for f in those]

    def _repeat(self, figure: Figure, first: Figure) -> None:
        """Tie a figure to who gave it first, who gave it last, and its own voice where it did."""
        told = [f for f in self._all.get(figure.span, ()) if f.when < figure.when]
        own = [f for f in told if f.voice.key == figure.voice.key]
        for again in (first, *told[-1:], *own[-1:]):
            self._links.append(link(figure, "repeated", again))

    def _rise(self, figure: Figure) -> tuple[Figure, Figure] | None:
        """The whole of its own text that a figure is the last of, and what the count was before:
        "11 bodies were found, raising the toll to 25", where it was 14."""
        by, own = figure.low, figure.document.id
        if not by or by != figure.high or figure.adds or how(figure) is not None:
            return None
        here = [f for f in self._row.figures if f.document.id == own]
        here = [f for f in here if not f.denial and not weight(f)]
        bases = [f for f in here if how(f) == "earlier"]
        bases += [base for base in [self._bases.get(own)] if base and not weight(base)]
        for whole in here:
            alike = figure.own_voice or whole.voice.key == figure.voice.key or is_whole(whole)
            for base in bases:
                if alike and base.low and base.low != by and whole.low == base.low + by:
                    return whole, base
        return None

    def _outgrow(self, whole: Figure, by: int) -> None:
        """End what was told before so many were added, and is a whole that has them in it."""
        was = float((whole.low or 0) - by)
        for line in self._holds.values():
            for key, held in list(line.items()):
                before = self._figures[held]
                if before.span == (was, was) and not weight(whole) and before is not whole:
                    self._end(key, "superseded", whole)
                    self._tie(whole, "raised", before)
                    del line[key]

    def _tell_those_beside(self) -> None:
        """Tie what a text counts beside its figure for the whole to what was told before: so many
        more, so many again; and that figure to what the same voice had said before."""
        for part in self._row.beside:
            told = [f for f in self._all.get(part.span, ()) if f.when[0] < part.when[0]]
            if rise := self._rise(part):
                self._tie(part, "added", rise[1])
            elif told:
                self._links.append(link(part, "repeated", told[-1]))
            elif own := [f for f in self._figures if f.voice.key == part.voice.key]:
                before = [f for f in own if f.when[0] < part.when[0]]
                if before and before[-1].span[1] < part.span[0]:
                    self._tie(part, "raised", before[-1])
        for figure in [f for f in self._figures if how(f) == "earlier"]:
            for now in self._figures:
                same = (now.document.id, now.voice.key) == (figure.document.id, figure.voice.key)
                if same and disjoint(now, figure) and not now.denial:
                    self._links.append(link(now, change(figure, now), figure))

    def _contradictions(self, standing: Sequence[Figure]) -> list[Link]:
        """Every two accounts that cannot both be true, of those that stand or of one text, the
        later with the earlier, where neither took the other's place; "nobody" denies."""
        tied = {(tie.claim, tie.of) for tie in self._links} | set(self._parts)
        pairs = [*differing(standing), *self._in_one_text()]
        found = []
        for earlier, later in pairs:
            if 0 in (earlier.high, later.high):
                nobody, other = (earlier, later) if earlier.high == 0 else (later, earlier)
                found.append(link(nobody, "denied", other))
            elif (later.claim.id, earlier.claim.id) not in tied:
                found.append(link(later, "contradicted", earlier))
        return found

    def _in_one_text(self) -> list[tuple[Figure, Figure]]:
        """Every two figures of one text that two voices give and that cannot both be true; but for
        what who has nothing at stake had said before."""
        said = [
            f
            for f in self._figures
            if not (f.copy or f.denial or f.adds or how(f) in ("rest", "earlier"))
            and (weight(f) or not self._said_before(f))
        ]
        return [
            (one, other)
            for one, other in combinations(said, 2)
            if one.document.id == other.document.id
            and one.voice.key != other.voice.key
            and disjoint(one, other)
        ]

    def _said_before(self, figure: Figure) -> bool:
        """Whether a voice had given the same figure in an earlier document."""
        told = self._all.get(figure.span, ())
        return any(f.voice.key == figure.voice.key and f.when[0] < figure.when[0] for f in told)

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
        if added_to is None and again is not None:
            self._repeat(figure, again)
        for told in (figure.span, (low, low)):  # "at least nine", and then "nine"
            self._told.setdefault(told, figure)
        if said == figure.span and self._recalled(figure):
            self._fate[here] = "superseded"
            return
        if figure.copy or how(figure) == "earlier":
            if said != figure.span:
                self._fate[here] = "superseded"
            return
        if said and said != figure.span and low <= said[0] and said[1] <= high:
            return
        if own is not None and added_to is None and self._is_part(figure, self._figures[own]):
            self._fate[here] = "superseded"
            self._parts.append((figure.claim.id, self._figures[own].claim.id))
            return
        less = figure.moved and figure.kind not in STOCKS
        if added_to is not None and not less and not weight(figure):
            self._replace(added_to.span, figure, None)
        if corrects(figure) and not weight(figure):
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
                self._tie(figure, change(before, figure), before)
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
        if figure.span[1] >= own.span[0] or corrects(figure) or is_whole(figure):
            return False
        if figure.claim.because.get("count") in ("number.single", "number.named"):
            return True
        if figure.kind in TAKEN_IN_ALL:
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
        told = figure.claim.change
        was = told.was if told else None
        wrong = {f.span for f in self._standing() if was is not None and f.low == was.low}
        if was is None and told and told.why:
            wrong = {f.span for f in self._standing() if is_put_right(f, figure)}
        if said is not None and (was is None or said[0] == was.low):
            wrong |= {said}
        elif not (told and told.why) and not figure.own_voice:
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
                    self._tie(figure, relation, before)
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
                self._links.append(link(denial, "withdrawn" if own else "denied", said))
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
