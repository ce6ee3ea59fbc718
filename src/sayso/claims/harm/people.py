"""Those of a figure whom its sentence names: name, age, sex, whose they are and what they were.

Whom it happened to is settled by then: a name is only looked for where the figure has its people,
so that nobody who does, says or orders anything is among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from sayso import lexicon
from sayso.claims.harm.figure import Figure, several
from sayso.claims.harm.singles import is_person, is_said_of_name, listed, named_among
from sayso.language.grammar.clause import is_passive
from sayso.language.grammar.features import (
    Gender,
    gender,
    is_plural,
    is_possessive,
    is_relative,
    is_third_person,
)
from sayso.language.grammar.noun_phrase import genitives
from sayso.language.groups import category, phrase
from sayso.language.people import known, shown_gender
from sayso.language.quantities import Quantity, quantities
from sayso.language.trees import Token
from sayso.records import HARMS, Kind, Person, Sex

_OF_PEOPLE: tuple[Kind, ...] = (*HARMS, "rescued", "returned")
_NEAR = 12
"""Words behind a figure in which "including" still says whom it includes, as in `parts`."""
_CUT = ("conj", "cc", "acl", "advcl", "parataxis", "ccomp")
_OPENING = frozenset((",", "(", "[", "–", "—"))


class _Named(NamedTuple):
    """The words of a name, and the head of the noun phrase that it stands in."""

    name: Sequence[Token]
    head: Token


def people(figure: Figure) -> tuple[Person, ...]:
    """Those of the count whom the sentence names, in the order of their names."""
    noun = figure.noun
    if noun is None or figure.kind not in _OF_PEOPLE or figure.because["kind"] == "harm.doer":
        return ()
    found = {one.name[0]: one for one in (_among(figure, noun) if several(figure) else _one(noun))}
    if not found:
        return ()
    ages = [q for q in quantities(noun.sentence) if q.unit == "age"]
    return tuple(_person(found[first], ages) for first in sorted(found, key=lambda t: t.i))


# ---- Who is named -------------------------------------------------------------------------------


def _one(noun: Token) -> Iterator[_Named]:
    """The name of the single person for whom a noun stands."""
    if noun.entity == "PERSON":
        yield _Named(_run(noun), noun)
        return
    full = noun.kid("flat") is not None and noun.entity in ("LOC", "ORG", "")
    if noun.pos == "PROPN" and full and known(noun) is None and not _behind(noun):
        flat = [t for t in noun.kids("flat") if t.pos == "PROPN"]
        yield _Named([noun, *flat], noun)  # a name that the engine takes for a place
    elif (name := _behind(noun)) is not None:
        yield _Named(_run(name), noun)


def _behind(noun: Token) -> Token | None:
    """The name that stands behind a noun for one person: "her son Tom", "the mayor, Joris Veld"."""
    kids = (k for k in noun.kids("appos", "flat", "compound") if k.i > noun.i)
    called = (o for c in noun.kids("acl") if _is_naming(c) for o in c.kids("obl"))
    named = next((k for k in (*kids, *called) if k.entity == "PERSON"), None)
    if named is not None:
        return named
    line, at = noun.line(), phrase(noun)[-1].i + 1
    set_off = at < len(line) and line[at].text == ","
    name = next(iter(line[at + set_off : at + set_off + 1]), None)
    if name is None or name.entity != "PERSON":
        return None
    after = line[_run(name)[-1].i + 1 :][:1]
    # "the mayor of Tovar, Joris Veld, on Sunday", and not "shot the mayor, Joris Veld said"
    closed = not after or after[0].pos == "PUNCT"
    return name if not set_off or (closed and name.relation not in ("nsubj", "conj")) else None


def _is_naming(clause: Token) -> bool:
    """Whether it is the "identified as" of "a clerk identified as Idris Khan"."""
    return clause.lemma.lower() in clause.words("harm", "named.verbs") and is_passive(clause)


def _among(figure: Figure, noun: Token) -> Iterator[_Named]:
    """The names given of several: "two clerks, Ada Voss and Ilse Brandt"; "including Ada Voss"."""
    for name in named_among(noun):
        yield _Named(_run(name), name)
    first, last = figure.tokens[0].i, figure.tokens[-1].i + _NEAR
    for mark in noun.line()[first : last + 1]:
        if mark.lower in mark.words("harm", "parts.before"):
            for person in listed(mark):
                yield from _one(person)
            break


def _run(name: Token) -> Sequence[Token]:
    """The words of a person's name, without gap."""
    line = name.line()
    before = list(takewhile(lambda t: t.entity == "PERSON", reversed(line[: name.i])))
    after = list(takewhile(lambda t: t.entity == "PERSON", line[name.i :]))
    return [*reversed(before), *after]


