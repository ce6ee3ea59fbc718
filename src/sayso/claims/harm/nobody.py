"""Figures of nought: "no one was hurt", "no casualties were reported", "did not kill anyone"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso import lexicon
from sayso.claims.harm.figure import Figure
from sayso.claims.harm.harm import Harm
from sayso.language.grammar.features import is_word
from sayso.language.grammar.polarity import is_none, taken_back
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.records import Count, Kind


def nobody(
    sentence: Sentence, site: Sequence[Sequence[Harm]], counted: Sequence[Quantity]
) -> Iterator[Figure]:
    """Figures of nought: "no one was hurt", "no casualties were reported"."""
    none = lexicon.harm(sentence.language).none
    told: set[tuple[Kind, int]] = set()  # "hurt" is a verb and an adjective of the same harm
    for token in sentence.tokens:
        determiner = next(
            (c for c in token.kids("det", "case") if c.lower in none.determiners), None
        )
        if determiner:
            kinds: list[Kind] = [
                k for k, nouns in none.nouns.items() if token.lemma.lower() in nouns
            ]
            if token.lemma.lower() in none.both:
                kinds = ["killed", "injured"]
            for kind in kinds:
                yield _nought(sentence, kind, [determiner, token], token)
        for harm in site[token.i]:
            for victim in (*harm.victims, *harm.predicate.kids("xcomp")):  # "wounded nobody"
                # "neither Voss nor Brandt was hurt" counts nobody
                named = victim.pos == "PROPN" or _is_one_of_two(victim)
                counted_ = any(victim in q.tokens for q in counted)  # "none of the 12" is a number
                if harm.predicate is victim or named or counted_ or not is_none(victim):
                    continue
                if (harm.kind, harm.predicate.i) not in told:
                    told.add((harm.kind, harm.predicate.i))
                    parts = [*victim.kids("det"), victim, *harm.tokens]
                    yield _nought(sentence, harm.kind, parts, harm.predicate)


def nobody_at_all(sentence: Sentence) -> Iterator[Figure]:
    """Figures of nought of a verb that is denied: "did not kill anyone"."""
    for verb in sentence.tokens:
        nobody = next((o for o in verb.kids("obj", "xcomp") if _is_anybody(o)), None)
        if nobody is None or not taken_back(verb):
            continue
        for kind, lemmas in lexicon.harm(sentence.language).transitive.items():
            if verb.lemma.lower() in lemmas:
                yield _nought(sentence, kind, [verb, nobody], verb)


def _is_anybody(phrase: Token) -> bool:
    """Whether it is anybody at all: "did not hurt anyone", "did not kill any nurses"."""
    own = is_word(phrase, "anybody") and phrase.pos != "DET"  # "injured any" leaves out of whom
    return own or any(is_word(t, "anybody") for t in phrase.kids("det"))


def _is_one_of_two(victim: Token) -> bool:
    """Whether it is one of the two of a "neither ... nor"."""
    return victim.relation == "conj" or any(is_word(c, "correlative") for c in victim.kids("cc"))


def _nought(sentence: Sentence, kind: Kind, parts: list[Token], predicate: Token) -> Figure:
    first, last = min(t.i for t in parts), max(t.i for t in parts)
    tokens = sentence.tokens[first : last + 1]
    text = sentence.quote(tokens[0].start, tokens[-1].end)
    return Figure(
        kind=kind,
        count=Count(low=0, high=0, text=text),
        who=None,
        by=None,
        predicate=predicate,
        tokens=tokens,
        whole=None,
        because={"kind": "harm.nobody", "count": "number.nought"},
    )
