"""The register of rules: every id that `Claim.because` may hold, with what it says and an example.

An id is `reader.rule`, as in "number.at_least", or `reader.rule:word` where a word of the text
decides: "modality.hypothetical:if". The register, `rules.toml`, has the ids without the word; one
that ends in `.*` stands for all ids of its reader.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from sayso.errors import NotFoundError
from sayso.lexicon.checking import Sheet
from sayso.records import Record

NEAR = 5
"""So many ids are named, at most, to whoever asks for one that is not there."""


class Rule(Record, frozen=True, kw_only=True):
    """A rule: the field of a claim that it makes, what it says, and an example with its result.

    `word` says what stands behind the colon of its ids, or in place of the `*`. The example is a
    text as printed on 5 March 2031. It is None where no text but a person's decision makes it so.
    """

    field: str
    says: str
    word: str | None = None
    example: str | None = None
    gives: str | None = None


@cache
def register() -> dict[str, Rule]:
    """Every rule by its id, in the order of the register; treat it as read-only.

    Raises `EngineError` with the line where a rule has a key that is unknown, or lacks one.
    """
    path = files("sayso") / "claims" / "rules.toml"
    return Sheet(path.read_text(encoding="utf-8"), "claims/rules.toml").read(dict[str, Rule])


def rule(said: str) -> str | None:
    """The id under which the register has what `because` says; None where it has none."""
    name = said.partition(":")[0]
    return next((n for n in (name, f"{name.partition('.')[0]}.*") if n in register()), None)


def explained(said: str) -> tuple[str, Rule]:
    """The id and the rule of what `because` says. Raises `NotFoundError`, with ids that are like
    it, where there is none."""
    if name := rule(said):
        return name, register()[name]
    wanted = said.partition(":")[0]
    near = get_close_matches(wanted, register(), NEAR)
    near = near or [n for n in register() if wanted in n.replace("-", " ").replace("_", " ")][:NEAR]
    like = f"; like it: {', '.join(near)}" if near else ""
    raise NotFoundError(f"no rule is called {said!r}{like}; sayso explain lists them all")
