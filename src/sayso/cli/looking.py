"""The commands that look into a ledger: what changed in it, and where words stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.session import F, common, derived, ledger_option, opened, session
from sayso.errors import NotFoundError, SettingsError
from sayso.publish.wording import plural

if TYPE_CHECKING:
    from sayso.ledger.conditions import Filters
    from sayso.ledger.store import Ledger
    from sayso.publish.chronicle import Step
    from sayso.records import ClaimChange, Entry, Heading, TollChange
    from sayso.settings import Settings


@click.command()
@click.argument("subject", required=False, metavar="[INCIDENT|CLAIM|DOCUMENT]")
@click.option("--since", metavar="TIME", help="Only what was entered after: an ISO date or time.")
@click.option(
    "--look-again", is_flag=True, help="Only judgements of claims that read otherwise now."
)
@ledger_option
@common
def log(subject: str | None, since: str | None, look_again: bool, **options: Any) -> None:
    """What was entered when and by whom, the newest last.

    Of an INCIDENT: every change of its figures, with the document or the judgement that made it. Of
    a CLAIM: what its readings made of it, and what people decided. Of a DOCUMENT: all about it.
    """
    from sayso.pipeline.recalling import line_at
    from sayso.publish import chronicle, tables
    from sayso.review import history

    here = session(options)
    if look_again:
        if subject is not None or since is not None:
            raise click.UsageError("--look-again is of all that people judged")
        with opened(here) as ledger:
            found = history.unsettled(ledger)
        told = chronicle.unsettled(found)
        here.write(found, lambda: chronicle.sheet(told), lambda width: tables.steps(told))
        return
    with opened(here) as ledger:
        start = 0 if since is None else line_at(ledger, since)
        if subject is not None and (changes := changes_of(ledger, subject)) is not None:
            kept = [change for change in changes if change.entry.seq > start]
            lines = [change.entry for change in kept]
            steps = changed(kept, headings(ledger, lines))
            records: Iterable[Any] = chronicle.records(kept)
        else:
            about = () if subject is None else (ledger.document(subject).id,)
            lines = list(ledger.entries(start, subjects=about))
            names = history.names(ledger, history.spoken_of(lines))
            steps = chronicle.entries(lines, headings(ledger, lines), names)
            records = lines
    here.write(records, lambda: chronicle.sheet(steps), lambda width: tables.steps(steps))


def filtering(command: F) -> F:
    """The options of `ledger.conditions.Filters`, but for the incident."""
    for option in reversed(
        (
            click.option("--from", "first", metavar="DAY", help="On this day or later."),
            click.option("--to", "last", metavar="DAY", help="On this day or before."),
            click.option("--kind", help="A kind of claim: killed, injured, ..., or event."),
            click.option("--type", help="A PLOVER type of event: PROTEST, ASSAULT, ..."),
            click.option("--place", help="In a place of this name."),
            click.option("--country", metavar="XX", help="In this country, as ISO 3166-1 has it."),
            click.option("--who", help="About these people: a category, or words."),
            click.option("--source", help="On this one's say-so."),
            click.option("--outlet", help="Printed by this outlet."),
            click.option(
                "--verdict",
                type=click.Choice(("accept", "reject", "unsure", "none")),
                help="That people judged so; none is what nobody judged.",
            ),
            click.option(
                "--not-ours", "ours", flag_value="no", help="Of incidents set aside as not ours."
            ),
            click.option("--status", help="Of an incident with this status, as new or published."),
            click.option("--owner", metavar="NAME", help="Of an incident that is this one's."),
            click.option("--tag", help="Of an incident with this tag."),
        )
    ):
        command = option(command)
    return command


def filters(options: dict[str, Any], settings: Settings) -> Filters:
    """Takes those options out of a command's. Raises `SettingsError` for a day that is none."""
    from sayso.ledger.conditions import Filters

    asked = {name: options.pop(name) for name in Filters._fields if name in options}
    for name in ("first", "last"):
        if asked[name] is not None:
            asked[name] = day(asked[name])
    for name in ("type", "country"):
        asked[name] = asked[name] and asked[name].upper()
    asked["status"] = settings.status(asked["status"])
    return Filters(**asked)


def day(said: str) -> str:
    """A day as records have it. Raises `SettingsError` where it is none."""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise SettingsError(f"{said!r} is not a day; days are written 2031-03-04") from None


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--documents", is_flag=True, help="Search the texts rather than the claims.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="So many at most.")
@filtering
@ledger_option
@common
def search(words: tuple[str, ...], documents: bool, limit: int, **options: Any) -> None:
    """Find claims by the words of their evidence, or documents by their text.

    All words must be there, in any form; "a phrase" stands together; storm* is a beginning; -word
    must not be there; OR stands between two of which one is enough. Without words, all that the
    options leave is found.
    """
    from sayso.ledger import search as finding
    from sayso.publish import findings

    typed = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    here = session(options)
    wanted = filters(options, here.settings)
    with opened(here) as ledger:
        derived(here, ledger)
        find = finding.documents if documents else finding.claims
        page = find(ledger, wanted, typed, limit)
    sheet = findings.documents if documents else findings.claims
    drawn = findings.passages if documents else findings.quotations
    here.write(
        findings.records(page.items), lambda: sheet(page.items), lambda width: drawn(page.items)
    )
    more = f"; these are the first {len(page.items)}" if page.total > len(page.items) else ""
    here.talk(f"{plural(page.total, 'document' if documents else 'claim')} found{more}")


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="So many at most.")
@filtering
@ledger_option
@common
def sources(limit: int, **options: Any) -> None:
    """On whose word the claims rest, the most named first."""
    from sayso.ledger import search as finding
    from sayso.publish import findings, tables

    here = session(options)
    wanted = filters(options, here.settings)
    with opened(here) as ledger:
        derived(here, ledger)
        page = finding.sources(ledger, wanted, limit)
    sheet = findings.sources(page.items)
    here.write(findings.records(page.items), lambda: sheet, lambda width: tables.table(sheet))
    here.talk(f"{plural(page.total, 'source')} named")


def changes_of(ledger: Ledger, name: str) -> Sequence[TollChange | ClaimChange] | None:
    """What changed a claim or an incident of that name; None where it is a document.

    Raises `NotFoundError` where it is none of them.
    """
    from sayso.review import history

    try:
        return history.of_claim(ledger, name)
    except NotFoundError:
        pass
    try:
        return history.of_incident(ledger, name)
    except NotFoundError as nothing:
        try:
            ledger.document(name)
        except NotFoundError:
            raise nothing from None
    return None


def changed(changes: Sequence[TollChange | ClaimChange], named: dict[str, Heading]) -> list[Step]:
    """The changes in words."""
    from sayso.publish import chronicle
    from sayso.records import ClaimChange, TollChange

    claims = [change for change in changes if isinstance(change, ClaimChange)]
    if claims:
        return chronicle.claims(claims)
    return chronicle.tolls([c for c in changes if isinstance(c, TollChange)], named)


def headings(ledger: Ledger, lines: Iterable[Entry]) -> dict[str, Heading]:
    """The headings of the documents that these lines are about, without those redacted."""
    wanted = {line.subject for line in lines if line.kind in ("document", "reading")}
    return ledger.headings(wanted)
