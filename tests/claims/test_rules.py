"""The register of rules: whatever `because` says stands in it, and each example gives its result."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from sayso.claims.rules import explained, register, rule
from sayso.cli.commands import main
from sayso.errors import NotFoundError
from sayso.pipeline import Reader
from sayso.publish import wording
from sayso.records import JUDGED, Category, Claim, Document
from sayso.settings import Settings

HERE = Path(__file__).parent
DEMO = Path(str(files("sayso"))) / "data" / "demo" / "story.jsonl"
GRID = HERE.parent / "grid" / "grid.jsonl"
PUBLISHED = "2031-03-05"
EXAMPLES = {name: told for name, told in register().items() if told.example}
FIELDS = {
    "kind",
    "count",
    "who",
    "by",
    "to",
    "where",
    "when",
    "scope",
    "modality",
    "sources",
    "episode",
    "event_id",
}


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(Settings(gazetteer=settings.gazetteer, parse="all"))


def read(reader: Reader, text: str, published: str | None = PUBLISHED) -> tuple[Claim, ...]:
    return reader.read(Document(id="x", text=text, published=published)).claims


def told(claim: Claim, field: str, claims: Sequence[Claim]) -> str | None:
    """What a claim holds in a field, as the register writes it."""
    match field:
        case "count":
            return wording.bounds(claim.count.low, claim.count.high) if claim.count else None
        case "event":
            event = claim.event
            return " ".join(filter(None, (event.type, event.mode))) if event else None
        case "who":
            return f"{claim.who.text}: {claim.who.category}" if claim.who else None
        case "event_id":
            return claim.event.id if claim.event else None
        case "where":
            return claim.where.text if claim.where else None
        case "when":
            when = claim.when
            if when is None:
                return None
            return (
                when.start
                if when.start == when.end
                else f"{when.start or ''} – {when.end or ''}".strip()
            )
        case "sources":
            return wording.ARROW.join(s.text for s in claim.sources) or "the outlet"
        case "people":
            return ", ".join(person.name for person in claim.people)
        case "by" | "to":
            party = getattr(claim, field)
            return party.text if party else None
        case "act":
            return claim.because[field].partition(":")[2]
        case "change":
            return claim.change.how if claim.change else None
        case "part_of":
            whole = next((c for c in claims if c.id == claim.part_of), None)
            return f"a part of {told(whole, 'count', claims)}" if whole else None
        case _:
            return str(getattr(claim, field))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_its_result_by_its_rule(reader: Reader, name: str) -> None:
    one = EXAMPLES[name]
    claims = read(reader, one.example or "")
    given = [
        (rule(claim.because[one.field]), told(claim, one.field, claims))
        for claim in claims
        if one.field in claim.because
    ]
    assert (name, one.gives) in given


def test_each_rule_says_what_it_is_in_a_sentence() -> None:
    for name, one in register().items():
        assert one.says.lstrip("“")[0].isupper() and one.says.endswith("."), name
        assert (one.example is None) == (one.gives is None) == (name == JUDGED), name
        assert one.field in FIELDS | {"event", "act", "part_of", "change", "people", "any"}, name


def test_a_category_is_told_by_the_rule_of_its_reader() -> None:
    assert {rule(f"group.{category}") for category in get_args(Category)} == {"group.*"}


def corpora() -> Iterator[tuple[str, str | None]]:
    """The demo, the golden sentences of the tests beside this one, and one in twelve of the grid."""
    for line in DEMO.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        yield document["text"], document.get("published")
    rows = GRID.read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows[::12]):
        yield row["text"], row["published"]
    for page in sorted(HERE.glob("test_*.py")):
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and said.count(" ") > 2 and said.endswith((".", "”", "?")):
                yield said, PUBLISHED


def test_what_is_read_names_only_rules_of_the_register(reader: Reader) -> None:
    strange: dict[str, str] = {}
    for text, published in corpora():
        for claim in read(reader, text, published):
            for field, said in claim.because.items():
                name = rule(said)
                if name is None or register()[name].field != field:
                    strange.setdefault(f"{field}: {said}", text)
    assert not strange


def test_a_word_is_no_part_of_the_id_and_an_unknown_one_is_answered_with_its_like() -> None:
    assert explained("modality.hypothetical:if")[0] == "modality.hypothetical"
    with pytest.raises(NotFoundError, match=r"number\.at_least"):
        explained("number.atleast")
    with pytest.raises(NotFoundError, match=r"modality\.hypothetical"):
        explained("hypothetical: if")


def test_explain_tells_a_rule_and_lists_all() -> None:
    asked = ["explain", "modality.hypothetical:if", "--format"]
    (line,) = CliRunner().invoke(main, [*asked, "jsonl"]).stdout.splitlines()
    one = register()["modality.hypothetical"]
    assert json.loads(line)["says"] == one.says
    drawn = CliRunner().invoke(main, [*asked, "table"]).stdout
    assert one.example and one.example in " ".join(drawn.split())
    listed = CliRunner().invoke(main, ["explain", "--format", "jsonl"]).stdout.splitlines()
    assert [json.loads(line)["rule"] for line in listed] == list(register())
