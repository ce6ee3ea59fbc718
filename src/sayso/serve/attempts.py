"""Slowing down whoever tries out passwords.

Tries are counted by the name that is tried, whether there is such an account or not, and by the
network that they come from. After some free ones each has to wait twice as long as the one before.
No account can be shut for long by others: what is tried under its name waits seconds, not hours.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import NamedTuple

FREE = 5
"""Tries that nobody has to wait for."""

LONGEST = {"name": 30.0, "from": 900.0}
"""Seconds that a try has to wait at most, by what it is counted by."""

FORGOTTEN = 3600.0
"""Seconds after which tries are forgotten."""

KEPT = 10_000
"""Names and networks that are remembered; the ones that were tried longest ago are forgotten."""


class _Tried(NamedTuple):
    times: int
    last: float


class Attempts:
    """Tries to log in, in bounded memory. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tried: OrderedDict[tuple[str, str], _Tried] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str, host: str) -> float:
        """Count a try before it is looked at, so that many at once are many; or say for how many
        seconds none is looked at."""
        now, keys = self._clock(), _keys(name, host)
        with self._lock:
            wait = max(self._wait(key, now) for key in keys)
            if wait <= 0:
                for key in keys:
                    self._tried[key] = _Tried(self._times(key, now) + 1, now)
                    self._tried.move_to_end(key)
                while len(self._tried) > KEPT:
                    self._tried.popitem(last=False)
        return max(wait, 0.0)

    def succeeded(self, name: str, host: str) -> None:
        """Forget the tries of that name, and of that network the one that was right."""
        by_name, by_host = _keys(name, host)
        with self._lock:
            self._tried.pop(by_name, None)
            if tried := self._tried.get(by_host):
                self._tried[by_host] = tried._replace(times=max(0, tried.times - 1))

    def _times(self, key: tuple[str, str], now: float) -> int:
        tried = self._tried.get(key)
        return 0 if tried is None or now - tried.last > FORGOTTEN else tried.times

    def _wait(self, key: tuple[str, str], now: float) -> float:
        times = self._times(key, now)
        if times < FREE:
            return 0.0
        # Beyond 2**10 all are longer than the longest.
        return self._tried[key].last + min(2.0 ** min(times - FREE, 10), LONGEST[key[0]]) - now


def _keys(name: str, host: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("name", " ".join(name.split()).casefold()[:100]), ("from", _network(host))


def _network(host: str) -> str:
    """An address, or of IPv6 the network of it: whoever has one address there has them all."""
    try:
        found = ip_address(host)
    except ValueError:
        return host[:100]
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return host
