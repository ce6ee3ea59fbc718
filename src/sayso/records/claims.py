"""What one document states or relays: its claims, each with its evidence, and what stands around
them: attributions, places, times."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from sayso.records.base import Record
from sayso.records.documents import Heading

Kind = Literal[
    "killed", "dead_or_missing", "casualties", "injured", "critical", "hospitalised", "missing",
    "trapped", "abducted", "detained", "displaced", "rescued", "returned", "affected", "homes",
    "cases", "participants", "deployed", "event",
]  # fmt: skip

Category = Literal[
    "civilians", "protesters", "security_forces", "military", "attackers", "militants",
    "suspects", "children", "women", "journalists", "medics", "officials", "foreigners",
    "unspecified",
]  # fmt: skip

SourceKind = Literal[
    "official", "security_forces", "military", "hospital", "court", "foreign_government",
    "international_body", "opposition", "armed_group", "ngo", "witness", "relative", "expert",
    "media", "news_agency", "company", "document", "anonymous",
]  # fmt: skip
Role = Literal["origin", "relay"]
Unit = Literal["people", "households", "homes"]
Manner = Literal["fled", "evacuated", "relocated", "sheltered", "evicted", "destroyed", "damaged"]
Scope = Literal["current", "background", "period"]

Modality = Literal[
    "asserted", "reported", "alleged", "denied", "threatened", "planned", "hypothetical"
]
Basis = Literal["stated", "inherited", "outlet"]

HARMS: tuple[Kind, ...] = (
    "killed", "dead_or_missing", "casualties", "injured", "critical", "hospitalised", "missing",
    "trapped", "abducted", "detained", "displaced",
)  # fmt: skip
"""The kinds that count people to whom something was done, gravest first."""

COUNTED: tuple[Kind, ...] = (
    *HARMS, "rescued", "returned", "affected", "homes", "cases", "participants", "deployed",
)  # fmt: skip
"""Every kind that carries a figure; `homes` count houses, all others people."""


class Evidence(Record, frozen=True, kw_only=True):
    """The exact span that states a claim: `text == document.text[start:end]`, always."""

    start: int
    end: int
    text: str


MOST_PEOPLE = 10_000_000_000
"""A number above this is no count of people: 8.2 billion are alive, and the United Nations expect
some 10.3 billion at most (World Population Prospects 2024)."""

MOST_CLAIMS = 10_000
"""Of one reading."""

MAIN = "p0"
"""The episode that a document is about."""

LEAD = 500
"""Characters at the beginning of a text in which a report says what it is about."""
_Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]  # what a database can hold


class Count(Record, frozen=True, kw_only=True):
    """How many, in the author's words (`text`) and as honest bounds; `unit` is what is counted,
    households where a text counts families."""

    low: _Number | None
    high: _Number | None
    text: str
    unit: Unit = "people"


class Party(Record, frozen=True, kw_only=True):
    """A group of people or a body: as the text names it, and its category."""

    text: str
    category: Category


Sex = Literal["f", "m"]


class Person(Record, frozen=True, kw_only=True):
    """Someone to whom it happened, by name: as the text has it, None what it does not say.

    `age` is in whole years, 0 under one; `sex` as words show it ("she", "son"), never a first name;
    `relation` is to whom they belong ("her son", "widow of the mayor"), `role` what they were."""

    name: str
    age: int | None = None
    sex: Sex | None = None
    relation: str | None = None
    role: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """One link of a chain of say-so."""

    text: str
    kind: SourceKind
    role: Role


class RunnerUp(Record, frozen=True, kw_only=True):
    """The other place that a name may well mean.

    `lead` says by how much it was passed over: at 0.0 nothing in the text told for either, at 1.0
    the one chosen is ten times as large, or as much nearer to the places around it."""

    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    lead: float


class Spot(Record, frozen=True, kw_only=True):
    """Where a name is: as the gazetteer has it; `lat` null = recognised, not placed.

    `precision` is `point`, `city`, `region`, `country` or `area`, or `near`: beside what is named.
    A name that the gazetteer lacks has the point of the nearest place that it lies in, whose kind
    `precision` says, and no `name`. `uncertainty_km` is how far from that point it may be, roughly.
    `chain` are the places that it lies in as the text names them, itself first, then ever wider;
    `admin1` to `admin3` the names of its divisions, from the province down, and `admin1_code` and
    `admin2_code` their codes as GeoNames has them ("AF.11", "AF.11.2012"). `runner_up` is what else
    the name may mean, where that is in doubt."""

    name: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    precision: str | None = None
    uncertainty_km: int | None = None
    chain: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    admin1_code: str | None = None
    admin2_code: str | None = None
    runner_up: RunnerUp | None = None


class Place(Spot, frozen=True, kw_only=True):
    """A place as named (`text`: "Karsa district, Helm province") and where it is.

    `basis` says how a claim came by it: `sentence`, `reference` ("the city"), `sayer`, `neighbour`,
    `dateline` or `story`."""

    text: str
    basis: str | None = None


def printed(place: Place) -> str:
    """The place's own name as the text has it, without what it lies in."""
    return place.chain[0] if place.chain else place.text


