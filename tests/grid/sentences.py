"""One sentence of the grid from a template, with the right answer.

A template is text with slots: `{A}` `{B}` `{C}` people who suffer, `{D}` `{E}` who act, `{P}` `{Q}`
places, `{S}` `{R}` who say so, `{O}` who gives orders, `{V:past A}` `{W:part}` a verb in a form, with what it is done to, and
`{when}` a day. `{A:were}` and `{D:have}` agree; `{D:the}` is definite, `{D:own}` possessive, `{D:bare}`
as in headlines. Where a construction says nothing of claims, V was done to A, by D if there is one.

A claim is `[REALITY] KIND FIGURE [by DOER]`: real; any (real, however it is vouched for); said (told
as somebody's word, and marked so); unreal (stays out, is marked, or counts nought); may (right with
and without it). V, W or kinds of the record (a/b: either). A, B, C or a count as in figures.toml. D,
E, "-" nobody, "?" not judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from grid.casting import SLOT, Cast, Dealer, Unfit, cast
from grid.words import REALITIES, Counted, Doer, Group, Verb, counted, tokens

AGREE = {
    "were": ("was", "were"),
    "are": ("is", "are"),
    "have": ("has", "have"),
    "do": ("does", "do"),
    "they": ("it", "they"),
    "hits": ("hits", "hit"),
    "seem": ("seems", "seem"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence, the claims it makes, and the words of those who must never be counted."""

    text: str
    verbs: tuple[str, ...]
    claims: tuple[dict[str, Any], ...]
    never: tuple[str, ...]


def make(template: str, fill: dict[str, Any], dealer: Dealer) -> Sentence:
    """A sentence of a template. Raises `Unfit` where what was dealt makes none, and `KeyError`,
    `AttributeError` or `ValueError` where the template is at fault."""
    rows: list[str] = fill.get("claims", ["V A"])
    made = cast(template, fill, rows, dealer)
    text = SLOT.sub(lambda slot: said(slot, made), template)
    text = re.sub(r",(?=\s*[,.;:?)])", "", text)
    text = re.sub(r"^\W*\w", lambda first: first[0].upper(), text)
    claims = tuple(claim for row in rows for claim in claimed(row, made))
    stays_out = never(fill, rows, made) & tokens(text)
    told = [people for letter, people in made.groups.items() if is_told(letter, rows)]
    counts = tokens(*(people.text for people in told))
    counts -= {word for people in told for word in people.never}
    counts |= tokens(*(word for claim in claims for word in claim["who"]))
    if stays_out & counts:
        raise Unfit
    verbs = tuple(verb.id for verb in made.verbs.values())
    return Sentence(text, verbs, claims, tuple(sorted(stays_out)))


def is_told(letter: str, rows: list[str]) -> bool:
    """Whether some claim counts that group."""
    return any(letter in row.split() for row in rows)


def said(slot: re.Match[str], made: Cast) -> str:
    """What is written for a slot."""
    name, rest = slot[1], slot[2] or ""
    if name in made.names:
        return bare(made.names[name]) if rest == "bare" else made.names[name]
    if name in made.verbs:
        form, _, done_to = rest.partition(" ")
        people = re.sub(r"\b[ABC]\b", lambda letter: made.groups[letter[0]].text, done_to)
        subject = made.doers.get("E" if name == "W" else "D", made.doers.get("D"))
        return conjugated(made.verbs[name], form, people, subject)
    if name in made.doers:
        return acting(made.doers[name], rest)
    return suffering(made.groups[name], rest or ("first" if slot.start() == 0 else ""))


def conjugated(verb: Verb, form: str, people: str, subject: Doer | None) -> str:
    """A verb with the people to whom it is done: "shot nine monks dead", "gunned down nine monks"."""
    if form == "noun":
        return verb.noun
    word = verb.base if form == "now" and (not subject or subject.many) else getattr(verb, form)
    return " ".join(part for part in (word, verb.particle, people, verb.tail) if part)


def acting(doer: Doer, rest: str) -> str:
    """One who acts, or a word that agrees with them."""
    match rest:
        case "":
            return doer.text
        case "the":
            return doer.the
        case "bare":
            return bare(doer.text)
        case "own":
            return own(doer.text)
        case "who":
            return "which" if doer.sort == "body" or doer.text.startswith("the ") else "who"
    return AGREE[rest][doer.many]


def suffering(people: Group, rest: str) -> str:
    """People to whom it is done, or a word that agrees with them."""
    match rest:
        case "":
            return people.text
        case "first":
            return people.first
        case "own":
            return own(people.text)
    return AGREE[rest][people.many]


def own(text: str) -> str:
    """A possessive."""
    return text + ("'" if text.endswith("s") else "'s")


def bare(text: str) -> str:
    """A noun phrase as headlines have it."""
    return re.sub(r"^(a|an|the) ", "", text)


def claimed(row: str, made: Cast) -> list[dict[str, Any]]:
    """The claims of one row of a construction."""
    words, _, by = row.partition(" by ")
    parts = words.split()
    reality = parts.pop(0) if parts[0] in REALITIES else "real"
    kind = parts.pop(0)
    kinds = (made.verbs[kind].kind if kind in made.verbs else kind).split("/")
    people = made.groups.get(parts[0])
    counts = people.counts if people else (counted(" ".join(parts)),)
    if reality != "real":
        counts = tuple(replace(count, reality=reality) for count in counts)
    return [claim(kinds, count, by_whom(by, made)) for count in counts]


def by_whom(by: str, made: Cast) -> list[str] | None:
    """The words of which one names who did it: None for nobody, empty where it is not judged."""
    if by in ("-", "?"):
        return None if by == "-" else []
    doer = made.doers.get(by or "D")
    if doer is None:
        return [by] if by else None
    return [doer.head] if doer.is_somebody else []


def claim(kinds: list[str], people: Counted, by: list[str] | None) -> dict[str, Any]:
    """A claim as the file has it. Nought counts nobody: it is unreal."""
    reality = "unreal" if people.high == 0 else people.reality
    return {
        "reality": reality,
        "kinds": kinds,
        "low": people.low,
        "high": people.high,
        "who": list(people.heads),
        "by": [] if reality in ("unreal", "may") else by,
        "part": people.part,
    }


def never(fill: dict[str, Any], rows: list[str], made: Cast) -> set[str]:
    """The words of all who act, say so or are places, and of groups that come to no harm."""
    found = tokens(*fill.get("never", ()))
    found |= tokens(*(doer.text for doer in made.doers.values()))
    found |= tokens(*(name for letter, name in made.names.items() if letter != "when"))
    for letter, people in made.groups.items():
        if is_told(letter, rows):
            found |= set(people.never)
        else:
            found |= tokens(*(head for count in people.counts for head in count.heads))
    return found
