"""Who did a harm, by its own sentence: the forms in which news tells an act and its doer in one."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        # the deed that it came of, also beside a word that says how
        ("Four people were killed in a rebel attack near Karsa.", "rebel"),
        ("Two students were killed in police firing in Karsa.", "police"),
        ("Ten villagers were slaughtered in a raid by herders on Karsa.", "herders"),
        ("Sixteen villagers were hacked to death in an attack by a rival clan.", "a rival clan"),
        ("Five soldiers died following an attack by rebels on a checkpoint.", "rebels"),
        # a clause of time, also beside what hit them, and behind the last of two harms
        ("Six protesters were wounded after police opened fire in Karsa.", "police"),
        ("A woman was killed by a stray bullet when soldiers fired into the air.", "soldiers"),
        ("Two died in Karsa and three were injured in Tovar when rebels shelled them.", "rebels"),
        ("Twelve people were killed and 40 wounded when rebels attacked a bank.", "rebels"),
        # a gerund beside the harm
        ("Armed men opened fire on a bar, leaving five dead and seven injured.", "Armed men"),
        # never the weapon, but whoever fired it or has it
        ("Three officers were injured by stones thrown by protesters.", "protesters"),
        ("Six students were injured by rubber bullets fired by the police.", "the police"),
        ("Rebel rockets hit a bus in Karsa, killing four.", "Rebel"),
        (
            "Warplanes of the Orlin air force bombed a camp, killing 19 fighters.",
            "the Orlin air force",
        ),
        # behind another who does it
        (
            "Two guards were killed by gunfire from across a border by Tavrian troops.",
            "Tavrian troops",
        ),
        # at somebody's hands
        ("Three men were killed at the hands of police in Karsa.", "police"),
        ("The death of three men at the hands of police sparked protests.", "police"),
        # nobody: a bomb that nobody is said to have, a label, a fight, a mishap
        ("A car bomb killed nine people in Karsa.", None),
        ("A terrorist bomb killed nine people in Karsa.", None),
        ("Nine people were killed in clashes between the army and rebels in Karsa.", None),
        ("Nine people were stabbed to death as two gangs clashed in Karsa.", None),
        ("Four people died and a hundred were evacuated when a storm hit Karsa.", None),
    ],
)
def test_each_harm_has_its_doer(reader: Reader, text: str, by: str | None) -> None:
    read = reader.read(Document(id="d", text=text, published="2031-03-06"))
    harms = [c for c in read.claims if c.kind in ("killed", "injured")]
    assert harms and {c.by.text if c.by else None for c in harms} == {by}
