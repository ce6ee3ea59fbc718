"""Claims put together from their parts: what was read, where and when, on whose say-so, how sure.

Each claim quotes its evidence from the document exactly, and its `because` names the rule behind
every field. This module decides nothing about language itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from dataclasses import replace as replaced
from hashlib import sha256
from operator import attrgetter

from msgspec.structs import replace

from sayso.claims.attribution.kinds import seen_from
from sayso.claims.attribution.statements import Saying, SaySo, say_so
from sayso.claims.carrying import carried, sentence_numbers
from sayso.claims.episodes import episodes
from sayso.claims.event import acts
from sayso.claims.event.causes import cause, violence
from sayso.claims.event.frames import LASTING, Frame, Happened, frames, settled
from sayso.claims.feigned import feigned, retold
from sayso.claims.harm.changes import adding_up, change, told_beside
from sayso.claims.harm.figure import Figure
from sayso.claims.harm.figures import figures
from sayso.claims.harm.manner import manner, unit
from sayso.claims.harm.people import people
from sayso.claims.harm.roster import heads
from sayso.claims.harm.roster import row as listed_by_name
from sayso.claims.harm.things import tells_of_disease
from sayso.claims.identity import identified
from sayso.claims.listed import Cell, names_places, names_regions, year_of
from sayso.claims.matter import is_judged
from sayso.claims.modality import modality
from sayso.claims.referents import Harm, referents
from sayso.claims.setting.governing import Mention, covered
from sayso.claims.setting.scope import lies_back, of_report, running, scope
from sayso.claims.setting.sections import Section
from sayso.claims.setting.when import Told, when
from sayso.claims.setting.where import at, where
from sayso.claims.sharing import shared
from sayso.claims.withdrawal import withdrawn
from sayso.language.geography.placenames import demonyms
from sayso.language.trees import Sentence, Token
from sayso.records import (
    HARMS,
    Claim,
    Document,
    Event,
    Evidence,
    Kind,
    Party,
    Place,
    PlaceMention,
    Scope,
    TimeMention,
    When,
)
from sayso.shapes.blocks import NAME_WORDS

_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class _Text:
    """A document with what was read in it before its claims.

    `references` are words that stand for places; `apart` are sayers and cues; `lands` the countries
    of the names of countries and peoples; `sections` are what stands over each sentence,
    `feigned` the word by which the text says that nothing of it happened, and `retold` the one by
    which it speaks of a film or a match.
    """

    document: Document
    sentences: Sequence[Sentence]
    sayings: Sequence[Saying]
    places: Sequence[PlaceMention]
    references: Sequence[PlaceMention]
    times: Sequence[TimeMention]
    apart: Sequence[tuple[int, int]]
    lands: Mapping[str, str]
    sections: Sequence[Section]
    feigned: str
    retold: str


def claims(
    document: Document,
    sentences: Sequence[Sentence],
    sayings: Sequence[Saying],
    places: Sequence[PlaceMention],
    references: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    rows: Sequence[Cell] = (),
    over: Sequence[Section] = (),
) -> tuple[Claim, ...]:
    """Every figure and event that the document states or relays, in text order; `rows` are the
    figures of its tables and lists, `over` what stands over each sentence.

    Raises nothing of its own; evidence always satisfies `document.text[start:end] == text`.
    """
    if not sentences:
        return ()
    language = sentences[0].language
    apart = [s for saying in sayings for s in (saying.source, saying.cue) if s is not None]
    countries = {
        p.text.lower(): p.country for p in places if p.country and p.precision == "country"
    }
    lands = {**demonyms(language), **countries}
    over = over or [Section()] * len(sentences)
    text = _Text(
        document,
        sentences,
        sayings,
        places,
        references,
        times,
        apart,
        lands,
        over,
        feigned(sentences),
        retold(sentences),
    )
    happened: list[tuple[int, Figure | Frame]] = []
    counted: list[Figure] = []
    told: list[Figure] = []
    framed: dict[Token, Event | None] = {}
    below: Kind | None = None  # what became of those in the list that we are in
    for index, sentence in enumerate(sentences):
        rostered = listed_by_name(sentence, below, told) if below else None
        below = below if rostered else heads(sentence)
        if len(sentence.tokens) <= NAME_WORDS.get(sentence.kind, 0) and not rostered:
            continue
        counted = [rostered] if rostered else figures(sentence, counted, told)
        if any(f.kind == "cases" for f in counted) and not tells_of_disease(sentences):
            counted = [f for f in counted if f.kind != "cases"]
        told += counted
        # Who took part in a protest is counted, and who protests is said of the protest.
        harmed = {figure.predicate for figure in counted if figure.kind in HARMS}
        stated = frames(sentence)
        framed.update((f.predicate, f.event) for f in stated)
        happened += [(index, figure) for figure in counted]
        happened += [(index, f) for f in stated if f.predicate not in harmed]
    happened = _counted_once(happened, {row.kind for row in rows}) or list(
        acts.frames(sentences, document.text)
    )
    # What one sentence calls a blast another may call a bombing: settled over the whole document.
    events = settled([_behind(one, framed) for _, one in happened])
    found: dict[str, Claim] = {}
    ids: dict[Figure, str] = {}
    harms: dict[str, Harm] = {}
    denied: dict[str, Harm] = {}
    for (index, one), event in zip(happened, events, strict=True):
        if isinstance(one, Figure):
            whole = found.get(ids.get(one.whole, "")) if one.whole else None
            claim = _count(text, index, one, event, whole)
            ids[one] = claim.id
            for denial in _denials(text, claim):
                found.setdefault(denial.id, denial)
                denied[denial.id] = Harm(index, one.predicate, claim.when)
        elif event is not None:
            claim = _event(text, index, one, event)
        else:
            continue  # "the crime", and nothing before it that it could be
        found.setdefault(claim.id, claim)
        harms.setdefault(claim.id, Harm(index, one.predicate, claim.when))
    told_of = _acts(sentences, [n for n, _ in happened])
    for id, number in sentence_numbers(sentences, found.values()).items():
        if (name := told_of.get(number)) is not None:
            found[id] = replace(found[id], because=found[id].because | {"act": name})
    in_order = sorted(found.values(), key=lambda c: (c.evidence.start, c.evidence.end, c.id))
    of = referents(sentences, harms, times, places, document.published)
    scoped = of_report(running(told_beside(document.text, in_order)), sentences, times)
    by_episode = episodes(document, scoped, language, of)
    known = adding_up(document.text, carried(sentences, by_episode, language))
    tellings = harms | denied
    told_so = shared(identified(known, tellings, of, language), tellings)
    listed = [claim for claim in _listed(text, rows) if claim.id not in found]
    if not listed:
        return told_so
    return tuple(
        sorted((*told_so, *listed), key=lambda c: (c.evidence.start, c.evidence.end, c.id))
    )


def _listed(text: _Text, rows: Sequence[Cell]) -> Iterator[Claim]:
    """The claims of rows: said by whoever says what leads them in, where and when that is so, or
    where and when their own row says."""
    ends = [s.end for s in text.sentences]
    led: dict[tuple[int, Kind], Claim] = {}
    found: list[Claim] = []
    told_of: dict[tuple[str, str | None], str] = {}  # rows of a list of events, each of its own day
    dated: dict[str, str] = {}
    for row in rows:
        index = max(0, bisect_right(ends, row.lead) - 1)
        if (index, row.kind) not in led:
            led[index, row.kind] = _leading(text, index, row.kind)
        base = led[index, row.kind]
        place, time = _beside(text, row)
        own = {"kind": row.rule, "count": "number.exact", "episode": "episode.main"}
        own |= {"who": f"group.{row.who.category}"} if row.who else {}
        own |= {"where": f"place.{place.basis}"} if place else {}
        own |= {"when": f"time.{time.basis}"} if time else {}
        claim = replace(
            base,
            count=row.number,
            manner=row.manner,
            who=row.who,
            where=place or base.where,
            when=time or base.when,
            because=base.because | own,
            evidence=Evidence(
                start=row.start, end=row.end, text=text.document.text[row.start : row.end]
            ),
        )
        told = (row.number.text, str(row.number.low), str(row.number.high))
        found.append(replace(claim, id=_id(claim, *told)))
        if time is not None:
            event = (place.text if place else "", time.start)
            dated[found[-1].id] = told_of.setdefault(event, f"r{len(told_of)}")
    for row, claim in zip(rows, found, strict=True):
        if row.whole is not None:
            claim = replace(claim, part_of=found[row.whole].id)
        elif len(told_of) > 1 and claim.id in dated:
            own = claim.because | {"episode": "episode.another"}
            claim = replace(claim, episode=dated[claim.id], because=own)
        yield claim


def _leading(text: _Text, index: int, kind: Kind) -> Claim:
    """What a sentence makes of the rows under it: on whose say-so they are, where and when."""
    sentence = text.sentences[index]
    told = [t for t in sentence.tokens if t.pos in ("VERB", "NOUN")]
    told = [t for t in told if not covered(t.start, text.apart)] or [*sentence.tokens]
    scoped, rule = scope(text.sentences, index, told[-1], text.times, text.document.published)
    base = _stated(text, index, told[-1], told[-1:], kind)
    return replace(base, scope=scoped, because=base.because | {"scope": rule})


def _first(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The first of the mentions, which are in text order, that stands between two offsets."""
    at = bisect_left(mentions, start, key=attrgetter("start"))
    return next((m for m in mentions[at : at + 1] if m.end <= end), None)


