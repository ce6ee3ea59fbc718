"""The snippets hold together, and Sayso codes them no worse than it did."""

from __future__ import annotations

import pytest

from sayso.lexicon import LANGUAGE, events
from sayso.settings import Settings
from snippets.scoring import HALVES, Snippet, asked, figures, given, snippets, sub_events

SOME = 8  # one in so many is read here, `python -m snippets score` reads all
FLOORS = {"given": 0.54, "right": 0.43, "of given": 0.77, "f1": 0.52, "quiet": 0.9}


@pytest.mark.parametrize("half", HALVES)
def test_each_act_is_told_by_words_of_the_text(half: str) -> None:
    known = sub_events()
    for snippet in snippets(half):
        for act in snippet["events"]:
            assert snippet["text"][act["start"] : act["end"]].strip()
            assert act["sub_event"] is None or act["sub_event"] in known, snippet["id"]
            assert act["type"] is None or act["type"] in events(LANGUAGE).modes, snippet["id"]


def test_all_sub_events_are_asked_and_no_text_twice() -> None:
    every = [snippet for half in HALVES for snippet in snippets(half)]
    assert {code for s in every if (code := asked(s))} == sub_events()
    assert len({s["text"] for s in every}) == len(every) == 1831


def test_sayso_codes_them_as_well_as_it_did(settings: Settings) -> None:
    those = [s for half in HALVES for s in snippets(half)[::SOME]]
    found = figures(given(settings, those))
    assert {name for name in FLOORS if found[name] < FLOORS[name]} == set()


def test_figures_count_what_they_say() -> None:
    acts = [{"sub_event": "Attack"}, {"sub_event": "Grenade"}]
    read: list[tuple[Snippet, str | None]] = [
        ({"events": acts[:1]}, "Attack"),
        ({"events": acts[1:]}, "Attack"),
        ({"events": acts[:1]}, None),
        ({"events": []}, None),
    ]
    shares = {"given": 0.667, "right": 0.333, "of given": 0.5, "f1": 0.333, "quiet": 1.0}
    assert figures(read) == shares
