"""The log in words: who entered what when, and what that changed.

Every row is one thing that happened to the record, told as a person would: what was added, read or
judged, and from what to what a figure went by it. Nothing is summed up; the newest stands last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from sayso.publish import wording
from sayso.publish.sheets import Sheet
from sayso.records import (
    OF_DOSSIERS,
    Alert,
    Claim,
    ClaimChange,
    Entry,
    Heading,
    Judgement,
    Problem,
    Reading,
    Redaction,
    TollChange,
    Unsettled,
)
from sayso.wire import decode


class Step(NamedTuple):
    """One line of the log in words: its number, when it was entered, by whom, what it was, and what
    it changed: of each figure its name, what it was before, and what after. `document` or `claim`
    is the id of what it is about and `judgement` its own, where it is of that kind; else ""."""

    line: int
    entered: str
    by: str
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()
    document: str = ""
    claim: str = ""
    judgement: str = ""


def entries(
    lines: Iterable[Entry],
    headings: Mapping[str, Heading],
    names: Mapping[str, str] | None = None,
) -> list[Step]:
    """The lines of the log, in their order; a document and its first reading are one step.
    `headings` are of the documents that the lines speak of, `names` what claims, documents and
    judgements are called that judgements speak of, by their ids.
    """
    steps: list[Step] = []
    last: Entry | None = None
    for line in lines:
        added = last is not None and (last.kind, last.subject) == ("document", line.subject)
        if added and line.kind == "reading":
            count = len(decode(line.record, Reading).claims)
            what = f"{steps[-1].what}: {wording.plural(count, 'claim')}"
            steps[-1] = steps[-1]._replace(what=what, by=_by(line))
        else:
            steps.append(_step(line, headings, names or {}))
        last = line
    return steps


def tolls(
    changes: Iterable[TollChange],
    headings: Mapping[str, Heading],
    names: Mapping[str, str] | None = None,
) -> list[Step]:
    """The lines that changed the figures of an incident, and those by which it was mended, see
    `entries`."""
    steps = []
    for entry, together in groupby(changes, key=lambda change: change.entry):
        changed = []
        for change in together:
            if toll := change.after or change.before:
                name = f"{toll.kind}, {wording.group(toll.who)}"
                changed.append((name, wording.toll(change.before), wording.toll(change.after)))
        steps.append(_step(entry, headings, names or {})._replace(changes=tuple(changed)))
    return steps


def claims(changes: Iterable[ClaimChange]) -> list[Step]:
    """The readings that changed a claim, and the judgements about it."""
    return [_step(c.entry, {}, {})._replace(what=_became(c), claim="") for c in changes]


def unsettled(found: Iterable[Unsettled]) -> list[Step]:
    """The judgements that need another look, each with what became of its claim."""
    steps = []
    for one in found:
        made = one.judgement
        what = f"{wording.short(made.a)} {wording.judgement(made, by=False, dated=False)}"
        after = phrase(one.now) if one.now else "found no more"
        if one.instead is not None:
            after += f"; read there now: {wording.short(one.instead.id)} {phrase(one.instead)}"
        before = phrase(one.was) if one.was else ""
        change = (one.document.id, before, after)
        steps.append(Step(0, made.at or "", wording.clean(made.by or ""), what, (change,)))
    return steps


def sheet(steps: Iterable[Step]) -> Sheet:
    """One row for each step, or for each figure that it changed."""
    rows = [
        (str(step.line or ""), step.entered, step.by, step.what, *change)
        for step in steps
        for change in step.changes or (("", "", ""),)
    ]
    columns = ("line", "entered", "by", "what", "figure", "before", "after")
    return Sheet(columns, tuple(rows), frozenset(("line",)))


def records(changes: Iterable[TollChange | ClaimChange]) -> Iterable[dict[str, Any]]:
    """The same changes for programs, each with the line that made it but without that line's own
    record, which the log has."""
    for change in changes:
        yield {
            "seq": change.entry.seq,
            "at": change.entry.at,
            "cause": change.entry.kind,
            "subject": change.entry.subject,
            "before": change.before,
            "after": change.after,
        }


def _step(line: Entry, headings: Mapping[str, Heading], names: Mapping[str, str]) -> Step:
    step = Step(line.seq, line.at, _by(line), _what(line, headings, names))
    if line.kind == "judgement":
        made = decode(line.record, Judgement)
        about = made.made.id if made.made else made.a if made.seen is not None else ""
        step = step._replace(claim=about, judgement="" if made.verdict == "undo" else made.id)
    return step._replace(document=line.subject) if line.subject in headings else step


def _by(line: Entry) -> str:
    """Who entered it: a person, or the reader."""
    if line.kind == "judgement":
        return wording.clean(decode(line.record, Judgement).by or "")
    if line.kind == "redaction":
        return wording.clean(decode(line.record, Redaction).by or "")
    if line.kind == "reading":
        return wording.clean(decode(line.record, Reading).reader)
    return ""


def _what(line: Entry, headings: Mapping[str, Heading], names: Mapping[str, str]) -> str:
    heading = headings.get(line.subject)
    named = wording.reference(line.subject)
    if heading is not None:
        title = f"“{wording.clean(heading.title)}”" if heading.title else named
        outlet = wording.clean(heading.outlet or "no outlet")
        named = f"{title} ({outlet}, {wording.moment(heading.published)})"
    if line.kind == "document":
        return f"added {named}"
    if line.kind == "reading":
        count = len(decode(line.record, Reading).claims)
        return f"read {named}: {wording.plural(count, 'claim')}"
    if line.kind == "judgement":
        made = decode(line.record, Judgement)
        words = wording.judgement(made, by=False, dated=False, names=names)
        whole = made.verdict in ("mend", "mend_incident", *OF_DOSSIERS)
        about = wording.reference(made.a) if whole else wording.short(made.a)
        if made.a in names:
            about = f"“{wording.clean(names[made.a])}” ({about})"
        return words if made.b else f"{about} {words}"
    if line.kind == "redaction":
        note = decode(line.record, Redaction).note
        return f"redacted {named}" + (f": {wording.clean(note)}" if note else "")
    if line.kind == "problem":
        problem = decode(line.record, Problem)
        return wording.clean(f"{problem.input}: {problem.message}")
    if line.kind == "alert":
        alert = decode(line.record, Alert)
        waiting = f"; yet to be sent by {', '.join(alert.waiting)}" if alert.waiting else ""
        return wording.clean(f"told {alert.rule}: {alert.text}{waiting}")
    return f"brought in what another ledger holds, up to {wording.short(line.subject)}"


def _became(change: ClaimChange) -> str:
    before, after = change.before, change.after
    if change.entry.kind == "judgement":
        return wording.judgement(decode(change.entry.record, Judgement), by=False, dated=False)
    if before is None and after is not None:
        return f"read: {phrase(after)}"
    if after is None:
        return "found no more in this reading"
    fields = [
        name
        for name in Claim.__struct_fields__
        if name != "because" and getattr(before, name) != getattr(after, name)
    ]
    if not fields:
        return "read the same by other rules"
    return f"read otherwise ({', '.join(fields)}): {phrase(after)}"


def phrase(claim: Claim) -> str:
    """A claim in one phrase, with its place, time and sayers."""
    parts = [f"{wording.what(claim)} {wording.whom(claim)}".strip()]
    if claim.where:
        parts.append(wording.clean(claim.where.name or claim.where.text))
    if claim.when:
        parts.append(wording.span(claim.when.start, claim.when.end))
    if claim.sources:
        parts.append(wording.ARROW.join(wording.clean(source.text) for source in claim.sources))
    return ", ".join(part for part in parts if part)