# ---- What is said of them -----------------------------------------------------------------------


def _person(one: _Named, ages: Sequence[Quantity]) -> Person:
    first, last = one.name[0], one.name[-1]
    nouns = list(_nouns(one))
    relation = next(filter(None, (_words(n) for n in nouns if _is_kin(n))), None)
    roles = dict.fromkeys(filter(None, (_words(n) for n in nouns if _is_role(n))))
    return Person(
        name=first.sentence.quote(first.start, last.end),
        age=_age(one, ages),
        sex=_sex(one, nouns),
        relation=relation,
        role=", ".join(roles) or None,
    )


def _nouns(one: _Named) -> Iterator[Token]:
    """The heads of what a name is given for a title, trade or kin, before it and behind."""
    inside = {*one.name}
    for name in dict.fromkeys((one.head, *one.name)):
        if name not in inside:
            yield name
        for kid in name.kids("nmod:desc", "compound", "appos"):
            own = name in inside or kid.dep != "compound"  # not the "aid" of "aid worker"
            if own and kid not in inside and kid.entity != "PERSON":
                yield from (n for n in kid.conjuncts() if n.pos in ("NOUN", "PROPN"))
    first = one.name[0]
    while first.relation == "conj" and first.head.entity == "PERSON":
        first = first.head  # "the clerks Ilan Dor and Peter Lom"
    if (told := _told_behind(one)) is not None and told not in one.head.kids("appos"):
        yield told
    above = first.head
    if first.dep == "appos" and above.pos == "NOUN" and above not in (*inside, one.head):
        yield above


def _told_behind(one: _Named) -> Token | None:
    """What stands behind their age, wherever the tree hangs it: "Hana Brook, 51, a librarian"."""
    line, last = one.name[-1].line(), one.name[-1].i
    behind = (t for t in line[last + 4 : last + 9] if t.pos == "NOUN" and is_said_of_name(t))
    return next((t for t in behind if phrase(t)[0].i <= last + 5), None)


def _words(noun: Token) -> str | None:
    """The noun with what belongs to it, without article, age and name: "mayor of Tovar"."""
    aged = {t for k in noun.kids("amod") for t in k.subtree() if _gives_age(k)}
    named = {t for k in noun.kids("flat", "appos", "compound") for t in k.subtree()}
    said = [t for t in phrase(noun) if t.entity != "PERSON" or t not in named]
    while said and (said[0].pos in ("DET", "PUNCT") or said[0] in aged):
        del said[0]
    if noun in said and is_plural(noun):  # what the clerks are, each of them is
        return noun.sentence.quote(said[0].start, noun.start) + noun.lemma
    return noun.sentence.quote(said[0].start, said[-1].end) if said else None


def _gives_age(word: Token) -> bool:
    """Whether it is the "old" of "34-year-old"."""
    spans = word.words("numbers", "age.spans")
    after = word.lower in word.words("numbers", "age.after")
    return after and any(t.lemma.lower() in spans for t in word.children)


