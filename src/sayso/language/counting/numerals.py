"""Numerals as written: where one starts and ends, and what it says.

Reads words and figures only ("1,000", "1.5 million", "two hundred and five", "a dozen", "several
hundred", "tens of thousands"); hedges, ranges and what is counted are the business of `quantities`.
Works on pieces rather than on tokens, since one token may hold a number and more ("12k", "13–15").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from sayso.language.grammar.features import is_plural
from sayso.language.groups import category
from sayso.language.spelling import bare
from sayso.language.trees import Token
from sayso.lexicon import table

_FIGURE = r"\d+(?:[.,]\d+)*"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_SHAPES = (
    re.compile(rf"([~<>≥≤≈#]?)({_FIGURE})([^\W\d]+|%|\+)?()"),
    re.compile(rf"({_FIGURE})([-–—])({_FIGURE})([^\W\d]+|%|\+)?"),
)
_LONGEST = 30
"""Characters of a number in figures; what is longer is a key or a code."""
_HYPHENS = frozenset("-–—‐‑")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a figure or a sign in lower case; `glued` when no space stands before it."""

    text: str
    token: Token
    glued: bool


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that ends before piece `end`; `high` is None where the words set no upper bound.

    `scale` is the multiplier it ends in (1 if none), `form` is "figures", "words" or "soft".
    """

    end: int
    low: Fraction
    high: Fraction | None
    scale: int
    form: str


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """The tokens of a sentence cut where a number ends: "12k" gives "12" and "k"."""
    found: list[Piece] = []
    end = -1
    for token in tokens:
        glued = token.start == end
        for part in _cut(token):
            found.append(Piece(part, token, glued))
            glued = True
        end = token.end
    return found


def numeral(row: Sequence[Piece], at: int) -> Numeral | None:
    """The longest numeral that starts at that piece, or None."""
    text = row[at].text
    if text.isalpha() and text not in _beginnings(row[0].token.language):
        return None
    soft = _collective(row, at) or _soft(row, at)
    return soft or _plural(row, at) or _part(row, at) or _cardinal(row, at)


@cache
def _beginnings(language: str) -> frozenset[str]:
    """Every word that a numeral may begin with: nearly all words are settled by this alone."""
    numbers = table("numbers", language)
    tables = ("soft", "soft_plural", "collective", "plural", "small", "scales")
    listed = {word.partition(" ")[0] for name in tables for word in numbers[name]}
    return frozenset(listed.union(numbers["marks"]["article"], numbers["share"]["multiplied"]))


def is_figure(piece: Piece) -> bool:
    """Whether the piece is written in figures."""
    text = piece.text
    return text[0].isdigit() and len(text) <= _LONGEST and bool(re.fullmatch(_FIGURE, text))


def is_hyphen(piece: Piece) -> bool:
    """Whether the piece is a hyphen or a dash that touches the word before it."""
    return piece.text in _HYPHENS and piece.glued


def phrase(row: Sequence[Piece], at: int, length: int) -> str:
    """So many words from that piece on, hyphens left out; "" where the row ends before."""
    return " ".join(_run(row, at, length)[0])


def past(row: Sequence[Piece], at: int, length: int) -> int:
    """The piece after so many words, hyphens left out."""
    return _run(row, at, length)[1]


def _run(row: Sequence[Piece], at: int, length: int) -> tuple[list[str], int]:
    texts: list[str] = []
    while len(texts) < length:
        if at >= len(row):
            return [], at
        if not (texts and is_hyphen(row[at])):
            texts.append(row[at].text)
        at += 1
    return texts, at


def _cut(token: Token) -> list[str]:
    text = token.lower
    if not any(c.isdigit() for c in text):
        return [text]
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            parts = [part for part in match.groups() if part]
            if not parts[-1].isalpha() or _known_suffix(parts[-1], token.table("numbers")):
                return parts
    return [text]


def _known_suffix(text: str, numbers: dict[str, Any]) -> bool:
    return (
        text in numbers["attached"]
        or text in numbers["scales"]
        or any(text in numbers[unit]["after"] for unit in ("measure", "time", "money"))
    )


def text_at(row: Sequence[Piece], at: int) -> str:
    """The text of a piece; "" beyond the ends of the row."""
    return row[at].text if 0 <= at < len(row) else ""


def says(row: Sequence[Piece], at: int, key: str) -> bool:
    """Whether a piece stands in that list of the table of numbers; not so beyond the row's ends."""
    return 0 <= at < len(row) and row[at].text in row[0].token.words("numbers", key)


def _skip(row: Sequence[Piece], at: int) -> int:
    """Past a hyphen that ties the words on both sides, if one stands there."""
    tied = at + 1 < len(row) and is_hyphen(row[at]) and row[at + 1].glued
    return at + 1 if tied else at


