"""Noun phrases that name a source: how far they reach, and how to cite them.

Works on words and trees of one sentence; what kind of source it is, is for `kinds`, which earlier
name a pronoun stands for, for `coreference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from sayso.language.grammar.features import (
    is_definite,
    is_finite,
    is_genitive,
    is_gerund,
    is_interrogative,
    is_past_participle,
    is_personal,
    is_possessive,
    is_reflexive,
    is_word,
)
from sayso.language.spelling import singular
from sayso.language.trees import Token

_BREAKS = frozenset([",", ";", ":", "(", ")", "—", "–", "--", "[", "]"])
_MARKS = frozenset(['"', "“", "”", "''", "``", "«", "»"])
_STOPS = frozenset([".", "?", "!"])
_WALLS = _MARKS | {"—", "–", "--", ";", ":", "[", "]"}
_NAMING = frozenset(["NOUN", "PROPN", "NUM", "X", "PRON"])
_INSIDE = frozenset([*_NAMING, "ADJ", "DET", "SYM"])
_BEFORE_TIMES = frozenset(["DET", "ADJ", "NUM", "ADP", "ADV"])
_LONG = 12
"""Words after which a citation is cut at its first preposition."""


def nominal(token: Token) -> bool:
    """Whether the word can stand inside a plain noun phrase."""
    if token.pos in _INSIDE:
        return not is_interrogative(token)
    return is_genitive(token) or token.text == "-"


def is_abbreviating(tokens: Sequence[Token], k: int) -> bool:
    """Whether the full stop at index `k` is that of a title before a name: "Col. Tavo Reyn"."""
    if not 0 < k < len(tokens) - 1 or tokens[k].text != ".":
        return False
    title = tokens[k - 1].lower in tokens[0].words("sources", "persons.abbreviated")
    return title and tokens[k + 1].text[:1].isupper()


def is_joining(token: Token) -> bool:
    """Whether the word joins two of one phrase: "and", "&"."""
    return token.lower in token.words("saying", "phrase.joining")


def _names(token: Token) -> bool:
    """Whether the word can be what a phrase is about: a noun, name, number or pronoun."""
    return token.pos in _NAMING and nominal(token) and not is_possessive(token)


def _begins(token: Token) -> bool:
    """Whether a noun phrase begins at the word: an article, "all", "his", "they"."""
    return token.pos in ("DET", "PRON") and not is_reflexive(token)


def _links(token: Token) -> bool:
    """Whether the word ties what follows to a noun before it: "of", "at"."""
    return token.lower in token.words("saying", "phrase.links")


def before(tokens: Sequence[Token], last: int) -> list[Token]:
    """The plain noun phrase that ends at index `last`; empty when that word is no part of one.

    Read from the words alone, leftwards: for trees that lost the sayer of "..., the agency said".
    """
    k = last
    while k >= 0:
        token = tokens[k]
        left = tokens[k - 1] if k else None
        joins = k < last and left is not None and (_names(left) or left.pos == "DET")
        # "13 people the ministry said": a new phrase begins at its article.
        dash = token.text == "-" and left is not None and left.end < token.start
        plain = nominal(token) and not dash and not (k < last and _begins(tokens[k + 1]))
        participle = (
            k < last
            and (is_past_participle(token) or is_gerund(token))
            and left is not None
            and (left.pos in ("DET", "ADJ") or is_possessive(left) or left.text == "-")
        )
        link = joins and _links(token) and token.pos in ("ADP", "SCONJ")
        both = (
            joins
            and is_joining(token)
            and (not _begins(tokens[k + 1]) or is_possessive(tokens[k + 1]))
        )
        if not (plain or participle or link or both or is_abbreviating(tokens, k)):
            break
        k -= 1
    run = list(tokens[k + 1 : last + 1])
    while run and (_links(run[0]) or is_joining(run[0]) or run[0].text == "-"):
        run.pop(0)
    return run if any(_names(t) or t.pos == "DET" for t in run) else []


def after(tokens: Sequence[Token], first: int, links: frozenset[str] | None = None) -> list[Token]:
    """The plain noun phrase that begins at index `first`; empty when none does.

    It ends before a word that begins another phrase, a date, or a preposition not in `links`, which
    are those of the table where none are given.
    """
    links = tokens[0].words("saying", "phrase.links") if links is None else links
    run: list[Token] = []
    for k in range(first, len(tokens)):
        token = tokens[k]
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        has_noun = any(_names(t) or t.relation in ("obj", "iobj") for t in run)
        if token.entity == "DATE" and (not run or has_noun):
            break
        if nominal(token) or is_abbreviating(tokens, k):
            if has_noun and _begins(token) and not (_links(run[-1]) or is_joining(run[-1])):
                break
            if run and is_personal(run[-1]):
                break
            if has_noun and _counts(token, following):
                break
        elif (
            not has_noun
            or following is None
            or not nominal(following)
            or not (token.lower in links or is_joining(token))
        ):
            break
        run.append(token)
    while run and not nominal(run[-1]):
        run.pop()
    named = any(map(_names, run)) or (run and run[0].relation == "nsubj")  # "said another"
    return run if named else []


def _counts(token: Token, following: Token | None) -> bool:
    """Whether a number begins a phrase of its own: "told reporters nine people had died"."""
    plain = token.pos == "NUM" and not token.entity
    return plain and following is not None and following.pos in ("NOUN", "ADJ")


def phrase(head: Token, tokens: Sequence[Token], low: int, high: int) -> list[Token]:
    """The unbroken noun phrase round `head` inside the token range [low, high).

    Appositions and restrictive clauses belong to it; a clause after a comma does not, nor does
    anything beyond a quotation mark.
    """
    inside = {
        t.i
        for t in head.subtree(without=_loose)
        if t.dep not in ("parataxis",) and low <= t.i < high
    }
    left = head.i
    while left - 1 >= low and left - 1 in inside and tokens[left - 1].text not in _WALLS:
        left -= 1
    right = head.i
    while right + 1 < high and (
        right + 1 in inside or tokens[right + 1].entity == head.entity == "PERSON"
    ):
        if tokens[right + 1].text in _WALLS:
            break
        right += 1
    run = list(tokens[left : right + 1])
    while len(run) > 1 and (
        run[0].pos in ("PUNCT", "CCONJ", "SCONJ", "ADV") or run[0].dep == "case"
    ):
        run.pop(0)
    while len(run) > 1 and run[-1].pos in ("PUNCT", "CCONJ", "ADP", "ADV", "SCONJ"):
        run.pop()
    return run


def described(tokens: Sequence[Token], run: list[Token], stop: int) -> list[Token]:
    """The phrase with the description set off by a comma behind it, up to index `stop`.

    "Mara Voss, head of the port authority in Kerim": to the next comma or clause, if the words
    there make a phrase; else the phrase as it is.
    """
    while run[-1].i + 2 < stop and tokens[run[-1].i + 1].text == ",":
        first = tokens[run[-1].i + 2]
        if not nominal(first) or first.entity == "DATE" or is_personal(first):
            break
        end = first.i
        while end < stop and not (
            tokens[end].text in _BREAKS | _MARKS | _STOPS
            or tokens[end].pos == "CCONJ"
            or opens_clause(tokens[end])
            or is_finite(tokens[end])
        ):
            end += 1
        if end < stop and is_finite(tokens[end]):
            break
        run = list(tokens[run[0].i : end])
    return run


def named(tokens: Sequence[Token], run: list[Token]) -> list[Token]:
    """The phrase with the name behind its comma: "the head of the region, Oren Vask"."""
    comma = run[-1].i + 1
    name = list(takewhile(lambda t: t.entity == "PERSON", tokens[comma + 1 :]))
    apart = comma < len(tokens) and tokens[comma].text == "," and run[-1].entity != "PERSON"
    stop = tokens[name[-1].i + 1 : name[-1].i + 2] if name else ()
    return [*run, tokens[comma], *name] if apart and stop and stop[0].pos == "PUNCT" else run


def titled(tokens: Sequence[Token], run: list[Token]) -> list[Token]:
    """The phrase with the title that stands right before it: "port chief" of "port chief Voss"."""
    more = before(tokens, run[0].i)
    if (
        more
        and more[0].i < run[0].i
        and run[0].pos == "PROPN"
        and (more[0].i == 0 or tokens[more[0].i - 1].pos in ("PUNCT", "CCONJ", "SCONJ"))
    ):
        return [*more[:-1], *run]
    return run


def fronted(tokens: Sequence[Token], run: list[Token]) -> list[Token]:
    """What stands before a name between commas, if it may tell whose: "the mayor of Kerim" of
    "..., the mayor of Kerim, Ada Voss, said"; empty where nothing does."""
    low, high = run[0].i - 1, run[-1].i + 1
    if run[0].entity != "PERSON" or low < 1 or high >= len(tokens):
        return []
    if tokens[low].text != "," or tokens[high].text != ",":
        return []
    office = before(tokens, low - 1)
    known = any(t.pos == "DET" or is_possessive(t) or is_genitive(t) for t in office)
    opens = known and (office[0].i == 0 or tokens[office[0].i - 1].pos == "PUNCT")
    return office if opens else []


def _loose(token: Token) -> bool:
    """Whether a descendant is no part of the name: clauses after a comma, verbs, parentheses."""
    if token.relation in ("parataxis", "advcl", "ccomp", "discourse", "vocative", "csubj"):
        return True
    if token.relation == "acl":
        first = token.subtree()[0]
        return any(c.text == "," for c in first.children) or token.i < token.head.i
    return False


def opens_clause(token: Token) -> bool:
    """Whether a clause that describes or states begins at the word: "who", "where", "that"."""
    return is_interrogative(token) or (token.dep == "mark" and is_word(token, "clause"))


def head_of(run: Sequence[Token]) -> Token:
    """The head noun of a phrase: its last noun before the first comma or preposition."""
    best = run[0]
    for token in run:
        if token.text in _BREAKS or is_interrogative(token):
            break
        if _links(token) and token is not run[0] and token.pos == "ADP":
            break
        if token.pos in _NAMING and not is_possessive(token):
            best = token
    return best


def citation(run: Sequence[Token]) -> list[Token]:
    """The words by which a reader would cite the phrase: no relative clause, no apposition.

    "the" at the front goes too; a very long phrase ends at its first preposition. "Its director,
    Ada Voss" is cited by the name.
    """
    named = _named_after(run)
    if named:
        return named
    if " ".join(t.lower for t in run[:2]) in run[0].words("saying", "usage.according"):
        run = run[2:]  # "according to the committee, which said": the committee says both
    kept: list[Token] = []
    for token in run:
        if kept and (
            token.text in _BREAKS
            or token.text in _MARKS
            or opens_clause(token)
            or is_finite(token)
            or (token.relation == "acl" and not gives_name(token))
        ):
            break
        kept.append(token)
    if len(kept) > _LONG:
        cut = next((n for n, t in enumerate(kept) if n and t.dep in ("case", "mark")), len(kept))
        kept = kept[:cut]
    while len(kept) > 1 and (
        is_definite(kept[0]) or kept[0].text in _MARKS or kept[0].pos in ("ADP", "CCONJ", "SCONJ")
    ):
        kept.pop(0)
    while len(kept) > 1 and (
        kept[-1].pos in ("PUNCT", "ADP", "CCONJ", "ADV", "AUX", "SCONJ", "PART")
        or kept[-1].entity == "DATE"
        or is_reflexive(kept[-1])
    ):
        kept.pop()
    return kept


def gives_name(verb: Token) -> bool:
    """Whether a participle gives its noun a name: "a senior official named Shanru"."""
    return verb.lemma.lower() in verb.words("saying", "usage.naming") and any(
        t.pos == "PROPN" for t in verb.kids("xcomp", "obj")
    )


def untimed(run: Sequence[Token]) -> list[Token]:
    """The phrase without the time of the deed before it: Karim Ossa for "last night Karim Ossa".

    Whatever at its front hangs on a word outside the phrase is no part of it.
    """
    inside = {t.i for t in run}
    for n, token in enumerate(run[1:], start=1):
        front = run[:n]
        timed = _is_time(front[-1]) and all(_is_time(t) or t.pos in _BEFORE_TIMES for t in front)
        if timed and nominal(token) and all(_outside(t, inside, token.i) for t in front):
            return untimed(run[n:])
    return list(run)


def _outside(token: Token, inside: set[int], stop: int) -> bool:
    """Whether a word hangs, over others before index `stop`, on one that is not `inside`."""
    while token.head.i in inside and token.head is not token:
        if token.head.i >= stop:
            return False
        token = token.head
    return token.head is not token


def _is_time(token: Token) -> bool:
    """Whether a word is one of a time that a verb has beside it."""
    adverbial = token.dep in ("obl:unmarked", "obl:tmod", "nmod:tmod") or token.pos == "ADV"
    return (
        token.entity == "DATE" or token.lower in token.words("saying", "usage.times") or adverbial
    )


def is_voiceless(run: Sequence[Token]) -> bool:
    """Whether a phrase names what can say nothing: a landslide, a protest, a bare amount."""
    plain = bare(run)
    head = head_of(plain)
    if head.entity in ("PERSON", "ORG"):
        return False
    listed = {head.lower, singular(head.lower)} & run[0].words("sources", "voiceless.heads")
    return bool(listed) or not any(c.isalpha() for t in plain for c in t.text)


def bare(run: Sequence[Token]) -> list[Token]:
    """The phrase without the clauses that describe it: "a man" of "a man who fled the hospital"."""
    for n, token in enumerate(run):
        clause = token.relation == "acl" and (is_gerund(token) or is_past_participle(token))
        if n and (clause or is_interrogative(token)):
            return list(run[:n])
    return list(run)


def issuer(run: Sequence[Token]) -> list[Token]:
    """Whose paper it is: "the navy" for "figures released by the navy"; others as they are."""
    paper = bare(run)
    rest = run[len(paper) :]
    issued = len(rest) > 2 and is_past_participle(rest[0]) and is_agent_mark(rest[1])
    if issued and singular(head_of(paper).lower) in run[0].words("saying", "usage.papers"):
        return list(rest[2:])
    return list(run)


def quoted(run: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """A phrase parted at "quoted by M", "carried by M" or "reached by M": who speaks, and M; M is
    empty if not so."""
    carrying, reaching = (
        run[0].words("saying", f"relaying.{part}") for part in ("carrying", "reaching")
    )
    for n in range(1, len(run) - 2):
        if run[n].lemma.lower() in carrying | reaching and is_agent_mark(run[n + 1]):
            who = list(run[:n])
            while len(who) > 1 and who[-1].pos == "PUNCT":
                who.pop()
            return who, list(run[n + 2 :])
    return list(run), []


def is_agent_mark(token: Token) -> bool:
    """Whether the word stands before whoever does what a participle says: "by", "quoted in"."""
    return token.lower in token.words("saying", "phrase.by")


def _named_after(run: Sequence[Token]) -> list[Token]:
    """The name that a description is given: Ada Voss for "its director, Ada Voss"."""
    if not run or not (run[0].pos == "DET" or is_possessive(run[0])):
        return []
    comma = next((n for n, t in enumerate(run) if t.text == ","), len(run))
    rest = list(dropwhile(lambda t: t.entity != "PERSON" and _is_title(t), run[comma + 1 :]))
    return list(takewhile(lambda t: t.entity == "PERSON", rest))


def _is_title(token: Token) -> bool:
    """Whether a word before a name is a title: "Dr."."""
    return token.dep == "nmod:desc" or token.text == "."
