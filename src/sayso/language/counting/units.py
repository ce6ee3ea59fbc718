"""What a number counts when it counts no people or things: ages, dates, money, distances ...

Judged from the words beside the number first and from the tree second, since figures are where
parses err most. The word lists are those of `data/<language>/numbers.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.language.counting.numerals import Piece, is_figure, is_hyphen, phrase, says, text_at
from sayso.language.grammar.features import is_plural, is_singular_noun
from sayso.language.people import is_collective, known
from sayso.language.spelling import bare
from sayso.language.trees import Token

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MARKS = (
    ("time", re.compile(r"\d{1,2}:\d{2}(?::\d{2})?[a-z]{0,2}")),
    ("share", re.compile(r"[123]/[234]")),
    ("date", re.compile(r"\d{1,4}([/.])\d{1,2}(?:\1\d{2,4})|\d{1,2}/\d{1,2}|\d{4}/\d{2}")),
    ("date", re.compile(r"(?:1[5-9]|20)?\d0['’]?s")),
)
_CLOSES = frozenset({"", ",", ".", ")", ";", "-", "–", "—"})


def mark(row: Sequence[Piece], at: int) -> tuple[int, str] | None:
    """The end and the unit of what is written in figures but says no number ("12:30", "1990s")."""
    for name, shape in _MARKS:
        if shape.fullmatch(row[at].text):
            short = re.fullmatch(r"\d0s", row[at].text)
            aged = short and says(row, at - 1, "age.decade_before")  # "in her 30s"
            return at + 1, "age" if aged else name
    return _telephone(row, at) or _chain(row, at)


def unit(row: Sequence[Piece], start: int, end: int, rule: str) -> str | None:
    """What the number from piece `start` to before `end` counts; None for people and things.

    `rule` is how its bounds were read: a hedged "2000" is more seldom a year than a bare one.
    """
    if _says_age(row, start, end) or _gives_age(row, start, end):
        return "age"
    for name in ("percent", "time"):
        if _follows(row, end, name, ()):
            return name
    if _is_money(row, start, end):
        return "money"
    if _is_numbered(row, start, end):
        return "label"
    if _is_time(row, start, end):
        return "time"
    if _is_date(row, start, end, rule):
        return "date"
    if says(row, start - 1 - says(row, start - 1, "marks.of"), "measure.before"):
        return "measure"
    for name in ("measure", "duration"):
        if _follows(row, end, name, row[0].token.words("numbers", f"{name}.between")):
            return name
    if _is_label(row, start, end):
        return "label"
    return "measure" if _is_decimal(row[start:end]) else None


def is_year(text: str) -> bool:
    """Whether these figures could be a year of the last five centuries."""
    return _YEAR.fullmatch(text) is not None


def counts(row: Sequence[Piece], start: int, end: int) -> bool:
    """Whether a noun that follows is what the number counts, as in "13 people"."""
    inside = {id(piece.token) for piece in row[start:end]}
    last = row[end - 1].token
    return any(
        piece.token.dep in ("nummod", "amod", "compound")
        and id(piece.token.head) not in inside
        and piece.token.head.i > last.i
        and piece.token.head.pos in ("NOUN", "PROPN", "ADJ")
        for piece in row[start:end]
    )


def _among(piece: Piece, listed: frozenset[str]) -> bool:
    return (
        piece.text in listed
        or bare(piece.text) in listed
        or (piece.text == piece.token.lower and piece.token.lemma.lower() in listed)
    )


def _follows(
    row: Sequence[Piece], end: int, name: str, between: frozenset[str] | tuple[()]
) -> bool:
    """Whether a word of the list `name`.after follows, past hyphens and a few words `between`."""
    listed = row[0].token.words("numbers", f"{name}.after")
    at = end
    for _ in range(4):
        if at >= len(row):
            return False
        if says(row, at, "ordinal.words") and row[at].token.pos == "ADJ" and not row[at].glued:
            return False  # "one second lieutenant"
        if _among(row[at], listed) or phrase(row, at, 2) in listed:
            return True
        if not (is_hyphen(row[at]) or row[at].text in between):
            return False
        at += 1
    return False


def _telephone(row: Sequence[Piece], at: int) -> tuple[int, str] | None:
    """ "+7 727 123-45-67"."""
    if not re.fullmatch(r"\+\d+", row[at].text):
        return None
    end = at + 1
    while end < len(row) and (is_figure(row[end]) or row[end].text in ("-", "(", ")")):
        end += 1
    return end, "label"


def _chain(row: Sequence[Piece], at: int) -> tuple[int, str] | None:
    """Figures tied by hyphens that are no range: dates, telephone numbers."""
    end = at
    figures = []
    while end < len(row) and is_figure(row[end]) and (end == at or row[end].glued):
        figures.append(row[end].text)
        end += 1
        if end + 1 < len(row) and is_hyphen(row[end]) and row[end + 1].glued:
            end += 1
        else:
            break
    if len(figures) > 2:
        end = end - 1 if is_hyphen(row[end - 1]) else end
        dated = len(figures) == 3 and any(_YEAR.fullmatch(f) for f in figures)
        return end, "date" if dated else "label"
    if len(figures) == 2:
        coded = any(len(f) > 1 and f[0] == "0" and "." not in f for f in figures)
        dialled = [len(f) for f in figures] == [3, 4] and "." not in figures[1]
        counted = end < len(row) and is_plural(row[end].token)
        return (end, "label") if coded or (dialled and not counted) else None
    return None


def _says_age(row: Sequence[Piece], start: int, end: int) -> bool:
    """ "34-year-old", "34 years of age", "aged 9, 8 and 4"."""
    age = row[0].token.table("numbers")["age"]
    if says(row, end, "age.short"):
        return True
    at = end + 1 if end < len(row) and is_hyphen(row[end]) else end
    if at < len(row) and _among(row[at], row[0].token.words("numbers", "age.spans")):
        then = at + 2 if at + 1 < len(row) and is_hyphen(row[at + 1]) else at + 1
        if text_at(row, then) in age["after"] or phrase(row, then, 2) in age["after"]:
            return True
    numbers = row[0].token.table("numbers")
    listed = {",", *numbers["marks"]["listing"], *numbers["small"]}
    while start and (row[start - 1].text in listed or is_figure(row[start - 1])):
        start -= 1
    before = text_at(row, start - 1)
    return before in age["before"] or f"{text_at(row, start - 2)} {before}" in age["before"]


def _gives_age(row: Sequence[Piece], start: int, end: int) -> bool:
    """ "Ada Lom, 34,", "Ada Lom (34)", "a boy of 12", "children under 12"."""
    age = row[0].token.table("numbers")["age"]
    if not start or counts(row, start, end) or not _is_small(row, start, end, age["oldest"]):
        return False
    before = row[start - 1]
    closed = text_at(row, end) in _CLOSES or says(row, end, "marks.and")
    if before.text in (",", "(") and closed:
        return start > 1 and _bears(row[start - 2].token, row[start].token)
    if row[start].text in age["limits"]:
        bearer = before.token
    elif start > 1 and (says(row, start - 1, "marks.of") or before.text in age["limits"]):
        bearer = row[start - 2].token
    else:
        return False
    sums = bearer.words("harm", "toll.heads")  # "the figure of 31 dead"
    return _ages(bearer) and bearer.lemma not in sums


def _is_small(row: Sequence[Piece], start: int, end: int, most: int) -> bool:
    return all(
        not is_figure(piece) or (piece.text.isdigit() and 0 < int(piece.text) <= most)
        for piece in row[start:end]
    ) and any(is_figure(piece) for piece in row[start:end])


def _bears(before: Token, number: Token) -> bool:
    """Whether the word before the comma is somebody who can be of that age."""
    if before.entity == "PERSON":
        return True
    named = before.pos == "PROPN" and before.entity in ("", "MISC")
    tied = number.head is before or number.head in before.ancestors()
    if named and tied:
        return True
    return _ages(before) and not is_plural(before)


def _ages(word: Token) -> bool:
    """Whether a word is for somebody who is given an age: "the boy, 12,", "a woman of 34"."""
    row = known(word)
    return (row is not None and row.one) or word.lower in word.words("numbers", "age.bearers")


def _is_money(row: Sequence[Piece], start: int, end: int) -> bool:
    money = row[0].token.table("numbers")["money"]
    before = text_at(row, start - 1)
    if before and (before[-1] in money["symbols"] or before in money["codes"]):
        return True
    listed = row[0].token.words("numbers", "money.after")
    for at in range(end, min(end + 4, len(row))):
        if _among(row[at], listed):
            return True
        token = row[at].token
        tied = is_hyphen(row[at]) or says(row, at, "marks.of")
        if not (tied or token.pos in ("ADJ", "PROPN")):
            break
    return False


def _is_date(row: Sequence[Piece], start: int, end: int, rule: str) -> bool:
    months = row[0].token.words("numbers", "date.months")
    first, last = row[start].token, row[end - 1].token
    figures = [piece.text for piece in row[start:end] if is_figure(piece)]
    if says(row, end, "date.eras"):
        return True
    if not figures or any(not f.isdigit() for f in figures):
        return False
    day = all(int(f) <= 31 for f in figures)
    after = next(iter(row[end + says(row, end, "marks.of") :]), None)
    if day and after and after.text in months and after.token.pos != "AUX":
        return True
    if start and row[start - 1].text in months and row[start - 1].token.pos == "PROPN":
        if start > 1 and is_figure(row[start - 2]):  # "on 23 May 28 people were killed"
            adjacent = end < len(row) and is_plural(row[end].token)
            return is_year(figures[0]) or not (adjacent and row[end].token.pos == "NOUN")
        plural = counts(row, start, end) and is_plural(last.head)
        return not plural or first.entity == "DATE"
    if any(_YEAR.fullmatch(f) for f in figures):
        return _is_year(row, start, end, rule)
    if not day or first.entity != "DATE" or counts(row, start, end):
        return False
    near = [piece.token.entity for piece in (*row[max(0, start - 3) : start], *row[end : end + 2])]
    return "DATE" in near or not says(row, start - 1, "date.reached_by")


def _is_year(row: Sequence[Piece], start: int, end: int, rule: str) -> bool:
    token = row[end - 1].token
    if rule in ("at_least", "more_than", "up_to", "less_than", "nearly"):
        return False
    if counts(row, start, end):
        plural = is_plural(token.head) or is_collective(token.head)
        return (
            not plural
            or says(row, start - 1, "date.year_owner")
            or token.entity == "DATE" == token.head.entity
        )
    if says(row, start - 1, "date.year_before"):
        return True
    if token.dep in ("nsubj:pass", "obj"):
        return False  # "2000 killed in the battle", "left 2000 dead"
    return token.entity == "DATE" or token.relation not in ("nsubj", "conj")


def _is_time(row: Sequence[Piece], start: int, end: int) -> bool:
    clocks = [p.text for p in row[start:end] if re.fullmatch(r"[012]\d[0-5]\d", p.text)]
    led = says(row, start - 1, "time.clock_before") and not counts(row, start, end)
    told = led or says(row, end, "time.clock_after")
    return bool(clocks) and (told or any(clock[0] == "0" for clock in clocks))


def _is_numbered(row: Sequence[Piece], start: int, end: int) -> bool:
    """ "Article 5", "No. 5", "Flight 370": the number is one of a series."""
    before, first = text_at(row, start - 1), row[start].token
    if before == "." and start > 1:  # "No. 5", cut as if at a sentence's end
        before = text_at(row, start - 2) + "."
    if before not in row[0].token.words("numbers", "label.before"):
        return False
    if before in row[0].token.words("numbers", "label.numbering"):
        return True
    if counts(row, start, end):
        return False
    previous = row[start - 1].token
    series = first.dep in ("flat", "compound", "nmod:unmarked", "nummod")
    return series or first.head is previous or previous.pos == "PROPN"


def _is_decimal(number: Sequence[Piece]) -> bool:
    """Whether the number ends in a broken figure, as no count of people does."""
    figures = [piece.text for piece in number if is_figure(piece)]
    numbers = number[0].token.table("numbers")
    scaled = {piece.text for piece in number} & {*numbers["scales"], *numbers["attached"]}
    return not scaled and any(re.fullmatch(r"\d+[.,]\d\d?|0[.,]\d+", text) for text in figures)


def _is_label(row: Sequence[Piece], start: int, end: int) -> bool:
    label = row[0].token.table("numbers")["label"]
    last = row[end - 1].token
    previous = row[start - 1].token if start else None
    if is_figure(row[start]) and (row[start].text[0] == "0" and len(row[start].text) > 1):
        return "." not in row[start].text
    if _is_caption(row, start, end) or _is_list_number(row, start, end):
        return True
    if says(row, start - 1, "marks.of") and says(row, start - 2, "label.groups"):
        return row[start - 2].token.text.istitle() and not counts(row, start, end)
    if counts(row, start, end):
        noun = next((p.token.head for p in row[start:end] if p.token.dep == "nummod"), last)
        if noun.lower in label["streets"] and noun.i > last.i:
            return True
    elif previous is not None and _is_named(row, start, end):
        return True
    if start > 1 and row[start].glued and is_hyphen(row[start - 1]) and row[start - 1].glued:
        return row[start - 2].text.isalpha()  # "best-of-seven", "mother-of-two"
    # "a two-storey house": the number describes; "a 12-man patrol" counts.
    if end + 1 < len(row) and is_hyphen(row[end]) and row[end + 1].glued:
        described = row[end + 1]
        return (
            described.token.pos in ("NOUN", "ADJ", "PROPN")
            and not is_plural(described.token)
            and described.text not in label["members"]
            and row[end].text != "–"
        )
    return False


def _is_named(row: Sequence[Piece], start: int, end: int) -> bool:
    """Whether the number is the end of a name: "Khabar 24", "Boeing 737", "Battalion 3-16"."""
    first, previous = row[start].token, row[start - 1].token
    if end - start == 3 and is_hyphen(row[start + 1]):
        return previous.pos == "PROPN" or is_singular_noun(previous)
    if previous.pos != "PROPN" or end - start != 1:
        return False
    same = first.entity == previous.entity not in ("", "DATE", "MONEY")
    tied = first.head is previous and first.dep in ("flat", "compound")
    return same or tied or end == len(row)


def _is_caption(row: Sequence[Piece], start: int, end: int) -> bool:
    """ "1 of 25" after "page": a place in a series."""
    if says(row, end, "marks.of") and end + 1 < len(row) and is_figure(row[end + 1]):
        return _captioned(row, start)
    if start > 1 and says(row, start - 1, "marks.of") and is_figure(row[start - 2]):
        return _captioned(row, start - 2)
    return False


def _captioned(row: Sequence[Piece], start: int) -> bool:
    return says(row, start - 1 - (text_at(row, start - 1) == ":"), "label.captions")


def _is_list_number(row: Sequence[Piece], start: int, end: int) -> bool:
    """ "1." or "2)" before a text of its own, or a sentence that is nothing but a number."""
    if start or not is_figure(row[0]) or end != 1:
        return False
    return len(row) == 1 or (row[1].text in (".", ")") and row[1].glued)
