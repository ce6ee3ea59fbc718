"""A page from its address: bounded in size, time and redirects, and never from inside the network.

An address is fetched only where its host's `robots.txt` allows it (RFC 9309) and where its host is
on the public internet: it is resolved once, and the connection goes to what was looked at, so that
a name cannot mean another machine a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import certifi
import urllib3
from msgspec.structs import replace
from urllib3.exceptions import HTTPError

from sayso.errors import InputError
from sayso.ingest.articles import address_id
from sayso.ingest.unpacking import unpacked
from sayso.records import KEPT_HEADERS, Capture, Document
from sayso.version import __version__

LARGEST = 10_000_000
"""Bytes of one page, unpacked."""

PATIENCE = 30.0
"""Seconds that one page may take, redirects and all."""

REDIRECTS = 5
"""How often a page may send on to another."""

AGENT = f"sayso/{__version__}"
"""How robots.txt may call us: sayso."""

_NO_ADDRESS = "is no address of a page"
_MOVED = (301, 302, 303, 307, 308)
_CHUNK = 1 << 16


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
    """Fetches pages; what a host allows is asked once. `private` lets it reach machines that are
    not on the public internet, this one among them."""

    def __init__(self, *, private: bool = False) -> None:
        self._private = private
        self._rules: dict[str, RobotFileParser] = {}

    def fetch(self, url: str, known: Mapping[str, str] | None = None) -> Fetched:
        """The page at an address. `known` are the headers that it had before, by which the server
        can tell that it has not changed (RFC 9110, 13.1).

        Raises `InputError` with a sentence that says why not, and `BusyError`.
        """
        deadline = time.monotonic() + PATIENCE
        asked = _conditions(known or {})
        for _ in range(REDIRECTS + 1):
            self._ask(url, deadline)
            status, headers, data = self._get(url, deadline, asked)
            if status in _MOVED and headers.get("location"):
                url = _joined(url, headers["location"])
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

    def _ask(self, url: str, deadline: float) -> None:
        """Raises `InputError` where robots.txt does not allow it."""
        parts, _ = _taken_apart(url)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(host)
        if rules is None:
            status, _, data = self._get(f"{host}/robots.txt", deadline)
            # RFC 9309, 2.3.1: a host that has none allows all, one that is out of order nothing.
            lines = data.decode("utf-8", "replace").splitlines() if status == 200 else []
            rules = _understood(["User-agent: *", "Disallow: /"] if status >= 500 else lines)
            self._rules[host] = rules
        try:
            allowed = rules.can_fetch(AGENT, url)
        except ValueError:
            raise InputError(_NO_ADDRESS) from None
        if not allowed:
            raise InputError("is not to be read by programs, its robots.txt says")

    def _get(
        self, url: str, deadline: float, asked: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        parts, host = _taken_apart(url)
        port = _port(parts)
        where = resolved(host, port, private=self._private)
        left = deadline - time.monotonic()
        if left <= 0:
            raise InputError(f"took more than {PATIENCE:.0f} seconds")
        headers = {
            "Host": _in_ascii(parts.netloc.rpartition("@")[2]),
            "User-Agent": AGENT,
            "Accept": "text/html, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": "gzip",
            **(asked or {}),
        }
        with _pool(parts.scheme, where, port, host) as connections:
            try:
                answer = connections.request(
                    "GET",
                    _target(parts),
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=urllib3.Timeout(total=left),
                )
                data = _read(answer, deadline)
            except HTTPError as error:
                raise InputError(f"cannot be reached: {_plain(error)}") from error
        return answer.status, {k.lower(): v for k, v in answer.headers.items()}, data


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool = False) -> int:
    """What the server at an address answers to what is posted there: the status. A redirect is
    not followed. Raises `InputError` where it cannot be reached, or not be asked."""
    parts, host = _taken_apart(url)
    port = _port(parts)
    where = resolved(host, port, private=private)
    own = {"Host": _in_ascii(parts.netloc.rpartition("@")[2]), "User-Agent": AGENT}
    with _pool(parts.scheme, where, port, host) as connections:
        try:
            answer = connections.request(
                "POST",
                _target(parts),
                body=body,
                headers=own | dict(headers),
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=urllib3.Timeout(total=PATIENCE),
            )
        except HTTPError as error:
            raise InputError(f"cannot be reached: {_plain(error)}") from error
        answer.close()
    return int(answer.status)


def resolved(host: str, port: int, *, private: bool = False) -> str:
    """The machine that a name means, by number. Raises `InputError` where it is none of the public
    internet, unless `private` ones may be reached."""
    try:
        found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise InputError(f"cannot be reached: there is no host {host!r}") from None
    numbers = [str(number) for number in found]
    if not private and not all(_public(number) for number in numbers):
        raise InputError(f"is left alone: {host} is not on the public internet")
    return numbers[0]


def _pool(scheme: str, where: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """Connections to that machine, which must prove to be `host` where they are encrypted."""
    if scheme == "http":
        return urllib3.HTTPConnectionPool(where, port)
    return urllib3.HTTPSConnectionPool(
        where, port, server_hostname=host, assert_hostname=host, ca_certs=certifi.where()
    )


def _taken_apart(url: str) -> tuple[SplitResult, str]:
    """The parts of an address and its host. Raises `InputError` where it is none of a page."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputError(_NO_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(_NO_ADDRESS)
    return parts, host


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _joined(url: str, to: str) -> str:
    try:
        return urljoin(url, to)
    except ValueError:
        raise InputError("sends on to what is no address of a page") from None


def _in_ascii(host: str) -> str:
    """A host as HTTP takes it (RFC 3490)."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise InputError(_NO_ADDRESS) from None


def _understood(lines: list[str]) -> RobotFileParser:
    """The rules of a robots.txt; what cannot be understood in it is passed over (RFC 9309, 2.2)."""
    rules = RobotFileParser()
    try:
        rules.parse(lines)
    except ValueError:
        rules = RobotFileParser()
        rules.parse([line for line in lines if _is_sound(line)])
    return rules


def _is_sound(line: str) -> bool:
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


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


def _public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_global) and not address.is_multicast


def _read(answer: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    def chunks() -> Iterator[bytes]:
        # What is there at once, however little: who waits for more lets a slow server hold us.
        while chunk := answer.read1(_CHUNK, decode_content=False):
            if time.monotonic() > deadline:
                raise InputError(f"took more than {PATIENCE:.0f} seconds")
            yield chunk

    try:
        return unpacked(chunks(), answer.headers.get("content-encoding", ""), LARGEST)
    finally:
        answer.close()


def _plain(error: HTTPError) -> str:
    reason = getattr(error, "reason", None) or error
    return str(reason).partition(": ")[2] or str(reason) or type(error).__name__