def _collective(row: Sequence[Piece], at: int) -> Numeral | None:
    """ "a score of people", "a trio of nurses", "a number of rebels"."""
    numbers = row[0].token.table("numbers")
    bounds, end = numbers["collective"].get(phrase(row, at, 2)), past(row, at, 2)
    if bounds is None or end + 1 >= len(row):
        return None
    low, high = (*bounds, None)[:2]
    form = "words" if low == high else "soft"
    bare = row[end].token.pos == "VERB" and not says(row, at, "marks.article")
    if bare or says(row, end, "marks.are"):
        return _made(end, low, high, 1, form)  # "two score were arrested", "two score died"
    if not says(row, end, "marks.of") or is_figure(row[end + 1]):
        return None
    if high is None and category(row[at + 1].token) == "unspecified":
        return None  # "a number of people" says no more than "people"
    return _made(end, low, high, 1, form)


def _soft(row: Sequence[Piece], at: int) -> Numeral | None:
    numbers = row[0].token.table("numbers")
    for length in (2, 1):
        text = phrase(row, at, length)
        if text in numbers["soft"]:
            low, high = numbers["soft"][text]
        elif text in numbers["soft_plural"] and is_plural(row[at].token.head):
            low, high = (*numbers["soft_plural"][text], None)[:2]
        else:
            continue
        if says(row, at, "marks.pairing") and row[at].token.relation in ("cc", "advmod"):
            return None  # "both the army and the police"
        end = past(row, at, length)
        scaled = _scales(row, end + says(row, end, "marks.of"))
        if scaled and high:
            scale, most, end = scaled
            return _made(end, low * scale, min((high + 1) * scale - 1, most), scale, "soft")
        return _made(end, low, high, 1, "soft")
    return None


def _scales(row: Sequence[Piece], at: int) -> tuple[int, int, int] | None:
    """Multipliers after a soft word, "hundred thousand": product, the most it may reach, and end.

    "several hundred" goes no higher than "hundreds" may mean.
    """
    numbers = row[0].token.table("numbers")
    reach = _reach(row[0].token.language)
    scale, most = 1, 0
    while text := text_at(row, at):
        factor = numbers["scales"].get(bare(text))
        if factor is None:
            break
        most = (most + 1) * factor - 1 if most else reach.get(factor, factor * 10 - 1)
        scale, at = scale * factor, at + 1
    return (scale, most, at) if most else None


@cache
def _reach(language: str) -> dict[int, int]:
    """The most that the plural of each scale may mean: of "dozens" 99."""
    numbers = table("numbers", language)
    scales, plurals = numbers["scales"], numbers["plural"]
    return {scales[name]: plurals[f][1] for f in plurals if (name := bare(f)) in scales}


def _plural(row: Sequence[Piece], at: int) -> Numeral | None:
    plural = row[0].token.table("numbers")["plural"]
    if row[at].text not in plural or row[at].token.pos == "VERB":
        return None
    low, high = plural[row[at].text]
    token = row[at].token
    described = token.kids("det", "amod", "compound", "nmod:poss")
    if says(row, at, "plural_bare.words") and any(kid.i < token.i for kid in described):
        return None
    of = says(row, at + 1, "marks.of")
    if says(row, at, "plural_of.words") and not of:
        return None
    inner = plural.get(text_at(row, at + 2)) if of else None
    if inner and inner[1] > high:
        unit = inner[0] // 2
        return _made(at + 3, low * unit, (high + 1) * unit - 1, unit, "soft")
    return _made(at + 1, low, high, 1, "soft")


def _part(row: Sequence[Piece], at: int) -> Numeral | None:
    """ "half a million", "a half-dozen", "a quarter of a million"."""
    start = at + says(row, at, "marks.article")
    if not says(row, start, "share.multiplied"):
        return None
    numbers = row[0].token.table("numbers")
    share = Fraction(1, numbers["share"]["parts"][row[start].text])
    end = _skip(row, start + 1)
    end += says(row, end, "marks.of")
    if says(row, end, "marks.article"):
        end = _skip(row, end + 1)
    scale = numbers["scales"].get(text_at(row, end))
    return _made(end + 1, share * scale, share * scale, scale, "words") if scale else None


def _cardinal(row: Sequence[Piece], at: int) -> Numeral | None:
    first = _group(row, at)
    if first is None:
        return None
    value, end, form = first
    if half := _half(row, end):
        value, end = value + Fraction(1, 2), half
    total, limit = Fraction(0), 0
    while (scale := _scale(row, end)) and (not limit or scale[0] < limit):
        limit, end = scale
        total, value = total + value * limit, Fraction(0)
        if half := _half(row, end):
            total += Fraction(limit, 2)
            return _made(half, total, total, limit, form)
        if more := _tail(row, end, limit):
            value, end = more
    numbers = row[0].token.table("numbers")
    last = row[end - 1].text
    multiplier = numbers["scales"].get(last) or numbers["attached"].get(last, 1)
    return _made(end, total + value, total + value, multiplier, form)


def _half(row: Sequence[Piece], at: int) -> int | None:
    """The end of "and a half" at that piece, if it stands there."""
    start, halves = _skip(row, at), row[0].token.words("numbers", "marks.half")
    return past(row, start, 3) if phrase(row, start, 3) in halves else None


