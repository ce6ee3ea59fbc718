"""Which two sides the row of an incident has, by what a sentence or two tell."""

from __future__ import annotations

import pytest

from sayso.pipeline import Known, Reader
from sayso.pipeline.boards import boards
from sayso.publish import acled, ucdp
from sayso.publish.board import Board
from sayso.reconcile.coverage import incidents
from sayso.records import Document
from sayso.settings import Settings

ANYBODY = "Unidentified Armed Group"


def laid(settings: Settings, text: str) -> Board:
    """The one incident of a text that has the most claims."""
    read = Document(id="d", text=text, published="2031-03-05", outlet="Lantern", language="en")
    claims = {read.id: Reader(settings).read(read).claims}
    found = tuple(incidents([read], claims))
    return max(boards(Known((read,), claims, found)), key=lambda board: len(board.lines))


SIDED = [
    # Gunmen are whoever owns up to it.
    (
        "Gunmen opened fire on a minibus near Vell on Monday, killing three passengers. The Dafra Front "
        "later claimed responsibility for the attack.",
        "Dafra Front", "Civilians",
    ),
    (
        "A suicide bomber killed twelve at a market in Vell on Monday. The Northern League said it was "
        "behind the attack.",
        "Northern League", "Civilians",
    ),
    ("Unidentified gunmen kidnapped a priest in Vell on Sunday.", ANYBODY, "Civilians"),
    # Both sides of a fight.
    ("The Holm Army fought the Dafra Brigade for control of Vell on Monday.", "Holm Army", "Dafra Brigade"),
    ("The army battled insurgents near Vell on Monday.", "The army", ANYBODY),
    ("Clashes between rebels and soldiers killed nine people in Vell on Monday.", ANYBODY, "soldiers"),
    ("Two rival gangs fought in Vell on Saturday, leaving three dead.", "Unidentified Gang", "Unidentified Gang"),
    ("Dafra fighters ambushed an army convoy near Vell on Monday.", "Dafra", "an army convoy"),
    # Weapons are no side.
    ("Men with bows attacked farmers near Vell on Sunday, killing two.", ANYBODY, "Civilians"),
    # Nobody is told of: the codebook has a name for that, of what hits soldiers or civilians.
    ("A roadside bomb killed two policemen near Vell on Monday.", ANYBODY, "policemen"),
    # Crowds.
    ("A mob beat a suspected thief to death in Vell on Monday.", "Rioters", "Civilians"),
    ("Soldiers opened fire on demonstrators in Vell on Monday, killing four.", "Soldiers", "Protesters"),
    ("Women marched through Vell on Monday to demand the release of detainees.", "Protesters", ""),
    ("Protesters clashed with police in Vell on Monday.", "Rioters", "police"),
    ("Supporters of rival parties threw stones at each other in Vell on Monday.", "Rioters", "Rioters"),
    # An air strike is not anybody's.
    ("An air strike killed two people in Vell on Monday.", "", "Civilians"),
    # Who demands is no side.
    ("The Dafra Front demanded an inquiry after soldiers killed a farmer in Vell.", "soldiers", "Civilians"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "to"), SIDED, ids=[text for text, _, _ in SIDED])
def test_an_incident_has_its_sides(settings: Settings, text: str, by: str, to: str) -> None:
    row = acled.row(laid(settings, text))
    assert (row["actor1"], row["actor2"]) == (by, to)


def test_a_name_by_claim_is_said_to_be_so(settings: Settings) -> None:
    text, *_ = SIDED[0]
    board = laid(settings, text)
    assert "Dafra Front by claim or accusation." in str(acled.row(board)["notes"])
    assert ucdp.row(board)["type_of_violence"] == 3
    assert "by claim" not in str(acled.row(laid(settings, SIDED[4][0]))["notes"])


def test_the_dead_are_those_of_their_own_side(settings: Settings) -> None:
    board = laid(
        settings,
        "Soldiers fought Dafra Front rebels near Vell on Monday, killing seven rebels. Two soldiers "
        "and three villagers were also killed.",
    )
    row = ucdp.row(board)
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == ("Soldiers", "Dafra Front", 1)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"]) == (2, 7, 3)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("The Holm Army fought the Dafra Brigade near Vell on Monday, killing nine fighters.", 2),
        ("Soldiers killed five Holm Army rebels near Vell on Monday.", 1),
        ("Holm Army rebels killed five farmers near Vell on Monday.", 3),
        ("Gunmen killed five farmers near Vell on Monday.", None),
        ("A mob beat a suspected thief to death in Vell on Monday.", None),
        ("The Holm Army fought the Dafra Brigade for control of Vell on Monday.", None),
    ],
)
def test_the_sides_say_what_violence_it_is(settings: Settings, text: str, type: int | None) -> None:
    assert ucdp.row(laid(settings, text))["type_of_violence"] == type
