"""Places that a sentence names and that are not where it happened: where somebody comes from, who
acts, what has its name from a place, and the town that heads a report.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from sayso.claims.setting.governing import Spans
from sayso.claims.setting.nearness import is_beside
from sayso.language.geography.references import head_of
from sayso.language.grammar.features import is_past_participle, is_verb, is_word
from sayso.language.trees import Sentence, Token
from sayso.records import PlaceMention

# Between a person and their home: "Amin Belo, 34, of Karsa", "Ida Orr, both of Karsa".
_BETWEEN = ("PUNCT", "NUM", "DET", "CCONJ", "PRON")
_RULES = frozenset(["-", "--", "—", "–"])
_DASHES = _RULES | {"(", ":", "/"}


def is_elsewhere(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place is somebody's home ("a man from Karsa") or lends its name ("the Karsa
    accords").
    """
    head = head_of(sentence, mention.start, mention.end)
    if head.relation in ("compound", "amod", "nmod") and _lends(head):
        return True
    if mention.name is None and mention.precision != "point" and _is_body(head, sentence, mention):
        return True
    if mention.precision == "country" and _acts_by(head):
        return True
    if _comes_from(head):
        return True
    from_there = any(t.lower in sentence.words("places", "words.home") for t in head.kids("case"))
    owner = head.head if head.relation == "nmod" and not is_beside(sentence, mention) else head
    return from_there and owner is not head and owner.pos in ("NOUN", "PROPN", "NUM")


def is_only_told_there(sentence: Sentence, mention: PlaceMention, predicate: Token | None) -> bool:
    """Whether a place is only where somebody says or hears of it ("told reporters in Karsa",
    "speaking in Karsa"), or where something was that it answers ("in retaliation for a raid on
    Karsa"). Not one that opens the sentence: "In Karsa, officials said two were killed"; nor a
    country, which is at least what the text is about, nor a site, where one speaks at the scene.
    `predicate` is the word of a claim of this sentence, None for one of another.
    """
    if mention.precision in ("country", "area") or mention.lat is None:
        return False
    head = head_of(sentence, mention.start, mention.end)
    above = [predicate, *predicate.ancestors()] if predicate else []
    up = list(takewhile(lambda t: t not in above, (head, *head.ancestors())))
    if any(t.lemma.lower() in t.words("places", "theirs.answering") for t in up):
        return True
    at = next((i for i, t in enumerate(up) if is_verb(t)), len(up))
    below = up[:at]
    if not below:
        return False
    verb = up[at] if up[at:] else up[-1].head
    if verb is predicate or not is_verb(verb) or verb is below[-1]:
        return False
    told = verb.lemma.lower() in verb.words("places", "theirs.telling") or any(
        t.relation == "ccomp" and t.head is verb for t in above
    )
    about = verb.words("places", "theirs.about")
    opens = verb is head.head and head.relation == "obl" and head.start < verb.start
    inside_it = opens or any(k.lower in about for t in below for k in t.kids("case"))
    return told and not inside_it and not _are_local(below[-1].subtree())


def speaks_there(sentence: Sentence, mention: PlaceMention, apart: Spans) -> bool:
    """Whether the sayer who is named by a place speaks from where it happened: "Karsa police", but
    no "group based in Karsa", "spokesman in Karsa" or "Karsa Post".
    """
    if _comes_from(head_of(sentence, mention.start, mention.end)):
        return False
    return any(
        start <= mention.start < end
        and _are_local([t for t in sentence.tokens if start <= t.start < end])
        for start, end in apart
    )


def _are_local(tokens: Iterable[Token]) -> bool:
    return any(t.lemma.lower() in t.words("places", "theirs.locals") for t in tokens)


