"""Where the people are: for a word of harm, the heads of the noun phrases that undergo it.

Reads roles, not neighbours (dependency neighbours alone find under a quarter of victim counts; see
Halterman et al., EACL 2023): subject and object by voice, antecedents of relative clauses, subjects
shared by coordinated and controlled verbs, complements of nouns of harm. Which words are words of
harm stands in `data/en/harm.toml`. Counts are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.language.trees import Token
from sayso.lexicon import table
from sayso.records import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Harm:
    """One word of harm, the heads of those it befell, and the head of whoever did it.

    `tokens` are the words that belong to the harm itself, as in "shot dead"; `rule` names the
    reading that found it.
    """

    kind: Kind
    predicate: Token
    tokens: tuple[Token, ...]
    victims: tuple[Token, ...]
    doer: Token | None
    rule: str


def harms(token: Token) -> Iterator[Harm]:
    """The harms of which this token is the word, most telling reading first; most tokens: none."""
    lemma = token.lemma.lower()
    if lemma not in _harmful() and token.lower not in _harmful():
        return
    words = table("harm")
    if is_verb(token):
        phrases = list(_phrases(token, lemma, words["phrase"]))
        yield from phrases
        for kind, lemmas in words["transitive"].items():
            if lemma in lemmas and not phrases:  # who is shot dead is not injured besides
                grave = _graver(token, kind, words["graver"])
                yield Harm(grave, token, (token,), tuple(undergoers(token)), doer(token), "verb")
        for kind, lemmas in words["intransitive"].items():
            if lemma in lemmas:
                yield Harm(kind, token, (token,), tuple(subjects(token)), None, "verb-of-subject")
    for kind, forms in words["adjectives"].items():
        if token.lower in forms and token.pos in ("ADJ", "NOUN", "VERB"):
            described = tuple(_described(token))
            only = words["only_of"].get(kind)
            if only is None or any(noun.lemma.lower() in only for noun in described):
                grave = _graver(token, kind, words["graver"])
                yield Harm(grave, token, (token,), described, None, "adjective")
    if token.pos in ("NOUN", "PROPN", "ADJ"):
        for kind, lemmas in words["nouns"].items():
            if lemma in lemmas:
                victims = tuple(p for head in _owners(token) for p in head.conjuncts())
                yield Harm(kind, token, (token,), victims or (token,), None, "noun")
        for kind, losses in words["losses"].items():
            victims = tuple(
                t for t in token.kids("nmod") if t.lemma.lower() in losses.get(lemma, ())
            )
            if victims:
                yield Harm(kind, token, (token,), victims, None, "loss")
        for kind, lemmas in words["doers"].items():
            victims = tuple(p for h in _owners(token) for p in h.conjuncts())
            if lemma in lemmas and victims:
                yield Harm(kind, token, (token,), victims, None, "doer")
        for kind, lemmas in words["people"].items():
            if lemma in lemmas:
                yield Harm(kind, token, (token,), (token,), None, "people")
        for kind, lemmas in words["crowds"].items():
            if lemma in lemmas:
                victims = tuple(p for p in token.kids("nmod") if _case(p) == {"of"})
                yield Harm(kind, token, (token,), victims, None, "crowd")


@cache
def _harmful() -> frozenset[str]:
    """Every word that `harms` looks for; most words of a text are none."""
    harm = table("harm")
    kinds = ("transitive", "intransitive", "adjectives", "nouns", "losses", "doers", "people")
    listed = {word for kind in (*kinds, "crowds") for row in harm[kind].values() for word in row}
    return frozenset(listed | {verb for phrase in harm["phrase"] for verb in phrase["verb"]})


def _owners(noun: Token) -> list[Token]:
    """Those of whom a noun of harm is said: "the death of X", "X's death", "the death on Monday of
    X", where the tree hangs X on the Monday.
    """
    people = [*noun.kids("nmod"), *noun.kids("nmod:poss")]
    found = [p for p in people if p.dep == "nmod:poss" or _case(p) == {"of"}]
    if found:
        return found
    beside = [t for t in (*noun.kids("nmod"), *noun.head.kids("obl")) if t.i > noun.i]
    hung = (p for t in beside for p in (*t.kids("nmod"), *t.kids("conj")))
    return [p for p in hung if _case(p) == {"of"} and p.entity != "DATE"]


def is_verb(token: Token) -> bool:
    """Whether the token is tagged as a verb form."""
    return token.pos == "VERB" or token.tag.startswith("VB")


def is_participle(token: Token) -> bool:
    """Whether the token is tagged, or looks like, a past participle."""
    return token.tag == "VBN" or (token.pos == "VERB" and token.tag == "VBD")


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject undergoes it: a passive, or a bare past participle."""
    if verb.kid("aux:pass", "obl:agent"):
        return True
    if verb.kid("obj"):
        return False  # "the fighting displaced 100 families", whatever its subject is called
    if verb.kid("nsubj:pass"):
        return True
    if verb.dep == "acl":
        return verb.tag in ("VBN", "VBD")
    if verb.dep == "conj" and not verb.kid("nsubj"):
        return verb.tag == "VBN" and is_passive(verb.head)
    return verb.tag == "VBN" and not any(a.lemma == "have" for a in verb.kids("aux"))


