"""One cue: the words by which a sentence says that somebody says something.

The shape that `cues` fills and `content` reads, and the tables of verbs and nouns of saying with
their inflected forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import asdict

from sayso import lexicon
from sayso.language.grammar.features import is_word
from sayso.language.trees import Token
from sayso.lexicon import words


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
        return self.lemma in ("cite", "quote") and (
            self.token.tag == "VBG" or (self.rule == "relative-clause" and not self.origin)
        )

    @property
    def block(self) -> tuple[int, int]:
        """First and last token index of cue, sayer and hearer where they stand together."""
        inside = [t.i for t in [*self.words, *self.hearer]]
        if not self.apart:
            inside += [t.i for t in self.sayer]
        return min(inside), max(inside)


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Every inflected form of a cue verb -> (lemma, class)."""
    saying = lexicon.saying()
    found: dict[str, tuple[str, str]] = {}
    for name, lemmas in asdict(saying.verbs).items():
        for lemma in lemmas:
            for form in saying.irregular.get(lemma) or _inflect(lemma):
                found.setdefault(form, (lemma, name))
            found.setdefault(lemma, (lemma, name))
    return found


def _inflect(lemma: str) -> list[str]:
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    tail = "es" if lemma.endswith(("sh", "ch", "ss", "x")) else "s"
    return [lemma + tail, lemma + "ed", lemma + "ing"]


def told(noun: Token) -> Token | None:
    """The first word of what a noun of saying says: the "that" of its clause, or its number.

    "The claim that nine died", "the claim of nine"; None where it is not told.
    """
    for clause in noun.kids("acl", "ccomp"):
        alone = clause.lemma.lower() in _alone()
        for that in clause.children:
            mark = that.dep == "mark" or (that.relation == "obj" and alone)
            if mark and that.i > noun.i and is_word(that, "clause"):
                return that
    if noun.lemma.lower() not in words("saying", "usage.amounts"):
        return None
    for whole in noun.kids("nmod"):
        number = whole if whole.pos == "NUM" else whole.kid("nummod")
        cases = [c for t in (whole, number) if t is not None for c in t.kids("case")]
        of = next((c for c in cases if c.lower in words("saying", "usage.amount_of")), None)
        if number is not None and of is not None:
            return next(t for t in whole.subtree() if t.i > of.i)
    return None


@cache
def _alone() -> frozenset[str]:
    """The verbs of harm that take no object, whatever a tree says: "an account that nine died"."""
    return frozenset(w for listed in lexicon.harm().intransitive.values() for w in listed)


@cache
def nouns() -> dict[str, str]:
    """Every noun that names a saying -> its class."""
    classes = asdict(lexicon.saying().nouns)
    return {word: name for name, listed in classes.items() for word in listed}
