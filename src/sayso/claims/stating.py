"""What every claim of a text has alike: its evidence, place, time, say-so and stance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.claims.attribution.kinds import seen_from
from sayso.claims.attribution.statements import Saying, SaySo, say_so
from sayso.claims.matter import is_judged
from sayso.claims.modality import modality
from sayso.claims.setting.sections import Section
from sayso.claims.setting.when import Told, when
from sayso.claims.setting.where import where
from sayso.claims.withdrawal import withdrawn
from sayso.language.trees import Sentence, Token
from sayso.records import Claim, Document, Evidence, Kind, PlaceMention, TimeMention
from sayso.wire import claim_id


@dataclass(frozen=True, slots=True)
class Text:
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


def stated(
    text: Text,
    index: int,
    predicate: Token,
    tokens: Sequence[Token],
    kind: Kind,
    lasting: bool = False,
) -> Claim:
    """What figures and events have alike: evidence, place, time, say-so and stance; the id is the
    document's, for `identity` to go on from.
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
    near = [m for m in text.places if not section.heads_other(m)] if section.heads else None
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


def identity(claim: Claim, *what: str) -> str:
    """The id of a claim whose own is still its document's, by what else it is."""
    return claim_id(claim.id, claim.evidence, claim.kind, *what)