def _comes_from(head: Token) -> bool:
    """Whether somebody or something only comes from a place: "based in Karsa", "Karsa-born", "Amin
    Belo, 34, of Karsa"."""
    while (
        head.relation in ("nmod", "appos") and head.head.entity == "LOC" and not head.kids("case")
    ):
        head = head.head  # "of Karsa, Ohio"
    origins, owner = head.words("places", "theirs.origins"), head.head
    if is_past_participle(owner) and owner.lemma.lower() in origins:
        return True
    line = head.line()[: min(t.i for t in (head, *head.kids("compound", "case")))]
    before = next((t for t in reversed(line) if t.pos not in _BETWEEN), head)
    led = any(is_word(t, "genitive") for t in head.kids("case"))
    return led and before.entity == "PERSON"


def is_on_the_way(sentence: Sentence, mention: PlaceMention, predicate: Token | None) -> bool:
    """Whether a place is only where a journey starts or ends ("a bus bound for Karsa"), or where
    those hurt elsewhere are looked after ("two were treated in Karsa"). Not for what was done on
    arrival (`predicate`): "they drove to Karsa and shot two", "to Karsa, where they shot two"; None
    is that of another sentence.
    """
    head = head_of(sentence, mention.start, mention.end)
    led = list(head.kids("case"))
    while head.head.pos in ("PROPN", "NOUN") and head.relation in ("appos", "compound", "flat"):
        head = head.head
        led += head.kids("case")
    goal = head.head
    while goal.pos == "PROPN" and goal.head is not goal:  # "from Karsa to Milna"
        goal = goal.head
    if predicate is not None:
        done_there = predicate.relation == "conj" and predicate.head is goal
        if done_there or head in predicate.ancestors():
            return False
    told = {t.lower for t in led}
    moved = goal.lemma.lower() in head.words("places", "journeys.words")
    cared = {t.lemma.lower() for t in (goal, *goal.kids("xcomp"))}
    return (moved and not told.isdisjoint(head.words("places", "journeys.ends"))) or (
        goal.pos == "VERB" and not cared.isdisjoint(head.words("places", "journeys.cared"))
    )


def _is_body(head: Token, sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a name that no map has is a body's: it has an article, as few towns have, and nothing
    is said to be in it or near it ("a camp of the Free Column").
    """
    before = [t for t in sentence.tokens if t.end <= mention.start][-1:]
    whole = head.head if head.relation == "compound" else head
    placed = any(not is_word(t, "genitive") for t in whole.kids("case"))
    return head.entity == "LOC" and any(is_word(t, "definite") for t in before) and not placed


def _acts_by(head: Token) -> bool:
    """Whether a country acts beside another or by somebody: "France and Japan sent", "Japan's army
    killed".
    """
    party = head
    while party.relation == "conj":
        party = party.head
    if head.relation == "compound" or head.dep == "nmod:poss":
        party = head.head
    return party is not head and party.dep in ("nsubj", "obl:agent")


def _lends(head: Token) -> bool:
    """Whether what a place's name stands before is no place: an accord, a paper, a rifle."""
    return head.head.i > head.i and head.head.lower in head.words("places", "words.namesakes")


def heads_text(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place only heads a report: "KABUL, Afghanistan (Nov. 20) Troops ..." or "OSLO - ".

    Capitals are asked for, unless the whole sentence is in capitals, or a dash follows the name.
    """
    tokens = sentence.tokens
    first = [t for t in tokens if t.start <= mention.start][-1:]
    if not first or mention.end - mention.start < 3:
        return False
    behind = [t for t in tokens if t.start >= mention.end][:8]
    mark = next((t for t in behind if t.text in _DASHES), None)
    if mark is None or any(t.pos in ("VERB", "AUX", "ADP") for t in behind if t.i < mark.i):
        return False
    whole = all(t.text.isupper() for t in tokens if t.text.isalpha() and len(t.text) > 1)
    if first[0].i == 0 and mark.i == first[0].i + len(mention.text.split()) and mark.text in _RULES:
        return True
    loud = mention.text.isupper() or any(
        t.text.isupper() and t.entity == "LOC" for t in tokens[: first[0].i]
    )
    return loud and not whole
