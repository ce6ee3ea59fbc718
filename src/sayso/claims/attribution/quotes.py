"""Quotations of a document: where each one opens and closes, over sentences and paragraphs.

Quotation marks in news are curly, straight, doubled or single, are left open at the end of a
paragraph when the next one goes on quoting, and come out of machine translation turned the wrong
way round. This module only finds the quoted stretches; who is quoted is for `content` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.language.grammar.features import is_genitive
from sayso.language.trees import Sentence, Token

_CURLY_OPEN = frozenset("“„«")
_CURLY_CLOSE = frozenset("”»")
_STRAIGHT = frozenset(['"', "''", "``", "”", "“", "„", "«", "»"])
_SINGLE_OPEN = frozenset(["‘", "'", "`"])
_SINGLE_CLOSE = frozenset(["’", "'"])
_STOPS = frozenset(",.?!;—–…-")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch inside a paragraph, marks included.

    `words` counts the tokens between the marks; `open` = no closing mark before the paragraph
    ended, so the next paragraph may go on; `comma` = it ends in a comma or a question, as before
    "he said"; `sentence` and `last` are the indexes of the sentences
    in which it begins and ends.
    """

    start: int
    end: int
    paragraph: int
    sentence: int
    last: int
    words: int
    open: bool = False
    comma: bool = False

    def holds(self, start: int, end: int) -> bool:
        """Whether that stretch of the document lies inside the marks."""
        return self.start <= start and end <= self.end


@dataclass(slots=True)
class _Opening:
    token: Token
    sentence: int
    paragraph: int
    single: bool
    words: int = 0
    final: str = ""


def quotations(sentences: Sequence[Sentence]) -> list[Quote]:
    """Every quoted stretch, in text order; none overlaps another.

    A mark that seems to open while a quotation is open, right after a comma or a full stop, closes
    it: that is how machine translation prints "“text, “a source said".
    """
    found: list[Quote] = []
    opening: _Opening | None = None
    before: Token | None = None
    paragraph = -1
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            if opening and before and not opening.single:
                found.append(_quote(opening, before, number - 1, left_open=True))
            opening, before, paragraph = None, None, sentence.paragraph
        for k, token in enumerate(sentence.tokens):
            after = sentence.tokens[k + 1] if k + 1 < len(sentence.tokens) else None
            role = _role(token, before, after, opening)
            if role == "open" and opening is None:
                single = token.text in _SINGLE_OPEN
                if not single or _closes_later(sentence, k):
                    opening = _Opening(token, number, paragraph, single)
            elif role == "close" and opening:
                found.append(_quote(opening, token, number))
                opening = None
            elif opening:
                opening.words += 1
                if _mark(token.text) not in _SINGLE_CLOSE | _STRAIGHT:
                    opening.final = token.text
            before = token
    if opening and before and not opening.single:
        found.append(_quote(opening, before, len(sentences) - 1, left_open=True))
    return found


def _quote(opening: _Opening, last: Token, number: int, left_open: bool = False) -> Quote:
    return Quote(
        opening.token.start,
        last.end,
        opening.paragraph,
        opening.sentence,
        number,
        opening.words,
        left_open,
        opening.final[-1:] in (",", "?", "!", "—", "–", "…", "-"),
    )


def _role(
    token: Token, before: Token | None, after: Token | None, opening: _Opening | None
) -> Literal["open", "close", ""]:
    """What a token does to a quotation, from its own shape and what stands around it."""
    text = _mark(token.text)
    glued_left = before is not None and before.end == token.start
    glued_right = after is not None and after.start == token.end
    if opening and opening.single:
        closes = text in _SINGLE_CLOSE and not is_genitive(token) and not glued_right
        return "close" if closes or (text in _SINGLE_CLOSE and _is_stop(before)) else ""
    if text in _STRAIGHT:
        if opening is None:
            if text in _CURLY_CLOSE or (glued_left and not glued_right):
                return ""
            return "open"
        if text in _CURLY_CLOSE or text not in _CURLY_OPEN | {"``"}:
            return "close"
        return "close" if _is_stop(before) or not glued_right else ""
    if text in _SINGLE_OPEN and opening is None and glued_right and not glued_left:
        return "open"
    return ""


def _mark(text: str) -> str:
    """The outer mark of a token that holds several, as in "’”"; else the token as it is."""
    if len(text) > 1 and text not in _STRAIGHT and not any(c.isalnum() for c in text):
        return next((c for c in text if c in _STRAIGHT), text)
    return text


def _is_stop(token: Token | None) -> bool:
    return token is not None and token.text[-1:] in _STOPS


def _closes_later(sentence: Sentence, k: int) -> bool:
    """Whether a single mark is a quotation and no apostrophe: a mate follows in the sentence."""
    tokens = sentence.tokens
    return any(
        t.text in _SINGLE_CLOSE
        and not is_genitive(t)
        and (n + 1 == len(tokens) or tokens[n + 1].start > t.end or _is_stop(tokens[n + 1]))
        for n, t in enumerate(tokens[k + 1 :], start=k + 1)
    )
