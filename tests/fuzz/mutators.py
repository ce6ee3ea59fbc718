"""Ways to break a file: its bytes, its structure, its text. All by a seeded chance."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutator = Callable[[bytes, Random], bytes]

ODD = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"[", b'"', b"\r\n\r\n", b"9" * 5000, b"&#xD800;", b"\xed\xa0\x80",
    b"<", b"]]>", b"\\ud800", b"=?utf-8?q?=ED=A0=80?=", b"<!--", b"\n\n", b"\x1b[31m", b"\xe2\x80\xae", b"&e;",
    b"\x1f\x8b\x08", b"PK\x03\x04", b"%PDF-", b"WARC/1.0\r\n", b"1e999", b"-1", b"NaN", b"99999999999999999999",
]  # fmt: skip
SAID = [
    b'"' * 400, b"(" * 400, b"[" * 400, "“".encode() * 200, b"according to police " * 40, b"A B C D E F G " * 60,
    b"9 " * 300, b"THE TOLL ROSE TO " * 30, b"3000000000 people were killed. ", b"9" * 4400 + b" people were killed. ",
    b"1,234,567,890,123,456,789,012 were displaced. ", b"\n" * 500, b"- " * 200, b"| " * 300, b"> " * 300, b"# " * 200,
    b"-" * 800, b" " * 3000, b"03/04/2031 " * 40, b"Mr. " * 200, b"said X said Y said " * 40,
]  # fmt: skip
_NUMBER = re.compile(rb"\d+")


def flip(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def beheaded(data: bytes, chance: Random) -> bytes:
    return data[chance.randrange(min(len(data), 200) + 1) :]


def doubled(data: bytes, chance: Random) -> bytes:
    at, to = span(data, chance)
    return data[:to] + data[at:to] + data[to:]


def taken_out(data: bytes, chance: Random) -> bytes:
    at, to = span(data, chance)
    return data[:at] + data[to:]


def swapped(data: bytes, chance: Random) -> bytes:
    at, to = span(data, chance)
    there = chance.randrange(len(data) + 1)
    rest = data[:at] + data[to:]
    return rest[:there] + data[at:to] + rest[there:]


def odd(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD) + data[at:]


def lying(data: bytes, chance: Random) -> bytes:
    """Another number where one stands: lengths, counts, dates."""
    each = list(_NUMBER.finditer(data))
    if not each:
        return data
    found = chance.choice(each)
    number = int(found[0][:18])
    other = chance.choice(
        (0, 1, number + 1, max(0, number - 1), number * 2, number + 5000, 2**31, 2**63, 10**30)
    )
    return data[: found.start()] + b"%d" % other + data[found.end() :]


def nested(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    opening = chance.choice((b"[", b'{"a":', b"<div>", b"<b>", b"(", b"&lt;"))
    return data[:at] + opening * chance.choice((10, 1000, 20_000)) + data[at:]


def recoded(data: bytes, chance: Random) -> bytes:
    """The text of it in another encoding, if it is text; with its byte order mark or without."""
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "utf-7", "cp037")),
        "replace",
    )


def ended(data: bytes, chance: Random) -> bytes:
    """Other line ends."""
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\x0b", "\u2028".encode()))
    )


def said(data: bytes, chance: Random) -> bytes:
    """Something to be read within it, that runs long."""
    spaces = [n for n, byte in enumerate(data) if byte == 32] or [0]
    at = chance.choice(spaces)
    return data[:at] + b" " + chance.choice(SAID) + data[at:]


def within(data: bytes, chance: Random) -> bytes:
    """A file of a package broken, and the package made anew, whole."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = {one.filename: package.read(one) for one in package.infolist()}
    except Exception:
        return flip(data, chance)
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice(BYTES)(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each, part in parts.items():
            made.writestr(zipfile.ZipInfo(each, (2031, 3, 4, 0, 0, 0)), part)
    return out.getvalue()


def span(data: bytes, chance: Random) -> tuple[int, int]:
    at = chance.randrange(len(data) + 1)
    return at, min(len(data), at + chance.choice((1, 5, 60, 400)))


BYTES: list[Mutator] = [flip, cut, beheaded, doubled, taken_out, swapped, odd, lying]
ALL: list[Mutator] = [*BYTES, nested, recoded, ended, said, within]


def broken(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The file broken in one way or several, and which."""
    ways = [chance.choice(ALL) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    for way in ways:
        data = way(data, chance)
    return data, "+".join(way.__name__ for way in ways)
