"""Which name says what another lies in: "Karsa of Tovar district, Helm province", "Tripoli, in the
north of Lebanon", "Lebanon's second city, Tripoli", "the Lebanese city of Tripoli".

Only the words between two names are looked at, and what kind of place each is called; what the
names mean is the business of `senses`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sayso.language.gazetteer import Gazetteer
from sayso.language.geography.nesting import lies_in
from sayso.language.geography.placenames import Run, demonyms, text_of
from sayso.language.geography.senses import options
from sayso.language.grammar.features import is_word
from sayso.language.trees import Token
from sayso.lexicon import words

# From a square to a country: a place lies in one of a higher level.
_SITE, _QUARTER, _TOWN, _PART, _REGION, _COUNTRY = range(6)
_LEVELS = {"quarter": _QUARTER, "city": _TOWN, "part": _PART, "region": _REGION}
_RULES = frozenset(["-", "--", "–", "—"])
_QUOTES = frozenset("'\"’‘“”`")
# How many words can stand between two names: "the Al-Nur quarter in the east of the old port city
# of Aden".
_FAR = 9
# Words of the longest kind: "local government area", "sub-county".
_WORDS = 3
# People of a town that is no less known than the region of its name.
_LARGE = 100_000


class Link(NamedTuple):
    """What a name lies in: the index of another name. A `loose` one holds only where the place can
    lie there: of "Karsa and Milna in Tovar" both may. A `firm` one holds even where a large town
    elsewhere bears the name: "the Rabat area of Tovar district", "Russia Hospital in Karsa".
    """

    within: int
    loose: bool = False
    firm: bool = False


def links(found: Sequence[Run], gazetteer: Gazetteer) -> list[Link | None]:
    """For each name of a document, in text order, what the text says that it lies in."""
    result: list[Link | None] = [None] * len(found)
    for n in range(len(found) - 2, -1, -1):
        run, after = found[n], found[n + 1]
        if run.number != after.number or run.in_body:
            continue
        between = _between(run, after)
        if len(between) > _FAR:
            continue
        here = result[n + 1]
        held = (_lends, _owns)
        if here is None and any(holds(run, after, between, gazetteer) for holds in held):
            result[n + 1] = Link(n)
        elif not after.in_body and _inside(run, after, between, gazetteer):
            said = {t.lower for t in between}
            firm = bool(said & run.sentence.words("places", "containment.placing")) and bool(
                _of_kinds(between)
            )
            finer = n + 2 < len(found) and result[n + 2] == Link(
                n + 1
            )  # "in Helm's Tovar district"
            result[n] = Link(n + 1 + finer, firm=firm or run.facility)
        elif _beside(between) or _joined(after, between, gazetteer):
            result[n] = Link(here.within, loose=True) if here and here.within > n else None
    return result


def kind_of(run: Run) -> str | None:
    """What the words around call the place: "quarter" ("the Nur neighbourhood"), "city" ("the town
    of Gao"), "part" ("Tovar district") or "region" ("Anbar province"); None if nothing.
    """
    if not run.settled_by:
        return None
    tokens, own = run.sentence.tokens, run.settled_by
    first, last = own[0].i, own[-1].i
    behind = last + 1
    if any(t.text == "(" for t in tokens[behind : behind + 1]):  # "Karsa (Old Tovar) district"
        closing = next((t.i for t in tokens[last + 2 : last + 7] if t.text == ")"), last)
        behind = closing + 1
    elif any(t.text in _QUOTES for t in tokens[behind : behind + 1]):
        behind += 1
    said = _phrases(tokens[behind : behind + _WORDS])
    if first > 1 and is_word(tokens[first - 1], "genitive"):
        if first < 3 or tokens[first - 3].pos != "PROPN":  # no "Nur quarter of Gao"
            said.append(tokens[first - 2].lower)
    elif first and tokens[first - 1].pos in ("NOUN", "PROPN"):
        said.append(tokens[first - 1].lower)  # "village Karsa"
    if len(own) > 1:
        said += [own[0].lower] if _is_led(run) else []
        said += reversed(_phrases(own[1:], last=True))
    for word in said:
        for kind in _LEVELS:
            if word in run.sentence.words("places", f"kinds.{kind}"):
                return kind
    return "city" if _is_dateline(run) else None


def _is_led(run: Run) -> bool:
    """Whether the name begins with what it is: "Barangay Karsa"."""
    return len(run.tokens) > 1 and run.tokens[0].lower in run.sentence.words(
        "places", "kinds.quarter"
    )


def _is_dateline(run: Run) -> bool:
    """Whether the name heads a report, which is a town's: "GAO, Mali (Reuters) - "."""
    tokens, last = run.sentence.tokens, run.tokens[-1].i
    behind = [t.text for t in tokens[last + 1 : last + 9]]
    headed = any(mark in behind for mark in _RULES)
    return run.tokens[0].i == 0 and text_of(run.tokens).isupper() and headed


def kinds_of(found: Sequence[Run], gazetteer: Gazetteer) -> list[str | None]:
    """As `kind_of`, for all names of a document: "Karsa, Milna and Tovar districts" are three."""
    kinds = [kind_of(run) for run in found]
    for n in range(len(found) - 2, -1, -1):
        run, after = found[n], found[n + 1]
        if run.number == after.number and _lends(run, after, _between(run, after), gazetteer):
            kinds[n], kinds[n + 1] = "city", kinds[n + 1] or kinds[n]
        if kinds[n] or not kinds[n + 1] or run.number != after.number:
            continue
        behind = run.sentence.tokens[after.tokens[-1].i + 1 :][:1]
        plural = [
            t
            for t in behind
            if t.lower in _kinds(run.sentence.language) and "Number=Plur" in t.feats
        ]
        if _beside(_between(run, after)) and (plural or kind_of(after) is None):
            kinds[n] = kinds[n + 1]
    return kinds


def home_of(run: Run) -> str | None:
    """The country that an adjective gives the place: "the Lebanese city of Tripoli"."""
    tokens = run.sentence.tokens
    at = run.tokens[0].i - 1
    if at > 0 and is_word(tokens[at], "genitive"):
        at -= 1
        if tokens[at].lower not in _kinds(run.sentence.language):
            return None
        at -= 1
        while at > 0 and (
            tokens[at].pos == "ADJ" or tokens[at].lower in _kinds(run.sentence.language)
        ):
            if tokens[at].lower in demonyms(run.sentence.language):
                break
            at -= 1
    elif at > 0 and tokens[at].lower in _kinds(run.sentence.language):
        at -= 1
    return demonyms(run.sentence.language).get(tokens[at].lower) if at >= 0 else None


def level(run: Run, gazetteer: Gazetteer) -> int | None:
    """How large a place the name can be at most; None if nothing tells."""
    kind = kind_of(run)
    if kind:
        return _LEVELS[kind]
    if run.facility:
        return _SITE
    found = [c for c in options(text_of(run.tokens), gazetteer, run.sentence.language) if c.main]
    if any(c.kind == "country" for c in found):
        return _COUNTRY
    if any(c.kind == "region" and not c.part for c in found):
        return _REGION
    if any(c.kind == "city" for c in found):
        return _TOWN
    if any(c.kind == "region" for c in found):
        return _PART
    others = [
        c
        for c in options(text_of(run.tokens), gazetteer, run.sentence.language)
        if c.kind == "region"
    ]
    if not others:
        return None
    return _PART if all(c.part for c in others) else _REGION


def _between(run: Run, after: Run) -> list[Token]:
    return list(run.sentence.tokens[run.tokens[-1].i + 1 : after.tokens[0].i])


def _inside(run: Run, after: Run, between: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """Whether the words between two names put the first into the second."""
    told = [t for t in between if t.text not in _QUOTES]
    said = [t.lower for t in told]
    if not said or not _leads(told):
        return False
    own, outer = level(run, gazetteer), level(after, gazetteer)
    if own in (_TOWN, _PART) and not options(text_of(run.tokens), gazetteer, run.sentence.language):
        own = _QUARTER  # "the village of Karsa (Djibo)", "Karsa district of Djibo": that town's
    owned = any(is_word(t, "genitive") for t in told)
    if owned or _within(told):
        near = own is not None and own <= _PART and outer == _QUARTER  # "a village of Karsa area"
        if outer is None or own is None or near:
            return True
        return outer >= own if owned else outer > own
    if outer is None:
        return False
    if outer >= _PART:
        if _goes_on(after) and _is_town(after, gazetteer):
            return False  # "Copenhagen, Hamburg and Oslo"
        text = text_of(after.tokens)
        wide = _wide(run, gazetteer)
        listed = kind_of(run) is None and wide & _wide(after, gazetteer)
        least = _LARGE if _goes_on(after) else 0
        if listed and not _is_seat(run, after, gazetteer, least):
            # "Georgia, Alabama and Florida" is a list; "Washington, Pa." is not
            return own != _COUNTRY and ("." in text or text.isupper())
        return own is None or outer > own or bool(wide) or "." in text or text.isupper()
    if _is_led(run) and said == [","]:
        return own == _QUARTER and outer in (
            _QUARTER,
            _TOWN,
        )  # "Purok Karsa, Barangay Milna, Tovar"
    # "Karada, Baghdad" and "Karada (Baghdad, Iraq)", but not "Karsa, Oslo and Bergen"
    within = own is None or own < outer or _is_seat(run, after, gazetteer)
    return within and ("(" in said or not _goes_on(after))


def _is_seat(run: Run, after: Run, gazetteer: Gazetteer, least: int = 0) -> bool:
    """Whether a town of so many people at `least` lies in a region of the other name: in a district
    that shares it with some town ("Djibo, Soum").
    """
    towns, lands = (
        [c for c in options(text_of(r.tokens), gazetteer, r.sentence.language) if c.main]
        for r in (run, after)
    )
    large = [t for t in towns if t.population >= least]
    return any(lies_in(t, r) for r in lands if r.kind == "region" for t in large)


def _is_town(run: Run, gazetteer: Gazetteer) -> bool:
    """Whether the name is also that of a large town, and nothing says which is meant."""
    return _is_large(run, gazetteer) and kind_of(run) is None


def _wide(run: Run, gazetteer: Gazetteer) -> set[str]:
    """Whether the name can be a whole country, or a first division of one, or both."""
    found = options(text_of(run.tokens), gazetteer, run.sentence.language)
    return {c.kind for c in found if c.main and c.kind in ("country", "region") and not c.part}


def _leads(told: Sequence[Token]) -> bool:
    """Whether only such words stand there as lead from a place to what it lies in."""
    linked, kinds = False, _of_kinds(told)
    for at, token in enumerate(told):
        word = token.lower
        if word in told[0].words("places", "containment.directions"):
            inner = at and told[at - 1].lower in token.words("places", "containment.inner")
            if not inner and any(is_word(t, "genitive") for t in told[at + 1 : at + 2]):
                return False  # "north of Karsa" is beside it
        elif word in told[0].words("places", "containment.links"):
            linked = True
        elif not (
            at in kinds
            or word in told[0].words("places", "containment.fillers")
            or token.pos in ("DET", "ADJ")
        ):
            return False
    return linked


def _within(told: Sequence[Token]) -> bool:
    return any(t.lower in told[0].words("places", "containment.inside") for t in told)


def _owns(run: Run, after: Run, between: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """Whether the first name owns the second: "Helm's Tovar district", "Libya's port, Karsa"."""
    if not between or between[0].lower not in between[0].words("places", "containment.owning"):
        return False
    rest = between[1:]
    if any(t.pos not in ("ADJ", "NOUN", "NUM", "PUNCT", "ADP", "DET") for t in rest):
        return False
    if rest and not any(t.lower in _kinds(between[0].language) or t.pos == "ADJ" for t in rest):
        return False
    own, outer = level(after, gazetteer), level(run, gazetteer)
    return outer is not None and outer > _TOWN and (own is None or own < outer)


def _lends(run: Run, after: Run, between: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """Whether a large town tells where a district is: "the Aden district of Karsa"."""
    if not 2 <= len(between) <= _WORDS + 1 or not is_word(between[-1], "genitive"):
        return False
    whole = len(_of_kinds(between[:-1])) == len(between) - 1
    return whole and level(after, gazetteer) is None and _is_large(run, gazetteer)


def _is_large(run: Run, gazetteer: Gazetteer) -> bool:
    found = options(text_of(run.tokens), gazetteer, run.sentence.language)
    return any(c.main and c.kind == "city" and c.population >= _LARGE for c in found)


def _beside(between: Sequence[Token]) -> bool:
    """Whether two names stand in one row: "Karsa and Milna"."""
    said = [t for t in between if t.text not in _QUOTES]
    kinds = _of_kinds(said)
    rest = [t.lower for at, t in enumerate(said) if at not in kinds]
    return bool(rest) and all(
        word in between[0].words("places", "containment.row") for word in rest
    )


def _joined(after: Run, between: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """Whether the second, in brackets, is another name of the first: "Karsa (Old Tovar)"."""
    return [t.text for t in between] == ["("] and level(after, gazetteer) in (None, _TOWN, _PART)


def _goes_on(run: Run) -> bool:
    """Whether a row of names goes on behind this one."""
    last = run.tokens[-1].i
    behind = run.sentence.tokens[last + 1 : last + 4]
    if not behind or behind[0].lower not in run.sentence.words("places", "containment.row"):
        return False
    return any(t.pos == "PROPN" and t.entity != "DATE" for t in behind)


def _phrases(tokens: Sequence[Token], last: bool = False) -> list[str]:
    """What these words begin with (or end in, if `last`), the longest first: a kind can be several
    words.
    """
    ends = range(min(_WORDS, len(tokens)), 0, -1)
    return [text_of(tokens[-end:] if last else tokens[:end]).lower() for end in ends]


def _of_kinds(tokens: Sequence[Token]) -> set[int]:
    """Which of these words say what kind of place something is."""
    found: set[int] = set()
    for at in range(len(tokens)):
        for phrase in _phrases(tokens[at : at + _WORDS]):
            if phrase in _kinds(tokens[at].language):
                found |= set(range(at, at + len(phrase.replace("-", " - ").split())))
                break
    return found


@cache
def _kinds(language: str) -> frozenset[str]:
    return frozenset().union(*(words("places", f"kinds.{kind}", language) for kind in _LEVELS))
