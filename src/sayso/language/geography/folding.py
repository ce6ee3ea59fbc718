"""When two spellings are the same name: what the gazetteer is asked by, and is made by."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Enough for the names of several hundred articles, a few megabytes at most.
_REMEMBERED = 8192

# What Arabic writes only to stretch a word or to keep two letters apart.
_UNSEEN = dict.fromkeys(map(ord, "\u0640\u200c\u200d"))
# Letters that Unicode does not take apart into a Latin letter and a mark.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ə": "a", "æ": "ae", "œ": "oe",
        "þ": "th", "ħ": "h", "ŋ": "ng", "-": " ", "–": " ", "‑": " ", "/": " ", "_": " ",
        ",": " ", "،": " ", "&": " and ", **dict.fromkeys(".'’‘ʻʼ`´ʿʾ\"()[]", ""),
    }
)  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SHORT_LAST = {"co": "county", "twp": "township"}


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """The form of a name that decides what is the same name.

    >>> fold("The St.-Étienne")
    'saint etienne'
    """
    return folded(name)


def folded(name: str) -> str:
    """As `fold`, but remembering nothing: for names that come once."""
    name = name.casefold()
    if not name.isascii():
        name = "".join(
            c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
        ).casefold()
        # Korean syllables back in one piece each.
        name = unicodedata.normalize("NFC", name).translate(_UNSEEN)
    words = name.translate(_LETTERS).split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        words[:-1] = [_SHORT.get(word, word) for word in words[:-1]]
        words[-1] = _SHORT_LAST.get(words[-1], words[-1])
    return " ".join(words)
