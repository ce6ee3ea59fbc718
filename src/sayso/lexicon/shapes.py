"""What may stand in the word tables that hold more than lists; what it means is said in the tables.

A list that may be left out is empty then; where leaving it out means something else than an empty
list, it is None.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records import Category, Event, Kind, Manner

Words = tuple[str, ...]

OfKind = dict[Kind, Words]
"""Words by the kind of harm that they say."""

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    "CRIME", "DISASTER",
]  # fmt: skip


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table, or one of its rows: nothing but its fields may stand there."""


class Listed(Shape, frozen=True, kw_only=True):
    """A table of one list."""

    words: Words


# ---- harm.toml -----------------------------------------------------------------------------------


class Named(Shape, frozen=True, kw_only=True):
    """[named]"""

    verbs: Words
    markers: Words
    words: OfKind


class Joint(Shape, frozen=True, kw_only=True):
    """[joint]"""

    both: Words = msgspec.field(name="and")
    either: Words = msgspec.field(name="or")
    then: Words
    ways: Words
    kinds: dict[Kind, tuple[Kind, ...]]


class Toll(Shape, frozen=True, kw_only=True):
    """[toll]"""

    heads: Words
    alone: Words
    verbs: Words
    putting: Words
    standing: Words
    moving: Words
    markers: Words
    reached: Words
    past: Words
    reaching: Words
    words: OfKind


class Lists(Shape, frozen=True, kw_only=True):
    """[lists]"""

    words: Words
    names: Words
    having: Words
    on: Words


class Linking(Shape, frozen=True, kw_only=True):
    """[linking]"""

    verbs: Words


class Degrees(Shape, frozen=True, kw_only=True):
    """[degrees]"""

    adverbs: Words


class Phrase(Shape, frozen=True, kw_only=True):
    """[[phrase]]: a verb with company that says a harm together with it."""

    kind: Kind
    verb: Words
    victim: Literal["subject", "object", "lost", "behind"]
    people: bool = False
    helps: bool = False
    whom: Words | None = None
    unless: Words = ()
    bare: bool = False
    places: Words = ()
    who: Words | None = None
    behind: Words = ()
    object: Words | None = None
    subject: Words | None = None
    oblique: Words | None = None
    complement: Words | None = None

    def company(self) -> dict[str, Words]:
        """What must stand with the verb, by its role."""
        asked = {
            "object": self.object,
            "subject": self.subject,
            "oblique": self.oblique,
            "complement": self.complement,
        }
        return {role: words for role, words in asked.items() if words is not None}


class Wrecking(Shape, frozen=True, kw_only=True):
    """[homes.destroyed], [homes.damaged]: words that say it of homes."""

    verbs: Words
    happens: Words
    adjectives: Words
    nouns: Words

    def said(self) -> Words:
        """All of them."""
        return (*self.verbs, *self.happens, *self.adjectives, *self.nouns)


class Homes(Shape, frozen=True, kw_only=True):
    """[homes]"""

    words: Words
    partly: Words
    destroyed: Wrecking
    damaged: Wrecking


class Cases(Shape, frozen=True, kw_only=True):
    """[cases]"""

    words: Words
    infections: Words
    diseases: Words
    told: Words


class Gapping(Shape, frozen=True, kw_only=True):
    """[gapping]"""

    places: Words
    saying: Words
    markers: Words
    toll: Words
    by_sayer: Words


class Natural(Shape, frozen=True, kw_only=True):
    """[natural]"""

    words: Words
    phrases: Words


class Idioms(Shape, frozen=True, kw_only=True):
    """[idioms]"""

    longing: Words


class Fighters(Shape, frozen=True, kw_only=True):
    """[fighters]"""

    verbs: Words
    categories: tuple[Category, ...]


class Sought(Shape, frozen=True, kw_only=True):
    """[sought]: looking for people, and finding them."""

    words: Words
    finding: Words


class Organisations(Shape, frozen=True, kw_only=True):
    """[organisations]"""

    words: Words
    of: Words
    before: Words


class ToDeath(Shape, frozen=True, kw_only=True):
    """[to_death]"""

    words: Words
    not_verbs: Words


class Parts(Shape, frozen=True, kw_only=True):
    """[parts]"""

    before: Words
    of: Words
    rest: Words
    others: Words
    row: Words
    anyone: Words


