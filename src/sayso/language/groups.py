"""Groups of people: how a text names them, and which category of the record they are.

Words and their categories stand in `data/<language>/people.toml`, what decides beside them in
`groups.toml`. How many they are is read by `quantities`; what happened to them, by the claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from sayso.language.grammar.features import is_possessive
from sayso.language.grammar.noun_phrase import genitives, led
from sayso.language.people import acts, forms, is_aged, known, rows
from sayso.language.trees import Token
from sayso.lexicon import table
from sayso.records import Category, Party

_LEFT = ("det", "amod", "compound", "nmod:poss", "flat", "punct", "goeswith", "nmod:unmarked")
_RIGHT = ("flat", "fixed", "goeswith", "compound")
_ASIDE = 9
"""Words of a name with the longest aside in brackets inside it."""
_CUT = ("acl", "appos", "conj", "cc", "advcl", "parataxis", "dep", "list")


def party(head: Token) -> Party:
    """The group that this noun heads: as the text names it, and its category."""
    text, end = "", 0
    for token in phrase(head):
        text += f" {token.text}" if text and token.start > end else token.text
        end = token.end
    return Party(text=text, category=category(head))


def phrase(head: Token) -> list[Token]:
    """The tokens that name the group, in text order, with no gap between them.

    Determiner, adjectives, compounds and a short "of" that says whose or where from; no numeral and
    no hedge, no relative clause, apposition, participle or place. "At least 13 law enforcement
    officials who ..." gives "law enforcement officials". Of a number word ("dozens of residents"),
    what it counts.
    """
    head = _counted(head)
    tokens = {head.i: head}
    line = head.line()
    for token in sorted(_before(head), key=lambda t: -t.i):
        first = min(tokens)
        if token.i == first - 1:
            tokens[token.i] = token
        elif first - token.i <= _ASIDE and _bracketed(line[token.i + 1 : first]):
            tokens |= {t.i: t for t in line[token.i : first]}
    for token in sorted(_after(head), key=lambda t: t.i):
        if token.i == max(tokens) + 1:
            tokens[token.i] = token
    found = [tokens[i] for i in sorted(tokens)]
    while len(found) > 1 and found[0].pos == "PUNCT":
        del found[0]
    return found


def category(head: Token) -> Category:
    """What the people that this noun heads are; "unspecified" where the words leave it open.

    The most telling words decide, in this order: the "of" of a word that only says how many or
    which part ("members of the security forces", "one of the attackers"); words that mean more
    together ("law enforcement officials", "riot police"); the modifier nearest the noun that its
    category gives way to ("army officers", "rebel leaders"); the noun itself; for a person's name,
    the title or the apposition beside it.
    """
    if head.pos == "PRON" and not head.kids("nmod"):
        return "unspecified"
    if _is_partitive(head):
        whole = _of(head)
        if whole is not None and (found := category(whole)) != "unspecified":
            return found
    own = _by_head(head)
    modifiers = list(_modifiers(head))
    if together := _by_phrase(modifiers, head):
        return together
    if own is not None:
        for chosen in _chosen(head, modifiers):
            if own in head.words("groups", f"modifiers.{chosen}.over"):
                return chosen
        if own != "unspecified":
            return own
    if head.pos == "PROPN":
        beside = [*head.kids("nmod:desc"), *head.kids("compound", "appos", "flat", "amod")]
        # "the mayor, his driver and two guards": the driver is no title of the mayor's.
        titles = [t for t in beside if not any(map(is_possessive, t.kids("nmod:poss")))]
        return next((c for c in map(category, titles) if c != "unspecified"), "unspecified")
    return "unspecified"


def can_act(head: Token) -> bool:
    """Whether the noun, or what a number word counts, is a word for those who can do something."""
    return acts(_counted(head))


def _by_head(head: Token) -> Category | None:
    """The category of the word itself; None for a word that the tables do not know."""
    word = known(head)
    return None if word is None else word.category


def _chosen(head: Token, modifiers: list[Token]) -> Iterator[Category]:
    """The categories that modifiers speak for, then a title before a name and an "of"; the most
    telling first. Whose side they are on tells more than what they are there: "a rebel army chief".
    """
    known_words = _modifier_categories(head.language)
    written = [form for modifier in modifiers for form in forms(modifier)]
    said = [known_words[form] for form in written if form in known_words]
    yield from (chosen for chosen in said if chosen == "militants")
    yield from said
    for noun in filter(None, (*head.kids("nmod:desc"), _of(head))):
        found = category(noun)
        if found in head.words("groups", "whole.categories"):
            yield found


def _by_phrase(modifiers: list[Token], head: Token) -> Category | None:
    """The category of the longest known phrase of these modifiers, nearest first, and the head; a
    "captain of the ferry" is a "ferry captain".
    """
    known_words = rows(head.language)
    of = _of(head)
    told = (f"{of.lemma.lower()} {name}" for name in forms(head)) if of is not None else ()
    if row := next((known_words[name] for name in told if name in known_words), None):
        return row.category
    for length in range(min(len(modifiers), 3), 0, -1):
        before = " ".join(t.lower for t in reversed(modifiers[:length]))
        for name in forms(head):
            if row := known_words.get(f"{before} {name}"):
                return row.category
    if _by_head(head) is None:
        return None  # a "national guard base" is a thing
    for length in range(min(len(modifiers), 3), 1, -1):
        for start in range(len(modifiers) - length + 1):
            chosen = reversed(modifiers[start : start + length])
            row = known_words.get(" ".join(t.lower for t in chosen))
            if row is not None and not row.body:
                return row.category
    return None


def _modifiers(head: Token) -> Iterator[Token]:
    """Words before the head that say what sort it is, nearest first."""
    kids = head.kids("compound", "amod", "nmod:poss", "flat", "nmod:unmarked")
    for kid in reversed([k for k in kids if k.i < head.i]):
        yield kid
        yield from reversed([k for k in kid.kids("compound", "amod", "flat") if k.i < kid.i])


def _counted(head: Token) -> Token:
    """What a number word counts, as far as an "of" says it; else the token itself."""
    numbers = head.table("numbers")
    some = {word.partition(" ")[2] for word in numbers["soft"]}
    while head.pos == "NUM" or head.lower in numbers["plural"] or head.lower in some:
        whole = _of(head)
        if whole is None or whole.pos == "PRON":
            break
        head = whole
    return head


def _is_partitive(head: Token) -> bool:
    return head.pos in ("NUM", "DET", "PRON") or any(
        name in head.words("groups", "partitive.heads") for name in forms(head)
    )


def _of(head: Token) -> Token | None:
    """The noun of the "of" below this token."""
    return next(iter(genitives(head)), None)


def _before(head: Token) -> Iterator[Token]:
    """What may stand before the head."""
    quantifiers = head.words("groups", "phrase.quantifiers")
    left = (*_LEFT, "obl:unmarked") if is_aged(head) else _LEFT
    for kid in head.children:
        if kid.i > head.i or kid.dep not in left or kid.lower in quantifiers:
            continue
        if kid.dep == "punct" and kid.text not in ("-", "'", "’"):
            continue
        below = kid.subtree(without=lambda t: t.relation in _CUT)
        if is_aged(head) or not any(t.pos == "NUM" for t in below):
            yield from below


def _after(head: Token) -> Iterator[Token]:
    """What may stand after the head: the rest of a name, a short "of", "from" a body."""
    whole = _of(head)
    for kid in head.children:
        below = kid.subtree(without=lambda t: t.relation in _CUT)
        if kid.i < head.i:
            continue
        if kid.relation in _RIGHT or (kid.entity == "ORG" and led(kid, "origin")):
            yield from below
        elif kid is whole and kid.entity != "DATE":
            name = all(t.entity or t.pos in ("PROPN", "ADP", "DET", "PUNCT") for t in below)
            short = name or len(below) <= head.table("groups")["phrase"]["longest_of"]
            gapless = below[-1].i - below[0].i + 1 == len(below)
            if short and gapless and not any(t.pos == "VERB" for t in below):
                yield from below


def _bracketed(aside: Sequence[Token]) -> bool:
    """Whether these words are one aside in brackets: "the Karsa Front (KF) guerrillas"."""
    return bool(aside) and aside[0].text in ("(", "[") and aside[-1].text in (")", "]")


@cache
def _modifier_categories(language: str) -> dict[str, Category]:
    return {
        word: cast(Category, name)
        for name, modifier in table("groups", language)["modifiers"].items()
        for word in modifier["words"]
    }
