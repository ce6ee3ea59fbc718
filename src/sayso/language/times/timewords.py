"""Words, numbers and marks of a sentence with their classes, for patterns of time expressions.

The classes are those of `data/en/dates.toml` ("month", "unit", "ago") and a few that the shape of a
word gives ("day", "year", "clock"). The engine's tags decide what a word alone does not: whether
"May" is a month, and whether "2000" is a year or a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from string import ascii_lowercase
from typing import Any

from sayso.language.grammar.features import is_plural
from sayso.language.grammar.noun_phrase import is_definite
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: offsets in the sentence's text, its class, and what it stands for."""

    start: int
    end: int
    text: str
    kind: str
    value: Any = None


# Classes given by the shape of a word, and classes that are tables of values in dates.toml.
_SHAPES = (
    *("word", "mark", "comma", "dash", "dot", "possessive", "iso", "numeric"),
    *("day", "nth", "year", "number", "clock", "meridiem", "tens"),
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
    "edges": "edge",
}
_OWN_CLASS = {"Q": "quarter", "C": "century", "D": "dayunit"}
"""Units that patterns tell from the others, by their letters."""


def lex(sentence: Sentence) -> list[Word]:
    """The words, numbers and marks of a sentence with their classes."""
    text = _plain(sentence.text)
    tokens = {token.start - sentence.start: token for token in sentence.tokens}
    known = _vocabulary(sentence.language)
    afternoon = sentence.words("dates", "forms.afternoon")
    found: list[Word] = []
    for hit in _lexer(sentence.language).finditer(text):
        group, written = hit.lastgroup, hit[0]
        kind, value = "word", None
        if group in ("word", "phrase"):
            kind, value = known.get(written, ("word", None))
        elif group == "number":
            kind, value = _number(written)
        elif group == "nth":
            kind, value = "nth", int(written.rstrip(ascii_lowercase))
        elif group == "abbreviated":
            kind, value = known[written[:-1]]
        elif group in ("decade", "tens"):
            kind, value = group, int(written.strip("'").rstrip(ascii_lowercase))
        elif group == "meridiem":
            kind, value = group, written in afternoon
        elif group is not None:
            kind, value = group, written
        found.append(Word(hit.start(), hit.end(), written, kind, value))
    for i, word in enumerate(found):
        token, kind = tokens.get(word.start), word.kind
        if kind in ("year", "number") and _is_hour(found, i, sentence):
            kind = "clock"
        elif kind == "year":
            kind = "year" if _is_year(found, i, token, sentence) else "number"
        elif kind == "day" and _counts(found, i, token):
            kind = "number"
        elif kind != "word" and not _is_time(found, i, token):
            kind = "word"
        if kind != word.kind:
            found[i] = Word(word.start, word.end, word.text, kind, word.value)
    return _spelled(found)


@cache
def _vocabulary(language: str) -> dict[str, tuple[str, Any]]:
    """Word or phrase -> its class and what it stands for."""
    data = table("dates", language)
    known: dict[str, tuple[str, Any]] = {}
    for name, kind in _TABLES.items():
        known |= {word: (kind, value) for word, value in data[name].items()}
    for word, letter in data["units"].items():
        known[word] = (_OWN_CLASS.get(letter, "unit"), letter)
    for kind, listed in data["classes"].items():
        known |= {word: (kind, None) for word in listed}
    return known


@cache
def _lexer(language: str) -> re.Pattern[str]:
    phrases = [word for word in _vocabulary(language) if not word.isalpha()]
    listed = _any_of(phrases)
    data = table("dates", language)
    names = [*data["months"], *data["weekdays"]]
    short = "|".join(n for n in names if any(m != n and m.startswith(n) for m in names))
    forms = {name: _any_of(written) for name, written in data["forms"].items()}
    halves = _any_of([*data["forms"]["morning"], *data["forms"]["afternoon"]])
    return re.compile(
        r"(?P<iso>\b\d{4}(?P<cut>[-/])\d\d(?P=cut)\d\d(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?\b)"
        r"|(?P<numeric>\b\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)(?:\d{4}|\d\d)\b)"
        r"|(?P<clock>\b(?:[01]?\d|2[0-4])"
        rf"(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\s?(?:{halves})))(?!\d))"
        rf"|(?P<meridiem>(?:\b|(?<=\d))(?:{halves}))"
        r"|(?P<decade>\b(?:1[5-9]|20)\d0s\b|'[1-9]0s\b)"
        r"|(?P<tens>\b[1-9]0s\b)"
        rf"|(?P<abbreviated>\b(?:{short})\.)"
        rf"|(?P<nth>\b\d{{1,2}}(?:{forms['nth']}))"
        r"|(?P<number>\d+(?:[.,]\d+)*(?:\s\d/\d)?)"
        rf"|(?P<phrase>\b(?:{listed})(?!\w))"
        rf"|(?P<possessive>(?:{forms['possessive']}))"
        r"|(?P<comma>,)|(?P<dash>[-–]|(?<=\d)/(?=\d))|(?P<dot>\.)"
        r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)"
    )


