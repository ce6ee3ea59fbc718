"""How a sentence is read, as `sayso parse` shows it: for the eye, and as JSON."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sayso.cli.commands import main
from sayso.settings import Settings

SENTENCE = "Troops did not shoot three men, and nine of the 31 hurt nurses died, the ministry said."

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(settings: Settings) -> Run:
    """Runs `sayso parse` in this process."""
    environment = {"SAYSO_GAZETTEER": str(settings.gazetteer)}
    return lambda *arguments, stdin="": CliRunner().invoke(
        main, ["parse", *arguments], input=stdin, env=environment
    )


@pytest.fixture(scope="module")
def found(run: Run) -> dict[str, Any]:
    done = run("--format", "json", SENTENCE)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def of(found: dict[str, Any], word: str) -> dict[str, Any]:
    (sentence,) = found["sentences"]
    (predicate,) = [p for p in sentence["predicates"] if p["text"] == word]
    return predicate


def test_the_tree_is_the_sentence_word_by_word(found: dict[str, Any]) -> None:
    (sentence,) = found["sentences"]
    assert sentence["text"] == SENTENCE
    words = {word["text"]: word for word in sentence["words"]}
    assert words["men"]["head"] == words["shoot"]["n"]
    assert (words["men"]["relation"], words["men"]["lemma"]) == ("obj", "man")
    assert words["said"]["head"] == 0


def test_roles_voice_and_polarity_are_those_of_the_grammar(found: dict[str, Any]) -> None:
    shoot, died = of(found, "shoot"), of(found, "died")
    assert (shoot["voice"], shoot["undone"]) == ("active", "not")
    assert (shoot["agents"], shoot["patients"]) == (["Troops"], ["three men"])
    assert not shoot["means"], "what is taken back is no harm"
    assert [(m["what"], m["to"]) for m in died["means"]] == [("killed", died["agents"])]
    assert died["undone"] is None


def test_quantities_have_their_share(found: dict[str, Any]) -> None:
    (sentence,) = found["sentences"]
    told = [(q["text"], q["low"], q["high"], q["of"]) for q in sentence["quantities"]]
    assert told == [("three", 3, 3, None), ("nine", 9, 9, "31"), ("31", 31, 31, None)]


def test_rules_are_those_of_the_claims(found: dict[str, Any]) -> None:
    killed = [c["count"]["low"] for c in found["claims"] if c["kind"] == "killed"]
    assert killed == [9]
    named = {rule for claim in found["claims"] for rule in claim["because"].values()}
    assert found["rules"] == sorted(named)


def test_the_text_says_it_in_lines_that_fit(run: Run) -> None:
    done = run(
        "No one was hurt when Luis Orlin threatened to shoot the mayor of the old port town."
    )
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 100
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "hurt passive, No one is nobody" in lines
    assert "by: Luis Orlin" in lines
    assert "to: the mayor of the old port town" in lines
    assert "injured 0" in lines
    assert "“No one was hurt”" in lines


def test_the_sentence_may_come_by_a_pipe_and_be_dated(run: Run) -> None:
    stdin = "Two men were shot on Tuesday.\n"
    done = run("--format", "json", "--published", "2031-03-06", stdin=stdin)
    when = [claim["when"]["start"] for claim in json.loads(done.stdout)["claims"]]
    assert when == ["2031-03-04"]


@pytest.mark.parametrize(
    ("arguments", "message"), [(["  "], "no sentence"), (["--published", "soon", "x"], "not a day")]
)
def test_what_cannot_be_parsed_is_said(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code != 0
    assert message in f"{done.output} {done.exception}"
    assert not done.stdout


def test_the_walk_through_shows_what_is_printed(run: Run) -> None:
    page = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = [dedent(block) for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL)]
    before, after = (b for b in blocks if b.lstrip().startswith("$ sayso parse"))
    command, _, tree = before.partition("\n")
    printed = run(shlex.split(command)[-1]).stdout
    assert printed.startswith(tree[: tree.index("predicates")])
    assert printed.endswith(after[after.index("predicates") :])
