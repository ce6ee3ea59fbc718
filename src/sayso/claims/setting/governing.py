"""Which mentions of a sentence belong to a claim's word, by the tree.

Its own clause first, then the clauses above it, never the clause of saying: "police said on
Thursday" dates the saying.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar

from sayso.language.geography.references import head_of
from sayso.language.grammar.features import is_word
from sayso.language.trees import Sentence, Token
from sayso.records import PlaceMention, TimeMention

Mention = TypeVar("Mention", PlaceMention, TimeMention)
Spans = Sequence[tuple[int, int]]

_DATELINE_ENDS = frozenset(["--", "—", "–", "-", "]"])


def governing(
    sentence: Sentence, predicate: Token, mentions: Sequence[Mention], apart: Spans
) -> list[Mention]:
    """The sentence's mentions that hang on the predicate's clause or on one above, nearest first.

    `apart` are the spans of sayers and cues. What hangs on a word of saying places the saying, not
    what is said (`of_saying` has those); what hangs in a clause beside the predicate's belongs to
    that, save for a clause of time ("when the roof fell").
    """
    return [
        mention
        for word, mention in tied(sentence, predicate, mentions, apart)
        if word is predicate or not covered(word.start, apart)
    ]


def of_saying(
    sentence: Sentence, predicate: Token, mentions: Sequence[Mention], apart: Spans
) -> list[Mention]:
    """The mentions that hang on the word of saying above the predicate, nearest first."""
    return [
        mention
        for word, mention in tied(sentence, predicate, mentions, apart)
        if word is not predicate and covered(word.start, apart)
    ]


def tied(
    sentence: Sentence, predicate: Token, mentions: Sequence[Mention], apart: Spans
) -> list[tuple[Token, Mention]]:
    """The mentions that hang on the predicate or above it, nearest first, each with the word by
    which it does."""
    above = [predicate, *predicate.ancestors()]
    found: list[tuple[int, int, Mention]] = []
    for mention in inside(sentence, mentions, apart):
        head: Token = head_of(sentence, mention.start, mention.end)
        for steps, token in enumerate([head, *head.ancestors()]):
            if token in above:
                found.append((above.index(token), steps, mention))
                break
            if token is not head and token.relation in ("ccomp", "parataxis", "acl"):
                break
    return [(above[up], mention) for up, _, mention in sorted(found, key=lambda f: f[:2])]


def own_of(
    sentence: Sentence, figure: Sequence[Token], mentions: Sequence[Mention]
) -> Mention | None:
    """The mention right behind a figure that ends in its number, or right before one that is
    nothing else: the Tuesday of "ten died on Monday, four on Tuesday", the Vessa of "in Vessa 14".
    """
    if not figure or figure[-1].pos != "NUM":
        return None
    here, line = inside(sentence, mentions), sentence.tokens
    for token in line[figure[-1].i + 1 :]:
        found = next((m for m in here if m.start <= token.start < m.end), None)
        if found is not None:
            return found
        then = line[token.i + 1 :][:1]
        of = token.pos == "NOUN" and any(is_word(t, "genitive") for t in then)  # "in the port of"
        if token.pos not in ("ADP", "ADV", "DET", "ADJ", "PROPN") and not of:
            break  # but of "four in Karsa on Tuesday" both are its own
    if any(t.pos in ("VERB", "NOUN", "PROPN") for t in figure):
        return None
    before = line[figure[0].i - 1] if figure[0].i else figure[0]
    return next((m for m in here if m.start <= before.start < m.end), None)


def inside(sentence: Sentence, mentions: Sequence[Mention], apart: Spans = ()) -> list[Mention]:
    """The mentions of a sentence that are no part of the spans set `apart`; all of them, and those
    of the sentence, are in text order."""
    first, past = (
        bisect_left(mentions, offset, key=attrgetter("start"))
        for offset in (sentence.start, sentence.end)
    )
    return [
        m for m in mentions[first:past] if m.end <= sentence.end and not covered(m.start, apart)
    ]


def covered(offset: int, spans: Spans) -> bool:
    """Whether an offset lies in one of these spans."""
    return any(start <= offset < end for start, end in spans)


def is_dateline(sentence: Sentence) -> bool:
    """Whether the engine cut a dateline off the sentence behind it: it ends in a dash or a tag."""
    return sentence.tokens[-1].text in _DATELINE_ENDS


def is_heading(sentence: Sentence) -> bool:
    """Whether it only heads a report of a round-up: "PORT KERIM:"."""
    *name, mark = sentence.tokens
    return bool(name) and mark.text == ":" and all(t.text.isupper() for t in name)


def clause(predicate: Token) -> list[Token]:
    """The words of the predicate's clause and of the phrase it describes."""
    top = predicate
    while top.relation in ("acl", "amod", "nmod", "nummod") and top.head is not top:
        top = top.head
    return top.subtree()


def day(value: str | None) -> date | None:
    """The day of an ISO date or date-time, None if it is neither."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
