"""Write the reference pages from the code: commands, settings, the record, rules, the codebook,
the words on screen.

    python docs/generate.py [--check]

With `--check` nothing is written; the exit code is 1 when a page on disk is not what the code says.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import get_args

import click
import msgspec
from codebook import codebook_page, policies_page

from sayso import records
from sayso.claims.rules import register
from sayso.cli.commands import main as commands
from sayso.publish import acled, exports, glossary, hxl, polecat, rows, ucdp, victims
from sayso.settings import describe

PAGES = Path(__file__).parent / "reference"
MADE = "<!-- made by `make docs` from the code; edits here are lost -->\n"


def command_page() -> str:
    """Every command with its own help."""
    context = click.Context(commands, info_name="sayso")
    parts = [
        "# Commands",
        MADE,
        "stdout is data, stderr is talk. Exit codes: 0 all done, 1 failed, 2 wrong usage, 3 done",
        "but some inputs could not be read, 130 interrupted.",
        "",
    ]
    parts += command_help(commands, context)
    return "\n".join(parts)


def command_help(group: click.Group, context: click.Context) -> list[str]:
    """The help of each command of a group, and of each command in it that is a group itself."""
    parts = []
    for name, command in sorted(group.commands.items()):
        inner = click.Context(command, info_name=name, parent=context, max_content_width=78)
        inner.terminal_width = 78
        title = f"## {inner.command_path}"
        parts += [title, "", "```text", command.get_help(inner), "```", ""]
        if isinstance(command, click.Group):
            parts += command_help(command, inner)
    return parts


def settings_page() -> str:
    """Every setting with its default and what it does."""
    flags = {
        "statuses": "",
        "second_reading": "",
    }  # which are set for all who work at a ledger, and not for one command
    lines = [
        f"| `{name}` | {flags.get(name, f'`--{name}`')} | `SAYSO_{name.upper()}` | {default} "
        f"| {what} |"
        for name, default, what in describe()
    ]
    return "\n".join(
        [
            "# Settings",
            MADE,
            "A flag beats the environment, which beats `sayso.toml` in the working directory (or",
            "the file named by `--config`), which beats the default. An unknown one is an error.",
            "",
            "| in `sayso.toml` | flag | environment | default | what |",
            "| --- | --- | --- | --- | --- |",
            *lines,
            "",
        ]
    )


def annotation(kind: type, field: str) -> object:
    """What a field of a record is declared to be, by the record or by what it is made of."""
    return next(k.__annotations__[field] for k in kind.__mro__ if field in k.__annotations__)


def record_page() -> str:
    """Every record with its fields, and the words that fields are limited to."""
    parts = [
        "# The record",
        MADE,
        "What `sayso read` writes is one `Reading` per document, a line each, UTF-8: the same",
        "input always gives the same bytes. Offsets count Unicode characters of the text.",
        "",
    ]
    for name, kind in vars(records).items():
        if (
            inspect.isclass(kind)
            and issubclass(kind, records.Record)
            and kind is not records.Record
        ):
            doc = inspect.cleandoc(kind.__doc__ or "")
            parts += [f"## {name}", "", doc, "", "| field | type |", "| --- | --- |"]
            for field in msgspec.structs.fields(kind):
                written = str(annotation(kind, field.name)).replace("|", "\\|")
                parts.append(f"| `{field.encode_name}` | `{written}` |")
            parts.append("")
    parts += ["## Words", ""]
    for name in ("Kind", "Category", "SourceKind", "Role", "Scope", "Modality", "Basis"):
        parts += [
            f"**{name}**: " + ", ".join(f"`{v}`" for v in get_args(getattr(records, name))),
            "",
        ]
    return "\n".join([*parts[:-1], ""])


def formats_page() -> str:
    """Every table that goes out: its policy, its columns, and what each holds."""
    parts = [
        "# Formats",
        MADE,
        "The columns of each table that `sayso export` writes, in their order, with what Sayso",
        "puts there. Beside a table goes a data package that says the same of the file.",
        "",
    ]
    tables = {
        "csv, parquet": (exports.COLUMNS, exports.POLICY),
        "acled": (acled.COLUMNS, rows.POLICY),
        "ucdp-ged": (ucdp.COLUMNS, rows.POLICY),
        "polecat": (polecat.COLUMNS, polecat.POLICY),
        "hxl": (hxl.COLUMNS, hxl.POLICY),
        "victims": (victims.COLUMNS, victims.POLICY),
    }
    for name, (columns, policy) in tables.items():
        parts += [f"## {name}", ""]
        parts += [f"- {word}: {what}" for word, what in policy.items()]
        tagged = name == "hxl"
        parts += ["", "| column | tag | what |" if tagged else "| column | what |"]
        parts += ["| --- | --- | --- |" if tagged else "| --- | --- |"]
        for column, what in columns.items():
            tag = f" `{hxl.TAGS[column]}` |" if tagged else ""
            parts.append(f"| `{column}` |{tag} {what} |")
        parts.append("")
    return "\n".join(parts)


def rules_page() -> str:
    """The register of rules, field by field."""
    parts = [
        "# Rules",
        MADE,
        "Every id that `because` may hold, by the field of a claim that it makes. What stands",
        "behind a colon is a word of the text (`modality.hypothetical:if`); a `*` stands for one,",
        "too. The examples are texts of 5 March 2031, with what the rule gives.",
        "`sayso explain RULE` prints the same.",
        "",
    ]
    fields: dict[str, list[str]] = {}
    for name, rule in register().items():
        says = rule.says + (f" Word: {rule.word}." if rule.word else "")
        example = (rule.example or "").replace("\n", " ¶ ").replace(" ¶  ¶ ", " ¶ ")
        row = f"| `{name}` | {says} | {example} | {rule.gives or ''} |"
        fields.setdefault(rule.field, []).append(row.replace("|  |", "| |"))
    for field, told in fields.items():
        parts += [f"## {field}", "", "| rule | what it says | example | gives |"]
        parts += ["| --- | --- | --- | --- |", *told, ""]
    return "\n".join(parts)


def words_page() -> str:
    """The words of the screen and what each means."""
    parts = [
        "# Words",
        MADE,
        "What the words on screen mean; the desk says the same where one is pressed. Kinds of",
        "figures and types of events are told in [the codebook](codebook.md).",
        "",
        "| word | means |",
        "| --- | --- |",
        *(f"| {word} | {means} |" for word, means in glossary.words()),
        "",
    ]
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write or check the pages; 1 when a check fails."""
    pages = {
        "commands.md": command_page(),
        "settings.md": settings_page(),
        "record.md": record_page(),
        "formats.md": formats_page(),
        "codebook.md": codebook_page(MADE),
        "codebooks.md": policies_page(MADE),
        "rules.md": rules_page(),
        "words.md": words_page(),
    }
    stale = []
    for name, text in pages.items():
        path = PAGES / name
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            PAGES.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not what the code says: {', '.join(stale)}; run: make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
