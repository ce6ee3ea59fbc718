"""Noun phrases that name a source: how far they reach, and how to cite them.

Works on words and trees of one sentence; what kind of source it is, is for `kinds`, which earlier
name a pronoun stands for, for `coreference`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.people import singular
from sayso.language.trees import Token
from sayso.lexicon import words

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
_BEFORE_TIMES = frozenset(["DET", "ADJ", "NUM", "ADP", "ADV"])
_LONG = 12
"""Words after which a citation is cut at its first preposition."""


def nominal(token: Token) -> bool:
    """Whether the word can stand inside a plain noun phrase."""
    return token.tag in _NOMINAL or (token.pos in ("NOUN", "PROPN", "NUM") and token.tag != "VB")


def is_abbreviating(tokens: Sequence[Token], k: int) -> bool:
    """Whether the full stop at index `k` is that of a title before a name: "Col. Tavo Reyn"."""
    if not 0 < k < len(tokens) - 1 or tokens[k].text != ".":
        return False
    title = tokens[k - 1].lower in words("sources", "persons.abbreviated")
    return title and tokens[k + 1].text[:1].isupper()


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
        plain = plain or is_abbreviating(tokens, k)
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
        has_noun = any(
            (t.tag in _NOUNS and t.tag != "DT") or t.relation in ("obj", "iobj") for t in run
        )
        if token.entity == "DATE" and (not run or has_noun):
            break
        if nominal(token) or is_abbreviating(tokens, k):
            if has_noun and token.tag in _STARTERS and run[-1].lower not in _LINKS | {"and", "&"}:
                break
            if run and run[-1].tag == "PRP":
                break
            if has_noun and _counts(token, following):
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
        if any(t.tag in _NOUNS and t.tag != "DT" for t in run)
        or (run and (run[0].pos == "PRON" or run[0].relation == "nsubj"))  # "said another"
        else []
    )


def _counts(token: Token, following: Token | None) -> bool:
    """Whether a number begins a phrase of its own: "told reporters nine people had died"."""
    plain = token.tag == "CD" and not token.entity
    return plain and following is not None and following.tag in ("NN", "NNS", "JJ")


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

    "the" at the front goes too; a very long phrase ends at its first preposition. "Its director,
    Ada Voss" is cited by the name.
    """
    named = _named_after(run)
    if named:
        return named
    if [t.lower for t in run[:2]] == ["according", "to"]:
        run = run[2:]  # "according to the committee, which said": the committee says both
    kept: list[Token] = []
    for token in run:
        if kept and (
            token.text in _BREAKS
            or token.text in _MARKS
            or token.lower in _RELATIVES
            or (token.tag in ("VBD", "VBZ", "VBP", "MD"))
            or (token.dep.startswith("acl") and not _names(token))
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
        kept[-1].pos in ("PUNCT", "ADP", "CCONJ", "ADV", "AUX", "SCONJ", "PART")
        or kept[-1].entity == "DATE"
        or kept[-1].lower in ("himself", "herself", "itself", "themselves", "'s", "’s")
    ):
        kept.pop()
    return kept


def _names(verb: Token) -> bool:
    """Whether a participle gives its noun a name: "a senior official named Shanru"."""
    return verb.lemma.lower() in words("saying", "usage.naming") and any(
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
    return token.entity == "DATE" or token.lower in words("saying", "usage.times") or adverbial


def is_voiceless(run: Sequence[Token]) -> bool:
    """Whether a phrase names what can say nothing: a landslide, a protest, a bare amount."""
    plain = bare(run)
    head = head_of(plain)
    if head.entity in ("PERSON", "ORG"):
        return False
    listed = {head.lower, singular(head.lower)} & words("sources", "voiceless.heads")
    return bool(listed) or not any(c.isalpha() for t in plain for c in t.text)


def bare(run: Sequence[Token]) -> list[Token]:
    """The phrase without the clauses that describe it: "a man" of "a man who fled the hospital"."""
    for n, token in enumerate(run):
        clause = token.tag in ("VBG", "VBN") and token.dep.startswith("acl")
        if n and (clause or token.lower in ("who", "whom", "whose", "which")):
            return list(run[:n])
    return list(run)


def issuer(run: Sequence[Token]) -> list[Token]:
    """Whose paper it is: "the navy" for "figures released by the navy"; others as they are."""
    paper = bare(run)
    rest = run[len(paper) :]
    issued = len(rest) > 2 and rest[0].tag == "VBN" and rest[1].lower == "by"
    if issued and singular(head_of(paper).lower) in words("saying", "usage.papers"):
        return list(rest[2:])
    return list(run)


def quoted(run: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """A phrase parted at "quoted by M" or "cited by M": who speaks, and M; M is empty if not so."""
    for n in range(1, len(run) - 2):
        if run[n].lower in ("quoted", "cited") and run[n + 1].lower in ("by", "in"):
            who = list(run[:n])
            while len(who) > 1 and who[-1].pos == "PUNCT":
                who.pop()
            return who, list(run[n + 2 :])
    return list(run), []


def _named_after(run: Sequence[Token]) -> list[Token]:
    """The name that a description is given: Ada Voss for "its director, Ada Voss"."""
    if not run or run[0].tag not in ("PRP$", "DT"):
        return []
    comma = next((n for n, t in enumerate(run) if t.text == ","), len(run))
    name = []
    for token in run[comma + 1 :]:
        if token.entity != "PERSON":
            break
        name.append(token)
    return name
