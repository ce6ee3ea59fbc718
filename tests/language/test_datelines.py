"""A dateline is parsed apart from the sentence behind it, which then has its own subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.language.trees import Sentence

Parse = Callable[[str], list[Sentence]]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("KERIM — Nine miners died.", "KERIM —"),
        (
            "PORT KERIM, Selmarra (Meridien) - Nine miners died.",
            "PORT KERIM, Selmarra (Meridien) -",
        ),
        ("KERIM, March 3 (Meridien) — Nine miners died.", "KERIM, March 3 (Meridien) —"),
        ("KERIM, 3 MAR 89 (AMN) -- [TEXT] NINE MINERS DIED.", "KERIM, 3 MAR 89 (AMN) -- [TEXT]"),
        ("March 3 (Meridien) - Nine miners died.", "March 3 (Meridien) -"),
        ("KERIM -- NINE MINERS DIED.", None),
        ("Pavel, 34 (left) and Some, 40 - Nine miners died.", None),
        ("Kerim, the old port, fell — Nine miners died.", None),
        ("NATO said so — and then left the town.", None),
        ("Nine miners died.", None),
    ],
)
def test_dateline_is_a_sentence_of_its_own(parse: Parse, text: str, head: str | None):
    first, *rest = parse(text)
    if head is None:
        assert not first.text.endswith(("—", "--", "-"))
    else:
        assert first.text == head
        assert rest[0].text.upper() == "NINE MINERS DIED."
