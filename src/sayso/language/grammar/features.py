"""The form of a word, by its universal part of speech and features.

https://universaldependencies.org/u/feat/ has the names. One place for them, so that no rule asks
for the tags of one treebank.
"""

from __future__ import annotations

from typing import Literal

from sayso.language.trees import Token

Gender = Literal["f", "m", "n"]
_GENDERS: dict[Gender, str] = {"f": "Gender=Fem", "m": "Gender=Masc", "n": "Gender=Neut"}


def is_word(token: Token, role: str) -> bool:
    """Whether the word, as written or by its lemma, stands in that list of the table of grammar."""
    entries = token.words("grammar", role)
    return token.lower in entries or token.lemma.lower() in entries


def is_verb(token: Token) -> bool:
    """Whether it is a verb or auxiliary, or a verb's form that stands as an adjective or noun."""
    return token.pos in ("VERB", "AUX") or "VerbForm=" in token.feats


def is_finite(token: Token) -> bool:
    """Whether it is a verb with a tense of its own: "killed" in "troops killed two", "has"."""
    return "VerbForm=Fin" in token.feats and "Mood=Imp" not in token.feats


def is_past(token: Token) -> bool:
    """Whether it is a finite verb in the past tense."""
    return is_finite(token) and "Tense=Past" in token.feats


def is_present(token: Token) -> bool:
    """Whether it is a finite verb in the present tense."""
    return is_finite(token) and "Tense=Pres" in token.feats


def is_infinitive(token: Token) -> bool:
    """Whether it is a bare verb: "to kill", "may kill", and an order, which looks the same; behind
    its "to" also where the engine has taken it for a noun: "plans to jail two".
    """
    if "VerbForm=" not in token.feats and token.pos == "VERB":
        return any(is_word(mark, "infinitive") for mark in token.kids("mark"))
    return "VerbForm=Inf" in token.feats or "Mood=Imp" in token.feats


def is_past_participle(token: Token) -> bool:
    """Whether it is a participle of the past: "were killed", "have killed", "those killed"."""
    return "VerbForm=Part" in token.feats and "Tense=Past" in token.feats


def is_gerund(token: Token) -> bool:
    """Whether it is a present participle or a gerund: "killing twelve", "by killing"."""
    present = "VerbForm=Part" in token.feats and "Tense=Pres" in token.feats
    return present or "VerbForm=Ger" in token.feats


def is_plural(token: Token) -> bool:
    """Whether it is a noun or name in the plural."""
    return token.pos in ("NOUN", "PROPN") and (
        "Number=Plur" in token.feats or "Number=Ptan" in token.feats
    )


def is_singular_noun(token: Token) -> bool:
    """Whether it is a noun or name in the singular."""
    return token.pos in ("NOUN", "PROPN") and "Number=Sing" in token.feats


def is_superlative(token: Token) -> bool:
    """Whether it is an adjective or adverb of the highest degree: "the worst", "most"."""
    return "Degree=Sup" in token.feats


def is_demonstrative(token: Token) -> bool:
    """Whether it points: "this", "that", "these", "those"."""
    return "PronType=Dem" in token.feats


def is_relative(token: Token) -> bool:
    """Whether it is the pronoun of a relative clause: "who", "which", "that", "whom"."""
    return token.pos in ("PRON", "DET", "SCONJ") and (
        "PronType=Rel" in token.feats or is_word(token, "relative")
    )


def is_possessive(token: Token) -> bool:
    """Whether it is a possessive pronoun: "her son"."""
    return "Poss=Yes" in token.feats


def is_personal(token: Token) -> bool:
    """Whether it is a personal pronoun that stands for a noun: "he", "them", "us"."""
    return "PronType=Prs" in token.feats and not is_possessive(token)


def is_third_person(token: Token) -> bool:
    """Whether it is a pronoun that goes back to somebody or something: "he", "they", "its"."""
    return "PronType=Prs" in token.feats and "Person=3" in token.feats


def stands_for_many(token: Token) -> bool:
    """Whether it is "they", "them" or "their"."""
    return is_third_person(token) and "Number=Plur" in token.feats


def gender(token: Token) -> Gender | None:
    """The gender that a word shows by its form, None where it shows none."""
    return next((g for g, feat in _GENDERS.items() if feat in token.feats), None)


def is_definite(token: Token) -> bool:
    """Whether it is the definite article: "the"."""
    return "Definite=Def" in token.feats


def is_interrogative(token: Token) -> bool:
    """Whether it opens a relative clause or a question: "who", "which", "whose", "where", "why"."""
    return "PronType=Rel" in token.feats or "PronType=Int" in token.feats


def is_genitive(token: Token) -> bool:
    """Whether it is the mark of a genitive, a word of its own: the "'s" of "Voss's"."""
    return token.pos == "PART" and token.dep == "case"


def is_reflexive(token: Token) -> bool:
    """Whether it is a reflexive pronoun: "himself"."""
    return "Reflex=Yes" in token.feats
