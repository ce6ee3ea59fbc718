"""One question to one machine by HTTP, and what it answers, until a deadline.

The deadline is for all of it: finding the host, the connection, the headers and the body. A server
that sends a byte a second is given up as one that sends nothing. The connection goes to the number
that was looked at, so that a name cannot mean another machine a moment later, and to no proxy, of
which nobody could say where it leads.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

import certifi

from sayso.errors import InputError
from sayso.ingest.hosts import resolved
from sayso.ingest.unpacking import unpacked

NO_ADDRESS = "is no address of a page"

_CHUNK = 1 << 16
_KEPT = "!$%&'()*+,/:;=?@[]~"
"""What may stand in the target of a request (RFC 3986); all else is written as %xx."""


class Answer(NamedTuple):
    """What a server answers: the status, the headers, their names in small letters, the bytes."""

    status: int
    headers: dict[str, str]
    data: bytes


class Deadline:
    """So many seconds from now, or, where some of them are spent, what is `left` of them."""

    def __init__(self, seconds: float, left: float | None = None) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + (seconds if left is None else left)

    def left(self) -> float:
        """Seconds until then. Raises `InputError` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise InputError(f"took more than {self._seconds:.0f} seconds")
        return left


class Timed:
    """A socket that is given up at a deadline, however often a little comes. A socket's own timeout
    begins anew with each byte."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, mode: str, *_: object) -> io.BufferedReader:
        """What comes, as bytes to be read."""
        raw = self._sock.makefile("rb", buffering=0)
        return io.BufferedReader(_Coming(raw, self._sock, self._deadline), _CHUNK)

    def sendall(self, data: Any) -> None:
        """Send these bytes."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Coming(io.RawIOBase):
    def __init__(self, raw: Any, sock: socket.socket, deadline: Deadline) -> None:
        self._raw = raw
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int | None:
        self._sock.settimeout(self._deadline.left())
        found: int | None = self._raw.readinto(room)
        return found

    def close(self) -> None:
        self._raw.close()
        super().close()


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str],
    deadline: Deadline,
    *,
    most: int,
    body: bytes | None = None,
    cut: bool = False,
    private: bool = False,
) -> Answer:
    """What the server at an address answers; up to `most` bytes of it, unpacked, where all went
    well (200). More is a fault, or, with `cut`, left unread. `private` lets it be a machine that is
    not on the public internet.

    Raises `InputError` where it cannot be reached, may not be, or breaks off.
    """
    parts, host = taken_apart(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = resolved(host, port, deadline.left(), private=private)
    connection = HTTPConnection(number, port, timeout=deadline.left())
    own = {"Host": in_ascii(parts.netloc.rpartition("@")[2])}
    try:
        connection.connect()
        sock = connection.sock
        if parts.scheme == "https":
            sock.settimeout(deadline.left())
            sock = connection.sock = _encrypted().wrap_socket(
                sock, server_hostname=in_ascii(host.rstrip("."))
            )
        connection.sock = Timed(sock, deadline)
        connection.request(method, _target(parts), body, own | dict(headers))
        answer = connection.getresponse()
        with answer:
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, _read(answer, most, cut))
    except TimeoutError:
        deadline.left()
        raise InputError("cannot be reached: it does not answer") from None
    except (OSError, HTTPException, ValueError) as error:
        raise InputError(f"cannot be reached: {_plain(error)}") from error
    finally:
        connection.close()


def taken_apart(url: str) -> tuple[SplitResult, str]:
    """The parts of an address and its host. Raises `InputError` where it is none of a page."""
    try:
        url.encode()
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputError(NO_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(NO_ADDRESS)
    return parts, host


def in_ascii(host: str) -> str:
    """A host as HTTP takes it (RFC 3490). Raises `InputError` where it is none."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise InputError(NO_ADDRESS) from None


def _target(parts: SplitResult) -> str:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(target, _KEPT)


def _read(answer: HTTPResponse, most: int, cut: bool) -> bytes:
    def chunks() -> Iterator[bytes]:
        while chunk := answer.read(_CHUNK):
            yield chunk
        if answer.length:
            raise InputError("breaks off before its end")

    if answer.status != 200 or not most:
        return b""
    return unpacked(chunks(), answer.getheader("content-encoding") or "", most, cut=cut)


@cache
def _encrypted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


def _plain(error: Exception) -> str:
    """What went wrong, as the system says it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"it does not prove to be that host ({error.verify_message})"
    if isinstance(error, RemoteDisconnected):
        return "it ends the connection without an answer"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, HTTPException | ValueError):
        return f"it does not answer as HTTP has it ({type(error).__name__})"
    return str(error) or type(error).__name__
