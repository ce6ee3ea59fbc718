"""Ray: joining a cluster, or making one of this machine."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from sayso.errors import SettingsError

PATIENCE = 10.0
"""Seconds in which a cluster must answer."""


@contextmanager
def joined(address: str) -> Iterator[int]:
    """The cluster at that address, or, where it is empty, one of this machine's cores; how many
    cores it has. Raises `SettingsError` where there is none."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it tells its makers otherwise
    # Its core also warns, on stderr, of arguments that a lost driver would lose.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    import ray

    try:
        _look_for(address)
        ray.init(
            address=address or "local",
            include_dashboard=None if address else False,
            logging_level=logging.ERROR,
            log_to_driver=False,
        )
    except (ConnectionError, OSError, RuntimeError, ValueError, TimeoutError) as error:
        raise SettingsError(f"there is no Ray cluster at {address!r}: {error}") from error
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        yield max(1, int(resources.get("CPU", 1)))
    finally:
        ray.shutdown()


def _look_for(address: str) -> None:
    """Raises `OSError` where nothing listens there: Ray's core would end the process over that."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()
