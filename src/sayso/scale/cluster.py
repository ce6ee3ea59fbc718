"""Ray: joining a cluster, or making one of this machine."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sayso.errors import SaysoError, SettingsError

PATIENCE = 10.0
"""Seconds in which a cluster must answer."""

NO_DASHBOARD: dict[str, Any] = {
    "include_dashboard": False,
    "dashboard_host": "240.0.0.1",
    "dashboard_port": 8265,
}
"""For a cluster of this machine alone. Left out, the dashboard is still started, for the usage
report, and asks by the network in whose cloud it runs even where nothing is to be reported. On an
address that no machine has it cannot start, and Ray goes on without."""


@contextmanager
def joined(address: str) -> Iterator[int]:
    """The cluster at that address, or, where it is empty, one of this machine's cores; how many
    cores it has. Raises `SettingsError` where there is none, and `SaysoError` where it gives up."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it tells its makers otherwise
    # Its core also warns, on stderr, of arguments that a lost driver would lose.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if not address:
        # Else it writes one into the home folder, and keeps it there.
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    import ray

    try:
        _look_for(address)
        with _hushed():
            ray.init(
                address=address or "local",
                **({} if address else NO_DASHBOARD),
                # Errors are raised; that it has no dashboard is none.
                logging_level=logging.CRITICAL,
                log_to_driver=False,
            )
        logging.getLogger("ray").setLevel(logging.ERROR)
    except (ConnectionError, OSError, RuntimeError, ValueError, TimeoutError) as error:
        raise SettingsError(f"there is no Ray cluster at {address!r}: {error}") from error
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        yield max(1, int(resources.get("CPU", 1)))
    except ray.exceptions.RayError as error:
        last = str(error).strip().splitlines()[-1]
        raise SaysoError(
            f"the cluster gave up: {last}; what was read is kept, the same command goes on from it"
        ) from error
    finally:
        ray.shutdown()


@contextmanager
def _hushed() -> Iterator[None]:
    """Without what Ray's core writes to stderr, past Python, of having been told to be quiet."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def _look_for(address: str) -> None:
    """Raises `OSError` where nothing listens there: Ray's core would end the process over that."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()
