"""The desk as anyone starts it: the command itself, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waiting import PATIENCE


@contextmanager
def served(ledger: Path, gazetteer: Path, *options: str) -> Iterator[str]:
    """The address of a desk on this ledger; it is ended as by Ctrl-C, and must end well."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--port", "0"]
    running = subprocess.Popen(
        [*command, *options],
        stderr=subprocess.PIPE,
        text=True,
        env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        | {"SAYSO_GAZETTEER": str(gazetteer), "SAYSO_BY": "Aigul"},
    )
    said: list[str] = []
    try:
        for line in running.stderr or ():
            said.append(line)
            if "://" in line:
                break
        else:
            raise AssertionError(f"the desk did not start: {''.join(said)}")
        yield next(word for word in said[-1].split() if "://" in word)
    finally:
        running.send_signal(signal.SIGINT)
        _, rest = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, rest
    assert "Traceback" not in rest, rest
