"""Who and what fills the slots of a template: dealt evenly, and only what goes together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from grid.words import Doer, Figure, Group, Noun, Verb, Words, group

SLOT = re.compile(r"\{(\w+)(?::([^{}]+))?\}")
FIGURES = "number number number number one one hedge hedge vague collective range plural named"
"""Sorts of figures for those who suffer, as often as they are dealt."""

HARMS = "killed injured detained abducted displaced hospitalised"
SOMEBODY = "state armed body person crowd"
NAMES = {"P": "places", "Q": "places", "S": "sayers", "R": "sayers", "O": "bosses", "when": "days"}
ACTIVE = ("base", "now", "past", "part", "ing")
"""Forms of a verb that may have behind them those to whom it is done."""

ONE_PERSON = ("one", "named", "aged")
SELF_MADE = ("named", "aged", "pair", "bracket")
"""Figures that say themselves who it is."""

LONG = ("bracket", "including", "aged")
MANY = ("hedge", "vague", "range")


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
        return self.decks.setdefault(name, Deck(cards, self.random)).deal(fits)

    def verb(self, wanted: str, fits: Callable[[Verb], bool]) -> Verb:
        """A verb of the wanted kinds or names."""
        names = wanted.split()
        cards = [
            verb
            for verb in self.words.verbs.values()
            if verb.id in names or (verb.kind in names and not verb.by_name)
        ]
        dealt: Verb = self.deal(("verb", wanted), cards, fits)
        return dealt

    def doer(self, wanted: str, fits: Callable[[Doer], bool]) -> Doer:
        """Somebody or something of the wanted sorts."""
        cards = [doer for doer in self.words.doers if doer.sort in wanted.split()]
        dealt: Doer = self.deal(("doer", wanted), cards, fits)
        return dealt

    def group(self, wanted: str, people: str, fits: Callable[[str], bool]) -> Group:
        """People of a figure of the wanted sorts, those of `people` only if it names sorts."""
        sort = self.deal(("sort", wanted), wanted.split(), fits)
        figures = [figure for figure in self.words.figures if figure.sort == sort]
        nouns = [noun for noun in self.words.nouns if not people or noun.sort in people.split()]
        figure: Figure = self.deal(("figure", sort), figures, lambda card: True)
        noun: Noun = self.deal(("noun", people), nouns, lambda card: True)
        return group(figure, noun)

    def name(self, what: str) -> str:
        """A place, a day or a sayer."""
        dealt: str = self.deal((what,), getattr(self.words, what), lambda card: True)
        return dealt


@dataclass
class Cast:
    """What the slots of one template were dealt, by their letters."""

    verbs: dict[str, Verb] = field(default_factory=dict)
    doers: dict[str, Doer] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def cast(template: str, fill: dict[str, Any], rows: list[str], dealer: Dealer) -> Cast:
    """A cast for the slots of a template, verbs and doers that go together first. `rows` are the
    claims. Raises `Unfit` where what was dealt does not go together."""
    slots = [(slot[1], slot[2] or "") for slot in SLOT.finditer(template)]
    used = {word for name, rest in slots for word in (name, *re.findall(r"\w+", rest))}
    made = Cast()
    for verb, doer in (("V", "D"), ("W", "E")):
        if verb in used:
            nominal = any(name == verb and rest == "noun" for name, rest in slots)
            by = doer if doer in used else "D" if verb == "W" and "D" in used else ""
            made.verbs[verb] = a_verb(fill, verb, by, nominal, made, dealer)
        if doer in used:
            done = made.verbs.get(verb) or made.verbs.get("V")
            made.doers[doer] = a_doer(fill.get(doer, SOMEBODY), done, made, dealer)
    for letter in sorted(used & set("ABC")):
        made.groups[letter] = a_group(fill, letter, rows, slots, made, dealer)
    heads = [h for g in made.groups.values() for c in g.counts for h in c.heads]
    if len(set(heads)) < len(heads):
        raise Unfit
    for letter, what in NAMES.items():
        if letter in used:
            made.names[letter] = dealer.name(what)
    if len(set(made.names.values())) < len(made.names):
        raise Unfit
    return made


def a_verb(
    fill: dict[str, Any], letter: str, by: str, nominal: bool, made: Cast, dealer: Dealer
) -> Verb:
    """A verb for a slot: with a noun of its own where that is asked for, and such as the doer can
    do, or one of the sorts of doers that may come."""
    doer = made.doers.get(by)
    sorts = set(fill.get(by, SOMEBODY).split()) if by and not doer else set()
    sorts = {doer.acts_as} if doer else sorts | ({"armed"} if "body" in sorts else set())
    earlier = list(made.verbs.values())
    return dealer.verb(
        fill.get(letter, HARMS),
        lambda v: (
            v not in earlier and (bool(v.noun) or not nominal) and (not by or bool(sorts & v.by))
        ),
    )


def a_doer(wanted: str, done: Verb | None, made: Cast, dealer: Dealer) -> Doer:
    """Somebody or something of the wanted sorts that can do what is done, and has no part yet."""
    return dealer.doer(
        wanted,
        lambda d: (done is None or d.acts_as in done.by) and d not in made.doers.values(),
    )


def a_group(
    fill: dict[str, Any],
    letter: str,
    rows: list[str],
    slots: list[tuple[str, str]],
    made: Cast,
    dealer: Dealer,
) -> Group:
    """People for a slot, such as the verb that its claim names can be done to."""
    words = next((row.split() for row in rows if letter in row.split()), [])
    verb = next((made.verbs[w] for w in words if w in made.verbs), made.verbs.get("V"))
    as_object = any(
        rest.split()[0] in ACTIVE and letter in re.findall(r"\w+", rest)
        for _, rest in slots
        if rest
    )
    people = fill.get("people", "")
    if verb and verb.of:
        people = verb.of
    elif not people:  # police do not arrest policemen, as a rule, nor rebels abduct rebels
        by_state = any(doer.sort == "state" for doer in made.doers.values())
        people = "civilian official fighter" if by_state else "civilian official uniformed"
    return dealer.group(fill.get(letter, FIGURES), people, lambda s: suits(s, verb, as_object))


def suits(sort: str, verb: Verb | None, as_object: bool) -> bool:
    """Whether figures of a sort go with a verb: one person is not massacred, hundreds are not
    strangled, and nobody writes "shot 24 civilians (nine women, four children) dead"."""
    if verb is None:
        return True
    if (verb.many and sort in ONE_PERSON) or (verb.few and sort in MANY):
        return False
    if verb.of in ("fighter", "uniformed") and sort in SELF_MADE:
        return False
    return not (as_object and verb.tail and sort in LONG)
