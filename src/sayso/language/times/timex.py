"""Finding time expressions: patterns over classes of words.

Each word of a sentence becomes one character that stands for its class (`timewords`), so that a
pattern is a short regular expression over classes and runs the same on prose, headlines and
upper-case wire text. No calendar here: `placing` decides which days a match means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.language.times.timewords import Word, lex, signs
from sayso.language.trees import Sentence


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of words that one pattern covers; `parts` are the words that the pattern names."""

    rule: str
    start: int
    end: int
    words: tuple[Word, ...]
    parts: dict[str, Word]

    def kind(self, part: str) -> str | None:
        """The class of a named word, None if the match has none of that name."""
        word = self.parts.get(part)
        return word.kind if word else None

    def value(self, part: str) -> Any:
        """What a named word stands for, None if the match has none of that name."""
        word = self.parts.get(part)
        return word.value if word else None

    @property
    def mod(self) -> str | None:
        """Which part of its period is meant, by the names of TIMEX3: "START", "MID", "END"; or
        "BEFORE", for "more than a year ago"."""
        if self.rule == "ago" and self.kind("way") == "ago" and self.has("beyond"):
            return "BEFORE"
        return next((word.value or None for word in self.words if word.kind == "edge"), None)

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of these classes is part of it."""
        return any(word.kind in kinds for word in self.words)


# Sets of classes that stand in one place.
_SETS = {
    "DAY": "day ordinal nth",
    "NTH": "ordinal nth",
    "UPTO": "dash and to",
    "N": "day year number spelled few a",
    "REL": "last bygone this current next latest previous following that",
    "NEAR": "last bygone this current next",
    "UNIT": "unit dayunit quarter century",
    "UNITS": "unit dayunit quarter century plural",
    "ORDINALS": "last ordinal nth",
    "WHICH": "last final ordinal",
    "CLOCK": "clock day",
    "STAMP": "year number",
    "SHORT": "day number",
    "NEARBY": "yesterday today tomorrow",
    "FROM": "last bygone next latest previous following",
    "WAY": "ago earlier later",
    "AGO": "ago earlier before",
    "ABOUT": "approx beyond",
    "SIDE": "before after",
    "BIG": "unit dayunit quarter century weekend period",
    "BARE": "unit quarter weekend",
    "STRETCH": "unit plural dayunit",
    "UNTO": "to before",
    "INTO": "into to",
}
_ANY_EDGE = "((the|a)? edge dash? the?|earlier|later)"
_EDGE = f"{_ANY_EDGE}?"
_NAMED_DAYS = (
    "(the? rel:REL)? weekday:weekday",
    "(the|weekday comma?)? month:month day:DAY (comma? year:year)?",
    "the? day:DAY of? month:month year:year?",
    "the? holiday:holiday",
)
_UPTO = "((comma DAY)* comma? UPTO the? upto:DAY)"
_PART_OF = "which:WHICH (n:N? unit:STRETCH|part:part|weekday:weekday) (of|in)"
_NOT_AGE = "(?!dash? old)"

RULES: tuple[tuple[str, str], ...] = (
    ("iso", "iso"),
    ("numeric", "numeric"),
    (
        "date",
        f"(the part:part of)? ((the? NEAR)? weekday comma?)? {_EDGE} last? month:month the? day:DAY"
        f" {_UPTO}? (?!UNITS) (comma? year:year|rel:NEAR unit:unit)?",
    ),
    (
        "date",
        f"(the part:part of)? (weekday comma?)? {_EDGE} the? day:DAY"
        f" {_UPTO}? of? month:month (comma? year:year|of? rel:NEAR unit:unit)?",
    ),
    ("monthday", "(?<=on) the day:nth (UPTO the? upto:nth)? (?=dot|comma|mark|in|on|and|$)"),
    ("monthday", "the part:part of the day:nth"),
    ("date", "day:day month:month year:SHORT (?=dash|mark|dot|comma|$)"),
    ("month", f"{_EDGE} month:month (of|comma)? (year:year|the? rel:NEAR unit)"),
    ("month", f"{_EDGE} (the? rel:REL)? month:month"),
    ("month", f"the {_PART_OF} month:month (comma? year:year)?"),
    ("month", "the which:ORDINALS unit:half of month:month (comma? year:year)?"),
    ("year", f"{_EDGE} (the unit)? fiscal? year:year"),
    ("years", "year:year dash upto:STAMP"),
    ("decade", f"{_EDGE} the? {_EDGE} decade:decade"),
    ("decade", f"the {_EDGE} decade:tens"),
    ("century", f"{_EDGE} the? number:NTH dash? century"),
    (
        "quarter",
        f"{_EDGE} (the|own|a)? fiscal? dash? number:NTH dash? quarter"
        " (of (year:year|the? rel:REL unit))?",
    ),
    ("quarter", "the? (year:year|rel:REL unit possessive?|ago:yearago) number:NTH dash? quarter"),
    ("half", "the? number:ORDINALS half of (year:year|decade:decade|the? rel:REL? unit)"),
    ("opening", "the which:ORDINALS n:N span:plural of (year:year|the? rel:NEAR unit)"),
    ("season", f"{_EDGE} (the? rel:REL) season:season"),
    ("season", f"{_EDGE} (the|in)? season:season of? (year:year|rel:REL unit)"),
    ("season", "(in|the edge) season:season"),
    ("season", f"{_EDGE} the season:season (?!of)"),
    ("holiday", "(the? rel:REL)? holiday:holiday (comma? year:year)?"),
    ("holiday", f"the {_PART_OF} the? holiday:holiday (comma? year:year)?"),
    ("weekday", f"({_ANY_EDGE} on?|the part of)? (the? rel:REL)? weekday:weekday part:part?"),
    ("weekday", "part:part on weekday:weekday"),
    ("weekday", "weekday:weekday part:part? of? (the? rel:REL) unit:unit"),
    ("weekday", "the? rel:REL unit:unit possessive weekday:weekday part:part?"),
    ("habit", "each? weekday parts"),
    ("habit", "habit:habit parts?"),
    ("habit", "each (weekday:weekday part?|unit:UNIT|month:month|season|part|weekend)"),
    ("near", f"{_EDGE} day:NEARBY part:part?"),
    ("near", "the dayunit way:SIDE day:NEARBY"),
    *(("beside", f"(the unit:dayunit|n:N dash? span:UNITS) way:SIDE {day}") for day in _NAMED_DAYS),
    *(("beside", f"the? way:eve of {day}") for day in _NAMED_DAYS),
    *(("leading", f"the ABOUT? (n:N dash?)? span:UNITS way:UNTO {day}") for day in _NAMED_DAYS),
    ("tonight", f"{_EDGE} tonight"),
    ("overnight", "overnight ((on?|into:INTO) weekday:weekday)?"),
    ("part", f"{_EDGE} the? rel:REL part:part"),
    ("part", f"in {_EDGE} the part:part"),
    ("part", "edge dash? part:part"),
    ("clock", "ABOUT? clock:CLOCK meridiem:meridiem zone?"),
    ("clock", "ABOUT? clock:clock zone?"),
    ("clock", "ABOUT? clock:day oclock (in the part:part)?"),
    ("clock", "clock:day in the part:part"),
    ("noon", "ABOUT? noon:noon zone?"),
    ("unit", f"{_EDGE} the? rel:REL fiscal? unit:BIG"),
    ("unit", "the fiscal? unit:BARE (?!(SIDE|of))"),
    ("unit", f"{_ANY_EDGE} the fiscal? unit:BIG (?!(SIDE|of))"),
    ("unit", "the unit:unit of month:month day:DAY"),
    ("yearend", "ABOUT? the? yearend"),
    (
        "same",
        "the? (alike|that) unit:BIG (of|in)? (year:year|the? rel:NEAR unit|a unit way:AGO)",
    ),
    ("yearago", "the? yearago dash? unit:BIG?"),
    ("yearago", "the? alike yearago? unit:BIG"),
    ("yearago", "the year:year unit:BIG"),
    ("ago", "ABOUT? n:N dash? unit:UNITS (and word)? way:WAY"),
    ("agoon", "n:N unit:UNITS way:WAY on? weekday:weekday part:part?"),
    ("ago", "unit:plural way:WAY"),
    ("ago", "the unit:UNIT way:SIDE (?=comma|dot|mark|and|$)"),
    ("lately", f"ABOUT? the? rel:FROM ABOUT? n:N unit:UNITS {_NOT_AGE}"),
    ("lately", "the? rel:FROM unit:plural"),
    ("lately", "recent:recent (unit:plural)?"),
    ("duration", f"ABOUT? the? NTH? n:N (UPTO upto:N)? dash? unit:plural {_NOT_AGE}"),
    ("duration", f"ABOUT? NTH? n:N (UPTO upto:N)? dash? unit:UNIT {_NOT_AGE}"),
    ("duration", "ABOUT? n:N unit:UNITS and a half:half"),
    ("duration", "ABOUT? n:N and a half:half unit:UNITS"),
    ("duration", f"ABOUT? n:N more:word unit:plural {_NOT_AGE}"),
    ("duration", f"(the NTH)? unit:plural {_NOT_AGE}"),
    ("interval", "the unit:dayunit (?=SIDE)"),
    ("daily", "daily:daily"),
    ("now", "now"),
    ("now", "current"),
    ("past", "past"),
    ("past", "the bygone (?=comma|dot|mark|word|$)"),
    ("soon", "the? soon"),
)
"""Rule names and patterns over classes. The longest match wins, then the earlier start, then the
earlier rule. Capital words are sets of classes; "name:class" names a word for the resolver."""


def find(sentence: Sentence) -> list[Match]:
    """The time expressions of a sentence, in text order, none overlapping."""
    found = lex(sentence)
    sign = signs(sentence.language)
    line = "".join([sign[word.kind] for word in found])
    spans = []
    for rank, (rule, pattern) in enumerate(_patterns(sentence.language)):
        for hit in pattern.finditer(line):
            start, end = hit.span()
            spans.append((start - end, start, rank, rule, hit))
    spans.sort(key=lambda s: s[:3])
    taken = [False] * len(found)
    matches = []
    for size, start, _, rule, hit in spans:
        if any(taken[start : start - size]):
            continue
        taken[start : start - size] = [True] * -size
        covered = tuple(found[start : start - size])
        parts = {name: found[hit.start(name)] for name, sign in hit.groupdict().items() if sign}
        matches.append(Match(rule, covered[0].start, covered[-1].end, covered, parts))
    return sorted(matches, key=lambda m: m.start)


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    characters = signs(language)

    def sign(found: re.Match[str]) -> str:
        name, kind = found.groups()
        listed = "".join(characters[k] for k in _SETS.get(kind, kind).split())
        one = f"[{listed}]" if len(listed) > 1 else listed
        return f"(?P<{name}>{one})" if name else one

    def compiled(pattern: str) -> re.Pattern[str]:
        grouped = re.sub(r"\((?!\?)", "(?:", pattern.replace(" ", "\0"))
        return re.compile(re.sub(r"(?:(\w+):)?([A-Za-z]+)", sign, grouped).replace("\0", ""))

    return tuple((rule, compiled(pattern)) for rule, pattern in RULES)