def _beside(text: _Text, row: Cell) -> tuple[Place | None, When | None]:
    """Where and when the other cells of a row say that it is."""
    language = text.sentences[0].language
    place: Place | None = None
    time: When | None = None
    wide = False  # whether the place found so far has others of its row in it
    for head, (start, end) in row.beside:
        spot, day = _first(text.places, start, end), _first(text.times, start, end)
        printed, over = text.document.text[start:end], text.document.text[slice(*head)]
        if year := year_of(printed, over, language):
            time = time or When(
                text=year, start=f"{year}-01-01", end=f"{year}-12-31", basis="sentence"
            )
        elif _ISO.fullmatch(printed):
            time = time or When(text=printed, start=printed, end=printed, basis="sentence")
        elif day is not None and spot is None:
            time = time or When(text=day.text, start=day.first, end=day.last, basis="sentence")
        elif place is None or wide:
            other = at(spot, "sentence") if spot else None
            if other is None and names_places(over, language):
                other = Place(text=printed, basis="sentence", chain=(printed,))
            place, wide = other or place, wide if other is None else names_regions(over, language)
    return place, time


def _counted_once(
    happened: list[tuple[int, Figure | Frame]], listed: Set[Kind]
) -> list[tuple[int, Figure | Frame]]:
    """The same, without the "two or more" of people in the plural where the document or its rows
    (`listed`) count those to whom the same was done: "people were killed" says no more than its
    "nine killed".
    """
    counted = {f.kind for _, f in happened if isinstance(f, Figure) and f.is_numbered} | listed
    return [
        (n, replaced(f, count=None))
        if isinstance(f, Figure) and f.kind in counted and not f.is_numbered
        else (n, f)
        for n, f in happened
    ]


