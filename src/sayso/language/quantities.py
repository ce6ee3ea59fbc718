"""Figures in a sentence: how many, as honest bounds in the author's words, and of what sort.

"At least 13" is 13 and open upward; "dozens" is 24 to 99. The rules of reading and every word they
know stand in `data/<language>/numbers.toml`; `numerals` reads the bare number, `units` tells ages,
dates and money from counts. Whether anybody was killed or merely counted is not asked here, and a
bare "a" or "an" is no figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from sayso.language.counting.numerals import (
    Numeral,
    Piece,
    is_hyphen,
    numeral,
    past,
    phrase,
    pieces,
    says,
    text_at,
)
from sayso.language.counting.shares import out_of, share, whole
from sayso.language.counting.units import is_year, mark, unit
from sayso.language.grammar.features import is_present, is_relative, is_superlative
from sayso.language.grammar.noun_phrase import genitives
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import MOST_PEOPLE, Count

_LONGEST = 5
"""Words in the longest hedge of the table."""
_BEGINNINGS = (
    "small", "scales", "soft", "soft_plural", "collective", "plural", "before", "hedging", "ranges",
    "share", "unknown",
)  # fmt: skip
"""Parts of the table with whose words a figure may begin."""
_NEAR = 6
"""How many words away a word of change, or of a match, still says what two numbers are."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """One figure: its tokens, hedges included, its bounds, and the rule that read them.

    `number` are the tokens of the number without its hedges. `unit` is None for a count of people
    or things, otherwise what the figure is instead: age, date, time, money, percent, measure,
    duration, label or share. Both bounds are open where the figure says no number at all ("12:30").
    `whole` is the figure that this one is said to be a part of ("nine of the 31"): what befell the
    nine is not said of the 31.
    """

    tokens: tuple[Token, ...]
    number: tuple[Token, ...]
    count: Count
    rule: str
    unit: str | None
    whole: Quantity | None = None

    @property
    def head(self) -> Token:
        """The token by which the figure hangs in the tree: "13", "dozens" in "dozens more"."""
        return _head(self.number, self.tokens)

    @property
    def counted(self) -> Token | None:
        """The noun that is counted: "people" in "13 people", "dozens of people"; None if unsaid."""
        if self.whole is not None and self.whole.counted is not None:
            return self.whole.counted
        head = self.head
        if head.dep in ("nummod", "amod", "det", "compound") and head.head not in self.tokens:
            return head.head if head.head.i > head.i else _next_noun(self.tokens[-1])
        noun: Token | None = head
        while noun in self.tokens:
            noun = next(iter(genitives(noun)), None)
        return noun


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure between pieces: all of it, its number, its bounds."""

    start: int
    end: int
    number: tuple[int, int]
    low: Fraction | None
    high: Fraction | None
    rule: str
    unit: str | None = None
    whole: int | None = None  # where the whole begins that it is a part of
    reckoned: bool = False  # as a share of the whole


def quantities(sentence: Sentence) -> list[Quantity]:
    """The figures of a sentence in text order; they never share a token."""
    row = pieces(sentence.tokens)
    readings: list[_Reading] = []
    for reading in _readings(row):
        last = readings[-1] if readings else None
        if last is None or row[last.end - 1].token.i < row[reading.start].token.i:
            readings.append(reading)
    found: dict[int, Quantity] = {}
    for reading in reversed(readings):  # a whole stands behind its share
        of = found.get(reading.whole) if reading.whole is not None else None
        found[reading.start] = _quantity(sentence, row, reading, of)
    return [found[reading.start] for reading in readings]


def _quantity(
    sentence: Sentence, row: Sequence[Piece], reading: _Reading, of: Quantity | None
) -> Quantity:
    tokens = _tokens(row, reading.start, reading.end)
    start, end = sentence.cover((*tokens, *(of.tokens if of and reading.reckoned else ())))
    count = Count(
        low=None if reading.low is None else math.floor(reading.low),
        high=None if reading.high is None else math.ceil(reading.high),
        text=sentence.quote(start, end),
    )
    kind = reading.unit or (None if of else unit(row, reading.start, reading.end, reading.rule))
    if kind is None and max(count.low or 0, count.high or 0) > MOST_PEOPLE:
        kind = "beyond"
    return Quantity(tokens, _tokens(row, *reading.number), count, reading.rule, kind, of)