def _any_of(written: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    longest_first = sorted(written, key=len, reverse=True)
    return "|".join(re.escape(w) + r"\b" * w[-1].isalnum() for w in longest_first)


@cache
def signs(language: str) -> dict[str, str]:
    """Class name -> the one character that stands for it in a pattern."""
    kinds = sorted({*_SHAPES, *(kind for kind, _ in _vocabulary(language).values())})
    return {kind: chr(0x4E00 + i) for i, kind in enumerate(kinds)}


_ABOUT = ("approx", "beyond")

_LONGEST = 9
"""Digits of a number that a time can be told by."""


def _plain(text: str) -> str:
    """Lower case and straight apostrophes, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow: "İ"
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("’", "'").replace("‘", "'")


def _number(written: str) -> tuple[str, Any]:
    if not written.isdecimal():
        whole, _, part = written.partition(" ")
        try:  # "2 1/2", "1,500"
            return "number", float(whole.replace(",", "")) + float(Fraction(part or 0))
        except (ValueError, ZeroDivisionError):
            return "number", None
    if len(written) > _LONGEST:
        return "number", None
    value = int(written)
    if len(written) <= 2 and 1 <= value <= 31:
        return "day", value
    return ("year" if len(written) == 4 and 1000 <= value < 2200 else "number"), value


def _is_hour(found: list[Word], i: int, sentence: Sentence) -> bool:
    """Whether four digits are a time of day, as wire reports have it: "at 1625", "0600 GMT"."""
    written = found[i].text
    if len(written) != 4 or not written.isdecimal():
        return False
    if int(written[:2]) >= 24 or int(written[2:]) >= 60:
        return False
    last = next((word.text for word in reversed(found[:i]) if word.kind not in _ABOUT), "")
    return last in sentence.words("dates", "forms.hour_after") or (
        i + 1 < len(found) and found[i + 1].kind == "zone"
    )


def _is_year(found: list[Word], i: int, token: Token | None, sentence: Sentence) -> bool:
    """Whether a number of four digits is a year rather than a count, a sum or a flight."""
    before = found[i - 1].text if i else ""
    after = found[i + 1].text if i + 1 < len(found) else ""
    words = partial(sentence.words, "dates")
    if token is not None and token.relation == "obl" and before in words("years.before"):
        return True  # "in 2016 soldiers killed nine villagers"
    if before in words("years.marks") or after in words("years.units"):
        return False
    if token is not None and token.relation.startswith(("nsubj", "obj")):
        return _is_told_of(token)
    if token is None:
        return True
    if token.relation == "nummod" and token.head.lemma.lower() in words("years.places"):
        return is_definite(token.head)  # "in 2000 villages"
    if before in words("years.before"):
        return True
    if token.entity == "MONEY" or found[i].value < 1400:
        return False
    if i and found[i - 1].kind in _ABOUT:
        return False  # "more than 2000 killed and wounded"
    counted = token.relation == "nummod" and is_plural(token.head)
    named = is_definite(token.head) or bool(token.head.kids("nmod:poss"))
    return not counted or named  # "2000 marchers", but "the 1992 protests"


def _is_told_of(token: Token) -> bool:
    """Whether a year is what a clause tells of, "2019 saw the worst floods", and not so many
    people: "2000 killed", "of 1900 arrested", "2010 are missing", "left 2000 dead"."""
    words = {t.lower for t in token.head.kids("cop", "aux", "aux:pass")} | {
        token.head.lemma.lower()
    }
    return not words.isdisjoint(token.words("dates", "years.verbs"))


def _counts(found: list[Word], i: int, token: Token | None) -> bool:
    """Whether the number behind a month counts what follows: "in March 12 people died", but "on
    March 12 people took to the streets".
    """
    if token is None or not i or found[i - 1].kind != "month":
        return False
    counted = token.relation == "nummod" and token.head.i > token.i and is_plural(token.head)
    before = found[i - 2].text if i > 1 else ""
    return counted and before not in token.words("dates", "classes.on")


def _is_time(found: list[Word], i: int, token: Token | None) -> bool:
    """Whether an ambiguous word is used for a time: "May" the month, "past" the adjective."""
    word = found[i]
    if token is None:
        return True
    words = partial(token.words, "dates")
    if word.text in words("ambiguous.nouns"):
        return token.pos not in ("VERB", "AUX", "ADP")
    if word.kind not in ("month", "weekday", "holiday"):
        return True
    ahead = [other.kind for other in found[i + 1 : i + 3]]
    if word.text in words("ambiguous.names") and ahead[:1] == ["of"]:
        return ahead[1:] in (["year"], ["last"], ["this"], ["next"])  # or "March of the Widows"
    around = {found[k].kind for k in (i - 1, i + 1) if 0 <= k < len(found)}
    if around & {"day", "year", "ordinal", "nth"}:
        return token.pos not in ("VERB", "AUX") or "day" in around
    if token.text[0].islower() or token.entity in ("PERSON", "ORG"):
        return False
    if i and (found[i - 1].text in words("years.before") or found[i - 1].kind == "last"):
        return True
    if word.text in words("ambiguous.short"):
        return bool(around & {"comma", "number"}) and token.pos in ("PROPN", "NOUN")
    if word.text.endswith("."):
        return token.pos in ("PROPN", "NOUN")
    return word.text not in words("ambiguous.names") or token.pos in ("PROPN", "NOUN")


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