def undergoers(verb: Token) -> list[Token]:
    """Heads of the phrases to whom a transitive verb happens, coordinated ones one by one."""
    if is_passive(verb):
        return subjects(verb)
    heads = verb.kids("obj")
    if heads:
        heads = [*heads, *(c for c in _stray(verb) if c.kid("nummod"))]
    if not heads:
        # "killed and wounded 13": the first verb borrows the object of the next.
        shared = next((v for v in verb.kids("conj") if v.i - verb.i <= 3 and v.kid("obj")), None)
        heads = shared.kids("obj") if shared else []
    if not heads and verb.relation == "acl" and verb.kid("nsubj"):
        heads = [verb.head]  # "the men that troops shot"
    if not heads and verb.tag in ("VBD", "VBN"):
        return subjects(verb)  # "two men shot when ...": a participle taken for a past tense
    return [p for head in heads for p in people(head)]


def subjects(verb: Token) -> list[Token]:
    """Heads of the verb's subject, wherever it stands, coordinated ones one by one; and those to
    whom the same happens "along with" them.
    """
    along = [o for o in verb.kids("obl") if o.i > verb.i and "with" in _case(o) and _together(o)]
    return [p for head in (*_subject_heads(verb), *along) for p in people(head)]


def _together(noun: Token) -> bool:
    """Whether the "with" of a noun is that of "along with", "together with"."""
    mark = next(c for c in noun.kids("case") if c.lower == "with")
    before = noun.line()[mark.i - 1] if mark.i else mark
    return before.lower in ("along", "together")


def _subject_heads(verb: Token) -> list[Token]:
    own = verb.kids("nsubj", "csubj")
    if own:
        return [_antecedent(subject, verb) for subject in own]
    if verb.relation == "acl":
        # "some of whom were hurt" is said of some, not of all.
        return [] if any(t.lower == "whom" for t in _between(verb.head, verb)) else [verb.head]
    if verb.dep == "conj" and (is_verb(verb.head) or verb.head.relation in ("xcomp", "acl")):
        return _subject_heads(verb.head)
    if verb.relation in ("xcomp", "ccomp") or (verb.dep == "advmod" and verb.pos == "ADJ"):
        governor = verb.head
        objects = governor.kids("obj")
        return objects if objects and not is_passive(governor) else _subject_heads(governor)
    return []


