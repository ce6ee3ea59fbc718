"""Mailboxes to the mails in them, and mail whose head is not as it should be.

A mailbox is an mbox (RFC 4155): mails one after another, each under a line that begins with "From"
and a space. The standard library reads one from a file by its path; this reads one as it streams
by, from an archive too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1 << 20

_FROM = re.compile(rb"From \S.*\d")
_STAMPED = re.compile(
    rb"From \S+ +(?:mon|tue|wed|thu|fri|sat|sun),? [a-z\d]+ +[a-z\d]+ .*\d\d:\d\d", re.IGNORECASE
)
_HEADS = re.compile(rb">?[!-9;-~]+:(?!//)")
_MARKED = re.compile(rb">+From ")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]")
_KNOWN = re.compile(
    rb"(?:from|to|cc|date|subject|sender|received|return-path|delivered-to|message-id|mime-version"
    rb"|content-[a-z-]+|reply-to|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)
_LATE = re.compile(rb"(?:content-[a-z-]+|mime-version)[ \t]*:", re.IGNORECASE)
_TYPE = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_TEXT_WITH_PARTS = re.compile(
    rb"^(content-type[ \t]*:\s*)text/[a-z]+(\s*;[^\n]*(?:\n[ \t][^\n]*)*?\bboundary\s*=)",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_ENDS = re.compile(rb"(?:^|\r?\n)\r?\n")


def mails(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The mails in a mailbox; None in place of one that is longer than so many bytes. A line parts
    two where it holds a moment, or stands between an empty line and a field: others are sentences
    that begin so."""
    mail, too_long, blank, begun = bytearray(), False, True, False
    following = file.readline(LONGEST_LINE)
    while line := following:
        following = file.readline(LONGEST_LINE)
        apart = blank and _FROM.match(line) and _HEADS.match(following)
        if apart or (_STAMPED.match(line) and _HEADS.match(following)):
            if begun and (too_long or mail.strip()):
                yield None if too_long else bytes(mail)
            mail, too_long, begun = bytearray(), False, True
            continue
        begun = True
        blank = not line.strip()
        too_long = too_long or len(mail) + len(line) > most
        if not too_long:
            mail += line[1:] if _MARKED.match(line) else line
    if too_long or mail.strip():
        yield None if too_long else bytes(mail)


def is_mailbox(first: bytes) -> bool:
    """Whether bytes begin as a mailbox does."""
    line, _, rest = first.partition(b"\n")
    return bool(_FROM.match(line)) and bool(_FIELD.match(rest))


def mended(data: bytes) -> bytes:
    """A mail with a head that can be read: without lines in it that are none of its fields, with
    those that stand below an empty line, and where it says that it is one text and has parts, as
    one that has."""
    head, body = _parted(data.lstrip(b"\r\n"))
    lines = head.split(b"\n")
    known = [n for n, line in enumerate(lines) if _KNOWN.match(line)]
    if not known:
        return data
    lines = [line for n, line in enumerate(lines) if n > known[-1] or _FIELD.match(line)]
    head = b"\n".join(lines).lstrip(b" \t")
    if _LATE.match(body.lstrip(b"\r\n")) and not _TYPE.search(head):
        late, body = _parted(body.lstrip(b"\r\n"))
        head = head.rstrip() + b"\n" + late
    return _TEXT_WITH_PARTS.sub(rb"\1multipart/alternative\2", head) + b"\n\n" + body


def shortened(data: bytes) -> bytes:
    """A mail in which no field that says what a part is goes on for ever: the library takes them
    apart again and again."""
    return _FIELDS.sub(lambda found: found[0][:_LONGEST_FIELD], data)


_LONGEST_FIELD = 5_000  # bytes
_FIELDS = re.compile(
    rb"^content-(?:type|disposition|transfer-encoding)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)


def _parted(data: bytes) -> tuple[bytes, bytes]:
    ends = _HEAD_ENDS.search(data)
    return (data[: ends.start()], data[ends.end() :]) if ends else (data, b"")
