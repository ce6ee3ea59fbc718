"""Where and when a claim took place, and whether it belongs to this story at all.

Takes the places and times already found in the text and picks those that govern a claim's word, by
the tree: its own clause first, then the clauses above it, never the clause of saying ("police said
on Thursday" dates the saying). A place may be carried over from the words before, and its `basis`
says so; a time never is, and the day of publication never stands in for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sayso.language.dates import span
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import Place, PlaceMention, Scope, TimeMention, When

Mention = TypeVar("Mention", PlaceMention, TimeMention)

_ACTING = ("nsubj", "nsubj:pass", "obl:agent", "vocative")
_DATELINE_ENDS = frozenset(["--", "—", "–", "-", "]"])
_PRECISE = {"point": 0, "city": 1, "region": 2, "area": 3, "country": 4}


def where(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[PlaceMention],
    apart: Sequence[tuple[int, int]],
) -> Place | None:
    """The place of a claim whose word is `predicate` in sentence `index`, or None.

    `apart` are the spans of sayers and cues. `basis` is "sentence"; "sayer" (the town of whoever
    says it: "Karsa police said"); "neighbour" (an earlier sentence of the paragraph or of the
    paragraph before); or "dateline" (the first place of the text).
    """
    sentence = sentences[index]
    own = _governing(sentence, predicate, mentions, apart)
    own = [m for m in own if not _acts(sentence, m)]
    if own:
        return _place(_most_precise(own), "sentence")
    town = _towns(sentence, mentions, apart)
    if town:
        return _place(town[0], "sayer")
    for before in reversed(sentences[:index]):
        if before.paragraph < sentence.paragraph - 1:
            break
        near = [m for m in _inside(before, mentions, apart) if not _acts(before, m)]
        near = near or _towns(before, mentions, apart)
        if near:
            basis = "dateline" if _is_dateline(before) else "neighbour"
            return _place(_most_precise(near), basis)
    first = next((m for m in mentions if m.lat is not None), None) or next(iter(mentions), None)
    return _place(first, "dateline") if first else None


def when(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[TimeMention],
    apart: Sequence[tuple[int, int]],
    published: str | None,
) -> When | None:
    """The time of a claim by the expressions of its own sentence, or None.

    `basis` is "sentence", or "dateline" for the day that stands before the first sentence, where
    that sentence itself gives none.
    """
    sentence = sentences[index]
    found = [m for m in _governing(sentence, predicate, mentions, apart) if _placed(m)]
    if not found:
        head = sentences[index - 1] if index else None
        if head is None or not _is_dateline(head) or _inside(sentence, mentions, ()):
            return None
        dated = next((m for m in _inside(head, mentions, ()) if _placed(m)), None)
        if dated is None:
            return None
        return When(text=dated.text, start=dated.first, end=dated.last, basis="dateline")
    mention, *others = found
    start, end = span(mention, sentence, published)
    for other in others:
        # "from Monday", "until Friday": the second expression closes what the first left open.
        first, last = span(other, sentence, published)
        if first is None and last is not None and start is not None and last >= start:
            end = last
        elif last is None and first is not None and start is None and end and first <= end:
            start = first
    return When(text=mention.text, start=start, end=end, basis="sentence")


def scope(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[TimeMention],
    published: str | None,
) -> tuple[Scope, str]:
    """Whether a figure is of this story, of an older incident, or a running total; and the rule."""
    words = table("scope")
    sentence = sentences[index]
    text = " ".join(t.lower for t in sentence.tokens)
    governing = _governing(sentence, predicate, mentions, ())
    day = _day(published)
    when_clause = any(child.lower == "when" for child in predicate.kids("advmod"))
    for mention in governing:
        start, end = span(mention, sentence, published)
        if when_clause and mention.end <= predicate.start:
            start, end = mention.first, mention.last  # "since 1998, when a barge sank": in 1998
        first, last = _day(start), _day(end)
        if (
            day
            and first
            and day - first >= timedelta(days=words["period"]["days"])
            and (last is None or last >= day - timedelta(days=1))
        ):
            return "period", "scope.period"
        if day and last and day - last >= timedelta(days=words["background"]["days"]):
            return "background", "scope.date"
    if any(phrase in text for phrase in words["period"]["phrases"]):
        return "period", "scope.period-words"
    for token in _clause(predicate):
        if token.lemma.lower() in words["background"]["nouns"] and any(
            child.lower in words["background"]["adjectives"] for child in token.kids("amod")
        ):
            return "background", "scope.other-incident"
    if any(phrase in text for phrase in words["background"]["phrases"]):
        return "background", "scope.background-words"
    if index and _points_back(predicate, words["background"]["nouns"]):
        for mention in _inside(sentences[index - 1], mentions, ()):
            last = _day(span(mention, sentences[index - 1], published)[1])
            if day and last and day - last >= timedelta(days=words["background"]["days"]):
                return "background", "scope.that-incident"
    return "current", "scope.story"


def _is_dateline(sentence: Sentence) -> bool:
    """Whether the engine cut a dateline off the sentence behind it: it ends in a dash or a tag."""
    return sentence.tokens[-1].text in _DATELINE_ENDS


def _points_back(predicate: Token, nouns: Sequence[str]) -> bool:
    """Whether the clause is about "that disaster": one that the sentence before spoke of."""
    return any(
        t.lemma.lower() in nouns and any(d.lower in ("that", "this") for d in t.kids("det"))
        for t in _clause(predicate)
    )


def _governing(
    sentence: Sentence,
    predicate: Token,
    mentions: Iterable[Mention],
    apart: Sequence[tuple[int, int]],
) -> list[Mention]:
    """The sentence's mentions that hang on the predicate's clause or on one above, nearest first.

    What hangs on a word of saying places the saying, not what is said; what hangs in a clause
    beside the predicate's belongs to that, save for a clause of time ("when the roof fell").
    """
    above: list[Token] = [predicate, *predicate.ancestors()]
    found: list[tuple[int, int, int, Mention]] = []
    for n, mention in enumerate(_inside(sentence, mentions, apart)):
        head: Token = _head(sentence, mention.start, mention.end)
        path: list[Token] = [head, *head.ancestors()]
        for steps, token in enumerate(path):
            if token in above:
                if token is predicate or not _covered(token.start, apart):
                    found.append((above.index(token), steps, n, mention))
                break
            if token is not head and token.relation in ("ccomp", "parataxis", "acl"):
                break
    return [mention for _, _, _, mention in sorted(found, key=lambda f: f[:3])]


def _inside(
    sentence: Sentence, mentions: Iterable[Mention], apart: Sequence[tuple[int, int]]
) -> list[Mention]:
    return [
        m
        for m in mentions
        if sentence.start <= m.start and m.end <= sentence.end and not _covered(m.start, apart)
    ]


def _head(sentence: Sentence, start: int, end: int) -> Token:
    """The token of a span that hangs on a token outside it."""
    inside = [t for t in sentence.tokens if t.start < end and start < t.end]
    return next((t for t in inside if t.head not in inside or t.head is t), inside[0])


def _acts(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place stands for those who act from it: "Moscow said", "a Moscow-led force"."""
    head = _head(sentence, mention.start, mention.end)
    led = head.head.tag == "VBN" and head.head.relation == "amod"
    return led or head.dep in _ACTING or head.entity in ("ORG", "NORP", "PERSON")


def _towns(
    sentence: Sentence, mentions: Sequence[PlaceMention], apart: Sequence[tuple[int, int]]
) -> list[PlaceMention]:
    """The towns named in a sentence's sayers."""
    inside = _inside(sentence, mentions, ())
    return [m for m in inside if m.precision == "city" and _covered(m.start, apart)]


def _covered(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _clause(predicate: Token) -> list[Token]:
    """The words of the predicate's clause and of the phrase it describes."""
    top = predicate
    while top.relation in ("acl", "amod", "nmod", "nummod") and top.head is not top:
        top = top.head
    return top.subtree()


def _most_precise(mentions: Sequence[PlaceMention]) -> PlaceMention:
    """The most precise of the nearest mentions: the city, not the country named beside it."""
    return min(mentions[:3], key=lambda m: _PRECISE.get(m.precision or "city", 1))


def _place(mention: PlaceMention, basis: str) -> Place:
    return Place(
        text=mention.text,
        name=mention.name,
        geonameid=mention.geonameid,
        lat=mention.lat,
        lon=mention.lon,
        country=mention.country,
        precision=mention.precision,
        basis=basis,
    )


def _placed(mention: TimeMention) -> bool:
    return mention.first is not None or mention.last is not None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
