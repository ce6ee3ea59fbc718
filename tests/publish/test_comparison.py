from __future__ import annotations

import pytest

from sayso.pipeline import known
from sayso.pipeline.boards import boards
from sayso.publish import comparison
from sayso.publish.board import Board
from sayso.records import Heading, Reading
from sayso.settings import Settings


@pytest.fixture(scope="module")
def at(told):
    """What the demo tells at a moment, laid out."""
    documents, claims = told

    def state(moment: str | None) -> list[Board]:
        readings = []
        for d in documents:
            heading = Heading(
                id=d.id,
                url=d.url,
                title=d.title,
                outlet=d.outlet,
                published=d.published,
                language=d.language,
            )
            readings.append(Reading(document=heading, claims=tuple(claims[d.id])))
        return list(boards(known(documents, readings, Settings(), moment)))

    return state


def test_it_tells_what_a_figure_was_and_is_and_on_whose_word(at) -> None:
    found = comparison.changes(at("2031-03-05T10:00+02:00"), at("2031-03-06T13:00+02:00"))
    (dead,) = [
        c for c in found if (c.kind, c.who) == ("killed", "unspecified") and c.after.high == 27
    ]
    said = comparison.sentence(dead)
    assert (
        said.startswith("killed, people: ")
        and "→ 18–27, best 18" in said
        and "6 Mar 2031 12:00" in said
    )


def test_nothing_changes_from_a_moment_to_itself(at) -> None:
    assert comparison.changes(at(None), at(None)) == []


def test_what_came_and_what_went_is_told(at) -> None:
    early, late = at("2031-03-03T23:00+02:00"), at(None)
    came = comparison.changes(early, late)
    assert any(change.before is None for change in came)
    gone = comparison.changes(late, early)
    assert any(change.after is None and "→ none" in comparison.sentence(change) for change in gone)
    assert len(came) == len(gone)


def test_the_sheet_has_a_row_for_each_change(at) -> None:
    found = comparison.changes(at("2031-03-04T23:00+02:00"), at(None))
    sheet = comparison.sheet(found)
    assert len(sheet.rows) == len(found) and sheet.columns[0] == "incident"
    lines = list(comparison.told(found))
    assert sum(not line.startswith("  ") for line in lines) == len({c.incident for c in found})