def _between(noun: Token, verb: Token) -> list[Token]:
    return noun.line()[noun.i + 1 : verb.i]


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; other subjects are themselves."""
    if subject.tag not in ("WP", "WDT") and subject.lower not in ("who", "that", "which"):
        return subject
    for clause in (verb, *verb.ancestors()):
        if clause.relation == "acl":
            return clause.head
    return subject


def people(head: Token) -> list[Token]:
    """A noun phrase head and those coordinated with it, or with its name, leaving clauses out."""
    found = [p for p in head.conjuncts() if p is head or not is_verb(p) or p.kid("nummod")]
    for name in head.kids("flat", "appos"):
        if name.entity == "PERSON" and name.i == head.i + 1:
            found += name.conjuncts()[1:]  # "candidate Ada Voss and her driver"
        elif name.kid("conj") and any(p.tag == "PRP$" for p in name.kids("nmod:poss")):
            found += name.conjuncts()  # "Ada Voss, her driver and two guards"
    return found


def doer(verb: Token) -> Token | None:
    """The head of whoever does the verb: the agent of a passive, the subject of an active."""
    agent = verb.kid("obl:agent")
    if agent:
        return agent
    if is_passive(verb):
        by = (o for o in verb.kids("obl") if _case(o) == {"by"} and o.entity != "DATE")
        return next(by, None)
    if verb.relation == "advcl" and not verb.kid("nsubj"):
        verb = verb.head
        if is_passive(verb):
            return None
    heads = _subject_heads(verb)
    return heads[0] if heads and heads[0].pos != "PRON" else None


def _described(adjective: Token) -> list[Token]:
    """Those of whom an adjective of harm is said; the adjective itself when it stands for them."""
    if adjective.relation == "amod":
        return [adjective.head]
    found = subjects(adjective)
    if found:
        return found
    if adjective.kid("nummod", "det", "nmod") or adjective.relation in ("obj", "nsubj", "nmod"):
        return people(adjective)
    return []


def _graver(token: Token, kind: Kind, graver: dict[Kind, list[str]]) -> Kind:
    """`critical` where an adverb right beside an injury makes it so."""
    if kind == "injured":
        for grave, adverbs in graver.items():
            if any(c.lower in adverbs and abs(c.i - token.i) == 1 for c in token.kids("advmod")):
                return grave
    return kind


def _phrases(verb: Token, lemma: str, phrases: list[dict[str, Any]]) -> Iterator[Harm]:
    for phrase in phrases:
        if lemma not in phrase["verb"]:
            continue
        for role, found in (
            ("subject", [] if is_passive(verb) else subjects(verb)),
            ("object", _objects(verb)),
            (
                "complement",
                [*verb.kids("xcomp", "compound:prt", "advmod", "obl"), *_adjacent(verb)],
            ),
            ("oblique", [o for t in (verb, *verb.kids("obj")) for o in t.kids("obl", "nmod")]),
        ):
            wanted = phrase.get(role, ())
            words = [t for t in found if t.lemma.lower() in wanted or t.lower in wanted]
            if not words:
                continue
            if role == "object" and phrase["victim"] == "object":
                victims, rule = words, "phrase-of-object"
            elif phrase["victim"] == "object":
                victims, rule = undergoers(verb), "phrase-of-object"
            else:
                victims, rule = subjects(verb), "phrase-of-subject"
            by = doer(verb) if phrase["victim"] == "object" else None
            yield Harm(phrase["kind"], verb, (verb, *words), tuple(victims), by, rule)


def _objects(verb: Token) -> list[Token]:
    return [p for head in (*verb.kids("obj", "nsubj:pass"), *_stray(verb)) for p in people(head)]


def _stray(verb: Token) -> list[Token]:
    """Objects that the parser took for one more conjunct of the verb: "and sustained injuries",
    "detained 212 people, among them 14 minors".
    """
    return [c for c in verb.kids("conj") if c.pos == "NOUN" and not c.kid("cc") and c.i > verb.i]


def _adjacent(verb: Token) -> list[Token]:
    """What the tree hangs on those who were shot, for "shot dead four" and "shot four men dead"."""
    heads = [n for head in verb.kids("obj") for n in (head, *head.kids("nummod"))]
    return [t for n in heads for t in n.kids("amod") if t.i in (verb.i + 1, n.i + 1)]


def _case(token: Token) -> set[str]:
    """The prepositions of a noun, or of the title before a name: "of candidate Ada Voss"."""
    return {c.lower for t in (token, *token.kids("nmod:desc")) for c in t.kids("case")}