def _acts(sentences: Sequence[Sentence], numbers: Iterable[int]) -> dict[int, str]:
    """What the words of the sentences of these numbers say was done, by rule and act."""
    told = ((n, acts.act(sentences[n])) for n in sorted(set(numbers)))
    return {n: _rule(one) for n, one in told if one is not None}


def _rule(one: acts.Act) -> str:
    if not one.name:
        return "act.none"
    return f"act.{'sure' if one.is_sure else 'likely'}:{one.name}"


def _behind(one: Figure | Frame, framed: Mapping[Token, Event | None]) -> Happened:
    """What happened, as far as its own sentence tells; `framed` are the events that words name."""
    if isinstance(one, Frame):
        return Happened(one.event, one.points_back, one.accident)
    behind = cause(one.predicate, one.kind)
    if behind is not None:
        return Happened(behind.event)
    if one.kind not in HARMS:
        return Happened(framed.get(one.predicate))
    return Happened(violence(one.predicate, one.by, one.kind))


def _count(
    text: _Text, index: int, figure: Figure, event: Event | None, whole: Claim | None
) -> Claim:
    """The claim of a figure that came of `event`; `whole` is that of the figure it is part of."""
    base = _stated(text, index, figure.predicate, figure.tokens, figure.kind)
    scoped, rule = _scope(text, index, figure.predicate, base)
    if scoped == "current" and whole is not None and whole.scope != scoped:
        scoped, rule = whole.scope, "scope.of-the-whole"
    number = figure.count
    told = (number.text, str(number.low), str(number.high)) if number else ("not given",)
    named = people(figure)
    changes, by_rule = change(text.sentences[index], figure) or (None, "")
    return replace(
        base,
        id=_id(base, *told),
        event=event,
        count=number and replace(number, unit=unit(figure)),
        manner=manner(figure),
        who=figure.who,
        by=figure.by,
        scope=scoped,
        part_of=whole.id if whole else None,
        change=changes,
        people=named,
        because=_parties(figure.who, by=figure.by)
        | figure.because
        | base.because
        | {"scope": rule}
        | ({"change": by_rule} if changes else {})
        | ({"people": "people.named"} if named else {}),
    )


