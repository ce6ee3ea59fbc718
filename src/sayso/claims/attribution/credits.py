"""Who says it, where that stands beside the text: labels, citations in brackets, handles.

"Police: ..." and "13 dead: police" in headlines and scripts, "(UNHCR, 3 June)" behind a sentence,
"- @meridien" and "RT @meridien: ..." in messages, and the sayer of a quotation that only a colon
introduces. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile

from sayso.claims.attribution import kinds, noun_phrases
from sayso.claims.attribution.cue import Cue
from sayso.language.spelling import singular
from sayso.language.trees import Sentence, Token

_QUOTES = frozenset(["“", "”", '"', "''", "``"])
_OPEN = frozenset(["(", "["])
_CLOSE = frozenset([")", "]", "):"])
_LABEL = 6
"""Most words of a headline's label that names a sayer."""

_MARKS = frozenset((":", "-", "–", "—"))
_CITATION = 12
"""Most words of a citation in brackets."""


def credits(sentence: Sentence, found: Sequence[Cue], number: int) -> list[Cue]:
    """The cues that stand beside the text of a sentence; `found` are those within it."""
    tokens = sentence.tokens
    label = [] if _counts_by_place(sentence) else _label(tokens, number)
    cues = label + _citation(tokens, number) + _handle(tokens, number)
    return cues + _colon(tokens, [*found, *cues], number)


def _counts_by_place(sentence: Sentence) -> bool:
    """Whether a line is an item that counts behind a name: "- Borno: 31 killed"; a name that speaks
    is one of a body or of somebody with a role."""
    for k, token in enumerate(sentence.tokens[:-1]):
        if token.text in _MARKS:
            named = sentence.tokens[:k]
            counts = sentence.tokens[k + 1].pos == "NUM"
            return sentence.kind == "item" and counts and all(t.pos == "PROPN" for t in named)
    return False


def _label(tokens: Sequence[Token], number: int) -> list[Cue]:
    """The sayer that a headline or script names before its colon, or at its end: "13 dead: police".

    At the end only in the first line, and where that has no full stop: elsewhere it is a credit.
    A role in brackets belongs to the sayer: "Ivo Brandt (army spokesman): ...".
    """
    colons = (":", "):")  # the engine may leave a bracket and its colon in one
    low = [k for k, t in enumerate(tokens) if t.text in colons and k and _free(tokens, k)]
    if low:
        k = low[0]
        name, role = _with_role(tokens[:k])
        if len(name) <= _LABEL and _names_sayer(name, role):
            return [_labelled(number, tokens[k], tokens[:k])]
    marks = [k for k, t in enumerate(tokens) if t.text in (":", "-", "–", "—") and _free(tokens, k)]
    if marks and marks[-1] > 1 and tokens[-1].text not in (".", "?", "!"):
        k = marks[-1]
        run = list(tokens[k + 1 :])
        if len(run) <= _LABEL and _names_sayer(run):
            return [_labelled(number, tokens[k], run)]
    return []


def _citation(tokens: Sequence[Token], number: int) -> list[Cue]:
    """The sources in brackets beside what they say, with their date: "(UNHCR, 3 June)"; or
    "(Source: civil defence)". An aside is none: "(four men and five women)".
    """
    cues: list[Cue] = []
    for first, token in enumerate(tokens):
        if token.text not in _OPEN:
            continue
        closing = (k for k in range(first + 1, len(tokens)) if tokens[k].text in _CLOSE)
        last = next(closing, first)
        if 1 < last - first <= _CITATION:
            cues += _cited(tokens[first : last + 1], number)
    return cues


def _cited(group: Sequence[Token], number: int) -> list[Cue]:
    """What one pair of brackets cites, may be several: "(Lantern TV; Selm Courier, 4 March)"."""
    inside = list(group[1:-1])
    said = inside[0].lower in group[0].words("saying", "usage.credit")
    if said:
        inside = [t for t in inside[1:] if t.text != ":"]
    pieces = [list(p) for at, p in groupby(inside, key=lambda t: t.text == ";") if not at]
    names = [list(takewhile(lambda t: t.text != "," and not _dates(t), p)) for p in pieces]
    dated = any(_dates(t) for p, n in zip(pieces, names, strict=True) for t in p[len(n) :])
    if not (said or dated) or not all(n and _is_cited(n, said) for n in names):
        return []
    first, last = names[0][0], names[-1][-1]
    run = [t for t in group if first.i <= t.i <= last.i]
    marks = [t for t in group if t.i > last.i]
    return [Cue(number, marks[0], marks, "accord", "saying", "citation", run, rule="citation")]


