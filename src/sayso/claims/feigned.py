"""Texts of which nothing happened: a film retold, a match told in words of war, a mere drill.

What such a text tells is made up, or meant otherwise, from its first word to its last, so it is
the text that decides and no clause of it. Where people who deal with real harm have their say in
it, police or a hospital, it stands as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.grammar.noun_phrase import marks
from sayso.language.trees import Sentence
from sayso.lexicon import table


def feigned(sentences: Sequence[Sentence]) -> str:
    """The word by which a text says that what it tells was only a drill; "" of any other."""
    return next((word for s in sentences if (word := _only_a_drill(s))), "")


def _only_a_drill(sentence: Sentence) -> str:
    """The noun that says what it all was: "it was only a drill"."""
    for noun in sentence.tokens:
        if noun.lemma.lower() in noun.words("modality", "feigned.drills") and noun.kid("cop"):
            only = noun.words("modality", "feigned.only")
            near = (*noun.kids("advmod", "amod"), *noun.head.kids("advmod"))
            if any(t.lower in only for t in near) or not marks(noun).isdisjoint(only):
                return noun.lower
    return ""


def retold(sentences: Sequence[Sentence]) -> str:
    """The first word of a theme, a film or a match, of which a text has words enough, and none of
    what is real; "" of any other. Then it tells of no event; its harms `matter` judges."""
    if not sentences:
        return ""
    language = sentences[0].language
    words = [t.lemma.lower() for s in sentences for t in s.tokens]
    known = table("modality", language)["feigned"]
    if not set(known["real"]).isdisjoint(words):
        return ""
    for theme in known["themes"]:
        said = [word for word in words if word in theme["words"]]
        if len(set(said)) >= theme["least"]:
            return said[0]
    return ""
