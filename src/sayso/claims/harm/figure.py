"""A figure as its sentence states it, and how those that it counts are named."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.claims.event.actors import actors
from sayso.claims.harm.singles import stood_for, wording
from sayso.language.grammar.features import is_personal, is_plural
from sayso.language.grammar.noun_phrase import genitives
from sayso.language.groups import category, party
from sayso.language.people import is_collective
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.records import Count, Kind, Party


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure as its sentence states it; `count` is None where it says people and no number.

    `tokens` are the evidence, contiguous; `whole` is the figure of the text that this one is part
    of; `because` names the rule that made each field; `partial` is true where its own words say
    that it counts some of others ("three of them"), whether or not these are known; `noun` heads
    the words for those counted.
    """

    kind: Kind
    count: Count | None
    who: Party | None
    by: Party | None
    predicate: Token
    tokens: tuple[Token, ...]
    whole: Figure | None
    because: dict[str, str]
    partial: bool = False
    noun: Token | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether the text gives it a number, were it only of one person or of nobody."""
        return self.count is not None and self.because["count"] != "number.not-given"


def several(figure: Figure) -> bool:
    """Whether it may count more than one."""
    return figure.count is not None and figure.count.high != 1


def named(sentence: Sentence, victim: Token) -> Party:
    """One person, as the text names them."""
    name = wording(victim)
    text = sentence.quote(name[0].start, name[-1].end)
    return Party(text=text, category=category(victim))


def party_of(quantity: Quantity | None, victim: Token) -> Party | None:
    """The people counted, unless the number stands alone ("13 were killed", "13 dead"); of "two of
    them" those for whom the pronoun stands."""
    alone = quantity and (
        victim in (*quantity.tokens, *whole_tokens(quantity))
        or victim.pos == "NUM"
        or victim.lower in victim.words("harm", "alone.words")
    )
    if not alone:
        return party(victim)
    those = meant(victim)
    return None if those is None else party(those)


def meant(number: Token) -> Token | None:
    """Those of whom a number counts some, where its own sentence names them: the gunmen of "pursued
    the gunmen and killed five of them"."""
    those = (stood_for(p) for p in genitives(number) if number.pos == "NUM" and is_personal(p))
    return next(those, None)


def of_their_side(who: Party | None, loser: Token | None) -> Party | None:
    """Those whom somebody lost, as of the loser's side where their own words leave it open: "the
    army lost one man", and not a nurse who lost her husband."""
    if loser is None or who is None or who.category != "unspecified":
        return who
    side = actors(loser, loser.head)[:1] if loser.pos == "PRON" else (loser,)
    many = [s for s in side if is_plural(s) or is_collective(s)]
    return Party(text=who.text, category=category(many[0])) if many else who


def whole_tokens(quantity: Quantity) -> tuple[Token, ...]:
    """The number of the whole that a figure is a share of."""
    return quantity.whole.tokens if quantity.whole else ()
