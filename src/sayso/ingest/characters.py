"""Bytes to characters, or an honest refusal.

A text in the wrong encoding still looks like a text, and a name spoilt here is spoilt in every
claim. So a guess is only taken where nothing speaks against it; everything else is an error that
asks for UTF-8. Characters are never changed, newlines included: offsets count them as they stand.
"""

from __future__ import annotations

import codecs
import re

from sayso.errors import InputError

_NO_TEXT = "is binary data, not a text"
_ADVICE = "save it as UTF-8"

# Letters outside ASCII in English prose are those of names and borrowed words, seldom one in forty.
# In Polish, Czech or Turkish, where Windows-1252 would be the wrong guess, they are one in fifteen.
_FOREIGN_LETTERS = 1 / 25

# What browsers take for Windows-1252 when a page declares it (WHATWG Encoding Standard).
_WESTERN = ("cp1252", "iso8859-1", "ascii")

# What a wrong reading makes of a text, and prose does not contain: a capital with an accent after a
# small letter (Mac Roman: "cafŽ", "mayorÕs"), a sign inside a word (Windows-1250 and DOS:
# "Wa³êsa"), an opening low quotation mark closing a word (DOS: "caf‚"), two scripts in one word
# (KOI8-R: "MАlaga"), the C1 controls that Latin-1 has where Windows-1252 has quotation marks.
_SPOILT = re.compile(
    r"[a-zß-öø-ÿšœž][À-ÖØ-ÞŠŒŽŸ]"
    r"|[^\W\d_](?:[^\w\s\x00-\x7f’‘´·–—…]|[ªº¹²³¼½¾])[^\W\d_]|¿[a-z]"
    r"|[^\W\d_][‚„]"
    r"|[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]"
    r"|[\x80-\x9f]"
)

# Control characters that no text editor writes. Wire copy has a few of them, all but NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CONTROLS = 1 / 100

# What charset-normalizer is asked to tell apart: alphabets of their own, where every letter votes.
# Among the Latin ones only the few accents do, and its favourite is too often the wrong one.
_ALPHABETS = ["cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1253", "cp1255", "cp1256"]

# Its scores, 0 to 1: `chaos` is how much of a reading looks like noise, `coherence` how well the
# letters fit a language. With these limits, 710 snippets in 13 languages and 27 encodings gave one
# wrong reading beside those of short Russian texts in Mac Cyrillic.
_CHAOS, _COHERENCE, _LEAD = 0.05, 0.3, 0.05


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in these bytes, without its byte order mark.

    In order: a byte order mark (UTF-8 or UTF-16), UTF-8, Windows-1252 where the result reads like
    English, the clear favourite of charset-normalizer for other alphabets, and what the page itself
    `declared`, which is the least to be trusted.

    Raises `InputError`, to be read after "NAME ", where none of them fits or the bytes are no text.
    """
    text = _decoded(data, declared)
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) * _CONTROLS:
        raise InputError(_NO_TEXT)
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(f"is broken UTF-16 at byte {error.start}: {_ADVICE}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_damaged(data, error.start):
            raise InputError(f"is broken UTF-8 at byte {error.start}: {_ADVICE}") from error
    stated = _codec(declared)
    if stated in (None, "cp1252") and (text := _western(data)) is not None:
        return text
    if (text := _guess(data)) is not None:
        return text
    if stated and (text := _strictly(data, stated)) is not None:
        return text
    if b"\0" in data:
        raise InputError(_NO_TEXT)
    raise InputError(f"is in an encoding that cannot be told for certain: {_ADVICE}")


def _is_damaged(data: bytes, fault: int) -> bool:
    """Whether this is UTF-8 with a fault at that byte, and not another encoding.

    It is when most of the bytes beyond ASCII belong to good characters, or when the fault is a last
    character of which two bytes are there.
    """
    good = sum(len(char.encode()) for char in data.decode("utf-8", "ignore") if char > "\x7f")
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    cut_short = (
        len(data) - fault == 2 and data[fault] >= 0xE0 and data[fault + 1] in range(128, 192)
    )
    return cut_short or good > beyond / 2


def _strictly(data: bytes, encoding: str) -> str | None:
    """The bytes in this encoding, where all of them fit and nothing looks spoilt."""
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return None if _SPOILT.search(text) else text


def _codec(declared: str | None) -> str | None:
    """Python's name for a declared encoding, `None` where it says nothing new.

    That is: none is declared, an unknown one, one that the declaration itself could not have been
    written in (UTF-16), or UTF-8, which the bytes are known not to be.
    """
    try:
        b"<meta>".decode(declared or "utf-8")
        name = codecs.lookup(declared or "utf-8").name
    except (LookupError, UnicodeError):
        return None
    if name == "utf-8":
        return None
    return "cp1252" if name in _WESTERN else name


def _western(data: bytes) -> str | None:
    """The bytes as Windows-1252, which contains Latin-1, where that reads like English."""
    text = _strictly(data, "cp1252")
    if text is None:
        return None
    letters = sum(map(str.isalpha, text))
    foreign = sum(char > "\x7f" and char.isalpha() for char in text)
    return text if foreign <= letters * _FOREIGN_LETTERS else None


def _guess(data: bytes) -> str | None:
    """charset-normalizer's reading, where it is a good one and no other is nearly as good."""
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=_ALPHABETS)
    matches = [match for match in found if not _SPOILT.search(str(match))]
    if not matches:
        return None
    first, *others = matches
    if first.chaos >= _CHAOS or first.coherence < _COHERENCE:
        return None
    for other in others:
        near = other.chaos - first.chaos < _LEAD and first.coherence - other.coherence < _LEAD
        if near and str(other) != str(first):
            return None
    return str(first)