class Nobody(Shape, frozen=True, kw_only=True):
    """[none]"""

    determiners: Words
    nouns: OfKind
    both: Words


class Unnumbered(Shape, frozen=True, kw_only=True):
    """[unnumbered]"""

    bodies: Words
    kinds: tuple[Kind, ...]
    always: Words
    alone: Words
    of_others: tuple[Kind, ...]
    staying: Words
    not_rules: Words
    of_people: Words


class Harm(Shape, frozen=True, kw_only=True):
    """harm.toml"""

    never: dict[str, Words]
    parents: Listed
    transitive: OfKind
    intransitive: OfKind
    adjectives: OfKind
    only_of: OfKind
    nouns: OfKind
    losses: dict[Kind, dict[str, Words]]
    doers: OfKind
    people: OfKind
    named: Named
    joint: Joint
    toll: Toll
    states: OfKind
    labels: OfKind
    linking: Linking
    alone: Listed
    graver: OfKind
    degrees: Degrees
    phrase: tuple[Phrase, ...]
    means: Listed
    gapping: Gapping
    natural: Natural
    idioms: Idioms
    fighters: Fighters
    organisations: Organisations
    to_death: ToDeath
    things: Listed
    crowds: OfKind
    of_known: Listed
    ordering: Listed
    leaving: Listed
    hands: Listed
    only: dict[Kind, tuple[Category, ...]]
    holders: Listed
    parts: Parts
    none: Nobody
    of_places: Listed
    sought: Sought
    lists: Lists
    remains: Listed
    unnumbered: Unnumbered
    homes: Homes
    cases: Cases
    households: Listed
    manner: dict[Manner, Words]

    def telling(self) -> frozenset[str]:
        """The words that say a harm by themselves."""
        verbs, nouns = (self.transitive, self.intransitive), (self.nouns, self.doers, self.people)
        tables = (*verbs, self.adjectives, *nouns, self.crowds)
        return frozenset(word for table in tables for words in table.values() for word in words)


# ---- events.toml ---------------------------------------------------------------------------------


class Reach(Shape, frozen=True, kw_only=True):
    """[evidence]"""

    left: int
    right: int


class Closed(Shape, frozen=True, kw_only=True):
    """[closed]"""

    about: Words
    concerning: Words
    placing: Words
    aimed: Words
    doing: Words
    prepositional: Words
    undergone: Words
    labels: Words
    belonging: Words
    belonging_to: Words
    naming: Words
    announcing: Words
    particles: Words
    bystanders: Words
    hostile: Words
    willing: Words
    quantities: Words


class Blame(Shape, frozen=True, kw_only=True):
    """[blame]"""

    laid_on: Words
    accused_of: Words
    works_of: Words
    joining_in: Words
    wielding: Words
    bare: Words
    alone: Words
    connecting: Words
    held_over: Words
    behind: Words
    guilty_of: Words
    parts_in: Words
    parts: Words
    claiming: Words
    claimed: Words
    guilty: Words
    held: Words
    connection: Words
    joining: Words
    doing: Words
    works: Words
    of: Words
    on: Words


class About(Shape, frozen=True, kw_only=True):
    """[[about]]: the mode of an act of words by what it is about."""

    of: tuple[EventType, ...]
    mode: str
    types: Words
    nouns: Words = ()


class Light(Shape, frozen=True, kw_only=True):
    """[light]"""

    against: Words
    do: Words
    causes: Words
    occur: Words
    report: Words
    accidents: Words
    void: Words


class VerbSense(Shape, frozen=True, kw_only=True):
    """[[verb]]: what event these verbs mean, and on which conditions."""

    type: EventType
    mode: str | None = None
    verbs: Words
    to: Words = ()
    by: Literal["none"] | None = None
    doer: Words = ()
    speech: bool = False
    actor: bool = True
    hostile: bool = False
    modal: bool = False
    intent: bool = False
    plain: bool = False
    both: bool = False
    patient_acts: bool = False
    subject: Words | None = None
    object: Words | None = None
    subject_text: Words | None = None
    object_text: Words | None = None
    not_object_text: Words = ()
    need: Words | None = None
    need_noun: Words | None = None
    governs: Words | None = None
    inner: Words | None = None
    not_subject: Words = ()
    not_object: Words = ()
    not_prep: Words = ()
    not_inner: Words = ()