def _readings(row: Sequence[Piece]) -> Iterator[_Reading]:
    at = 0
    while at < len(row):
        if not _may_begin(row[at].text, row[at].token.language):
            at += 1
            continue
        reading = _marked(row, at) or _unknown(row, at) or _share(row, at)
        reading = reading or _of_whole(row, _hedged(row, at))
        if reading is not None:
            reading = _or_more(row, reading)
        if reading is not None and not _is_pronoun(row, reading):
            yield reading
        at = reading.end if reading else at + 1


def _may_begin(text: str, language: str) -> bool:
    """Whether a figure may begin with that word: nine in ten words are settled by this alone."""
    return not text.isalpha() or text in _number_words(language)


@cache
def _number_words(language: str) -> frozenset[str]:
    """The first words of every number, share, range and hedge of the table."""
    found: set[str] = set()
    left: list[Any] = [table("numbers", language)[name] for name in _BEGINNINGS]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
        else:
            found.add(str(value).partition(" ")[0])
    return frozenset(found)


def _marked(row: Sequence[Piece], at: int) -> _Reading | None:
    found = mark(row, at)
    return _nothing(at, found[0], found[1]) if found else None


def _unknown(row: Sequence[Piece], at: int) -> _Reading | None:
    """People of whom the text says that nobody knows how many: "an unknown number of villagers"."""
    end = past(row, at, 3)
    said = phrase(row, at, 3) in row[0].token.words("numbers", "unknown.phrases")
    if not said or not says(row, end, "marks.of"):
        return None
    return _Reading(at, end, (at, end), None, None, "not-given")


def _nothing(start: int, end: int, kind: str) -> _Reading:
    return _Reading(start, end, (start, end), None, None, "mark", kind)


def _of_whole(row: Sequence[Piece], reading: _Reading | None) -> _Reading | None:
    """The reading, and what it is a part of: "nine of the 31", "13 out of 20 sailors"."""
    if reading is None or reading.whole is not None or reading.unit is not None:
        return reading
    start = out_of(row, reading.end) or whole(row, reading.end)
    of = _hedged(row, start) if start is not None else None
    if of is None or unit(row, of.start, of.end, of.rule) or not _less(reading, of.high):
        return reading
    return replace(reading, whole=start)


def _less(reading: _Reading, high: Fraction | None) -> bool:
    low = reading.low if reading.low is not None else Fraction(0)
    return high is None or low <= high


def _share(row: Sequence[Piece], at: int) -> _Reading | None:
    """A share: how many it comes to where its whole is given, else no number at all."""
    found = share(row, at)
    if found is None:
        return None
    start = whole(row, found.end)
    of = _hedged(row, start) if start is not None else None
    if of is not None and unit(row, of.start, of.end, of.rule) is None:
        low, high = found.of(of.low, of.high)
        if high is None or (low or 0) <= high:  # no five of three
            number = (at, found.end)
            return _Reading(at, found.end, number, low, high, "share", whole=start, reckoned=True)
    weak = says(row, at, "share.bare") or says(row, at, "marks.article")
    alone = not weak or says(row, found.end, "share.behind")
    if found.rule == "none":
        alone = says(row, found.end, "marks.of")  # "not one of the pilgrims"
    nothing = found.rule in ("part", "none") and alone
    return _nothing(at, found.end, "share") if nothing else None


def _hedged(row: Sequence[Piece], at: int) -> _Reading | None:
    """A number with the hedges before and after it."""
    hedges: list[tuple[str, int]] = []
    start = at
    while (number := _number(row, start)) is None:
        step = _prefix(row, start)
        if step is None or len(hedges) > 3:
            return None
        hedges.append((step[0], start))
        start = step[1]
        if start >= len(row):
            return None
    if hedges and hedges[-1][0] == "intensifier":
        return None
    if any(_governs(row, place, number) for _, place in hedges):
        return None
    end, rule, low, high = number.end, number.rule, number.low, number.high
    factors = row[0].token.table("numbers")["factors"]
    for name, _ in reversed(hedges):
        if name not in ("intensifier", "additional"):
            low, high, rule = *_bounds(name, low, high, factors), name
    if after := _suffix(row, end):
        low, high, rule, end = *_bounds(after[0], low, high, factors), after[0], after[1]
    elif says(row, end, "hedging.additional_after"):
        end += not says(row, end + 1, "hedging.comparing")
    return _Reading(
        at, end, number.number, low, high, rule, number.unit, number.whole, number.reckoned
    )


