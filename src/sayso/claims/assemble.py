"""Claims put together from their parts: what was read, where and when, on whose say-so, how sure.

Each claim quotes its evidence from the document exactly, and its `because` names the rule behind
every field. This module decides nothing about language itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace as replaced

from msgspec.structs import replace

from sayso.claims.attribution.kinds import seen_from
from sayso.claims.attribution.statements import Saying, say_so
from sayso.claims.carrying import carried, sentence_numbers
from sayso.claims.episodes import episodes
from sayso.claims.event import acts
from sayso.claims.event.causes import cause, violence
from sayso.claims.event.frames import LASTING, Frame, Happened, frames, settled
from sayso.claims.feigned import feigned
from sayso.claims.harm.changes import adding_up, change, told_beside
from sayso.claims.harm.figure import Figure
from sayso.claims.harm.figures import figures
from sayso.claims.harm.manner import manner, unit
from sayso.claims.harm.people import people
from sayso.claims.harm.roster import Roster
from sayso.claims.harm.things import tells_of_disease
from sayso.claims.identity import identified
from sayso.claims.listed.cells import Cell
from sayso.claims.listed.rows import listed
from sayso.claims.referents import Harm, referents
from sayso.claims.setting.report import dated, stretch
from sayso.claims.setting.scope import lies_back, of_report, running, scope
from sayso.claims.setting.sections import Section
from sayso.claims.sharing import shared
from sayso.claims.stating import Text, identity, stated
from sayso.language.geography.placenames import demonyms
from sayso.language.trees import Sentence, Token
from sayso.records import (
    HARMS,
    Claim,
    Document,
    Event,
    Kind,
    Party,
    PlaceMention,
    Scope,
    TimeMention,
)
from sayso.shapes.blocks import NAME_WORDS


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
    text = Text(
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
    )
    happened: list[tuple[int, Figure | Frame]] = []
    counted: list[Figure] = []
    told: list[Figure] = []
    framed: dict[Token, Event | None] = {}
    roster = Roster()
    for index, sentence in enumerate(sentences):
        rostered = roster.row(sentence, told)
        if len(sentence.tokens) <= NAME_WORDS.get(sentence.kind, 0) and not rostered:
            continue
        counted = [rostered] if rostered else figures(sentence, counted, told)
        if any(f.kind == "cases" for f in counted) and not tells_of_disease(sentences):
            counted = [f for f in counted if f.kind != "cases"]
        told += counted
        # Who took part in a protest is counted, and who protests is said of the protest.
        harmed = {figure.predicate for figure in counted if figure.kind in HARMS}
        framing = frames(sentence)
        framed.update((f.predicate, f.event) for f in framing)
        happened += [(index, figure) for figure in counted]
        happened += [(index, f) for f in framing if f.predicate not in harmed]
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
    report = stretch(sentences, times)
    told_so = dated(
        shared(identified(known, tellings, of, language), tellings),
        sentence_numbers(sentences, known),
        over,
        report,
    )
    of_rows = [c for c in listed(text, rows, told_so, report) if c.id not in found]
    return tuple(
        sorted((*told_so, *of_rows), key=lambda c: (c.evidence.start, c.evidence.end, c.id))
    )


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
    text: Text, index: int, figure: Figure, event: Event | None, whole: Claim | None
) -> Claim:
    """The claim of a figure that came of `event`; `whole` is that of the figure it is part of."""
    base = stated(text, index, figure.predicate, figure.tokens, figure.kind)
    scoped, rule = _scope(text, index, figure.predicate, base)
    if scoped == "current" and whole is not None and whole.scope != scoped:
        scoped, rule = whole.scope, "scope.of-the-whole"
    number = figure.count
    told = (number.text, str(number.low), str(number.high)) if number else ("not given",)
    named = people(figure)
    changes, by_rule = change(text.sentences[index], figure) or (None, "")
    return replace(
        base,
        id=identity(base, *told),
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


def _scope(text: Text, index: int, predicate: Token, base: Claim) -> tuple[Scope, str]:
    """Whether a claim is of this story, by its words or else by the time that it was given."""
    published = text.document.published
    scoped, rule = scope(text.sentences, index, predicate, text.times, published)
    if scoped == "current" and rule != "scope.lead" and lies_back(base.when, published):
        return "background", "scope.recalled"
    return scoped, rule


def _denials(text: Text, claim: Claim) -> Iterator[Claim]:
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
        yield replace(beside, id=identity(beside, *told))


def _event(text: Text, index: int, frame: Frame, event: Event) -> Claim:
    """The claim of an event."""
    lasting = event.type in LASTING
    base = stated(text, index, frame.predicate, frame.tokens, "event", lasting)
    scoped, rule = _scope(text, index, frame.predicate, base)
    if frame.modality_hint and base.modality in ("asserted", "reported"):
        _, _, word = frame.rule.partition(":")
        ahead = {"modality": f"modality.{frame.modality_hint}:{word}"}
        base = replace(base, modality=frame.modality_hint, because=base.because | ahead)
    return replace(
        base,
        id=identity(base, event.type, event.mode or ""),
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
