"""What a host lets programs read: its robots.txt, as RFC 9309 has it."""

from __future__ import annotations

import re
from typing import NamedTuple

from protego import Protego

NAME = "sayso"
"""How a robots.txt may call us."""

LARGEST = 512_000
"""Bytes of one that are read; the rest is passed over (RFC 9309, 2.5: at least 500 KiB)."""

KEPT = 86_400.0
"""Seconds for which one is kept (RFC 9309, 2.4)."""

TRIED_AGAIN = 600.0
"""Seconds after which a host that could not say what it allows is asked again."""

LONGEST_DELAY = 10.0
"""Seconds that are waited between two pages of a host which asks for that or more."""

_AGENT = re.compile(r"(?i)(\s*user[- ]?agent(?:\s*:|\s)\s*)([^\s#].*)")
_TOKEN = re.compile(r"[A-Za-z_-]+|\*(?!\S)")


class Rules(NamedTuple):
    """What a host allows: what it said, or, where it could not be asked, None and nothing; `why`
    says in words why not. It holds until `until`, in seconds of the clock."""

    said: Protego | None
    why: str
    until: float

    def allow(self, url: str) -> bool:
        """Whether the page at that address may be read."""
        return self.said is not None and self.said.can_fetch(url, NAME)

    @property
    def delay(self) -> float:
        """Seconds to wait between two pages."""
        asked = (self.said and self.said.crawl_delay(NAME)) or 0.0
        return min(asked, LONGEST_DELAY)


def rules(text: str, until: float) -> Rules:
    """What a robots.txt says; of one without a word, all is allowed."""
    # Of other programs' groups it only counts that they are others': each by its name would be read
    # with all the rules below it, and a file of names and rules would fill the memory.
    return Rules(Protego.parse("\n".join(map(_as_ours, text.splitlines()))), "", until)


def _as_ours(line: str) -> str:
    """A line, but that of the group of another program names nobody."""
    found = _AGENT.fullmatch(line)
    if not found:
        return line
    token = _TOKEN.match(found[2])
    name = token[0].lower() if token else ""
    return found[1] + (name if name in (NAME, "*") else "another")
