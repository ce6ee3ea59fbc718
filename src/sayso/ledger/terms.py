"""The words that a person searches for: taken apart, as each database takes them, and found again
in a text.

All of them must be there, in any order and form ("collapse" finds "collapsed"); "a phrase" in
quotation marks stands together; storm* is a beginning; -word must not be there; OR stands between
two of which one is enough. Nothing that a person types is an error. Forms of words are told by the
Porter stemmer on SQLite and by its successor on PostgreSQL, which passes over words like "the": in
rare words they differ.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.ledger import views
from sayso.records import Document

MOST_TERMS = 50
"""Of one query; what comes after is passed over."""

AROUND = 120
"""Characters of a text that are shown on either side of the first word found."""


class Term(NamedTuple):
    """Words that stand together, the last of them perhaps only as a beginning."""

    words: tuple[str, ...]
    prefix: bool = False


class Query(NamedTuple):
    """One of each of the `wanted` groups must be there, and none of the `unwanted`."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]


def query(typed: str) -> Query:
    """What a person typed, taken apart.

    >>> query('fire -drill "city hall" storm*').wanted[1]
    (Term(words=('city', 'hall'), prefix=False),)
    """
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    either = False
    for found in list(_TERM.finditer(views.searchable(typed)))[:MOST_TERMS]:
        if found["or"]:
            either = bool(wanted)
            continue
        words = tuple(
            word.lower() for word in _WORD.findall(found["phrase"] or found["word"] or "")
        )
        if not words:
            continue
        term = Term(words, bool(found["star"]))
        if found["not"]:
            unwanted.append(term)
        elif either:
            wanted[-1] = (*wanted[-1], term)
        else:
            wanted.append((term,))
        either = False
    return Query(tuple(wanted), tuple(unwanted))


_WORD = re.compile(r"\w+")
_TERM = re.compile(
    r"(?P<or>(?<!\S)OR(?!\S))"
    r'|(?P<not>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"*]+))(?P<star>\*)?'
)


def passage(document: Document, asked: Query) -> tuple[str, int, bool, tuple[tuple[int, int], ...]]:
    """A passage of a document around the first words found in it, its offset, whether it is cut
    before the end, and the spans in it of all words found; its beginning where none is found, as
    when an odd form of a word was."""
    words = {word for group in asked.wanted for term in group for word in term.words}
    stems = {word[:_STEM] for word in words}
    spans = [
        found.span()
        for found in _WORD.finditer(document.text)
        if (plain := views.searchable(found[0]).lower())[:_STEM] in stems
        and any(_akin(plain, word) for word in words)
    ]
    at = spans[0][0] if spans else 0
    start = _edge(document.text, max(0, at - AROUND))
    end = _edge(document.text, min(len(document.text), at + 2 * AROUND))
    within = tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)
    return document.text[start:end], start, end < len(document.text), within


_STEM = 4  # letters that two forms of a word share at least


def _akin(word: str, asked: str) -> bool:
    """Whether a word is, by its beginning, a form of the one asked for."""
    shared = min(len(word), len(asked), max(_STEM, len(asked) - 3))
    return word[:shared] == asked[:shared] and (len(asked) >= _STEM or word == asked)


def _edge(text: str, start: int) -> int:
    """The edge of the word at that place, or after it."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    return start


def fts5(asked: Query) -> str:
    """The query as SQLite's FTS5 takes it, every word in quotation marks."""

    def one(term: Term) -> str:
        return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")

    said = " AND ".join("(" + " OR ".join(map(one, group)) + ")" for group in asked.wanted)
    for term in asked.unwanted:
        said = f"({said}) NOT {one(term)}"
    return said


def tsquery(asked: Query) -> tuple[str, dict[str, str]]:
    """The query as PostgreSQL takes it, and the values of its parameters."""
    values: dict[str, str] = {}

    def one(term: Term) -> str:
        name = f"t{len(values)}"
        if term.prefix:
            values[name] = " <-> ".join(term.words) + ":*"
            return f"to_tsquery('english', :{name})"
        values[name] = " ".join(term.words)
        return f"phraseto_tsquery('english', :{name})"

    groups = ["(" + " || ".join(map(one, group)) + ")" for group in asked.wanted]
    groups += [f"!!{one(term)}" for term in asked.unwanted]
    return " && ".join(groups), values