def _group(row: Sequence[Piece], at: int) -> tuple[Fraction, int, str] | None:
    """A figure, or words below ten thousand ("twelve hundred and six"): value, end and form."""
    if figure := _figure(row, at):
        value, end = figure
        form = "figures"
    elif small := _small(row, at):
        value, end = Fraction(small[0]), small[1]
        form = "words"
    elif _is_bare_scale(row, at):
        value, end, form = Fraction(1), at, "words"
    elif says(row, at, "marks.article") and says(row, at + 1, "scales"):
        value, end, form = Fraction(1), at + 1, "words"
    else:
        return None
    hundred = _skip(row, end)
    if value < _HUNDRED == row[0].token.table("numbers")["scales"].get(text_at(row, hundred)):
        value, end = value * _HUNDRED, hundred + 1
        if more := _tail(row, end, _HUNDRED):
            value, end = value + more[0], more[1]
    return value, end, form


def _is_bare_scale(row: Sequence[Piece], at: int) -> bool:
    """Whether a "dozen" or "hundred" stands for one of them, as in headlines ("Dozen killed")."""
    return (
        says(row, at, "scales")
        and not says(row, at - 1, "marks.each")
        and row[at].token.entity not in ("PERSON", "ORG", "LOC")
    )


def _tail(row: Sequence[Piece], at: int, limit: int) -> tuple[Fraction, int] | None:
    """What follows a scale: "and five", "three hundred". None if it starts a number of its own."""
    start = at + 1 if says(row, at, "marks.and") else _skip(row, at)
    if start >= len(row) or limit < _HUNDRED or is_figure(row[start]):
        return None
    if says(row, start, "marks.article") or says(row, start, "scales"):
        return None
    found = _small(row, start) if limit == _HUNDRED else _group(row, start)
    if found is None or found[0] >= limit:
        return None
    # "between one hundred and two hundred", "a thousand and two thousand"
    then = row[0].token.table("numbers")["scales"].get(text_at(row, _skip(row, found[1])), 0)
    if then == limit or then > limit > _HUNDRED:
        return None
    return Fraction(found[0]), found[1]


def _small(row: Sequence[Piece], at: int) -> tuple[int, int] | None:
    """Words from zero to ninety-nine: value and end; None for an ordinal ("twenty-first")."""
    small = row[0].token.table("numbers")["small"]
    if row[at].text not in small:
        return None
    value: int = small[row[at].text]
    end = at + 1
    if value >= 20:
        then = _skip(row, end)
        if then > end and says(row, then, "ordinal.words"):
            return None
        unit = small.get(text_at(row, then), 0)
        if 0 < unit < 10:
            return value + unit, then + 1
    return value, end


def _figure(row: Sequence[Piece], at: int) -> tuple[Fraction, int] | None:
    if not is_figure(row[at]):
        return None
    text, end = row[at].text, at + 1
    if re.fullmatch(r"[1-9]\d{0,2}", text) and not says(row, at - 1, "date.months"):
        # "1 000 000", and never "12 000" after a month
        while end < len(row) and re.fullmatch(r"\d{3}", row[end].text) and _spaced(row, end):
            text += row[end].text
            end += 1
    if _THOUSANDS.fullmatch(text):
        whole, _, rest = text.replace(",", "").partition(".")
        plain = f"{whole}.{rest or 0}" if "," in text else text.replace(".", "")
        return Fraction(plain), end
    if _DECIMAL.fullmatch(text):
        return Fraction(text.replace(",", ".")), end
    return None


def _spaced(row: Sequence[Piece], at: int) -> bool:
    """Whether one space parts these figures from those before, and no hyphen follows."""
    tied = at + 1 < len(row) and is_hyphen(row[at + 1])  # "2 100-round belts"
    return row[at].token.start == row[at - 1].token.end + 1 and not tied


def _scale(row: Sequence[Piece], at: int) -> tuple[int, int] | None:
    """A multiplier at that piece, or past a hyphen: value and end."""
    numbers = row[0].token.table("numbers")
    then = _skip(row, at)
    text = text_at(row, then)
    if text in numbers["scales"]:
        return int(numbers["scales"][text]), then + 1
    if text in numbers["attached"] and then == at and row[at].glued and is_figure(row[at - 1]):
        if text in row[0].token.words("numbers", "measure.after") and not _millions(row, at):
            return None
        return int(numbers["attached"][text]), at + 1
    return None


def _millions(row: Sequence[Piece], at: int) -> bool:
    """Whether the "m" of "2.3m" means million: after a currency sign or before a plural noun."""
    before = text_at(row, at - 2)
    if before and before[-1] in row[0].token.words("numbers", "money.symbols"):
        return True
    for piece in row[at + 1 : at + 3]:
        if piece.token.pos == "NOUN":
            return is_plural(piece.token)
        if piece.token.pos != "ADJ":
            return False
    return False


def _made(
    end: int, low: Fraction | int, high: Fraction | int | None, scale: int, form: str
) -> Numeral:
    return Numeral(end, Fraction(low), None if high is None else Fraction(high), scale, form)
