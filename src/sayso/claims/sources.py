"""Noun phrases that name a source: how far they reach, how to cite them, what kind they are.

Works on words and trees of one sentence; which earlier name a pronoun stands for is decided in
`naming`, and whose words are whose in `attribution`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from sayso.language.trees import Token
from sayso.lexicon import table, words
from sayso.records import SourceKind

_NOMINAL = frozenset(
    [
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "JJR",
        "JJS",
        "DT",
        "PDT",
        "CD",
        "POS",
        "PRP",
        "PRP$",
        "HYPH",
        "FW",
        "$",
        "WP",
        "AFX",
        "ADD",
        "NFP",
    ]
)
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS", "CD", "PRP", "WP", "FW", "DT"])
_STARTERS = frozenset(["DT", "PRP", "PRP$", "WP", "PDT", "EX"])
_LINKS = frozenset(["of", "for", "from", "in", "at", "with", "on", "to"])
_BREAKS = frozenset([",", ";", ":", "(", ")", "—", "–", "--", "[", "]"])
_MARKS = frozenset(['"', "“", "”", "''", "``", "«", "»"])
_WALLS = _MARKS | {"—", "–", "--", ";", ":", "[", "]"}
_RELATIVES = frozenset(["who", "whom", "which", "whose", "that", "where", "when"])
_LONG = 12
"""Words after which a citation is cut at its first preposition."""


def nominal(token: Token) -> bool:
    """Whether the word can stand inside a plain noun phrase."""
    return token.tag in _NOMINAL or (token.pos in ("NOUN", "PROPN", "NUM") and token.tag != "VB")


def before(tokens: Sequence[Token], last: int) -> list[Token]:
    """The plain noun phrase that ends at index `last`; empty when that word is no part of one.

    Read from the words alone, leftwards: for trees that lost the sayer of "..., the agency said".
    """
    k = last
    while k >= 0:
        token = tokens[k]
        left = tokens[k - 1] if k else None
        joins = k < last and left is not None and left.tag in _NOUNS
        plain = nominal(token) and not (
            # "13 people the ministry said": a new phrase begins at its article.
            k < last
            and tokens[k + 1].tag in _STARTERS
            and not tokens[k + 1].lower.endswith(("self", "selves"))
        )
        participle = (
            token.tag in ("VBN", "VBG")
            and k < last
            and left is not None
            and (left.tag in ("DT", "HYPH", "PRP$", "JJ"))
        )
        link = token.lower in _LINKS and token.tag in ("IN", "TO") and joins
        both = token.lower in ("and", "&") and joins and tokens[k + 1].tag not in ("DT", "PRP")
        if not (plain or participle or link or both):
            break
        k -= 1
    run = list(tokens[k + 1 : last + 1])
    while run and run[0].lower in _LINKS | {"and", "&", "'s", "’s", "-"}:
        run.pop(0)
    return run if any(t.tag in _NOUNS or t.pos in ("NOUN", "PROPN", "PRON") for t in run) else []


def after(tokens: Sequence[Token], first: int, links: frozenset[str] = _LINKS) -> list[Token]:
    """The plain noun phrase that begins at index `first`; empty when none does.

    It ends before a word that begins another phrase, a date, or a preposition not in `links`.
    """
    run: list[Token] = []
    for k in range(first, len(tokens)):
        token = tokens[k]
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        has_noun = any(t.tag in _NOUNS and t.tag != "DT" for t in run)
        if token.entity == "DATE" and (not run or has_noun):
            break
        if nominal(token):
            if has_noun and token.tag in _STARTERS and run[-1].lower not in _LINKS | {"and", "&"}:
                break
            if run and run[-1].tag == "PRP":
                break
        elif (
            not has_noun
            or following is None
            or not nominal(following)
            or not (token.lower in links or token.lower in ("and", "&"))
        ):
            break
        run.append(token)
    while run and not (run[-1].tag in _NOUNS or nominal(run[-1])):
        run.pop()
    return (
        run
        if any(t.tag in _NOUNS and t.tag != "DT" for t in run) or (run and run[0].pos == "PRON")
        else []
    )


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
    while len(run) > 1 and (run[0].pos in ("PUNCT", "CCONJ", "SCONJ", "ADV") or _joins(run[0])):
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
        if not nominal(first) or first.entity == "DATE" or first.tag in ("PRP", "WP"):
            break
        end = first.i
        while end < stop and not (
            tokens[end].text in _BREAKS | _MARKS | {".", "?", "!"}
            or tokens[end].lower in _RELATIVES | {"while", "as", "after", "and", "but"}
            or tokens[end].tag in ("VBD", "VBZ", "VBP", "MD")
        ):
            end += 1
        if end < stop and tokens[end].tag in ("VBD", "VBZ", "VBP", "MD"):
            break
        run = list(tokens[run[0].i : end])
    return run


def titled(tokens: Sequence[Token], run: list[Token]) -> list[Token]:
    """The phrase with the title that stands right before it: "port chief" of "port chief Voss"."""
    more = before(tokens, run[0].i)
    if (
        more
        and more[0].i < run[0].i
        and run[0].tag in ("NNP", "NNPS")
        and (more[0].i == 0 or tokens[more[0].i - 1].pos in ("PUNCT", "CCONJ", "SCONJ"))
    ):
        return [*more[:-1], *run]
    return run


def _loose(token: Token) -> bool:
    """Whether a descendant is no part of the name: clauses after a comma, verbs, parentheses."""
    if token.relation in ("parataxis", "advcl", "ccomp", "discourse", "vocative", "csubj"):
        return True
    if token.relation == "acl":
        first = token.subtree()[0]
        return any(c.text == "," for c in first.children) or token.i < token.head.i
    return False


def _joins(token: Token) -> bool:
    return token.dep in ("cc", "mark") or (token.pos == "ADP" and token.dep == "case")


def head_of(run: Sequence[Token]) -> Token:
    """The head noun of a phrase: its last noun before the first comma or preposition."""
    best = run[0]
    for token in run:
        if token.text in _BREAKS or token.lower in _RELATIVES:
            break
        if token.lower in _LINKS and token is not run[0] and token.pos == "ADP":
            break
        if (token.tag in _NOUNS and token.tag != "DT") or token.pos in ("NOUN", "PROPN", "PRON"):
            best = token
    return best


def citation(run: Sequence[Token]) -> list[Token]:
    """The words by which a reader would cite the phrase: no relative clause, no apposition.

    "the" at the front goes too; a very long phrase ends at its first preposition.
    """
    kept: list[Token] = []
    for token in run:
        if kept and (
            token.text in _BREAKS
            or token.text in _MARKS
            or token.lower in _RELATIVES
            or (token.tag in ("VBD", "VBZ", "VBP", "MD"))
            or token.dep.startswith("acl")
        ):
            break
        kept.append(token)
    if len(kept) > _LONG:
        cut = next((n for n, t in enumerate(kept) if n and t.tag == "IN"), len(kept))
        kept = kept[:cut]
    while len(kept) > 1 and (
        kept[0].lower == "the" or kept[0].text in _MARKS or kept[0].pos in ("ADP", "CCONJ", "SCONJ")
    ):
        kept.pop(0)
    while len(kept) > 1 and (
        kept[-1].pos in ("PUNCT", "ADP", "CCONJ", "ADV", "AUX", "SCONJ")
        or kept[-1].entity == "DATE"
        or kept[-1].lower in ("himself", "herself", "itself", "themselves", "'s", "’s")
    ):
        kept.pop()
    return kept


def parts(run: Sequence[Token]) -> list[list[Token]]:
    """The phrase cut where it names several sources: "police and witnesses" is two.

    Only whole phrases are parted: "Russian and Turkish officials" stays one, and so does a name
    that contains "and".
    """
    for n, token in enumerate(run):
        if token.lower not in ("and", "&") or not 0 < n < len(run) - 1:
            continue
        left, right = run[n - 1], run[n + 1]
        if left.entity and left.entity == token.entity:
            continue
        tail = run[n + 1 :]
        lone = all(t.tag in ("NN", "NNS", "NNP", "NNPS", "HYPH") for t in run[:n])
        entities = ("ORG", "PERSON")
        named = left.entity in entities and (
            right.entity in entities
            or (right.tag == "NNP" and any(t.entity == "PERSON" for t in tail))
        )
        plural = left.tag in ("NNS", "NNPS") and tail[-1].tag in ("NNS", "NNPS") and lone
        articled = right.tag in ("DT", "PRP$") and left.tag in _NOUNS
        if named or plural or articled:
            return [list(run[:n]), *parts(tail)]
    return [list(run)]


@cache
def _kinds() -> dict[str, tuple[SourceKind, ...]]:
    """Words (one or several) to the kinds that list them, in the order of precedence."""
    entry = table("sources")
    found: dict[str, list[SourceKind]] = {}
    for name in entry["order"]:
        for word in entry["kinds"][name]:
            found.setdefault(word, []).append(cast(SourceKind, name))
    return {word: tuple(names) for word, names in found.items()}


def _lookup(grams: Sequence[str]) -> SourceKind | None:
    """The kind of a run of words, written as they are or in the singular."""
    text = " ".join(grams)
    for form in (text, singular(text)):
        if form in _kinds():
            return _kinds()[form][0]
    return None


def singular(word: str) -> str:
    """The word without its plural ending, by spelling alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def kind(run: Sequence[Token], reporting: bool = False) -> SourceKind:
    """What sort of source a phrase names; `reporting` = it passes something on, as media do.

    The most telling word of the head wins, then any word of the phrase by the precedence in
    `sources.toml`, then what the head word alone suggests.
    """
    low = [t.lower for t in run]
    if any(word in words("sources", "anonymity.words") for word in low):
        return "anonymous"
    head = head_of(run)
    end = next((n for n, t in enumerate(run) if t is head), len(run) - 1) + 1
    neutral = words("sources", "neutral")
    # A person's name says nothing; the words before it do.
    while end > 1 and run[end - 1].entity == "PERSON" and run[end - 1].tag in ("NNP", "NNPS"):
        end -= 1
    for size in (3, 2, 1):
        if end >= size:
            found = _lookup(low[end - size : end])
            if found and not (size == 1 and singular(low[end - 1]) in neutral):
                return found
    seen = []
    n = 0
    while n < len(low):
        size = next((k for k in (3, 2) if _lookup(low[n : n + k])), 1)
        word = low[n : n + size]
        found = _lookup(word)
        if found and not (size == 1 and singular(word[0]) in neutral):
            seen.append(found)
        n += size
    if seen:
        order: list[str] = table("sources")["order"]
        return min(seen, key=order.index)
    alone = _lookup([low[end - 1]])
    if alone:
        return alone
    if head.entity == "ORG" or head.entity == "MISC":
        return "media" if reporting else "official"
    if head.entity or head.tag in ("NNP", "NNPS"):
        if head.entity == "PERSON":
            return "witness"  # those who hold an office are given its title
        return "media" if reporting else "official"
    return "media" if reporting else "witness"


def speaks(run: Sequence[Token]) -> bool:
    """Whether the head of a phrase is a word for somebody who can be a source."""
    head = head_of(citation(run)).lower
    return _lookup([head]) is not None or singular(head) in words("sources", "neutral")


def publishes(run: Sequence[Token]) -> bool:
    """Whether who is told something tells the world: a medium or an agency, by name or by word.

    Reporters at large, parliaments, persons and neighbours do not.
    """
    low = [t.lower for t in run]
    if any(word in words("sources", "publishing.never") for word in low[-1:]):
        return any(t.entity == "ORG" for t in run) and not low[-1].endswith("s")
    if any(t.tag in ("PRP", "PRP$") for t in run) or not run:
        return False
    if kind(run, reporting=True) not in words("sources", "publishing.kinds"):
        return False
    return any(t.entity in ("ORG", "MISC") or t.tag in ("NNP", "NNPS") for t in run) or any(
        singular(word) in words("sources", "kinds.media") for word in low
    )
