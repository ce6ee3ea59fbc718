"""Finding time expressions: words to classes, classes to patterns.

Each word of a sentence becomes one character that stands for its class in `data/en/dates.toml`
("month", "unit", "ago"), so that a pattern is a short regular expression over classes and runs the
same on prose, headlines and upper-case wire text. The engine's tags only decide whether "May" is a
month and "2000" a year. No calendar here: `dates` decides which days a match means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: offsets in the sentence's text, its class, and what it stands for."""

    start: int
    end: int
    text: str
    kind: str
    value: Any = None


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

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of these classes is part of it."""
        return any(word.kind in kinds for word in self.words)


# Classes given by the shape of a word, and classes that are tables of values in dates.toml.
_SHAPES = (
    *("word", "mark", "comma", "dash", "dot", "possessive", "iso", "numeric"),
    *("day", "year", "number", "clock", "meridiem", "tens"),
)
_TABLES = {
    "months": "month",
    "weekdays": "weekday",
    "habits": "habit",
    "units": "unit",
    "plurals": "plural",
    "parts": "part",
    "part_habits": "parts",
    "hours": "noon",
    "seasons": "season",
    "decades": "decade",
    "ordinals": "ordinal",
    "numbers": "spelled",
    "few": "few",
    "holidays": "holiday",
}

# Sets of classes that stand in one place.
_SETS = {
    "DAY": "day ordinal",
    "N": "day year number spelled few a",
    "REL": "last bygone this current next latest previous following that",
    "NEAR": "last bygone this current next",
    "UNIT": "unit quarter century",
    "UNITS": "unit quarter century plural",
    "ORDINALS": "last ordinal",
    "CLOCK": "clock day number",
    "STAMP": "year number",
    "SHORT": "day number",
    "NEARBY": "yesterday today tomorrow",
    "FROM": "last bygone next latest previous following",
    "WAY": "ago earlier later",
    "BIG": "unit quarter century weekend period",
    "BARE": "unit quarter weekend",
}
_ANY_EDGE = "((the|a)? edge dash? the?|earlier|later)"
_EDGE = f"{_ANY_EDGE}?"
_NOT_AGE = "(?!dash? old)"

RULES: tuple[tuple[str, str], ...] = (
    ("iso", "iso"),
    ("numeric", "numeric"),
    (
        "date",
        f"(the part:part of)? ((the? NEAR)? weekday comma?)? {_EDGE} last? month:month the? day:DAY"
        " ((dash|and) upto:DAY)? (?!UNITS) (comma? year:year)?",
    ),
    (
        "date",
        f"(the part:part of)? (weekday comma?)? {_EDGE} the? day:DAY ((dash|and) upto:DAY)? of? month:month"
        " (comma? year:year)?",
    ),
    ("date", "day:day month:month year:SHORT (?=dash|mark|dot|comma|$)"),
    ("month", f"{_EDGE} month:month (of|comma)? (year:year|the? rel:NEAR unit)"),
    ("month", f"{_EDGE} (the? rel:REL)? month:month"),
    ("year", f"{_EDGE} (the unit)? fiscal? year:year"),
    ("years", "year:year dash upto:STAMP"),
    ("decade", f"{_EDGE} the? {_EDGE} decade:decade"),
    ("decade", f"the {_EDGE} decade:tens"),
    ("century", f"{_EDGE} the? number:ordinal dash? century"),
    (
        "quarter",
        f"{_EDGE} (the|own|a)? fiscal? dash? number:ordinal dash? quarter"
        " (of (year:year|the? rel:REL unit))?",
    ),
    (
        "quarter",
        "the? (year:year|rel:REL unit possessive?|ago:yearago) number:ordinal dash? quarter",
    ),
    ("half", "the? number:ORDINALS half of (year:year|decade:decade|the? rel:REL? unit)"),
    ("season", f"{_EDGE} (the? rel:REL) season:season"),
    ("season", f"{_EDGE} (the|in)? season:season of? (year:year|rel:REL unit)"),
    ("season", "(in|the edge) season:season"),
    ("season", f"{_EDGE} the season:season (?!of)"),
    ("holiday", "(the? rel:REL)? holiday:holiday (comma? year:year)?"),
    ("weekday", f"({_ANY_EDGE} on?|the part of)? (the? rel:REL)? weekday:weekday part:part?"),
    ("weekday", "part:part on weekday:weekday"),
    ("habit", "each? weekday parts"),
    ("habit", "habit:habit parts?"),
    ("habit", "each (weekday:weekday part?|unit:UNIT|month:month|season|part|weekend)"),
    ("near", f"{_EDGE} day:NEARBY part:part?"),
    ("near", "the unit way:before day:NEARBY"),
    ("tonight", f"{_EDGE} tonight"),
    ("overnight", "overnight ((on?|into:into) weekday:weekday)?"),
    ("part", f"{_EDGE} the? rel:REL part:part"),
    ("part", f"in {_EDGE} the part:part"),
    ("part", "edge dash? part:part"),
    ("clock", "approx? clock:CLOCK meridiem:meridiem zone?"),
    ("clock", "approx? clock:clock zone?"),
    ("clock", "approx? clock:STAMP zone"),
    ("clock", "approx? clock:day oclock (in the part:part)?"),
    ("clock", "clock:day in the part:part"),
    ("noon", "approx? noon:noon zone?"),
    ("unit", f"{_EDGE} the? rel:REL fiscal? unit:BIG"),
    ("unit", f"{_EDGE} the fiscal? unit:BARE (?!(before|of))"),
    ("unit", "the unit:unit of month:month day:DAY"),
    ("yearend", "approx? the? yearend"),
    ("yearago", "the? yearago dash? unit:BIG?"),
    ("yearago", "the? alike yearago? unit:BIG"),
    ("yearago", "the year:year unit:BIG"),
    ("ago", "approx? n:N dash? unit:UNITS (and word)? way:WAY"),
    ("ago", "the unit:UNIT way:before (?=comma|dot|mark|and|$)"),
    ("lately", f"approx? the? rel:FROM approx? n:N unit:UNITS {_NOT_AGE}"),
    ("lately", "the? rel:FROM unit:plural"),
    ("lately", "recent:recent (unit:plural)?"),
    ("duration", f"approx? the? ordinal? n:N ((and|dash) upto:N)? dash? unit:UNITS {_NOT_AGE}"),
    ("duration", "approx? n:N unit:UNITS and a half:half"),
    ("duration", f"approx? n:N more:word unit:plural {_NOT_AGE}"),
    ("duration", f"(the ordinal)? unit:plural {_NOT_AGE}"),
    ("daily", "daily:daily"),
    ("now", "now"),
    ("now", "current"),
    ("past", "past"),
    ("past", "the bygone (?=comma|dot|mark|word|$)"),
    ("soon", "the? soon"),
)
"""Rule names and patterns over classes. The longest match wins, then the earlier start, then the
earlier rule. Capital words are sets of classes; "name:class" names a word for the resolver."""


@cache
def _vocabulary() -> dict[str, tuple[str, Any]]:
    """Word or phrase -> its class and what it stands for."""
    data = table("dates")
    known: dict[str, tuple[str, Any]] = {}
    for name, kind in _TABLES.items():
        known |= {word: (kind, value) for word, value in data[name].items()}
    for word in ("quarter", "century"):
        known[word] = (word, known[word][1])
    for kind, listed in data["classes"].items():
        known |= {word: (kind, None) for word in listed}
    return known


@cache
def _lexer() -> re.Pattern[str]:
    phrases = [word for word in _vocabulary() if not word.isalpha()]
    listed = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    data = table("dates")
    names = [*data["months"], *data["weekdays"]]
    short = "|".join(n for n in names if any(m != n and m.startswith(n) for m in names))
    return re.compile(
        r"(?P<iso>\b\d{4}-\d\d-\d\d(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?\b)"
        r"|(?P<numeric>\b\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)(?:\d{4}|\d\d)\b)"
        r"|(?P<clock>\b\d{1,2}(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\s?[ap]\.?m))(?!\d))"
        r"|(?P<meridiem>(?:\b|(?<=\d))[ap](?:m\b|\.\s?m\b\.?))"
        r"|(?P<decade>\b(?:1[5-9]|20)\d0s\b|'[1-9]0s\b)"
        r"|(?P<tens>\b[1-9]0s\b)"
        rf"|(?P<abbreviated>\b(?:{short})\.)"
        r"|(?P<nth>\b\d{1,2}(?:st|nd|rd|th)\b)"
        r"|(?P<number>\d+(?:[.,]\d+)*(?:\s\d/\d)?)"
        rf"|(?P<phrase>\b(?:{listed})(?!\w))"
        r"|(?P<possessive>'s\b)|(?P<comma>,)|(?P<dash>[-–])|(?P<dot>\.)"
        r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)"
    )


@cache
def _classes() -> dict[str, str]:
    """Class name -> the character that stands for it."""
    kinds = sorted({*_SHAPES, *(kind for kind, _ in _vocabulary().values())})
    return {kind: chr(0x4E00 + i) for i, kind in enumerate(kinds)}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    signs = _classes()

    def sign(found: re.Match[str]) -> str:
        name, kind = found.groups()
        listed = "".join(signs[k] for k in _SETS.get(kind, kind).split())
        one = f"[{listed}]" if len(listed) > 1 else listed
        return f"(?P<{name}>{one})" if name else one

    def compiled(pattern: str) -> re.Pattern[str]:
        grouped = re.sub(r"\((?!\?)", "(?:", pattern.replace(" ", "\0"))
        return re.compile(re.sub(r"(?:(\w+):)?([A-Za-z]+)", sign, grouped).replace("\0", ""))

    return tuple((rule, compiled(pattern)) for rule, pattern in RULES)


def find(sentence: Sentence) -> list[Match]:
    """The time expressions of a sentence, in text order, none overlapping."""
    found = lex(sentence)
    signs = _classes()
    line = "".join([signs[word.kind] for word in found])
    spans = []
    for rank, (rule, pattern) in enumerate(_patterns()):
        for hit in pattern.finditer(line):
            start, end = hit.span()
            if end > start:
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


def lex(sentence: Sentence) -> list[Word]:
    """The words, numbers and marks of a sentence with their classes."""
    text = _plain(sentence.text)
    tokens = {token.start - sentence.start: token for token in sentence.tokens}
    known = _vocabulary()
    found: list[Word] = []
    for hit in _lexer().finditer(text):
        group, written = hit.lastgroup, hit[0]
        kind, value = "word", None
        if group in ("word", "phrase"):
            kind, value = known.get(written, ("word", None))
        elif group == "number":
            kind, value = _number(written)
        elif group == "nth":
            kind, value = "ordinal", int(written[:-2])
        elif group == "abbreviated":
            kind, value = known[written[:-1]]
        elif group in ("decade", "tens"):
            kind, value = group, int(written.strip("'s"))
        elif group is not None:
            kind, value = group, written
        found.append(Word(hit.start(), hit.end(), written, kind, value))
    for i, word in enumerate(found):
        token = tokens.get(word.start)
        if (word.kind == "year" and not _is_year(found, i, token)) or (
            word.kind not in ("word", "year") and not _is_time(found, i, token)
        ):
            kind = "number" if word.kind == "year" else "word"
            found[i] = Word(word.start, word.end, word.text, kind, word.value)
    return _spelled(found)


def _plain(text: str) -> str:
    """Lower case and straight apostrophes, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow: "İ"
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("’", "'").replace("‘", "'")