def _or_more(row: Sequence[Piece], first: _Reading) -> _Reading:
    """The figure with the greater one that is held possible: "dozens, perhaps hundreds", "at least
    40 and possibly as many as 60"; itself where there is none.
    """
    at = first.end + (text_at(row, first.end) == ",")
    for length in (4, 3, 2, 1):
        if first.unit or phrase(row, at, length) not in row[0].token.words(
            "numbers", "ranges.possibly"
        ):
            continue
        after = past(row, at, length)
        second = _hedged(row, after) if after < len(row) else None
        if second is None or first.low is None or (second.low or second.high or 0) <= first.low:
            return first
        return _Reading(first.start, second.end, second.number, first.low, second.high, "range")
    return first


def _prefix(row: Sequence[Piece], at: int) -> tuple[str, int] | None:
    """The longest hedge that starts at that piece: its rule and its end."""
    if row[at].text not in _hedge_words(row[0].token.language):
        return None
    numbers = row[0].token.table("numbers")
    for length in range(_LONGEST, 0, -1):
        text = phrase(row, at, length)
        for name, hedges in numbers["before"].items():
            if text and text in hedges:
                return name, past(row, at, length)
        if text and text in numbers["hedging"]["additional"]:
            return "additional", past(row, at, length)
        if text and text in numbers["hedging"]["intensifiers"]:
            return "intensifier", past(row, at, length)
    return None


@cache
def _hedge_words(language: str) -> frozenset[str]:
    """The first words of all hedges that stand before a number."""
    numbers = table("numbers", language)
    hedging = numbers["hedging"]
    listed = (*numbers["before"].values(), hedging["additional"], hedging["intensifiers"])
    return frozenset(hedge.partition(" ")[0] for hedges in listed for hedge in hedges)


def _suffix(row: Sequence[Piece], at: int) -> tuple[str, int] | None:
    """The longest hedge after a number, unless it belongs to a number of its own."""
    if at < len(row) and is_hyphen(row[at]):
        at += 1
    for length in range(_LONGEST, 0, -1):
        text = phrase(row, at, length)
        for name, hedges in row[0].token.table("numbers")["after"].items():
            if text and text in hedges:
                end = past(row, at, length)
                own = end < len(row) and _hedged(row, end)
                return None if own else (name, end)
    return None


def _governs(row: Sequence[Piece], at: int, number: _Reading) -> bool:
    """Whether an "over" or "about" is the preposition of the noun and no hedge of the number."""
    hedge = row[at].token
    if not says(row, at, "hedging.prepositions"):
        # "the toll went up to 15", wherever the tree hangs the "up"
        verb = row[at - 1].token if at else hedge
        moved = verb.pos == "VERB" and verb.lemma in hedge.words("numbers", "ranges.change")
        return moved or hedge.dep == "compound:prt"
    if hedge.relation != "case":
        return False
    noun = hedge.head
    if noun in _tokens(row, *number.number) or noun.relation not in ("obl", "nmod"):
        return False
    return not any(case is not hedge for case in noun.kids("case"))


def _bounds(
    name: str, low: Fraction | None, high: Fraction | None, factors: dict[str, tuple[int, int]]
) -> tuple[Fraction | None, Fraction | None]:
    """What a hedge makes of bounds; see the table for each."""
    if name == "at_least":
        return low, None
    if name == "more_than":
        return (None if low is None else low + 1), None
    if name == "up_to":
        return None, high
    if name == "less_than":
        return None, (None if high is None else max(high - 1, Fraction(0)))
    if name == "nearly" and low is not None:
        return low * Fraction(*factors["nearly"]), high
    if name == "about" and low is not None and low == high:
        part = low * Fraction(*factors["about"])
        return low - part, low + part
    return low, high


def _number(row: Sequence[Piece], at: int) -> _Reading | None:
    """A bare number or a range at that piece, but no share."""
    if part := _share(row, at):
        return part if part.whole is not None else None
    for length in (2, 1):
        opener, start = phrase(row, at, length), past(row, at, length)
        for pair in row[0].token.table("numbers")["ranges"]["pair"]:
            if opener in pair["opening"] and start < len(row):
                first = numeral(row, start)
                joined = first and text_at(row, first.end) in pair["joining"]
                if first and joined and not _changes(row, start):
                    hedge = _prefix(row, first.end + 1) if first.end + 1 < len(row) else None
                    return _range(row, at, start, first, hedge[1] if hedge else first.end + 1)
    first = numeral(row, at)
    if first is None:
        return None
    return _joined(row, at, first) or _Reading(
        at,
        first.end,
        (at, first.end),
        first.low,
        first.high,
        "soft" if first.form == "soft" else "exact",
    )


