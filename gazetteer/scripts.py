"""Which names in other scripts are kept: those of larger towns, and what a country itself writes.

GeoNames has the Korean names of American hamlets, which machines made and nobody asks for.
"""

from __future__ import annotations

import unicodedata

from sayso.language.geography.filing import Row

# Towns of so many people have names in all the world's scripts.
_LARGE = 25_000

_ARABIC = (
    "AE AF BH CN DJ DZ EG EH ER IL IN IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SS SY TD TJ "
    "TN TR YE"
)
_CYRILLIC = "AM AZ BA BG BY EE GE KG KZ LT LV MD ME MK MN RO RS RU TJ TM UA UZ XK"
# By the first word of the names that Unicode gives to letters.
_WRITTEN_IN = {
    "ARABIC": _ARABIC, "CYRILLIC": _CYRILLIC, "CJK": "CN HK JP KR MO MY SG TW",
    "HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "CN KP KR", "HEBREW": "IL PS",
    "ARMENIAN": "AM AZ GE", "GEORGIAN": "GE", "GREEK": "CY GR", "ETHIOPIC": "ER ET",
    "DEVANAGARI": "IN NP", "BENGALI": "BD IN", "GURMUKHI": "IN PK", "GUJARATI": "IN",
    "ORIYA": "IN", "TAMIL": "IN LK MY SG", "TELUGU": "IN", "KANNADA": "IN", "MALAYALAM": "IN",
    "SINHALA": "LK", "THAANA": "MV", "THAI": "TH", "LAO": "LA", "KHMER": "KH", "MYANMAR": "MM",
    "TIBETAN": "BT CN IN NP", "TIFINAGH": "DZ LY MA NE", "MONGOLIAN": "CN MN", "SYRIAC": "IQ SY",
}  # fmt: skip


def is_used(name: str, town: Row) -> bool:
    """Whether a town's name is worth keeping for the script that it is in."""
    letter = next((c for c in name if c.isalpha() and not c.isascii()), "a")
    script = unicodedata.name(letter, "LATIN").partition(" ")[0]
    if script == "LATIN" or town.population >= _LARGE:
        return True
    return town.country in _WRITTEN_IN.get(script, "").split()
