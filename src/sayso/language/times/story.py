"""What a document has said about time up to some point, and one time expression in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sayso.language.times.periods import Period
from sayso.language.times.tense import Outlook, outlook
from sayso.language.times.timex import Match
from sayso.language.trees import Sentence

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

    def heard(self, match: Match, period: Period) -> None:
        """Remember a period as what "the following day" may refer to.

        Not what it is compared with: "a year earlier" does not move the story back.
        """
        if match.rule == "yearago" or period.grain == "span":
            return
        if match.rule == "ago" and match.value("unit") == "Y":
            return
        self.recent = period
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