def _number(written: str) -> tuple[str, Any]:
    whole, _, part = written.partition(" ")
    if part:
        above, _, below = part.partition("/")
        try:
            return "number", float(whole) + int(above) / int(below)
        except (ValueError, ZeroDivisionError):
            return "number", None
    if not written.isdecimal():
        try:
            return "number", float(written.replace(",", ""))
        except ValueError:
            return "number", None
    value = int(written)
    if len(written) <= 2 and 1 <= value <= 31:
        return "day", value
    return ("year" if len(written) == 4 and 1000 <= value < 2200 else "number"), value


def _is_year(found: list[Word], i: int, token: Token | None) -> bool:
    """Whether a number of four digits is a year rather than a count, a sum or a flight."""
    before = found[i - 1].text if i else ""
    after = found[i + 1].text if i + 1 < len(found) else ""
    if before in words("dates", "years.marks") or after in words("dates", "years.units"):
        return False
    if token is None or before in words("dates", "years.before"):
        return True
    if token.entity == "MONEY" or found[i].value < 1400:
        return False
    counted = token.relation == "nummod" and token.head.tag in ("NNS", "NNPS")
    return not counted or token.head.kid("det", "nmod:poss") is not None


def _is_time(found: list[Word], i: int, token: Token | None) -> bool:
    """Whether an ambiguous word is used for a time: "May" the month, "past" the adjective."""
    word = found[i]
    if token is None:
        return True
    if word.text in words("dates", "ambiguous.nouns"):
        return token.pos not in ("VERB", "AUX", "ADP")
    if word.kind not in ("month", "weekday", "holiday"):
        return True
    following = [other.kind for other in found[i + 1 : i + 3]]
    if word.text in words("dates", "ambiguous.names") and following == ["of", "word"]:
        return False  # "the March of the Mothers"
    around = {found[k].kind for k in (i - 1, i + 1) if 0 <= k < len(found)}
    if around & {"day", "year", "ordinal"}:
        return token.pos not in ("VERB", "AUX") or "day" in around
    if token.text[0].islower() or token.entity in ("PERSON", "ORG"):
        return False
    if i and (found[i - 1].text in words("dates", "years.before") or found[i - 1].kind == "last"):
        return True
    if word.text in words("dates", "ambiguous.short"):
        return bool(around & {"comma", "number"}) and token.pos in ("PROPN", "NOUN")
    if word.text.endswith("."):
        return token.pos in ("PROPN", "NOUN")
    return word.text not in words("dates", "ambiguous.names") or token.pos in ("PROPN", "NOUN")


