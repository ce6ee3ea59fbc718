"""The command that shows how a sentence is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.looking import day
from sayso.cli.session import config_option, engine_option, reader, session
from sayso.publish import wording

if TYPE_CHECKING:
    from sayso.pipeline.parsing import Number, Parse, Predicate, Word
    from sayso.records import Claim

WIDTH = 96
"""Columns of the text: it is for the eye and for pasting into a question, not for a pipe."""

FEATURES = ("Number", "Poss", "PronType", "Tense", "VerbForm", "Voice")
"""Features that rules ask for, but for the mood; the JSON has all of them."""


@click.command()
@click.argument("words", nargs=-1, metavar="[SENTENCE]")
@click.option("--published", metavar="DAY", help="The day that “on Tuesday” is told from.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="For the eye, or all of it as one line of JSON.",
)
@engine_option
@config_option
def parse(words: tuple[str, ...], published: str | None, form: str, **options: Any) -> None:
    """How a sentence is read, step by step: for adding a construction, or asking why.

    Its tree; what the grammar takes from it (who does what to whom, whether at all, how many); and
    its claims, with the rules that made them. Without SENTENCE, standard input is read.
    """
    from sayso.ingest.articles import content_id
    from sayso.pipeline import parsing
    from sayso.publish import sheets
    from sayso.records import Document

    text = " ".join(words) if words else "" if sys.stdin.isatty() else sys.stdin.read()
    if not text.strip():
        raise click.UsageError('no sentence; say one: sayso parse "Troops shot three men."')
    here = session({"quiet": False, "verbose": False, "parse": "all", **options})
    told = day(published) if published else None
    document = Document(id=content_id(None, text), text=text, published=told)
    found = parsing.parse(reader(here), document)
    if form == "json":
        click.echo(sheets.jsonl([found]), nl=False)
    else:
        click.echo("\n".join(page(found)))


def page(found: Parse) -> Iterator[str]:
    """The lines of what was found, for the eye."""
    for sentence in found.sentences:
        yield from wrap(wording.clean(sentence.text), WIDTH)
        yield ""
        yield from columns(tree(sentence.words))
        yield from titled("predicates", map(predicate, sentence.predicates))
        yield from titled("quantities", ((q.text, [number(q)]) for q in sentence.quantities))
        yield ""
    yield "claims" if found.claims else "no claims"
    for one in found.claims:
        yield from claim(one)


def tree(words: Iterable[Word]) -> Iterator[tuple[str, ...]]:
    """The tree as the columns of CoNLL-U, without those that are empty or only for machines."""
    yield ("", "word", "lemma", "pos", "head", "relation", "name", "features")
    for word in words:
        kept = [f for f in word.features.split("|") if f.partition("=")[0] in FEATURES]
        head = str(word.head)
        told = (word.text, word.lemma, word.pos, head, word.relation, word.name or "-")
        yield (str(word.n), *told, "|".join(kept) or "-")


def columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The rows with their cells one below the other; only the last may be cut by a terminal."""
    cleaned = [tuple(map(wording.clean, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
    for row in cleaned:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def titled(title: str, parts: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """A title, and below it each part: its name, and its lines beside it. Of no parts, nothing."""
    told = [(wording.clean(name), list(lines)) for name, lines in parts]
    width = max((len(name) for name, _ in told), default=0)
    yield from ("", title) if told else ()
    for name, lines in told:
        for row in (r for line in lines for r in wrap(wording.clean(line), WIDTH - width - 4)):
            yield f"  {name:{width}}  {row}"
            name = ""


def predicate(one: Predicate) -> tuple[str, list[str]]:
    """A predicate with its roles, and what the word tables make of it."""
    stance = [one.voice or "no verb"]
    stance += [f"taken back by “{one.undone}”"] if one.undone else []
    stance += [f"{party} is nobody" for party in one.nobody]
    lines = [", ".join(stance)]
    lines += [f"by: {'; '.join(one.agents)}"] if one.agents else []
    lines += [f"to: {'; '.join(one.patients)}"] if one.patients else []
    for meaning in one.means:
        said = f"= {meaning.what}, by {meaning.rule}"
        said += f"; to {'; '.join(meaning.to)}" if meaning.to else ""
        lines.append(said + (f"; by {'; '.join(meaning.by)}" if meaning.by else ""))
    return one.text, lines


def number(one: Number) -> str:
    """A quantity in words: its bounds, its rule, and of what it is."""
    said = f"{wording.bounds(one.low, one.high)}, by {one.rule}"
    said += f"; {one.unit}" if one.unit else ""
    said += f"; counts {one.counted}" if one.counted else ""
    return said + (f"; a share of {one.of}" if one.of else "")


def claim(one: Claim) -> Iterator[str]:
    """The lines of a claim: what `sayso read` says of it, its parties, and its rules."""
    note = wording.standing(one)
    said = f"{wording.what(one)} {wording.whom(one)}".strip()
    yield f"  {said}  [{note}]" if note else f"  {said}"
    facts = [f"“{one.evidence.text}”", wording.chain(one, None)]
    facts += [f"by: {wording.doer(one)}"] if one.by else []
    facts += [f"to: {one.to.text}"] if one.to else []
    facts.append(f"rules: {', '.join(rule for _, rule in sorted(one.because.items()))}")
    for fact in facts:
        yield from wrap(
            wording.clean(fact), WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 6
        )
