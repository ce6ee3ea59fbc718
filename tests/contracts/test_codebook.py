"""The codebook says what every type, mode and kind of figure means, in a sentence that reads so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from sayso import lexicon
from sayso.lexicon import codes, table
from sayso.pipeline import Reader
from sayso.records import COUNTED, Category, Claim, Document, Event, Kind, of_any_text
from sayso.settings import Settings

EVENTS = table("codebook", "en")["event"]
HARMS = table("codebook", "en")["harm"]
MAPPED = codes("events")
SPOKEN_OF = [key for key, entry in EVENTS.items() if "example" in entry]

# As ACLED's codebook lists them, by event type.
ACLED = {
    "Battles": {
        "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    },
    "Protests": {
        "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(settings: Settings) -> Callable[[str], list[Claim]]:
    """The claims of one sentence."""
    reader = Reader(settings)
    return lambda text: list(reader.read(Document(id="example", text=text)).claims)


def event(key: str) -> Event:
    kind, _, mode = key.partition("/")
    return Event(type=kind, mode=mode or None)


def keys() -> list[str]:
    return [
        key
        for kind, names in lexicon.events("en").modes.items()
        for key in (kind, *(f"{kind}/{name}" for name in names))
    ]


def rules(target: str) -> Iterator[dict[str, Any]]:
    for listed in MAPPED[target].values():
        yield from listed


@pytest.mark.parametrize("entries", [EVENTS, MAPPED["event"]], ids=["means", "codes"])
def test_every_type_and_mode_has_an_entry(entries: dict[str, Any]) -> None:
    assert list(entries) == keys()


@pytest.mark.parametrize("entries", [HARMS, codes("harms")], ids=["means", "codes"])
def test_every_kind_of_figure_has_an_entry(entries: dict[str, Any]) -> None:
    assert tuple(entries) == COUNTED


@pytest.mark.parametrize("key", EVENTS)
def test_a_type_has_an_example_where_it_can_stand_without_a_mode(key: str) -> None:
    senses = (*lexicon.events("en").verb, *lexicon.events("en").noun)
    bare = any(sense.type == key and sense.mode is None for sense in senses)
    assert EVENTS[key]["means"]
    assert ("example" in EVENTS[key]) == ("/" in key or bare)


@pytest.mark.parametrize("key", SPOKEN_OF)
def test_an_example_reads_as_its_type_and_mode(
    key: str, claims: Callable[[str], list[Claim]]
) -> None:
    # Whom it killed or took is a claim of its own, and may be the one that carries the event.
    found = {of_any_text(c.event) for c in claims(EVENTS[key]["example"]) if c.event}
    assert found == {event(key)}


@pytest.mark.parametrize("kind", HARMS)
def test_an_example_reads_as_its_figure(kind: str, claims: Callable[[str], list[Claim]]) -> None:
    (found,) = (claim for claim in claims(HARMS[kind]["example"]) if claim.kind != "event")
    assert found.kind == kind and found.count
    expected = HARMS[kind]["count"]
    assert (found.count.low, found.count.high) == (expected.get("low"), expected.get("high"))


def test_examples_are_told_once() -> None:
    told = [entry["example"] for entry in (*EVENTS.values(), *HARMS.values()) if "example" in entry]
    assert len(told) == len(set(told))


def test_sub_event_types_are_those_of_acled() -> None:
    listed: dict[str, set[str]] = {}
    for name, theirs in codes("acled")["sub_event_types"].items():
        listed.setdefault(theirs["event_type"], set()).add(name)
    assert listed == ACLED
    for rule in rules("acled"):
        assert {rule["code"], *rule.get("or", ())} <= set(codes("acled")["sub_event_types"])


def test_types_of_violence_are_those_of_ucdp_and_need_a_death() -> None:
    for rule in rules("ucdp"):
        assert rule["code"] in (1, 2, 3)
        assert rule["when"]["harm"] == ["killed"]


def test_parties_hold_every_category() -> None:
    held = {category for listed in MAPPED["parties"].values() for category in listed}
    assert held == set(get_args(Category))


@pytest.mark.parametrize("target", ["acled", "ucdp"])
def test_events_name_lists_of_rules_and_every_list_is_named(target: str) -> None:
    entries = (*MAPPED["event"].values(), *MAPPED["harm"].values())
    assert {entry[target] for entry in entries} == set(MAPPED[target])


def test_conditions_ask_for_parties_and_kinds() -> None:
    figures = (rule for theirs in codes("harms").values() for rule in theirs["ucdp"])
    kinds, parties = set(get_args(Kind)), set(MAPPED["parties"])
    known = {"by": parties, "who": parties, "to": parties, "harm": kinds, "also": {*kinds, *keys()}}
    for rule in (*rules("acled"), *rules("ucdp"), *figures):
        for part, names in rule.get("when", {}).items():
            assert names is True if part == "mutual" else set(names) <= known[part]