def is_narrow(place: Place) -> bool:
    """Whether it is a town or less, be it one that only lies somewhere in the region told."""
    contained = place.name is None and bool(place.chain)
    return contained or place.precision in ("point", "city", "near", None)


class When(Record, frozen=True, kw_only=True):
    """A span of time, both ends included, None = open; the days are those of the place.

    `basis` says how a claim came by it: `sentence`, `dateline`, `neighbour` (the day that the story
    is at) or `saying` (the day of what was going on as it was said, or by which it had happened).
    """

    text: str
    start: str | None = None
    end: str | None = None
    basis: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """A PLOVER event type and, where the text shows it, its mode.

    Claims of one document with one `id` ("e0", "e1", in the order in which the text comes to them)
    tell of one event: the act, and each harm that it did."""

    type: str
    mode: str | None = None
    id: str | None = None


def of_any_text(event: Event | None) -> Event | None:
    """An event without its id: what claims of different texts can have in common."""
    return msgspec.structs.replace(event, id=None) if event and event.id else event


class Change(Record, frozen=True, kw_only=True):
    """What a figure's own words say that it is to figures told before.

    `how`: `added` counts people beside those ("two more died"), `rest` whom a figure beside it
    leaves ("the other four") or who go free, `total` all so far ("bringing the toll to nine"),
    `revised` puts an earlier one right ("down to 41 from 49"), and `earlier` was said before ("had
    earlier put the toll at nine"). `was` is that earlier figure; `of` the kind under which the
    people were counted till now ("died of his wounds": injured); `why` whether the text gives a
    reason for revising."""

    how: Literal["added", "rest", "total", "revised", "earlier"]
    was: Count | None = None
    of: Kind | None = None
    why: bool = False


class Said(Record, frozen=True, kw_only=True):
    """How another sentence says a thing; no `sources`: the outlet does, or nobody is named."""

    evidence: Evidence
    modality: Modality
    sources: tuple[Source, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """One figure or event that a document states or relays, with its evidence and its say-so.

    `id` hashes the document's id, the evidence span, the kind and the figure or event, so that a
    later reading which finds the same claim gives it the same id. `count` is None for events;
    people in the plural without a number ("killed farmers") are two or more (`is_numbered`).
    `by_said` is given where `by` stands in another sentence, which may accuse (`alleged`) or have
    it from somebody, though the harm itself is certain. `cues` are the offsets of the words of
    saying behind `sources` ("said", "according to"), in text order.
    `episode` is what it tells of within its document: `p0` is what the document is about.
    `manner` is how people came to be displaced, or what became of homes, where the words tell it.
    `posted` is the moment of the post that it stands in, of a live page or a digest.
    `people` are those of the count whom the sentence names.
    `because` names the rule that made each field, by its id in the register (`sayso explain`)."""

    id: str
    kind: Kind
    event: Event | None = None
    count: Count | None = None
    who: Party | None = None
    by: Party | None = None
    by_said: Said | None = None
    to: Party | None = None
    where: Place | None = None
    when: When | None = None
    scope: Scope = "current"
    modality: Modality = "asserted"
    sources: tuple[Source, ...] = ()
    basis: Basis = "outlet"
    cues: tuple[tuple[int, int], ...] = ()
    part_of: str | None = None
    episode: str = MAIN
    change: Change | None = None
    manner: Manner | None = None
    posted: str | None = None
    people: tuple[Person, ...] = ()
    because: dict[str, str] = msgspec.field(default_factory=dict)
    evidence: Evidence


def is_numbered(claim: Claim) -> bool:
    """Whether the text gives a number: that "others were wounded" is two or more is grammar, and no
    figure that a toll may rest on."""
    return claim.count is not None and claim.because.get("count") != "number.not-given"


class Attribution(Record, frozen=True, kw_only=True):
    """An outermost "who says what": spans of source, cue and content; `None` = not stated."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]


class PlaceMention(Spot, frozen=True, kw_only=True):
    """A place name found in the text, and where it is."""

    start: int
    end: int
    text: str


class TimeMention(Record, frozen=True, kw_only=True):
    """A time expression in the text: first and last day, and TIMEX3's value and mod ("START", "MID"
    or "END" of the period) where it has them."""

    start: int
    end: int
    text: str
    first: str | None = msgspec.field(name="from", default=None)
    last: str | None = msgspec.field(name="to", default=None)
    value: str | None = None
    mod: str | None = None


class Reading(Record, frozen=True, kw_only=True):
    """Everything that one document says: what `sayso read` writes, one line per document.

    `reader` is who read it: the version of Sayso, the engine, and what of the text was parsed."""

    document: Heading
    reader: str = ""
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    problems: tuple[str, ...] = ()


Relation = Literal[
    "repeated", "raised", "lowered", "corrected", "added", "part_of", "denied", "withdrawn",
    "contradicted", "other_scope",
]  # fmt: skip
Corroboration = Literal["single", "corroborated", "contested", "confirmed"]
