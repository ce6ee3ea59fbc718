"""Whose day a time of a sentence is: that of what happened, or only that of its saying or counting.

"The toll rose to 47 on Friday", "nine bodies were found on Friday": the dead died on no day that is
told. They had died by then, and what bounds a saying bounds a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from sayso.claims.harm.singles import are_told_of
from sayso.claims.setting.governing import Spans, covered, day, inside, own_of, tied
from sayso.language.geography.references import head_of
from sayso.language.grammar.features import is_gerund, is_verb
from sayso.language.times.periods import back
from sayso.language.times.tense import is_perfect
from sayso.language.trees import Sentence, Token
from sayso.records import Kind, TimeMention

_LONG = "DWFMYE"
# Letters of the units of a day and longer.
_OPENS = 3
# Words at the most before "after" where "two days after" begins a sentence.
_BESIDE = ("advcl", "parataxis", "conj")


class Near(NamedTuple):
    """The times on which a claim's word hangs, nearest first: its own, and those that only date
    the saying or the counting of it."""

    own: list[TimeMention]
    said: list[TimeMention]


def near(
    sentence: Sentence,
    predicate: Token,
    figure: Sequence[Token],
    mentions: Sequence[TimeMention],
    apart: Spans,
    kind: Kind,
) -> Near:
    """The times of a claim of this kind whose word is `predicate`; `figure` are its own words, and
    `apart` the spans of sayers and cues."""
    found = Near([], [])
    for word, mention in tied(sentence, predicate, mentions, apart):
        said = covered(word.start, apart) and not _is_across(predicate, word, sentence, mention)
        late = kind != "event" and _is_aside(predicate, word)
        counts = is_day(mention) and _counts(word, predicate, kind)
        (found.said if said or late or counts else found.own).append(mention)
    beside = own_of(sentence, figure, mentions)
    if beside is not None and is_placed(beside) and beside not in found.said:
        return Near([beside], found.said)
    own = _last_told(predicate, found.own)
    return Near(_by_parts(sentence, predicate, figure, own), found.said)


def _is_across(predicate: Token, word: Token, sentence: Sentence, mention: TimeMention) -> bool:
    """Whether what is said stands between the word of saying and a time that a tree hangs on it:
    "the mayor said nine died in Karsa on Monday". Not "said in a report on Monday"."""
    head = head_of(sentence, mention.start, mention.end)
    if word is predicate:
        return True
    between, held = sorted((word.i, head.i)), head.head
    if held.lemma.lower() in word.words("scope", "background.nouns"):
        held = held.head  # "killed nine in a raid on Monday"
    return held is word and between[0] < predicate.i < between[1]


def _is_aside(predicate: Token, word: Token) -> bool:
    """Whether a word takes up people of whom the harm is only told besides: "the man who killed
    two was arrested"."""
    people = predicate.head
    return (
        predicate.relation == "acl"
        and word not in (predicate, people)
        and people.pos == "NOUN"
        and (people.relation == "nsubj" or predicate.kid("nsubj") is not None)
        and are_told_of(people)
    )


def _counts(word: Token, predicate: Token, kind: Kind) -> bool:
    """Whether a word is no harm, but how many came to harm, or who, is known or told by it or by
    what hangs on it: "bodies were found", "the toll rose", "the hostages were freed"."""
    if kind in ("event", "rescued"):
        return False
    verbs = word.words("dates", "counting.number")
    if kind in ("killed", "abducted"):
        verbs |= word.words("dates", f"counting.{kind}")
    for token in [predicate, *predicate.ancestors()]:
        itself = token is predicate
        if is_verb(token) and token.lemma in verbs and (kind == "killed" or not itself):
            return True
        relative = token.relation == "acl" and not itself
        if token is word or relative or (token.relation in _BESIDE and is_verb(token)):
            return (
                False  # "the toll rose on Friday as four died", "found posts on the deaths of nine"
            )
    return False


def _last_told(predicate: Token, own: list[TimeMention]) -> list[TimeMention]:
    """The same times with that of the clause right before in front, for what came of it: "had left
    on Sunday before villagers stormed the hall on Monday, killing two"."""
    if predicate.relation != "advcl" or not is_gerund(predicate):
        return own
    first = predicate.subtree()[0].i
    for clause in predicate.head.kids("advcl", "conj"):
        words = clause.subtree()
        if is_verb(clause) and words[-1].i < first and first - words[-1].i <= 1:
            span = (words[0].start, words[-1].end)
            return sorted(own, key=lambda m: not covered(m.start, [span]))
    return own


