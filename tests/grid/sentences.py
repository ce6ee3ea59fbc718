"""One sentence of the grid from a template, with the right answer.

A template is text with slots: `{A}` `{B}` `{C}` people who suffer, `{D}` `{E}` who act, `{P}` `{Q}`
places, `{S}` `{R}` who say so, `{V:past A}` `{W:part}` a verb in a form, with what it is done to, and
`{when}` a day. `{A:were}` and `{D:have}` agree; `{D:the}` is definite, `{D:own}` possessive. Where a
construction says nothing of claims, V was done to A, by D if there is one.

A claim is `[REALITY] KIND FIGURE [by DOER]`: real, said (told as somebody's word and marked so),
unreal (stays out, is marked, or counts nought) or may (right with and without it); V, W or kinds of
the record (a/b: either); A, B, C or a count as in figures.toml; D, E, "-" nobody, "?" not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from grid.words import Counted, Doer, Figure, Group, Noun, Verb, Words, counted, group, tokens

SLOT = re.compile(r"\{(\w+)(?::([^{}]+))?\}")
AGREE = {
    "were": ("was", "were"),
    "are": ("is", "are"),
    "have": ("has", "have"),
    "do": ("does", "do"),
    "they": ("it", "they"),
    "their": ("its", "their"),
    "hits": ("hits", "hit"),
    "seem": ("seems", "seem"),
}
FIGURES = "number number number number one one hedge hedge vague collective range plural named"
HARMS = "killed injured detained abducted displaced hospitalised"
SOMEBODY = "state armed person crowd"
ONE_PERSON = ("one", "named", "aged")
LONG = ("bracket", "including", "aged")
ACTIVE = ("base", "now", "nowE", "past", "part", "ing")


class Unfit(Exception):
    """What was dealt makes no sentence: deal again."""


@dataclass
class Deck:
    """Things dealt evenly: none comes again before the others that fit have come."""

    cards: Sequence[Any]
    random: Random
    pile: list[Any] = field(default_factory=list)

    def deal(self, fits: Callable[[Any], bool]) -> Any:
        """The next that fits. Raises `Unfit` where none does."""
        for _ in range(2):
            for at, card in enumerate(self.pile):
                if fits(card):
                    return self.pile.pop(at)
            fresh = list(self.cards)
            self.random.shuffle(fresh)
            self.pile += fresh
        raise Unfit


@dataclass
class Dealer:
    """The words of the grid, dealt evenly over the sentences of one construction."""

    words: Words
    random: Random
    decks: dict[tuple[str, ...], Deck] = field(default_factory=dict)

    def deal(self, name: tuple[str, ...], cards: Sequence[Any], fits: Callable[[Any], bool]) -> Any:
        """A card of the deck of that name, which is made of `cards` when it is first asked for."""
        deck = self.decks.setdefault(name, Deck(cards, self.random))
        return deck.deal(fits)

    def verb(self, wanted: str, fits: Callable[[Verb], bool]) -> Verb:
        """A verb of the wanted kinds or names."""
        names = wanted.split()
        cards = [v for v in self.words.verbs.values() if v.id in names or v.kind in names]
        dealt: Verb = self.deal(("verb", wanted), cards, fits)
        return dealt

    def doer(self, wanted: str, fits: Callable[[Doer], bool]) -> Doer:
        """Somebody or something of the wanted sorts."""
        cards = [d for d in self.words.doers if d.sort in wanted.split()]
        dealt: Doer = self.deal(("doer", wanted), cards, fits)
        return dealt

    def group(self, wanted: str, verb: Verb | None, by: Doer | None, as_object: bool) -> Group:
        """People of a figure of the wanted sorts, to whom the doer may do what the verb says."""
        sort = self.deal(("sort", wanted), wanted.split(), lambda s: suits(s, verb, as_object))
        figure: Figure = self.deal(
            ("figure", sort), [f for f in self.words.figures if f.sort == sort], lambda f: True
        )
        noun: Noun = self.deal(("noun",), self.words.nouns, lambda n: befalls(n, verb, by))
        return group(figure, noun)

    def one_of(self, what: str) -> str:
        """A place, a day or a sayer."""
        dealt: str = self.deal((what,), getattr(self.words, what), lambda word: True)
        return dealt


def suits(sort: str, verb: Verb | None, as_object: bool) -> bool:
    """Whether figures of a sort go with a verb: one person is not massacred, and nobody writes
    "shot 24 civilians (nine women, four children) dead"."""
    if verb is None:
        return True
    if verb.many and sort in ONE_PERSON or (verb.id == "capture" and sort in ("named", "aged")):
        return False
    return not (as_object and verb.tail and sort in LONG)


def befalls(noun: Noun, verb: Verb | None, by: Doer | None) -> bool:
    """Whether what the verb says is done to such people, and by such a doer."""
    if verb and verb.of and noun.sort not in verb.of:
        return False
    return not (by and by.sort == "state" and noun.sort == "uniformed")


@dataclass(frozen=True)
class Sentence:
    """A sentence, the claims it makes, and the words of those who must never be counted."""

    text: str
    verbs: tuple[str, ...]
    claims: tuple[dict[str, Any], ...]
    never: tuple[str, ...]


@dataclass
class Cast:
    """What the slots of one template were dealt."""

    verbs: dict[str, Verb] = field(default_factory=dict)
    doers: dict[str, Doer] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def make(template: str, fill: dict[str, Any], dealer: Dealer) -> Sentence:
    """A sentence of a template. Raises `Unfit` where what was dealt makes none, and `KeyError` or
    `ValueError` where the template is at fault."""
    rows: list[str] = fill.get("claims", ["V A"])
    cast = dealt(template, fill, rows, dealer)
    text = SLOT.sub(lambda slot: said(slot, cast), template)
    text = re.sub(r",(?=\s*[,.;:?)])", "", text)
    text = text[0].upper() + text[1:]
    claims = [claim for row in rows for claim in claimed(row, cast)]
    stays_out = never(fill, rows, cast)
    named = tokens(*(word for claim in claims for word in claim["who"] or ()))
    told = [g for letter, g in cast.groups.items() if is_told(letter, rows)]
    if stays_out & (
        named | tokens(*(g.text for g in told)) - tokens(*(n for g in told for n in g.never))
    ):
        raise Unfit
    return Sentence(
        text, tuple(v.id for v in cast.verbs.values()), tuple(claims), tuple(sorted(stays_out))
    )


def is_told(letter: str, rows: list[str]) -> bool:
    """Whether some claim counts that group."""
    return any(letter in row.split() for row in rows)


def dealt(template: str, fill: dict[str, Any], rows: list[str], dealer: Dealer) -> Cast:
    """A cast for the slots of a template: verbs and doers that go together, then the others."""
    slots = [(m[1], m[2] or "") for m in SLOT.finditer(template)]
    used = set(re.findall(r"\w+", " ".join(f"{name} {rest}" for name, rest in slots)))
    cast = Cast()
    for verb, doer in (("V", "D"), ("W", "E")):
        if verb in used:
            with_noun = any(name == verb and rest.startswith("noun") for name, rest in slots)
            earlier = set(cast.verbs.values())
            shared = cast.doers.get("D") if verb == "W" and "E" not in used else None
            sorts = set(fill.get(doer, SOMEBODY).split())
            cast.verbs[verb] = dealer.verb(
                fill.get(verb, HARMS),
                lambda v: (
                    v not in earlier
                    and (bool(v.noun) or not with_noun)
                    and (not shared or shared.sort in v.by)
                    and (doer not in used or bool(sorts & v.by))
                ),
            )
        if doer in used:
            done = cast.verbs.get(verb) or cast.verbs.get("V")
            cast.doers[doer] = dealer.doer(
                fill.get(doer, SOMEBODY),
                lambda d: (done is None or d.sort in done.by) and d not in cast.doers.values(),
            )
    for letter in "ABC":
        if letter in used:
            row = next((row.split() for row in rows if letter in row.split()), [])
            verb = next((cast.verbs[w] for w in row if w in cast.verbs), cast.verbs.get("V"))
            as_object = any(
                rest.split()[0] in ACTIVE and letter in re.findall(r"\w+", rest)
                for _, rest in slots
                if rest
            )
            by = cast.doers.get("D")
            cast.groups[letter] = dealer.group(fill.get(letter, FIGURES), verb, by, as_object)
    if len({noun for g in cast.groups.values() for c in g.counts for noun in c.heads}) < len(
        [noun for g in cast.groups.values() for c in g.counts for noun in c.heads]
    ):
        raise Unfit
    for letter, what in (
        ("P", "places"),
        ("Q", "places"),
        ("S", "sayers"),
        ("R", "sayers"),
        ("when", "days"),
    ):
        if letter in used:
            cast.names[letter] = dealer.one_of(what)
    return cast


def said(slot: re.Match[str], cast: Cast) -> str:
    """What is written for a slot."""
    name, rest = slot[1], slot[2] or ""
    if name in cast.names:
        return bare(cast.names[name]) if rest == "bare" else cast.names[name]
    if name in cast.verbs:
        form, _, done_to = rest.partition(" ")
        people = re.sub(r"\b[ABC]\b", lambda m: cast.groups[m[0]].text, done_to)
        return conjugated(cast.verbs[name], form, people, cast.doers)
    if name in cast.doers:
        doer = cast.doers[name]
        if rest == "own":
            return doer.text + ("'" if doer.text.endswith("s") else "'s")
        if rest == "the":
            return doer.the
        if rest == "bare":
            return bare(doer.text)
        if rest == "who":
            return "which" if doer.text.startswith("the ") else "who"
        return AGREE[rest][doer.many] if rest else doer.text
    people_of = cast.groups[name]
    if rest in AGREE:
        return AGREE[rest][people_of.many]
    if rest == "own":
        return people_of.text + ("'" if people_of.text.endswith("s") else "'s")
    return people_of.first if rest == "first" or slot.start() == 0 else people_of.text


def bare(text: str) -> str:
    """A noun phrase as headlines have it."""
    return re.sub(r"^(a|an|the) ", "", text)


def conjugated(verb: Verb, form: str, people: str, doers: dict[str, Doer]) -> str:
    """A verb with the people to whom it is done: "shot nine monks dead", "gunned down nine monks"."""
    if form in ("now", "nowE"):
        subject = doers.get("E" if form == "nowE" else "D")
        word = verb.base if subject is None or subject.many else verb.now
    else:
        word = getattr(verb, form)
    if form == "noun":
        return str(word)
    return " ".join(part for part in (word, verb.particle, people, verb.tail) if part)


def claimed(row: str, cast: Cast) -> list[dict[str, Any]]:
    """The claims of one row of a construction."""
    words, _, by = row.partition(" by ")
    parts = words.split()
    reality = parts.pop(0) if parts[0] in ("real", "said", "unreal", "may") else "real"
    kind = parts.pop(0)
    kinds = (cast.verbs[kind].kind if kind in cast.verbs else kind).split("/")
    group = cast.groups.get(parts[0])
    counts = group.counts if group else (counted(" ".join(parts)),)
    done_by = by_whom(by, cast)
    return [
        claim(kinds, c if reality == "real" else replace(c, reality=reality), done_by)
        for c in counts
    ]


def by_whom(by: str, cast: Cast) -> list[str] | None:
    """The words of which one names who did it: None for nobody, empty where it is not judged."""
    if by in ("-", "?"):
        return None if by == "-" else []
    doer = cast.doers.get(by or "D")
    if doer is None:
        return None
    return [doer.head] if doer.is_somebody else []


def claim(kinds: list[str], people: Counted, by: list[str] | None) -> dict[str, Any]:
    """A claim as the file has it. Nought counts nobody: it is unreal."""
    reality = "unreal" if people.high == 0 else people.reality
    return {
        "reality": reality,
        "kinds": kinds,
        "low": people.low,
        "high": people.high,
        "who": list(people.heads),
        "by": [] if reality in ("unreal", "may") else by,
        "part": people.part,
    }


def never(fill: dict[str, Any], rows: list[str], cast: Cast) -> set[str]:
    """The words of all who act, say so or are places, and of groups that come to no harm."""
    found = tokens(*fill.get("never", ()))
    found |= tokens(*(doer.text for doer in cast.doers.values()))
    found |= tokens(*(name for letter, name in cast.names.items() if letter != "when"))
    for letter, people in cast.groups.items():
        if is_told(letter, rows):
            found |= set(people.never)
        else:
            found |= tokens(*(head for c in people.counts for head in c.heads))
    return found