def _spelled(found: list[Word]) -> list[Word]:
    """Numbers in words become one word: "twenty four", "nineteen ninety-six", "twenty-first"."""
    if not any(word.kind == "spelled" for word in found):
        return found
    merged: list[Word] = []
    i = 0
    while i < len(found):
        run, k = [found[i]], i + 1
        while run[-1].kind == "spelled" and k < len(found):
            step = 1 if found[k].kind == "dash" and k + 1 < len(found) else 0
            if found[k + step].kind not in ("spelled", "ordinal"):
                break
            run.append(found[k + step])
            k += step + 1
        merged.append(_one_number(run) if len(run) > 1 else run[0])
        i = k
    return merged


def _one_number(run: list[Word]) -> Word:
    total, current = 0, 0
    values = [int(word.value) for word in run]
    year = len(run) in (2, 3) and 13 <= values[0] <= 20 and 10 <= values[1] < 100
    for value in values:
        if value == 1000:
            total, current = total + (current or 1) * 1000, 0
        elif value == 100:
            current = (current or 1) * 100
        else:
            current += value
    total += current
    kind = "ordinal" if run[-1].kind == "ordinal" else "spelled"
    if year:
        kind, total = "year", values[0] * 100 + sum(values[1:])
    elif 2000 <= total <= 2100:
        kind = "year"
    return Word(run[0].start, run[-1].end, " ".join(w.text for w in run), kind, total)
