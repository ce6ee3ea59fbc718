"""Mail that was sent on: where in its text the mail of another begins, and what its head says."""

from __future__ import annotations

import re
from email.utils import parseaddr
from functools import cache
from typing import NamedTuple

from sayso.ingest.moments import moment
from sayso.lexicon import LANGUAGE, table

DEEPEST = 10
"""Mails that were sent on within such mails; more are the text of the last."""

# Possessive, as all of this: a text may be nothing but such marks.
_MARK = r"[ \t]*+(?:>[ \t]?)*+[ \t]*+"
_COLON = "[ \u00a0\u202f]?:"  # as the French set it
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)


class Sent(NamedTuple):
    """A mail as it stands in another: its text, and by its head who sent it, when, and on what;
    None of what that does not say, and of the mail it stands in."""

    text: str
    sender: str | None = None
    sent: str | None = None
    subject: str | None = None
    date: str | None = None
    """The date as it is written."""


def parted(text: str) -> list[Sent]:
    """A mail's own text, if it has one, and behind it each mail that it sends on."""
    found: list[Sent] = []
    told = Sent("")
    for _ in range(DEEPEST):
        head = _head().search(text)
        if head is None:
            break
        own = _unmarked(text[: head.start()])
        if own.strip() or told.sender:
            found.append(told._replace(text=own))
        fields = {name: _field(head["head"], name) for name in ("from", "sent", "subject", "date")}
        name, address = parseaddr(fields["from"]) if "@" in fields["from"] else ("", "")
        when = fields["sent"] or fields["date"]
        told = Sent(
            "", name or address.rpartition("@")[2] or fields["from"] or None,
            moment(when), fields["subject"] or None, when or None,
        )  # fmt: skip
        text = _unmarked(text[head.end() :])
    return [*found, told._replace(text=text)]


def _unmarked(text: str) -> str:
    """A text without the marks of quotation, where most of its lines have them."""
    lines = [line for line in text.split("\n") if line.strip()]
    marked = sum(line.lstrip().startswith(">") for line in lines)
    return _QUOTED.sub("", text) if 2 * marked > len(lines) else text


def _field(head: str, name: str) -> str:
    words = "|".join(map(re.escape, table("pages", LANGUAGE)["mail"][name]))
    line = rf"^{_MARK}\*?(?:{words}){_COLON}\*?[ \t]*(.*)$"
    found = re.search(line, head, re.IGNORECASE | re.MULTILINE)
    return " ".join(found[1].split()) if found else ""


@cache
def _head() -> re.Pattern[str]:
    """The head of a mail within another: at least who sent it and one line more, in any order, with
    what stands over it."""
    names = table("pages", LANGUAGE)["mail"]
    first, *other = (
        "|".join(map(re.escape, words)) for name, words in names.items() if name != "over"
    )
    over = rf"[-_* \t]*+(?:{'|'.join(names['over'])})[-_:* \t]*+|[-_]{{5,}}+[ \t]*+"
    sender = rf"{_MARK}\*?(?:{first}){_COLON}\*?[ \t]*\S.*\n"
    # Few before the sender: a text may be nothing but such lines.
    line = rf"{_MARK}\*?(?:{'|'.join(other)}){_COLON}.*\n"
    return re.compile(
        rf"^(?:{_MARK}(?:{over})\n(?:{_MARK}\n){{0,3}}+)?"
        rf"(?P<head>(?:{line}){{1,9}}+{sender}(?:{line})*+|{sender}(?:{line})++)",
        re.IGNORECASE | re.MULTILINE,
    )
