"""Where the dateline of a report ends, by its form alone: "KERIM, 3 March (Meridien) —"."""

from __future__ import annotations

from collections.abc import Sequence

_DASHES = frozenset(["--", "—", "–", "-"])
_LONGEST = 24
"""Words within which the dash must come."""
_PLACE = 5
"""Most words of a dateline that gives neither a date nor an agency: "PORT KERIM, Selmarra —"."""
_TAG = 8
"""Most words of a tag of the wire behind the dash: "[TEXT]"."""


def dateline(words: Sequence[str], spaces: Sequence[bool]) -> int:
    """How many of the first words are a dateline with its dash; 0 where there is none.

    "KERIM, 3 March (Meridien) —", "KERIM —", with tags of the wire behind the dash ("[TEXT]"), and
    "March 3 (Meridien) —" of a wire that names no place. A text all in capitals must show the date
    or the agency: its first words might be any.
    """
    dash = next((n for n, w in enumerate(words[:_LONGEST]) if w in _DASHES and n), 0)
    if not dash or dash + 1 >= len(words) or not spaces[dash - 1]:
        return 0
    place = words[:dash]
    dated = any(w.isdigit() for w in place)
    if not words[0].isupper() and not (dated and place[-1] == ")"):
        return 0
    if any(w[:1].islower() and len(w) > 3 for w in place) or any(w in ".?!:;" for w in place[1:]):
        return 0
    shouted = all(w == w.upper() for w in words[dash + 1 : dash + 6])
    if not dated and place[-1] != ")" and (shouted or dash > _PLACE):
        return 0
    end = dash + 1
    while end < len(words) and words[end] == "[":
        close = next((n for n in range(end, min(end + _TAG, len(words))) if words[n] == "]"), 0)
        if not close:
            break
        end = close + 1
    return end if end < len(words) else 0
