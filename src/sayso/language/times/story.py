"""What a document has said about time up to some point, and one time expression in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.language.times.periods import Period
from sayso.language.times.tense import Outlook, outlook
from sayso.language.times.timex import Match
from sayso.language.trees import Sentence

Bound = Literal["until", "since", "by", "after", "as_of"]
"""What the words before a time make of it: an end, or a start."""

_QUARTER = 3
# Months of a quarter.


@dataclass
class Story:
    """What a document has said about time so far."""

    published: date | None
    day: Period | None = None
    recent: Period | None = None
    quarter: Period | None = None
    """The quarter that its figures are for; None once they are for more months than that."""

    def counted(self, value: str) -> None:
        """Remember a length: "in the first nine months" leaves the quarter."""
        if (months := re.fullmatch(r"P(\d+)M", value)) and int(months[1]) > _QUARTER:
            self.quarter = None

    opened: Period | None = None
    """The start of "from January to March", until its end is read."""

    def heard(self, match: Match, period: Period, bound: Bound | None) -> None:
        """Remember a period as what "the following day" may refer to, or "the same period": with
        the words before it ("since January") that is a longer one.

        Not what it is compared with: "a year earlier" does not move the story back.
        """
        if match.rule in ("yearago", "same") or period.grain == "span":
            return
        if match.rule == "ago" and match.value("unit") == "Y":
            return
        self.recent = period
        if bound == "since" and self.published and period.first <= self.published:
            self.recent = Period(period.first, self.published, "span", None)
        elif bound == "until" and self.opened and self.opened.first <= period.last:
            self.recent = Period(self.opened.first, period.last, "span", None)
        self.opened = period if bound in ("after", "as_of") else None
        if period.grain == "day":
            self.day = period
        if period.grain == "quarter":
            self.quarter = period

    def anchor(self) -> date | None:
        """The day that the story is at: named last, or that of publication."""
        return self.day.first if self.day else self.published


@dataclass
class Clause:
    """One match where it stands."""

    match: Match
    story: Story
    sentence: Sentence
    start: int
    """Offset in the sentence of the whole expression, a time of day before it counted in."""

    @property
    def view(self) -> Outlook | None:
        """Which way the clause looks."""
        offset = self.sentence.start
        return outlook(self.sentence, offset + self.start, offset + self.match.end)

    @property
    def rel(self) -> str | None:
        """Which neighbour is meant: "last", "this", "next", "previous", "following", "that"."""
        kind = self.match.kind("rel")
        return {"bygone": "last", "current": "this"}.get(kind or "", kind)
