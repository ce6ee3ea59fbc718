"""What ACLED would call what a sentence tells, and what it has no code for."""

from __future__ import annotations

import pytest

from sayso.settings import Settings
from snippets.scoring import given

CODED = [
    ("A roadside bomb killed five villagers near Vell on Monday.", "Remote explosive/landmine/IED"),
    ("A grenade thrown into a bar in Vell killed two people on Monday.", "Grenade"),
    ("Shelling killed nine people in Vell on Monday.", "Shelling/artillery/missile attack"),
    ("Soldiers killed three rebels near Vell on Monday.", "Armed clash"),
    ("Police arrested four students in Vell on Monday.", "Arrests"),
    # Mishaps, and what only follows from them.
    ("A fire killed 12 people in Vell on Monday.", None),
    ("An explosion at a gas plant in Vell killed three workers on Monday.", None),
    ("Two people died in hospital in Vell on Monday.", None),
    ("A bus crash killed nine people near Vell on Monday.", None),
    ("Nine people died when a gold mine collapsed near Vell on Monday.", None),
    ("Police arrested the owner of a hotel in Vell on Monday over a fire that killed 12.", None),
]


@pytest.mark.parametrize(("text", "code"), CODED, ids=[text for text, _ in CODED])
def test_a_sentence_has_its_code(settings: Settings, text: str, code: str | None) -> None:
    ((_, found),) = given(settings, [{"id": "s", "text": text, "events": []}])
    assert found == code