def _is_kin(noun: Token) -> bool:
    """Whether a noun says whose somebody was, and is no title: "Father Luca Bern"."""
    word = known(noun)
    kin = word is not None and word.source == "relative"
    kin = kin or noun.lemma.lower() in noun.words("harm", "parents.words")
    whose = noun.kid("nmod:poss", "det", "nmod", "nummod") or is_plural(noun)
    return kin and (bool(whose) or noun.text.islower())


def _is_role(noun: Token) -> bool:
    """Whether a noun says what somebody was, and not only their age, sex or kin."""
    if _is_kin(noun) or noun.lower in noun.words("sources", "persons.titles"):
        return False
    if any(noun.lower in words for words in lexicon.harm(noun.language).named.words.values()):
        return False
    if noun.lemma.lower() in noun.words("harm", "parts.anyone") or noun.entity in ("LOC", "DATE"):
        return False
    return category(noun) not in ("women", "children") or bool(noun.kid("compound"))


def _age(one: _Named, ages: Sequence[Quantity]) -> int | None:
    """Their age in whole years: "Ada Voss, 34", "4-month-old Sami Reyes", "who was 34"."""
    line, last = one.name[-1].line(), one.name[-1].i
    own = set(_own(one))
    for quantity in ages:
        behind = quantity.tokens[0].i - last
        gap = line[last + 1 : quantity.tokens[0].i]
        beside = 0 < behind <= 3 and all(_leads_to_age(t) for t in gap)
        if beside or quantity.head in own:
            return _years(quantity)
    for clause in (c for t in (one.head, *one.name) for c in t.kids("acl")):
        said = clause.pos == "NUM" and clause.kid("cop") and any(map(is_relative, clause.children))
        if said and clause.text.isdigit():
            return int(clause.text)
    return None


def _leads_to_age(token: Token) -> bool:
    return token.text in _OPENING or token.lower in token.words("numbers", "age.before")


def _own(one: _Named) -> Iterator[Token]:
    """The words that hang on the name, or on its noun, without those of others."""
    inside = {*one.name}

    def others(token: Token) -> bool:
        if token in inside:
            return False
        apart = token.entity == "PERSON" or token in genitives(token.head)
        return apart or token.relation in _CUT

    for head in dict.fromkeys((one.head, *one.name)):
        yield from head.subtree(without=others)


def _years(quantity: Quantity) -> int | None:
    low = quantity.count.low
    line, at = quantity.head.line(), quantity.tokens[-1].i + 1
    spans = quantity.head.table("numbers")["age"]["in_a_year"]
    of = next((spans[t.lemma.lower()] for t in line[at : at + 2] if t.lemma.lower() in spans), 1)
    return None if low is None else low // of


def _sex(one: _Named, nouns: Sequence[Token]) -> Sex | None:
    """As titles, kin and pronouns show it; where nobody else is about for whom these could be."""
    titles = [t for name in one.name for t in name.kids("nmod:desc", "compound")]
    for noun in (*titles, *nouns):
        shown = shown_gender([noun.lower, noun.lemma.lower()], noun.language)
        if shown in ("f", "m"):
            return shown
    line, last = one.name[-1].line(), one.name[-1].i
    theirs = [p for n in one.name[0].conjuncts()[1:] for p in n.kids("nmod:poss")]
    told = {gender(p) for p in theirs if is_possessive(p)} - {None, "n"}
    if not told and not _others(one, nouns):
        words = [t for t in line[last + 1 :] if is_third_person(t) or is_possessive(t)]
        told = {gender(t) for t in words} - {None, "n"}
    return _sole(told)


def _sole(told: Collection[Gender | None]) -> Sex | None:
    return ("f" if "f" in told else "m") if len(told) == 1 else None


def _others(one: _Named, nouns: Sequence[Token]) -> bool:
    """Whether the sentence has somebody else for whom a pronoun could stand."""
    own = {*one.name, *nouns, one.head}
    return any(
        t not in own and (t.entity == "PERSON" or (t.pos == "NOUN" and is_person(t)))
        for t in one.name[0].line()
    )
