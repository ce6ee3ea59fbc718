"""TIMEX3 values that need no calendar: durations, habits, times of day."""

from __future__ import annotations

import re
from typing import Any

from sayso.language.times.timex import Match
from sayso.lexicon import table


def duration(match: Match) -> str:
    """How long, as an ISO duration: "three days" P3D, "half an hour" PT30M, "weeks" PXW."""
    count = 1 if match.kind("n") == "a" else match.value("n")
    return f"P{letters(match.value('unit'), count or 'X', match.has('half'))}"


def letters(unit: str, count: Any, half: bool = False) -> str:
    """The letters of an ISO duration after "P": fortnights in weeks, decades in years."""
    size, letter = {"F": (2, "W"), "E": (10, "Y"), "C": (100, "Y")}.get(unit, (1, unit))
    time = letter in "hms"
    if count == "X":
        text = f"X{'E' if unit == 'E' else unit if unit == 'C' else letter.upper()}"
        return f"T{text}" if time else text
    whole, rest = divmod(count * size + (0.5 if half else 0), 1)
    text = f"{int(whole)}{letter.upper()}" if whole else ""
    if rest:
        lower = {"Y": (12, "M"), "D": (24, "H"), "h": (60, "M"), "m": (60, "S"), "W": (7, "D")}
        factor, name = lower.get(letter, (30, "D"))
        text += f"{'T' if letter == 'D' else ''}{round(rest * factor)}{name}"
    return f"T{text}" if time else text


def habit(match: Match, language: str) -> str | None:
    """What comes back every so often: "daily" P1D, "Fridays" XXXX-WXX-5, "each July" XXXX-07."""
    if match.rule == "daily":
        return str(table("dates", language)["repeats"][match.words[0].text])
    if weekday := match.value("habit") or match.value("weekday"):
        return f"XXXX-WXX-{weekday}"
    if month := match.value("month"):
        return f"XXXX-{month:02}"
    unit = match.value("unit")
    return f"P{letters(unit, 1)}" if unit else None


def time_of_day(match: Match) -> str:
    """The time of a match that names one, as TIMEX3 appends it to a day: "T18:00", "TMO"."""
    part = next((w.value for w in match.words if w.kind == "part"), None)
    if match.rule == "noon":
        return f"T{match.value('noon')}"
    if match.rule != "clock":
        return f"T{part}"
    word = match.parts["clock"]
    digits = re.split(r"[:.]", word.text)
    hour, minute = int(digits[0]), digits[1] if len(digits) > 1 else "00"
    if len(digits) == 1 and len(word.text) == 4:
        hour, minute = int(word.text[:2]), word.text[2:]
    late = match.value("meridiem")
    if late is None and part in ("AF", "EV", "NI"):
        late = True
    if late is not None:
        hour = hour % 12 + (12 if late else 0)
    return f"T{hour:02}:{minute}"