def _by_parts(
    sentence: Sentence, predicate: Token, figure: Sequence[Token], own: list[TimeMention]
) -> list[TimeMention]:
    """The same times with that of a part in front for the part, and behind for the whole: "14 were
    killed on Tuesday, including a boy on Monday"; of a whole that is a sum it is none."""
    parts = list(_parts(sentence))
    here = next((p for p in parts if figure and covered(figure[0].start, [p])), None)
    theirs = [m for m in own if any(covered(m.start, [p]) for p in parts if p != here)]
    mine = [m for m in own if here and covered(m.start, [here])]
    rest = [m for m in own if m not in theirs and m not in mine]
    return [*mine, *rest] or ([] if is_perfect(predicate) else theirs)


def _parts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The spans in which a sentence tells of some of those it counts, each behind a comma and up to
    the next: ", including a boy in Karsa on Monday"."""
    line = sentence.tokens
    for opening, token in pairwise(line):
        if opening.pos != "PUNCT" or token.lower not in token.words("harm", "parts.before"):
            continue
        rest = line[token.i :]
        closing = next((t for t in rest if t.pos == "PUNCT" or t.pos == "AUX"), line[-1])
        yield token.start, closing.start


def moved(
    sentence: Sentence, predicate: Token, mention: TimeMention, mentions: Sequence[TimeMention]
) -> TimeMention:
    """The time of a claim by that of what it came so many days before or after: "two days after the
    vote on Sunday, gunmen killed nine"; `mention` itself where nothing stands between the two."""
    first = day(mention.first)
    if first is None or mention.first != mention.last:
        return mention
    for far in inside(sentence, mentions):
        length = re.fullmatch(r"P(\d+)([DW])", far.value or "")
        mark = next((t for t in sentence.tokens if t.start >= far.end), None)
        if is_placed(far) or not length or mark is None or not _parts_from(mark):
            continue
        span = _behind(mark)
        inner, outer = covered(predicate.start, [span]), covered(mention.start, [span])
        if inner == outer:
            continue
        before = mark.lower in sentence.words("dates", "prepositions.by")
        step = -int(length[1]) if before != inner else int(length[1])
        there = back(first, step, length[2]).isoformat()
        return TimeMention(
            start=mention.start, end=mention.end, text=mention.text, first=there, last=there
        )
    return mention


def _parts_from(mark: Token) -> bool:
    """Whether a word puts a time at a distance from an event: "a day after"."""
    return mark.lower in mark.words("dates", "prepositions.from_event")


def _behind(mark: Token) -> tuple[int, int]:
    """The span of the event behind such a word: up to the next comma, which a tree of such a
    sentence often misses, or else what hangs together with the word."""
    rest = mark.line()[mark.i :]
    comma = next((t for t in rest if t.pos == "PUNCT"), rest[-1])
    if comma is rest[-1] and rest[0].i <= _OPENS:
        return mark.start, mark.head.subtree()[-1].end
    return mark.start, comma.start


def far_off(sentence: Sentence) -> bool:
    """Whether a sentence puts what it tells days or longer from another event: "a day after the
    raid"."""
    table = sentence.table("dates")
    units = {
        word for key in ("units", "plurals") for word, size in table[key].items() if size in _LONG
    }
    return any(one.lower in units and _parts_from(two) for one, two in pairwise(sentence.tokens))


def recalls(predicate: Token, mention: TimeMention) -> bool:
    """Whether a clause tells of what was at a time named before it: "since 1998, when a barge
    sank"."""
    words = predicate.words("scope", "period.when")
    return mention.end <= predicate.start and any(
        t.lower in words for t in predicate.kids("advmod")
    )


def is_day(mention: TimeMention) -> bool:
    """Whether a time is one day or one night: a year or a month is seldom that of a count, or of
    the sentence behind it."""
    first, last = day(mention.first), day(mention.last)
    return first is not None and last is not None and last - first <= timedelta(days=1)


def is_placed(mention: TimeMention) -> bool:
    """Whether a time has a day, or a last one."""
    return mention.first is not None or mention.last is not None
