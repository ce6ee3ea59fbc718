"""One cue: the words by which a sentence says that somebody says something.

The shape that `cues` fills and `content` reads, and the tables of verbs and nouns of saying with
their inflected forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import asdict

from sayso import lexicon
from sayso.language.grammar.features import is_gerund, is_word
from sayso.language.trees import Token
from sayso.lexicon.shapes import Shape


@dataclass(slots=True, eq=False)
class Cue:
    """One cue in one sentence.

    `sayer` is empty where nobody is named; `inverted` = "said the mayor"; `apart` = the sayer does
    not stand beside the cue; `kind` is the class of the cue in `saying.toml`; `form` is "verb",
    "according", "noun", "colon", "citation" or "short", which leaves out the verb of its `model`;
    `origin` speaks through the sayer, `relays` pass on what the sayer said; `antecedent` is what a
    sayer "who" stands for.
    """

    sentence: int
    token: Token
    words: list[Token]
    lemma: str
    kind: str
    form: str
    sayer: list[Token] = field(default_factory=list)
    hearer: list[Token] = field(default_factory=list)
    inverted: bool = False
    apart: bool = False
    negated: bool = False
    relays: list[list[Token]] = field(default_factory=list)
    antecedent: list[Token] = field(default_factory=list)
    origin: list[Token] = field(default_factory=list)
    rule: str = ""
    model: Cue | None = None

    @property
    def is_citing(self) -> bool:
        """Whether it only names whom the sayer cites: "citing X", "which quoted X"."""
        return self.lemma in self.token.words("saying", "usage.citing") and (
            is_gerund(self.token) or (self.rule == "relative-clause" and not self.origin)
        )

    @property
    def block(self) -> tuple[int, int]:
        """First and last token index of cue, sayer and hearer where they stand together."""
        inside = [t.i for t in [*self.words, *self.hearer]]
        if not self.apart:
            inside += [t.i for t in self.sayer]
        return min(inside), max(inside)


@cache
def verbs(language: str) -> dict[str, str]:
    """Every verb of saying, by its lemma -> its class."""
    return _classes(lexicon.saying(language).verbs)


@cache
def nouns(language: str) -> dict[str, str]:
    """Every noun that names a saying -> its class."""
    return _classes(lexicon.saying(language).nouns)


def _classes(listed: Shape) -> dict[str, str]:
    return {word: name for name, words in asdict(listed).items() for word in words}


def upholds(verb: Token) -> Token | None:
    """The figure told before to which a verb says that somebody holds: "stood by its toll of 19",
    "maintained its count of 19"."""
    markers = lexicon.saying(verb.language).usage.standing.get(verb.lemma.lower())
    if markers is None:
        return None
    for figure in verb.kids("obj", "obl"):
        led = {mark.lower for mark in figure.kids("case")}
        listed = figure.lemma.lower() in figure.words("harm", "toll.heads")
        counted = any(t.pos == "NUM" and t.i > figure.i for t in figure.subtree())
        if listed and counted and (led & set(markers) if markers else not led):
            return figure
    return None


def told(noun: Token) -> Token | None:
    """The first word of what a noun of saying says: the mark of its clause, or its number.

    "The claim that nine died", "a claim to have killed nine", "the claim of nine"; None where it is
    not told.
    """
    behind = noun.line()[noun.i + 1 : noun.i + 2]
    if behind and behind[0].dep == "mark" and is_word(behind[0], "clause"):
        return behind[0]
    for clause in noun.kids("acl", "ccomp"):
        alone = clause.lemma.lower() in _alone(noun.language)
        for that in clause.children:
            mark = that.dep == "mark" or (that.relation == "obj" and alone)
            if mark and that.i > noun.i and (is_word(that, "clause") or _has_done(clause, that)):
                return that
    if noun.lemma.lower() not in noun.words("saying", "usage.amounts"):
        return None
    for whole in noun.kids("nmod"):
        number = whole if whole.pos == "NUM" else whole.kid("nummod")
        cases = [c for t in (whole, number) if t is not None for c in t.kids("case")]
        of = next((c for c in cases if c.lower in noun.words("saying", "usage.amount_of")), None)
        if number is not None and of is not None:
            return next(t for t in whole.subtree() if t.i > of.i)
    return None


def opens_clause(first: Token) -> bool:
    """Whether what a noun of saying says begins so with a clause, and not with a number."""
    return is_word(first, "clause") or is_word(first, "infinitive")


def _has_done(clause: Token, mark: Token) -> bool:
    """Whether it is the "to" of "to have killed nine"."""
    perfect = any(is_word(aux, "perfect") for aux in clause.kids("aux"))
    return perfect and is_word(mark, "infinitive")


@cache
def _alone(language: str) -> frozenset[str]:
    """The verbs of harm that take no object, whatever a tree says: "an account that nine died"."""
    return frozenset(w for listed in lexicon.harm(language).intransitive.values() for w in listed)