class NounSense(Shape, frozen=True, kw_only=True):
    """[[noun]]: what event these nouns mean, and on which conditions; of no type: what was told."""

    type: EventType | Literal[""]
    mode: str | None = None
    nouns: Words
    by: Literal["none"] | None = None
    by_place: bool = False
    strong: bool = False
    named: bool = False
    not_named: bool = False
    not_names: bool = False
    not_persons: bool = False
    not_of: bool = False
    of: Words | None = None
    phrase: Words | None = None
    beside: Words | None = msgspec.field(name="with", default=None)
    not_with: Words = ()
    made: Words | None = None
    not_made: Words = ()


class Causes(Shape, frozen=True, kw_only=True):
    """[cause]"""

    results: Words
    after: Words
    doers: tuple[Category, ...]
    done: tuple[Kind, ...]
    kinds: dict[Kind, Event]
    manner: dict[str, Event]
    means: dict[str, Event]
    pits: Words
    ruin: Words


class Topics(Shape, frozen=True, kw_only=True):
    """[topics]"""

    words: Words
    unless: Words


class Events(Shape, frozen=True, kw_only=True):
    """events.toml"""

    modes: dict[EventType, Words]
    evidence: Reach
    closed: Closed
    classes: dict[str, Words]
    blame: Blame
    topics: Topics
    about: tuple[About, ...]
    light: Light
    verb: tuple[VerbSense, ...]
    noun: tuple[NounSense, ...]
    cause: Causes


# ---- saying.toml ---------------------------------------------------------------------------------


class Sayings(Shape, frozen=True, kw_only=True):
    """[verbs]: by what their words do with what they introduce."""

    saying: Words
    reporting: Words
    writing: Words
    denying: Words
    accusing: Words
    asking: Words
    finding: Words
    judging: Words
    standing: Words


class Usage(Shape, frozen=True, kw_only=True):
    """[usage]"""

    according: Words
    citing: Words
    quoting: Words
    as_saying: Words
    not_speaking: Words
    surely_verbs: Words
    held: Words
    only_with_particle: Words
    naming_alone: Words
    perceiving: Words
    hearing: Words
    always_hearer: Words
    bare_clause: Words
    only_clause: Words
    mute: dict[str, Words]
    owning: dict[str, Words]
    rejecting: Words
    rejected: Words
    amount_of: Words
    amounts: Words
    counting: Words
    having: Words
    having_kinds: Words
    counted: Words
    putting: Words
    revising: Words
    standing: dict[str, Words]
    put: Words
    manner: Words
    answering: Words
    said_before: Words
    eyes: Words
    showing: Words
    only_quote: Words
    hearer: Words
    papers: Words
    per: Words
    per_alone: Words
    naming: Words
    short: dict[str, Words]
    credit: Words
    passed_on: Words
    nobody: Words
    counting_on: Words
    counting_further: Words
    bringing: Words
    agreeing: Words
    going_on: Words
    deeds: Words
    fates: Words
    issuing: Words
    inverting: Words
    between: Words
    placing: Words
    times: Words


class Relaying(Shape, frozen=True, kw_only=True):
    """[relaying]"""

    talks: Words
    talking: Words
    prepositions: Words
    reaching: Words
    carrying: Words
    authority: Words


class SayingNouns(Shape, frozen=True, kw_only=True):
    """[nouns]"""

    saying: Words
    denying: Words
    asking: Words


class Labels(Shape, frozen=True, kw_only=True):
    """[labels]"""

    never: Words


class SayingPhrase(Shape, frozen=True, kw_only=True):
    """[phrase]"""

    links: Words
    inverted_links: Words
    joining: Words
    by: Words
    issued_by: Words
    as_told: Words
    content: Words
    adjuncts: Words
    parting: Words


class Saying(Shape, frozen=True, kw_only=True):
    """saying.toml"""

    verbs: Sayings
    phrase: SayingPhrase
    usage: Usage
    accounts: dict[str, Words]
    relaying: Relaying
    particles: dict[str, Words]
    nouns: SayingNouns
    labels: Labels

    def stating(self) -> frozenset[str]:
        """The verbs by which somebody says, reports or writes that a thing is so."""
        said = (*self.verbs.saying, *self.verbs.reporting, *self.verbs.writing)
        return frozenset(said).difference(self.usage.revising)
