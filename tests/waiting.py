"""Waiting for something to happen elsewhere, however busy the machine is."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 600.0
"""Seconds after which a test that waits hangs. It says nothing of how long anything may take."""


def until(found: Callable[[], T]) -> T:
    """What is found, once it is anything. Raises `AssertionError` when that never comes."""
    end = time.monotonic() + PATIENCE
    while not (it := found()):
        assert time.monotonic() < end, f"this never came: {found}"
        time.sleep(0.02)
    return it


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that has ended afterwards, whatever becomes of the test: what it leaves open would
    be complained of in another."""
    with process:
        try:
            yield process
        finally:
            process.kill()