def _is_cited(name: Sequence[Token], said: bool) -> bool:
    """Whether the words of a citation name somebody."""
    if any(t.pos == "NUM" for t in name) or not all(map(_in_name, name)):
        return False
    return said or name[-1].pos == "PROPN" or (kinds.speaks(name) and name[0].text[:1].isupper())


def _dates(token: Token) -> bool:
    """Whether a word of a citation is of its date."""
    return token.entity == "DATE" or (token.pos == "NUM" and token.text[:1].isdigit())


def _in_name(token: Token) -> bool:
    return (
        noun_phrases.nominal(token)
        or token.entity in ("ORG", "MISC")
        or token.dep in ("cc", "case")
    )


def _handle(tokens: Sequence[Token], number: int) -> list[Cue]:
    """Whose message it is: "... - @meridien" at its end, "RT @meridien: ..." at its beginning."""
    passed = tokens[0].words("saying", "usage.passed_on")
    for k, (prior, token) in enumerate(pairwise(tokens), start=1):
        if not token.text.startswith("@"):
            continue
        after, told = tokens[k + 1 :], prior.lower in passed
        if told and k == 1:
            marks = [prior, *(t for t in after[:1] if t.text == ":")]
            return [
                Cue(number, prior, marks, "accord", "reporting", "colon", [token], rule="handle")
            ]
        closes = not after or (len(after) == 1 and after[0].pos == "PUNCT")
        if k != 2 and closes and (told or not prior.text.strip("-–— ")):
            # Alone it is the handle of what stands before: "Nine killed. - @meridien".
            form = "colon" if k > 2 else "citation"
            return [Cue(number, prior, [prior], "accord", "saying", form, [token], rule="handle")]
    return []


def _colon(tokens: Sequence[Token], found: Sequence[Cue], number: int) -> list[Cue]:
    """The sayer of a quotation that only a colon introduces: "Tarn lost his shop: “...”"."""
    for mark, opening in pairwise(tokens):
        if mark.text != ":" or opening.text not in _QUOTES | {"‘"}:
            continue
        if any(c.token.i < mark.i for c in found):
            return []  # a verb of saying before it speaks for the quotation
        for subject in tokens[: mark.i]:
            if subject.relation != "nsubj" or subject.head.relation != "root":
                continue
            run = noun_phrases.phrase(subject, tokens, 0, mark.i)
            if subject.pos == "PRON" or kinds.speaks(run):
                cue = _labelled(number, mark, run)
                cue.apart, cue.rule = True, "colon"
                return [cue]
        return []
    return []


def _labelled(number: int, mark: Token, run: Sequence[Token]) -> Cue:
    return Cue(number, mark, [mark], mark.text, "saying", "colon", list(run), rule="headline")


def _free(tokens: Sequence[Token], k: int) -> bool:
    """Whether a mark stands free, before a space or after one, not inside "Port-Louis"."""
    if not k or k + 1 >= len(tokens):
        return False
    dash = tokens[k].text == "-" and tokens[k - 1].end < tokens[k].start  # "kills nine -police"
    return dash or tokens[k].end < tokens[k + 1].start


def _with_role(run: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """A label parted from the role that stands in brackets behind its name."""
    for n, token in enumerate(run):
        if n and token.text in _OPEN:
            return run[:n], run[n + 1 :]
    return run, ()


def _names_sayer(run: Sequence[Token], role: Sequence[Token] = ()) -> bool:
    """Whether the words beside a headline's mark name a sayer and nothing else."""
    if role:
        nouns = [t for t in role if t.text not in _CLOSE]
        plain = len(nouns) <= _LABEL and all(noun_phrases.nominal(t) for t in (*run, *nouns))
        named = all(t.pos == "PROPN" for t in run) and not any(t.pos == "NUM" for t in nouns)
        return plain and named and bool(nouns)
    joined = run[0].words("grammar", "genitive")
    if not all(noun_phrases.nominal(t) or t.lower in joined or t.pos == "CCONJ" for t in run):
        return False
    if any(t.entity in ("LOC", "DATE") for t in run) and not kinds.speaks(run):
        return False
    head = singular(noun_phrases.head_of(run).lower)
    if head in run[0].words("saying", "labels.never"):
        return False
    return kinds.speaks(run) or all(t.entity == "PERSON" for t in run)
