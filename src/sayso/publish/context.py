"""Where a claim stands in its text: the sentences that bear it, and marks to put into them.

Sentences are found here by their full stops alone, to show a reader where a quotation comes from.
Nothing is read from them: that is the work of `sayso.language`, which this folder may not use.
"""

from __future__ import annotations

import re

from sayso.records import Claim

# A stop, closing quotes, space, and something that begins a sentence; or the end of a paragraph.
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-z])|\n\s*")
# A text without stops must not fill the screen.
_FAR = 600
_PEEK = 8

Marks = list[tuple[int, str]]
Span = tuple[int, int]


def sentence(text: str, start: int, end: int) -> Span:
    """The first and last offset of the sentence, or sentences, around a span of the text.

    >>> text = "One. Two were hurt. Three."
    >>> first, last = sentence(text, 5, 8)
    >>> text[first:last]
    'Two were hurt.'
    """
    first = max(0, start - _FAR)
    # The search looks a little beyond the evidence, where the letter that proves the stop may be.
    for before in _END.finditer(text, first, min(len(text), start + _PEEK)):
        if before.end() <= start:
            first = before.end()
    stop = _END.search(text, max(start, end - 1))
    last = min(len(text), end + _FAR) if stop is None else min(stop.end(), end + _FAR)
    last = max(last, end)
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def passages(claim: Claim, text: str) -> list[Span]:
    """The sentences that bear a claim, in text order, neighbours as one.

    They are those of its evidence, of the words of saying, and of every name of its chain that
    stands in none of these but somewhere before: "Brandt" of "he said".
    """
    evidence = (claim.evidence.start, claim.evidence.end)
    found = [sentence(text, *span) for span in (evidence, *claim.cues)]
    for source in claim.sources:
        if not any(_places(source.text, text, span) for span in found):
            earlier = _places(source.text, text, (0, evidence[0]))
            found += [sentence(text, *span) for span in earlier[-1:]]
    joined: list[Span] = []
    for first, last in sorted(found):
        if joined and not text[joined[-1][1] : first].strip(" "):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def marks(claim: Claim, text: str, within: list[Span]) -> Marks:
    """Where to put [evidence], <say-so>, *cue*, (who) and {when} within these spans of the text.

    A name that stands more than once is marked where it is nearest to the evidence; one that would
    cut across another mark is not marked at all.
    """
    evidence = (claim.evidence.start, claim.evidence.end)
    wanted = [("[", "]", evidence), *(("*", "*", cue) for cue in claim.cues)]
    for opening, closing, words in _named(claim):
        found = _nearest([p for span in within for p in _places(words, text, span)], evidence)
        if found is not None:
            wanted.append((opening, closing, found))
    kept: list[tuple[str, str, Span]] = []
    for mark in wanted:
        if not any(_cross(mark[2], other[2]) for other in kept):
            kept.append(mark)
    signs = []
    for opening, closing, (first, last) in kept:
        length = last - first
        # At one place: inner spans close first, then outer ones; outer ones open first.
        signs.append((first, 1, -length, opening))
        signs.append((last, 0, length, closing))
    return [(at, sign) for at, _, _, sign in sorted(signs)]


def _named(claim: Claim) -> list[tuple[str, str, str]]:
    named = []
    if claim.who is not None:
        named.append(("(", ")", claim.who.text))
    if claim.when is not None:
        named.append(("{", "}", claim.when.text))
    named += [("<", ">", source.text) for source in claim.sources]
    return named


def _places(words: str, text: str, within: Span) -> list[Span]:
    """Where these words stand within a span of the text."""
    if not words.strip():
        return []
    start, end = within
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[start:end])
    return [(start + match.start(), start + match.end()) for match in found]


def _nearest(places: list[Span], evidence: Span) -> Span | None:
    low, high = evidence
    return min(
        places,
        key=lambda span: (max(0, low - span[1], span[0] - high), span),
        default=None,
    )


def _cross(one: Span, other: Span) -> bool:
    """Whether two spans overlap without one holding the other, or are the same."""
    (a, b), (c, d) = one, other
    if b <= c or d <= a:
        return False
    return one == other or not ((a <= c and d <= b) or (c <= a and b <= d))
