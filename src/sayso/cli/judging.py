"""The commands by which people decide: about a claim, about what belongs together, and what is not
to be shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.session import (
    Session,
    by_option,
    common,
    ledger_option,
    name,
    opened,
    reader,
    session,
)
from sayso.publish import wording
from sayso.records import Correction
from sayso.review.corrections import HELP
from sayso.review.corrections import HELP_OF_CLAIMS as OF_CLAIMS
from sayso.review.corrections import HELP_OF_DOCUMENTS as OF_DOCUMENTS
from sayso.review.corrections import HELP_OF_INCIDENTS as OF_INCIDENTS

if TYPE_CHECKING:
    from sayso.review import Decision
    from sayso.review.making import Quoted

VERDICTS = (
    "accept",
    "reject",
    "unsure",
    "correct",
    "claim",
    "mend",
    "not-ours",
    "ours",
    "same",
    "different",
    "merge",
    "split",
    "move",
    "same-source",
    "other-source",
    "status",
    "sign",
    "owner",
    "tag",
    "untag",
    "note",
    "grade",
    "embed",
    "source-kind",
    "undo",
)

FIELDS: dict[str, dict[str, str]] = {
    "correct": HELP,
    "claim": HELP | OF_CLAIMS,
    "mend": OF_DOCUMENTS | OF_INCIDENTS,
}
"""What can be given with a verdict, and how."""


@click.command()
@click.argument("subject", metavar="ID")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("others", nargs=-1, metavar="[ID|VALUE]...")
@click.option("--words", metavar="TEXT", help=f"With claim: {OF_CLAIMS['words']}.")
@click.option("--which", metavar="N", help=f"With claim: {OF_CLAIMS['which']}.")
@click.option("--kind", metavar="KIND", help=f"With claim and correct: {HELP['kind']}.")
@click.option("--event", metavar="TYPE", help=f"With claim and correct: {HELP['event']}.")
@click.option("--count", metavar="FIGURE", help=f"With claim and correct: {HELP['count']}.")
@click.option("--who", metavar="GROUP", help=f"With claim and correct: {HELP['who']}.")
@click.option("--doer", metavar="GROUP", help=f"With claim and correct: {HELP['doer']}.")
@click.option("--target", metavar="GROUP", help=f"With claim and correct: {HELP['target']}.")
@click.option("--where", metavar="PLACE", help=f"With claim, correct and mend: {HELP['where']}.")
@click.option("--when", metavar="DAYS", help=f"With claim, correct and mend: {HELP['when']}.")
@click.option("--scope", metavar="SCOPE", help=f"With claim and correct: {HELP['scope']}.")
@click.option("--modality", metavar="HOW", help=f"With claim and correct: {HELP['modality']}.")
@click.option("--say-so", metavar="CHAIN", help=f"With claim and correct: {HELP['say_so']}.")
@click.option("--people", metavar="NAMES", help=f"With claim and correct: {HELP['people']}.")
@click.option("--part-of", metavar="CLAIM", help=f"With claim and correct: {HELP['part_of']}.")
@click.option("--published", metavar="DAY", help=f"With mend: {OF_DOCUMENTS['published']}.")
@click.option("--outlet", metavar="NAME", help=f"With mend: {OF_DOCUMENTS['outlet']}.")
@click.option("--title", metavar="TEXT", help="With mend: its headline, or its name.")
@click.option("--type", metavar="TYPE", help=f"With mend: {OF_INCIDENTS['type']}.")
@click.option("--language", metavar="CODE", help=f"With mend: {OF_DOCUMENTS['language']}.")
@click.option("--remark", metavar="TEXT", help=f"With mend: {OF_INCIDENTS['remark']}.")
@click.option("--note", metavar="TEXT", help="Why, in words.")
@click.option("--settle", is_flag=True, help="Decide between people who differ on it.")
@by_option
@ledger_option
@common
def judge(
    subject: str,
    verdict: str,
    others: tuple[str, ...],
    note: str | None,
    settle: bool,
    **options: Any,
) -> None:
    """Decide about a claim, a document, an incident, or about what belongs together.

    \b
      sayso judge CLAIM accept | reject | unsure
      sayso judge CLAIM correct --count 18-20 --where Karsa
      sayso judge DOCUMENT reject        all that it says, and its copies
      sayso judge DOCUMENT claim --words "18 were killed" --kind killed --count 18
      sayso judge DOCUMENT mend --published 2031-03-04 --outlet Lantern
      sayso judge INCIDENT mend --type PROTEST --where Karsa --when 2031-03-04
      sayso judge INCIDENT not-ours | ours
      sayso judge A same B               two claims, documents or incidents
      sayso judge A different B
      sayso judge INCIDENT merge INCIDENT...
      sayso judge INCIDENT split CLAIM|DOCUMENT...
      sayso judge CLAIM|DOCUMENT move INCIDENT
      sayso judge SOURCE same-source SOURCE    as `sayso sources` has them
      sayso judge INCIDENT status "in review"   as `sayso.toml` has them
      sayso judge INCIDENT sign          its figures stay what they are, until it is signed again
      sayso judge INCIDENT owner Aigul   without a name: nobody's
      sayso judge INCIDENT tag | untag TAG...
      sayso judge INCIDENT note --note TEXT
      sayso judge INCIDENT grade single | corroborated | confirmed | contested
      sayso judge SOURCE other-source SOURCE   or outlets of one publisher
      sayso judge SOURCE source-kind official
      sayso judge JUDGEMENT undo

    What is judged stays on record with who decided it and why, and a later reading of the same text
    does not lose it. Nothing is overwritten: to undo is a decision, too.
    """
    from sayso.review import decide

    fields = {field: options.pop(field) for field in FIELDS["claim"] | FIELDS["mend"]}
    given = {field: value for field, value in fields.items() if value is not None}
    for field in given:
        if field not in FIELDS.get(verdict, ()):
            *most, last = (what for what, fields in FIELDS.items() if field in fields)
            meant = f"{', '.join(most)} and {last}" if most else last
            raise click.UsageError(f"--{field.replace('_', '-')} is for {meant}")
    here = session(options)
    quoted = said(given.pop("words", ""), given.pop("which", None)) if verdict == "claim" else None
    correction = corrected(here, given) if verdict in FIELDS else None
    with opened(here) as ledger:
        decision: Decision = verdict.replace("-", "_")  # type: ignore[assignment]
        about = ledger, decision, subject, others, correction, name(here), note
        decided = decide(*about, lambda: reader(here), quoted, here.settings, settle=settle)
    for made in decided:
        words = wording.judgement(made, dated=False)
        here.talk(f"{wording.short(made.id)}: {words if made.b else f'{made.a} {words}'}")
        if made.made is not None:
            here.talk(f"it is claim {made.made.id}")


def said(words: str, which: str | None) -> Quoted:
    """The words that a claim is made in. Raises `click.UsageError`."""
    from sayso.review.making import Quoted

    if which is not None and not which.isdecimal():
        raise click.UsageError(f"--which is a number, not {which!r}")
    return Quoted(words, None if which is None else int(which))


def corrected(here: Session, given: dict[str, str]) -> Correction:
    """What the flags correct; the gazetteer is only opened for a place."""
    from sayso.review.corrections import correction

    gazetteer: Path = here.settings.gazetteer
    return correction(gazetteer, **given)


@click.command()
@click.argument("document")
@click.option("--note", metavar="TEXT", required=True, help="Why, in words; this is shown.")
@by_option
@ledger_option
@common
def redact(document: str, note: str, **options: Any) -> None:
    """Have a document, and all that was read in it, shown and counted no more.

    The log keeps what it was, so that it can still be proved whole; a bundle withholds it.
    """
    from sayso.records import Redaction

    here = session(options)
    with opened(here) as ledger:
        ledger.document(document)
        with ledger.transaction() as writer:
            writer.redact(Redaction(document=document, by=name(here), note=note))
        here.talk(f"{document} is shown no more in {ledger.name}")