def _scope(text: _Text, index: int, predicate: Token, base: Claim) -> tuple[Scope, str]:
    """Whether a claim is of this story, by its words or else by the time that it was given."""
    published = text.document.published
    scoped, rule = scope(text.sentences, index, predicate, text.times, published)
    if scoped == "current" and rule != "scope.lead" and lies_back(base.when, published):
        return "background", "scope.recalled"
    return scoped, rule


def _denials(text: _Text, claim: Claim) -> Iterator[Claim]:
    """What others deny of a figure in the same breath, each a claim beside it: "the army's claim
    that it killed six was rejected by the rebels".
    """
    evidence = claim.evidence
    says = say_so(text.sayings, text.sentences, evidence.start, evidence.end, text.document.outlet)
    home = claim.where.country if claim.where else None
    for denied in says.denied:
        beside = replace(
            claim,
            modality="denied",
            sources=tuple(seen_from(source, home, text.lands) for source in denied.sources),
            basis=denied.basis,
            cues=denied.cues,
            part_of=None,
            because=claim.because
            | {"sources": f"source.{denied.rule}", "modality": "modality.told-apart"},
        )
        told = ("denied", *(source.text for source in denied.sources))
        yield replace(beside, id=_id(beside, *told))


def _event(text: _Text, index: int, frame: Frame, event: Event) -> Claim:
    """The claim of an event."""
    lasting = event.type in LASTING
    base = _stated(text, index, frame.predicate, frame.tokens, "event", lasting)
    scoped, rule = _scope(text, index, frame.predicate, base)
    if frame.modality_hint and base.modality in ("asserted", "reported"):
        _, _, word = frame.rule.partition(":")
        ahead = {"modality": f"modality.{frame.modality_hint}:{word}"}
        base = replace(base, modality=frame.modality_hint, because=base.because | ahead)
    return replace(
        base,
        id=_id(base, event.type, event.mode or ""),
        event=event,
        who=frame.who,
        by=frame.by,
        to=frame.to,
        scope=scoped,
        because={"event": f"event.{frame.rule}", "scope": rule}
        | _parties(frame.who, by=frame.by, to=frame.to)
        | base.because,
    )


def _parties(who: Party | None, **roles: Party | None) -> dict[str, str]:
    """The rules behind those named, unless a closer one is given: by what words the group counted
    is put into its category, in what role the others stand.
    """
    found = {"who": f"group.{who.category}"} if who else {}
    return found | {name: f"{name}.role" for name, party in roles.items() if party}


def _stated(
    text: _Text,
    index: int,
    predicate: Token,
    tokens: Sequence[Token],
    kind: Kind,
    lasting: bool = False,
) -> Claim:
    """What figures and events have alike: evidence, place, time, say-so and stance; the id is the
    document's, for `_id` to go on from.
    """
    document = text.document
    start, end = tokens[0].start, tokens[-1].end
    says = say_so(text.sayings, text.sentences, start, end, document.outlet)
    stance, rule = modality(predicate, says, harm=kind != "event")
    if word := withdrawn(text.sentences, index, predicate):
        says, stance, rule = SaySo(), "denied", f"withdrawn:{word}"
    elif word := text.feigned or ("" if is_judged(kind, document.text) else text.retold):
        stance, rule = "hypothetical", f"feigned:{word}"
    section = text.sections[index]
    near = [m for m in text.places if m.start not in section.others] if section.others else None
    place = where(
        text.sentences, index, predicate, tokens, near or text.places, text.references, text.apart
    )
    home = place.country if place else None
    told = Told(stance, kind, lasting, text.references)
    time = when(
        text.sentences,
        index,
        predicate,
        tokens,
        text.times,
        text.apart,
        document.published,
        told,
    )
    place, time = section.where(place), section.when(time)
    return Claim(
        id=document.id,
        kind=kind,
        where=place,
        when=time,
        posted=section.posted,
        modality=stance,
        sources=tuple(seen_from(source, home, text.lands) for source in says.sources),
        basis=says.basis,
        cues=says.cues,
        because={"sources": f"source.{says.rule}", "modality": f"modality.{rule}"}
        | ({"where": f"place.{place.basis}"} if place else {})
        | ({"when": f"time.{time.basis}"} if time else {}),
        evidence=Evidence(start=start, end=end, text=document.text[start:end]),
    )


def _id(stated: Claim, *what: str) -> str:
    """A hash of what the claim is: the same reading of the same words always has the same id."""
    evidence = stated.evidence
    parts = (stated.id, str(evidence.start), str(evidence.end), stated.kind, *what)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
