"""Pieces of gold trees: cut out of treebanks, joined to new sentences by `splice.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import spacy
from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a piece of tree; `head` is an index in the same piece, None for what heads it."""

    form: str
    tag: str
    pos: str
    dep: str
    head: int | None
    feats: str = ""
    lemma: str = ""


Piece = list[Word]

QUOTES = frozenset("\"“”‘’'`") | {"''", "``"}
UNFIT = QUOTES | {",", ":", ";", "(", ")", "?", "-LRB-", "-RRB-", "--", "…", "..."}
SAYERS = frozenset(
    "ministry police official spokesman spokeswoman agency government army military witness source "
    "group report minister authority medium officer commander company department leader".split()
)
SAYING = frozenset(
    "say report tell announce add confirm claim state warn note write explain".split()
)


def piece(tokens: list[Token], root: Token) -> Piece:
    """The tree under a token, cut out."""
    at = {t.i: k for k, t in enumerate(tokens)}
    return [
        Word(
            t.text, t.tag_, t.pos_, t.dep_, None if t.i == root.i else at[t.head.i],
            str(t.morph), t.lemma_,
        )
        for t in tokens
    ]  # fmt: skip


def clause(sentence: Span) -> Piece | None:
    """A plain declarative sentence without its full stop, or None where it is not one."""
    root, words = sentence.root, list(sentence)
    plain = (
        6 <= len(words) <= 24
        and words[-1].text == "."
        and words[0].text[:1].isupper()
        and words[0].dep_ != "cc"
        and root.pos_ in ("VERB", "ADJ", "NOUN")
        and any(c.dep_.startswith("nsubj") for c in root.children)
        and not any(t.text in UNFIT for t in words)
        and not any(t.dep_ in ("parataxis", "discourse", "vocative", "reparandum") for t in words)
        and not any(c.dep_ == "ccomp" and c.i < root.i for c in root.children)
        and not any("Mood=Imp" in str(t.morph) for t in words[:2])
    )
    return piece(words[:-1], root) if plain else None


def sayer(token: Token) -> Piece | None:
    """A short subject that may say things, or None."""
    words = list(token.subtree)
    fit = (
        token.dep_ == "nsubj"
        and token.head.pos_ == "VERB"
        and token.pos_ in ("NOUN", "PROPN")
        and (token.pos_ == "PROPN" or token.head.lemma_ in SAYING or token.lemma_.lower() in SAYERS)
        and len(words) <= 9
        and words[-1].i - words[0].i + 1 == len(words)
        and not any(
            w.dep_ in ("acl:relcl", "ccomp", "advcl", "parataxis", "conj") or w.text in UNFIT
            for w in words
        )
    )
    return lowered(piece(words, token)) if fit else None


def lowered(words: Piece) -> Piece:
    """The piece as it stands inside a sentence."""
    first = words[0]
    name = first.pos == "PROPN" or first.form == "I" or first.form.startswith("I'")
    name = name or (len(first.form) > 1 and first.form.isupper())
    name = name or (first.pos == "ADJ" and first.lemma[:1].isupper())
    if name:
        return words
    return [replace(first, form=first.form[:1].lower() + first.form[1:]), *words[1:]]


def root_of(words: Piece) -> int:
    """Which word heads the piece."""
    return next(i for i, w in enumerate(words) if w.head is None)


class Sentence:
    """A sentence being joined; pieces are added left to right, and hung where they belong."""

    def __init__(self) -> None:
        self.words: Piece = []

    def add(self, words: Piece, dep: str = "", head: int | None = None) -> int:
        """Puts a piece at the end; says where its own head now stands."""
        offset = len(self.words)
        for w in words:
            if w.head is None:
                self.words.append(replace(w, dep=dep or w.dep, head=head))
            else:
                self.words.append(replace(w, head=w.head + offset))
        return offset + root_of(words)

    def hang(self, i: int, head: int) -> None:
        """Hangs word i on another."""
        self.words[i] = replace(self.words[i], head=head)

    def mark(self, form: str, head: int | None) -> int:
        """A punctuation mark at the end."""
        tag = {"“": "``", "”": "''"}.get(form, form)
        return self.add([Word(form, tag, "PUNCT", "punct", None, "", form)], "punct", head)

    def doc(self, vocab: spacy.Vocab) -> Doc:
        """As spaCy has it, with a capital and with spaces as they are printed."""
        words = self.words
        forms = [w.form for w in words]
        forms[0] = forms[0][:1].upper() + forms[0][1:]
        tight = (",", ".", "”", "'s", "’s", "n't", "n’t", "%", "-")
        spaces = [
            not (b.form in tight or a.form in ("“", "$", "-") or b.form.startswith(("'", "’")))
            for a, b in pairwise(words)
        ]
        return Doc(
            vocab,
            words=forms,
            spaces=[*spaces, False],
            tags=[w.tag for w in words],
            pos=[w.pos for w in words],
            morphs=[w.feats for w in words],
            lemmas=[w.lemma or w.form for w in words],
            heads=[i if w.head is None else w.head for i, w in enumerate(words)],
            deps=["ROOT" if w.head is None else w.dep for w in words],
        )


def subject(words: Piece) -> tuple[int, int] | None:
    """Where the subject of a clause begins and ends, if it opens the clause and is one stretch."""
    root = root_of(words)
    if words[root].tag not in ("VBD", "VBN") or any(w.dep == "cop" for w in words):
        return None
    top = next((i for i, w in enumerate(words) if w.head == root and w.dep.startswith("nsubj")), -1)
    if top < 0 or words[top].pos not in ("NOUN", "PROPN"):
        return None
    under = {top}
    while True:
        more = {i for i, w in enumerate(words) if w.head in under} - under
        if not more:
            break
        under |= more
    end = max(under) + 1
    return (0, end) if under == set(range(end)) else None


def bare(words: Piece) -> Piece:
    """The piece without its articles and without auxiliaries that nothing hangs on."""
    heads = {w.head for w in words}
    keep = [
        i
        for i, w in enumerate(words)
        if i in heads
        or not (w.form.lower() in ("a", "an", "the") or w.dep == "aux:pass" or w.form == "has")
    ]
    at = {old: new for new, old in enumerate(keep)}
    return [
        replace(words[i], head=None if words[i].head is None else at[words[i].head]) for i in keep
    ]


def joining(word: str) -> Word:
    """A conjunction; the caller hangs it on what it introduces."""
    if word == "while":
        return Word(word, "IN", "SCONJ", "mark", None, "", word)
    return Word(word, "CC", "CCONJ", "cc", None, "", word)


def singular(noun: str) -> str:
    """The lemma of one of the groups above."""
    odd = {"people": "person", "children": "child", "women": "woman", "men": "man",
           "fishermen": "fisherman"}  # fmt: skip
    return odd.get(noun, noun.removesuffix("s"))
