"""Lines of the ledger's log, and what they changed."""

from __future__ import annotations

from typing import Literal

from sayso.records.base import Record
from sayso.records.claims import Claim
from sayso.records.decisions import Judgement
from sayso.records.documents import Heading
from sayso.records.incidents import Toll


class Redaction(Record, frozen=True, kw_only=True):
    """That a document, with all that was read in it, is not to be shown or counted any more."""

    document: str
    by: str | None = None
    note: str | None = None


class Alert(Record, frozen=True, kw_only=True):
    """That somebody was told what a rule of theirs looks for, or that it holds no more.

    `rule` is the name of the rule, `incident` the id that the incident had then, and `figure` which
    of its tolls it is about, as "killed-children". `value` is what held: the same is not told
    twice, and "" is that it holds no more. `text` is what was told; `waiting` are the ways on which
    it is yet to be.
    """

    rule: str
    incident: str
    figure: str
    value: str
    text: str
    waiting: tuple[str, ...] = ()


EntryKind = Literal["document", "reading", "problem", "judgement", "redaction", "import", "alert"]


class Entry(Record, frozen=True, kw_only=True):
    """One line of the ledger's log.

    `record` is the JSON of what was entered and `subject` the id of what it is about; `at` is when,
    in UTC, later than all before it. `hash` is the SHA-256 of the hash before it and of all else
    here, so that nothing before it can be changed without being noticed.
    """

    seq: int
    at: str
    kind: EntryKind
    subject: str
    record: str
    hash: str


class TollChange(Record, frozen=True, kw_only=True):
    """A line of the log, and a toll of one incident that it changed; `None` where there was none,
    or there is none any more; both where the line is about the incident itself, which changes
    none."""

    entry: Entry
    before: Toll | None
    after: Toll | None


class ClaimChange(Record, frozen=True, kw_only=True):
    """A line of the log, and what it made of a claim: a reading found it, found it otherwise or
    found it no more; or a person judged it, and then both are the same."""

    entry: Entry
    before: Claim | None
    after: Claim | None


class Unsettled(Record, frozen=True, kw_only=True):
    """A judgement that needs another look: the claim as it `was` read when it was judged, or last
    before it was found no more, and as it reads `now`; `None` where it is gone. `instead` is what
    is read there now in its place."""

    judgement: Judgement
    document: Heading
    was: Claim | None
    now: Claim | None
    instead: Claim | None
