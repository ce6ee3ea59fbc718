"""Which of several events that a text tells apart the words of a claim refer to.

"Four mourners were killed when their lorry overturned. The toll of the crush itself rose to 39":
what did a harm is a word for an event, by the grammar of the harm, and such a word is a new event
or one told before. It is a new one where it says so ("a second slide", "the slope slipped again");
where no word for it agrees with those before and each has a day or place of its own, or it is set
off from them ("itself"). All else is doubt, and the doubt goes to one event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sayso.claims.event.words import forms
from sayso.claims.setting.governing import day, inside
from sayso.language.dates import span
from sayso.language.grammar.features import is_plural
from sayso.language.grammar.noun_phrase import preposition
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import PlaceMention, TimeMention, When

_NARROW = ("point", "city", "near", None)
_LONGEST = timedelta(days=2)
_SLACK = timedelta(days=1)
_ABOVE = 3  # steps up the tree from the word for those harmed to what harmed them

_WITH = ("advcl", "conj", "xcomp")
_CLAUSES = ("acl", "advcl", "ccomp", "conj", "parataxis", "xcomp")

Days = tuple[date, date]


class Harm(NamedTuple):
    """Where the text has a claim: the number of its sentence, the word that tells it, and the days
    that its own words give."""

    sentence: int
    predicate: Token
    when: When | None


class Referent(NamedTuple):
    """An event that a text tells apart: its number there, and whether it is told as one more of its
    kind ("a second slide")."""

    number: int
    again: bool


class _Mention(NamedTuple):
    """A word for an event: what it may be of, whether it says that it is another one, or that it is
    the one told first, and the day and the place that its phrase names."""

    kinds: frozenset[str]
    again: bool
    first: bool
    set_off: bool
    days: Days | None
    place: str | None
    paragraph: int


@dataclass(slots=True)
class _Event:
    """An event as far as the text has told of it."""

    kinds: set[str] = field(default_factory=set)
    again: bool = False
    days: list[Days] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    paragraph: int = -1

    def take(self, mention: _Mention) -> None:
        self.kinds |= mention.kinds
        self.days += [mention.days] if mention.days else []
        self.places |= {mention.place} if mention.place else set()
        self.paragraph = mention.paragraph

    def agrees(self, mention: _Mention) -> bool:
        return not self.kinds or not self.kinds.isdisjoint(mention.kinds)

    def shares_day(self, days: Days | None) -> bool:
        return days is not None and any(_overlap(days, d) for d in self.days)

    def is_of_day(self, days: Days | None) -> bool:
        """The same, of days and no longer times, which tell no event from another."""
        exact = [d for d in self.days if d[1] - d[0] <= _LONGEST]
        if days is None or days[1] - days[0] > _LONGEST:
            return False
        return any(_overlap(days, d) for d in exact)

    def is_other(self, mention: _Mention) -> bool:
        """Whether the text tells a word for an event apart from this one."""
        if mention.again != self.again and (mention.again or mention.first):
            return True
        if mention.days and self.days and not self.shares_day(_with_slack(mention.days)):
            return True
        if self.agrees(mention):
            return False
        own = bool(mention.days or mention.place) and bool(self.days or self.places)
        common = self.is_of_day(mention.days) or mention.place in self.places
        return mention.set_off or (own and not common)


def _with_slack(days: Days) -> Days:
    """The days with one before and one behind: reports of one deed differ by a day."""
    return days[0] - _SLACK, days[1] + _SLACK


def _overlap(a: Days, b: Days) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def referents(
    sentences: Sequence[Sentence],
    harms: Mapping[str, Harm],
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    published: str | None,
) -> dict[str, Referent]:
    """The event that the words of each harm refer to, by the key of the harm, where the text tells
    two apart; those that refer to none are left out. What is told first is of the first."""
    bound = {key: word for key, harm in harms.items() if (word := _word(harm)) is not None}
    words = {word: harms[key].when for key, word in reversed(bound.items())}
    events: list[_Event] = []
    told: dict[Token, int] = {}
    opening, first = next(iter(harms.items()), ("", None))
    for number, sentence in enumerate(sentences):
        for token in sentence.tokens:
            if token not in words and not (token.pos == "NOUN" and _kinds(token)):
                continue
            mention = _mention(sentence, token, times, places, published, words.get(token))
            if mention is not None:
                told[token] = _resolved(mention, events)
        if first and first.sentence == number and not events:
            events.append(_Event(paragraph=sentence.paragraph))  # told by no word of its own
    found = {key: told[word] for key, word in bound.items() if word in told}
    found.setdefault(opening, 0)
    if len(events) < 2:
        return {}
    return {key: Referent(n, events[n].again) for key, n in found.items()}


def _resolved(mention: _Mention, events: list[_Event]) -> int:
    """The number of the event that a word refers to: of those it may be, one of its day, then one
    that its word agrees with, then the one told last in its paragraph, then the first."""
    may_be = [n for n, event in enumerate(events) if not event.is_other(mention)]
    if not may_be:
        events.append(_Event(again=mention.again))
        may_be = [len(events) - 1]

    def fits(n: int) -> tuple[bool, bool, bool, int]:
        event = events[n]
        near = event.paragraph == mention.paragraph
        named = bool(event.kinds) and event.agrees(mention)
        return event.shares_day(mention.days), named, near, n if near else -n

    best = max(may_be, key=fits)
    events[best].take(mention)
    return best


def _word(harm: Harm) -> Token | None:
    """The word for the event that did a harm, by its grammar: who or what did it, "in" what or
    "when" what it happened, or what the toll or the victims are "of"."""
    heads = [harm.predicate]
    for above in harm.predicate.ancestors():
        if len(heads) > _ABOVE or heads[-1].relation in _CLAUSES:
            break
        heads.append(above)
    for head in heads:
        if found := next(_beside(head), None):
            return found
    outer = heads[-1]
    if (outer.dep == "acl:relcl" or outer.relation in _WITH) and _kinds(outer.head):
        return outer.head  # "the accident in which five died", "a ferry sank and nine drowned"
    return None


def _beside(head: Token) -> Iterator[Token]:
    """The words for events that a word has on it."""
    if _kinds(head):
        yield head
    below = head.kids("nsubj", "obl", "nmod", "advcl", "obj")
    for kid in below:
        does = kid.dep in ("obl:agent", "nsubj") or kid.relation == "advcl"
        if _is_of(kid) or (does and (_kinds(kid) or (_again(kid) and kid.pos == "DET"))):
            yield kid
    for kid in below:
        yield from filter(_is_of, kid.kids("nmod"))


def _is_of(phrase: Token) -> bool:
    """Whether a phrase names the event that something came of: "in", "by", "from", "of"."""
    before = preposition(phrase)
    return bool(_kinds(phrase)) and before in phrase.words("episodes", "of_events.under")


def _mention(
    sentence: Sentence,
    word: Token,
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    published: str | None,
    harmed: When | None,
) -> _Mention | None:
    """What a word says of the event, that people were `harmed` by then; None for several ("two
    attacks")."""
    if word.pos == "NOUN" and is_plural(word):
        return None
    own = _phrase(word)
    told = [m for m in inside(sentence, times) if m.start in own]
    where = [m for m in inside(sentence, places) if m.start in own]
    kinds = _kinds(word) or next(
        (k for t in reversed(sentence.tokens[: word.i]) if (k := _kinds(t))), frozenset[str]()
    )
    return _Mention(
        kinds=kinds,
        again=_again(word),
        first=_marked(word, "first"),
        set_off=_marked(word, "set_off"),
        days=next((d for m in told if (d := _days(m, sentence, published))), _harmed(word, harmed)),
        place=next((m.text for m in where if m.precision in _NARROW), None),
        paragraph=sentence.paragraph,
    )


def _phrase(word: Token) -> set[int]:
    """The offsets of the words that say where and when an event was: the phrase of a noun, with
    those that go on from it, and what stands beside the verb that the event is told by."""
    verb = word if word.pos == "VERB" else word.head
    heads = [kid for kid in verb.kids("obl", "advmod") if _does(word) and kid is not word]
    heads += [word] if word.pos != "VERB" else []
    aside = ("acl", "advcl", "parataxis", "conj")
    each = [h.subtree(without=lambda t: t.relation.startswith(aside)) for h in heads]
    line = word.line()
    while word.pos != "VERB" and each[-1][-1].i + 2 < len(line):
        mark = line[each[-1][-1].i + 1]
        if mark.pos != "ADP" or mark.head.i < mark.i:
            break
        each.append(mark.head.subtree())  # "in the crush | at a fair | in Karsa", all on the verb
    return {token.start for tokens in each for token in tokens}


def _harmed(word: Token, when: When | None) -> Days | None:
    """When people were harmed, by a claim's own words: the time of what did it."""
    if when is None or when.basis != "sentence" or not _does(word):
        return None
    first, last = day(when.start), day(when.end)
    return (first, last) if first and last and last - first <= _LONGEST else None


def _does(word: Token) -> bool:
    """Whether a word is the verb, or does what the verb says, that the event is told by."""
    return word.pos == "VERB" or (word.dep in ("nsubj", "obl:agent") and word.head.pos == "VERB")


def _days(mention: TimeMention, sentence: Sentence, published: str | None) -> Days | None:
    first, last = map(day, span(mention, sentence, published))
    return (first, last) if first and last else None


def _again(word: Token) -> bool:
    return word.lower in word.words("episodes", "of_events.again") or _marked(word, "again")


def _marked(word: Token, key: str) -> bool:
    listed = word.words("episodes", f"of_events.{key}")
    kids = word.kids("det", "amod", "advmod", "nmod:unmarked", "obl:unmarked", "compound")
    return any(kid.lower in listed for kid in kids)


def _kinds(word: Token) -> frozenset[str]:
    """The kinds of event that a word may be of; none for a word that is of all, as "disaster"."""
    known = _by_word(word.language)
    if word.pos not in ("NOUN", "VERB"):
        return frozenset()
    return next((known[form] for form in forms(word) if form in known), frozenset())


@cache
def _by_word(language: str) -> dict[str, frozenset[str]]:
    rows: dict[str, list[str]] = table("episodes", language)["kinds"]
    each = {word for words in rows.values() for word in words}
    return {word: frozenset(k for k, words in rows.items() if word in words) for word in each}
