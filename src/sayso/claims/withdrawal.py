"""What an outlet takes back of its own: "we reported that 20 had died. The report was wrong".

Only what it says itself that it had told, in so many words ("this newspaper said", "an earlier
version of this story"), and what stands right behind it in the same paragraph. Others who deny are
for `denial`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.language.grammar.noun_phrase import is_definite
from sayso.language.grammar.polarity import is_denied
from sayso.language.trees import Sentence, Token


def withdrawn(sentences: Sequence[Sentence], index: int, predicate: Token) -> str:
    """The word by which the outlet takes back what it had told of `predicate`, a word of the
    sentence at `index`; "" where it stands by it, or never told it.
    """
    verb = next((above for above in predicate.ancestors() if _tells_itself(above)), None)
    if verb is None:
        return ""
    here = sentences[index]
    behind = [t for t in here.tokens if t.relation == "parataxis" and t.i > predicate.i]
    below = sentences[index + 1 : index + 2]
    near = [t for s in below if s.paragraph == here.paragraph for t in s.tokens]
    behind += [t for t in near if t.relation == "root"]
    return next(iter(w for end in behind for w in _taken_back(end)), "")


def _tells_itself(verb: Token) -> bool:
    """Whether the outlet said it: "we reported", "an earlier version of this story said"."""
    for who in verb.kids("nsubj"):
        words = who.subtree()
        if who.lower in who.words("modality", "withdrawn.voices"):
            return True
        own = any(t.lower in who.words("modality", "withdrawn.own") for t in words)
        if own and who.lemma.lower() in who.words("modality", "withdrawn.papers"):
            return True
    return False


def _taken_back(word: Token) -> Iterator[str]:
    """The word by which a clause calls untrue what was told, or takes it back."""
    what = word.words("modality", "denied.tales") | word.words("modality", "withdrawn.papers")
    undoing = word.words("modality", "withdrawn.verbs")
    if word.lemma.lower() in undoing and not is_denied(word):
        told = word.kids("obj", "nsubj:pass")
        if any(t.lemma.lower() in what or _points_back(t) for t in told):
            yield word.lower
    about = [s for s in word.kids("nsubj") if _points_back(s) or s.lemma.lower() in what]
    known = any(_points_back(s) or is_definite(s) for s in about)
    forms = {word.lemma.lower(), word.lower}
    false = bool(forms & word.words("modality", "denied.false")) and not is_denied(word)
    untrue = bool(forms & word.words("modality", "denied.if_negated")) and is_denied(word)
    if known and (false or untrue):
        yield word.lower


def _points_back(word: Token) -> bool:
    """Whether it stands for what was just said: "it", "that", "this"."""
    alone = word.pos in ("PRON", "DET")
    return alone and word.lower in word.words("modality", "withdrawn.pointing")
