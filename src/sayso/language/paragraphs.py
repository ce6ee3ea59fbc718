"""Where a text breaks into paragraphs: at each line break, or, if wrapped, at each blank line."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A line break inside a sentence, as far as marks tell, and the letter it stands before.
_BREAK = re.compile(r"[^\s.?!:;”\"][ \t]*\n[ \t]*(\w)")


def parting(text: str) -> int:
    """How many line breaks part two paragraphs: 2 where lines are wrapped to a width, else 1.

    A text is wrapped, as e-mail is, if most of its line breaks that end no sentence stand before a
    small letter.
    """
    breaks: list[str] = _BREAK.findall(text)
    return 2 if 2 * sum(after.islower() for after in breaks) > len(breaks) else 1


def numbers(text: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The paragraph that each of these spans of the text begins in, counted from 0 without gaps."""
    least, before = parting(text), 0
    found: list[int] = []
    for start, end in spans:
        if not found:
            found.append(0)
        else:
            found.append(found[-1] + (text[before:start].count("\n") >= least))
        before = end
    return found
