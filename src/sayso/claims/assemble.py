"""Claims put together from their parts: what was read, where and when, on whose say-so, how sure.

Each claim quotes its evidence from the document exactly, and its `because` names the rule behind
every field. This module decides nothing about language itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sayso.claims.attribution import Saying, SaySo, say_so
from sayso.claims.events import Frame, cause, frames, settled
from sayso.claims.modality import modality
from sayso.claims.setting import scope, when, where
from sayso.claims.tolls import Figure, figures
from sayso.language.trees import Sentence, Token
from sayso.records import (
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Kind,
    PlaceMention,
    TimeMention,
)


def claims(
    document: Document,
    sentences: Sequence[Sentence],
    sayings: Sequence[Saying],
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
) -> tuple[Claim, ...]:
    """Every figure and event that the document states or relays, in text order.

    Raises nothing of its own; evidence always satisfies `document.text[start:end] == text`.
    """
    apart = [s for saying in sayings for s in (saying.source, saying.cue) if s is not None]
    found: dict[str, Claim] = {}
    happened: list[tuple[int, Frame]] = []
    for index, sentence in enumerate(sentences):
        counted = figures(sentence)
        ids: dict[Figure, str] = {}
        for figure in counted:
            evidence = _evidence(document, figure.tokens)
            says = say_so(sayings, sentences, evidence.start, evidence.end, document.outlet)
            stance, stance_rule = modality(figure.predicate, says)
            scoped, scope_rule = scope(
                sentences, index, figure.predicate, times, document.published
            )
            claim = Claim(
                id=_id(document, evidence, figure.kind, figure.count, None),
                kind=figure.kind,
                event=cause(figure.predicate),
                count=figure.count,
                who=figure.who,
                by=figure.by,
                where=where(sentences, index, figure.predicate, places, apart),
                when=when(sentence, figure.predicate, times, apart, document.published),
                scope=scoped,
                modality=stance,
                sources=says.sources,
                basis=says.basis,
                part_of=ids.get(figure.whole) if figure.whole else None,
                evidence=evidence,
                because=figure.because | _because(says, stance_rule) | {"scope": scope_rule},
            )
            ids[figure] = claim.id
            found.setdefault(claim.id, claim)
        harmed = {figure.predicate for figure in counted}
        happened += [(index, f) for f in frames(sentence) if f.predicate not in harmed]
    # What one sentence calls a blast another may call a bombing: settled over the whole document.
    for (index, _), frame in zip(happened, settled([f for _, f in happened]), strict=True):
        claim = _event(document, sentences, index, frame, sayings, places, times, apart)
        found.setdefault(claim.id, claim)
    return tuple(sorted(found.values(), key=lambda c: (c.evidence.start, c.evidence.end, c.id)))


def _event(
    document: Document,
    sentences: Sequence[Sentence],
    index: int,
    frame: Frame,
    sayings: Sequence[Saying],
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    apart: Sequence[tuple[int, int]],
) -> Claim:
    evidence = _evidence(document, frame.tokens)
    says = say_so(sayings, sentences, evidence.start, evidence.end, document.outlet)
    stance, stance_rule = modality(frame.predicate, says)
    return Claim(
        id=_id(document, evidence, "event", None, frame.event),
        kind="event",
        event=frame.event,
        who=frame.who,
        by=frame.by,
        to=frame.to,
        where=where(sentences, index, frame.predicate, places, apart),
        when=when(sentences[index], frame.predicate, times, apart, document.published),
        modality=stance,
        sources=says.sources,
        basis=says.basis,
        evidence=evidence,
        because={"event": f"event.{frame.rule}"} | _because(says, stance_rule),
    )


def _because(says: SaySo, stance: str) -> dict[str, str]:
    return {"sources": says.rule, "modality": stance}


def _evidence(document: Document, tokens: Sequence[Token]) -> Evidence:
    start, end = tokens[0].start, tokens[-1].end
    return Evidence(start=start, end=end, text=document.text[start:end])


def _id(
    document: Document, evidence: Evidence, kind: Kind, count: Count | None, event: Event | None
) -> str:
    """A hash of what the claim is: the same reading of the same words always has the same id."""
    what = (
        (count.text, str(count.low), str(count.high))
        if count
        else (event.type, event.mode or "")
        if event
        else ()
    )
    parts = (document.id, str(evidence.start), str(evidence.end), kind, *what)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
