"""Which machine a name means, and whether it is one of the public internet.

The blocks of numbers stand here, and not as Python's `ipaddress` has them: its tables differ from
one version to the next, and call public what leads into a network of one's own by another way.
"""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from sayso.errors import InputError

_CLOSED_4 = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4".split(),
    )
)
"""What is not public, by https://www.iana.org/assignments/iana-ipv4-special-registry; multicast."""

_OPEN_6 = IPv6Network("2000::/3")
"""All that is given out as public; outside lie one machine, link or site, multicast, and what leads
to an IPv4 address (mapped, compatible, NAT64)."""

_CLOSED_6 = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3ffe::/16 3fff::/20".split()))
"""What is not public in it: Teredo and the other protocols, documentation, 6to4, and the 6bone:
https://www.iana.org/assignments/iana-ipv6-special-registry."""

_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?")
"""A host that ends in a number is one itself: https://url.spec.whatwg.org/#ends-in-a-number-checker."""


def resolved(host: str, port: int, seconds: float, *, private: bool = False) -> str:
    """The machine that a name means, by number; it is asked for so many seconds.

    Raises `InputError` where there is none, or, unless `private` ones may be reached, where it is
    none of the public internet, by any of its numbers or because the name is a number in disguise
    (2130706433, 0x7f.1, 010.0.0.1).
    """
    numbers = _numbers(host, port, seconds)
    if not private and (_disguised(host) or not all(map(public, numbers))):
        raise InputError(f"is left alone: {host} is not on the public internet")
    return numbers[0]


def public(number: str) -> bool:
    """Whether a machine of that number, IPv4 or IPv6, is on the public internet. One in a zone
    (`fe80::1%eth0`) is not."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_4)
    return _is_public(address)


def _is_public(address: IPv6Address) -> bool:
    zoned = address.scope_id is not None
    return not zoned and address in _OPEN_6 and not any(address in block for block in _CLOSED_6)


def _disguised(host: str) -> bool:
    """Whether a host is a number in another form than four decimal ones."""
    if not _NUMERIC.fullmatch(host):
        return False
    try:
        return str(IPv4Address(host)) != host
    except ValueError:
        return True


def _numbers(host: str, port: int, seconds: float) -> list[str]:
    """What the system finds for a name. It asks in a thread of its own: that of the system knows no
    deadline."""
    found: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(entry[4][0]) for entry in entries])
        except (OSError, UnicodeError) as error:
            found.put(error)

    Thread(target=ask, name="looking up a host", daemon=True).start()
    try:
        numbers = found.get(timeout=seconds)
    except Empty:
        raise InputError(f"cannot be reached: nobody says in time where {host!r} is") from None
    if isinstance(numbers, Exception) or not numbers:
        raise InputError(f"cannot be reached: there is no host {host!r}")
    return numbers