def _joined(row: Sequence[Piece], at: int, first: Numeral) -> _Reading | None:
    """ "13-15", "13 to 15", "20 or 30"; also the hyphens of results and votes."""
    join = first.end
    if join + 1 < len(row) and is_hyphen(row[join]) and not row[join + 1].glued:
        join += 1  # "18- to 50-year-old"
    if join + 1 >= len(row) or not says(row, join, "ranges.joins"):
        return None
    if not is_hyphen(row[join]):
        return None if _changes(row, at) else _range(row, at, at, first, join + 1)
    second = numeral(row, join + 1) if row[join + 1].glued else None
    if second is None or (first.form == "figures") != (second.form == "figures"):
        return None  # "7-Eleven"
    if first.form == "figures":
        if is_year(row[at].text) and second.low < 100:
            return _nothing(at, second.end, "date")  # 1992-95
        near = {piece.text for piece in row[max(0, at - _NEAR) : second.end + _NEAR]}
        result = near & row[0].token.words("numbers", "ranges.results") and second.low < 100
        if (first.low >= second.low and second.scale == 1) or first.low == 0 or result:
            return _nothing(at, second.end, "label")
    return _range(row, at, at, first, join + 1)


def _range(
    row: Sequence[Piece], start: int, number: int, first: Numeral, at: int
) -> _Reading | None:
    """From the first numeral to the one at piece `at`, if that is the greater."""
    second = numeral(row, at) if at < len(row) else None
    if second is None or first.high is None or second.high is None:
        return None
    low = first.low
    scale = second.scale
    if row[at].text.replace(",", "").endswith("000") and is_hyphen(row[at - 1]):
        scale = 1000  # "20-30,000"
    if first.scale == 1 and scale > 1 and low * scale <= second.low:
        low *= scale  # "two to three million"
    if low >= second.high or is_year(row[at].text) != is_year(row[number].text):
        return None
    return _Reading(start, second.end, (number, second.end), low, second.high, "range")


def _changes(row: Sequence[Piece], at: int) -> bool:
    """Whether the numbers at that piece are the old and the new figure: "rose from 13 to 15"."""
    if not any(says(row, before, "ranges.change_from") for before in range(at - 4, at)):
        return False
    listed = row[0].token.words("numbers", "ranges.change")
    near = row[max(0, at - 2 * _NEAR) : at]
    return any(piece.token.lemma.lower() in listed or piece.text in listed for piece in near)


def _is_pronoun(row: Sequence[Piece], reading: _Reading) -> bool:
    """Whether the figure is a "one" that counts nothing: "no one", "one must"."""
    (start, end), one = reading.number, row[reading.number[0]].token
    if not says(row, start, "one.words") or end - start != 1:
        return False
    if says(row, end, "marks.of") and any(
        is_superlative(piece.token) for piece in row[end + 1 : end + 4]
    ):
        return True
    if reading.end - reading.start != 1:
        return False
    around = {phrase(row, start, 3), phrase(row, max(0, start - 2), 3)}
    if around & row[0].token.words("numbers", "one.phrases"):
        return True
    before = row[start - 1].token if says(row, start - 1, "one.before") else None
    if before is not None and before.dep != "mark":  # "a report that one man died"
        # "a brawl in which one man died"
        return one.relation != "nummod" or not is_relative(before)
    if says(row, end, "one.after"):
        return True
    generic = one.pos == "PRON" and one.dep == "nsubj" and is_present(one.head)
    return generic or any(kid.i < one.i for kid in one.kids("amod", "det"))


def _head(number: Sequence[Token], tokens: Sequence[Token]) -> Token:
    # A verb that hedges ("topped 50") is part of the words, yet the figure is its object.
    inside = [token for token in tokens if token.pos != "VERB"]
    outward = [t for t in number if t.head is t or t.head not in inside or t.dep == "flat"]
    outward = outward or [t for t in tokens if t.head is t or t.head not in inside]
    return max(outward, key=lambda t: (t.dep == "nummod", t.pos in ("NUM", "NOUN", "ADJ"), t.i))


def _next_noun(last: Token) -> Token | None:
    """The last of the nouns that follow at once: a number seldom counts a noun before it."""
    noun = None
    for token in last.line():
        if token.i > last.i:
            if token.pos == "NOUN":
                noun = token
            elif noun or token.pos not in ("ADJ", "PROPN"):
                break
    return noun


def _tokens(row: Sequence[Piece], start: int, end: int) -> tuple[Token, ...]:
    return tuple(dict.fromkeys(piece.token for piece in row[start:end]))
