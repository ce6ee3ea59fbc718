"""In what unit a figure counts, and how those it counts came to be displaced or wrecked."""

from __future__ import annotations

from sayso import lexicon
from sayso.claims.harm.figure import Figure
from sayso.claims.harm.things import is_home
from sayso.language.trees import Token
from sayso.records import Manner, Unit


def unit(figure: Figure) -> Unit:
    """What a figure counts: homes, households ("40 families fled"), else people; one family is of
    people, whom nobody has counted."""
    noun = figure.noun
    if noun is None:
        return "people"
    if is_home(noun):
        return "homes"
    many = figure.count is not None and figure.count.high != 1
    household = noun.lemma.lower() in noun.words("harm", "households.words")
    return "households" if household and many else "people"


def manner(figure: Figure) -> Manner | None:
    """How people came to be displaced, or what became of homes, by the word that tells it; None
    where none does."""
    word = figure.predicate
    if figure.kind == "homes":
        return _wreck(word, figure.noun)
    if figure.kind != "displaced":
        return None
    for said in (word, *figure.tokens):
        for name, words in lexicon.harm(word.language).manner.items():
            if said.lemma.lower() in words or said.lower in words:
                return name
    return None


def _wreck(word: Token, noun: Token | None) -> Manner:
    homes = lexicon.harm(word.language).homes
    told = [t for t in (word, noun) if t is not None]
    partly = any(c.lower in homes.partly for t in told for c in t.kids("advmod", "amod"))
    total = {word.lemma.lower(), word.lower} & {*homes.destroyed.said()}
    return "destroyed" if total and not partly else "damaged"
