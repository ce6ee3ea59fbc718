"""A page from its address: bounded in size, time and redirects, and never from inside the network.

An address is fetched only where its host's `robots.txt` allows it (`robots`) and where its host is
on the public internet (`hosts`), at each redirect anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import robots
from sayso.ingest.articles import address_id
from sayso.ingest.connecting import Answer, Deadline, ask, taken_apart
from sayso.records import KEPT_HEADERS, Capture, Document
from sayso.version import __version__

LARGEST = 10_000_000
"""Bytes of one page, unpacked."""

PATIENCE = 30.0
"""Seconds that one page may take: its robots.txt, redirects and all."""

REDIRECTS = 5
"""How often a page, or a robots.txt, may send on to another."""

AGENT = f"{robots.NAME}/{__version__}"
"""What we call ourselves."""

_MOVED = (301, 302, 303, 307, 308)


class Fetched(NamedTuple):
    """A page: the address that it came from in the end, its bytes, the headers that are kept, and
    when it was fetched, in UTC. `unchanged` says that it is what was there before, and then it has
    no bytes."""

    url: str
    data: bytes
    headers: dict[str, str]
    retrieved: str
    unchanged: bool = False


class BusyError(InputError):
    """A server that asks to be left alone, for so many seconds; 0 where it does not say."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


class Fetcher:
    """Fetches pages; what a host allows is asked once a day. `private` lets it reach machines that
    are not on the public internet, this one among them. `clock` tells the seconds and `pause`
    waits for so many."""

    def __init__(
        self,
        *,
        private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._private = private
        self._clock = clock
        self._pause = pause
        self._rules: dict[str, robots.Rules] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str, known: Mapping[str, str] | None = None) -> Fetched:
        """The page at an address. `known` are the headers that it had before, by which the server
        can tell that it has not changed (RFC 9110, 13.1).

        Raises `InputError` with a sentence that says why not, and `BusyError`.
        """
        deadline = Deadline(PATIENCE)
        asked = _conditions(known or {})
        for _ in range(REDIRECTS + 1):
            deadline = self._allowed(url, deadline)
            answer = self._get(url, deadline, asked)
            status, headers, data = answer
            if to := _sent_on(url, answer):
                url = to
                continue
            kept = {name: headers[name] for name in KEPT_HEADERS if name in headers}
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            if status == 200:
                return Fetched(url, data, kept, now)
            if status == 304 and asked:
                return Fetched(url, b"", dict(known or {}) | kept, now, unchanged=True)
            if status in (429, 503):
                raise BusyError(f"answers {status}", _seconds(headers.get("retry-after", "")))
            raise InputError(f"answers {status}")
        raise InputError(f"sends on to another address more than {REDIRECTS} times")

    def _allowed(self, url: str, deadline: Deadline) -> Deadline:
        """Waits as long as the host wants between two pages, and gives the deadline put off by
        that. Raises `InputError` where its robots.txt does not allow the page."""
        parts, _ = taken_apart(url)
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        rules = self._rules.get(host)
        if rules is None or rules.until <= self._clock():
            rules = self._rules[host] = self._asked(host, rules, deadline)
        if rules.said is None:
            raise InputError(rules.why)
        if not rules.allow(url):
            raise InputError("is not to be read by programs, its robots.txt says")
        wait = self._last.get(host, float("-inf")) + rules.delay - self._clock()
        if wait > 0:
            left = deadline.left()
            self._pause(wait)
            deadline = Deadline(PATIENCE, left)
        self._last[host] = self._clock()
        return deadline

    def _asked(self, host: str, before: robots.Rules | None, deadline: Deadline) -> robots.Rules:
        """What a host allows, by RFC 9309, 2.3.1: one that has no robots.txt all; one that is out
        of order, or cannot be reached, nothing, unless it was told `before`."""
        again = self._clock() + robots.TRIED_AGAIN
        url = f"{host}/robots.txt"
        try:
            for _ in range(REDIRECTS + 1):
                answer = self._get(url, deadline, most=robots.LARGEST, cut=True)
                to = _sent_on(url, answer)
                if not to:
                    break
                url = to
        except InputError as error:
            why = str(error)
        else:
            if answer.status < 500:
                said = answer.data.decode("utf-8-sig", "replace")
                return robots.rules(said, self._clock() + robots.KEPT)
            why = f"does not say what programs may read: its robots.txt answers {answer.status}"
        if before is not None and before.said is not None:
            return before._replace(until=again)
        return robots.Rules(None, why, again)

    def _get(
        self,
        url: str,
        deadline: Deadline,
        asked: Mapping[str, str] | None = None,
        most: int = LARGEST,
        cut: bool = False,
    ) -> Answer:
        headers = {
            "User-Agent": AGENT,
            "Accept": "text/html, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": "gzip",
            **(asked or {}),
        }
        return ask("GET", url, headers, deadline, most=most, cut=cut, private=self._private)


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool = False) -> int:
    """What the server at an address answers to what is posted there: the status. A redirect is
    not followed. Raises `InputError` where it cannot be reached, or not be asked."""
    own = {"User-Agent": AGENT} | dict(headers)
    return ask("POST", url, own, Deadline(PATIENCE), most=0, body=body, private=private).status


def _sent_on(url: str, answer: Answer) -> str | None:
    """Where an answer sends on to. Raises `InputError` where that is no address."""
    to = answer.headers.get("location", "") if answer.status in _MOVED else ""
    try:
        # What is not ASCII in a header is UTF-8 by habit; Python takes it for Latin-1.
        return urljoin(url, to.encode("latin-1").decode("utf-8", "replace")) if to else None
    except ValueError:
        raise InputError("sends on to what is no address of a page") from None


def fetched(document: Document, there: Fetched) -> Capture:
    """A document with what is known of how it came. Its id is made of its address, so that what
    stands there at another time is another version of it."""
    return Capture(
        document=replace(document, id=address_id(there.url), url=document.url or there.url),
        raw=there.data,
        retrieved=there.retrieved,
        headers=there.headers,
    )


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[name]: value for name, value in known.items() if name in names}


def _seconds(said: str) -> float:
    """How long Retry-After asks to wait: seconds, or a date."""
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0
