"""The command itself, as it is started."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from served import served
from waiting import PATIENCE


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)


@pytest.fixture
def path(story: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story, tmp_path / "sayso.db"))


def test_it_answers_this_machine_and_ends_well(path: Path, settings) -> None:
    with served(path, settings.gazetteer) as address:
        assert address.startswith("http://127.0.0.1:")
        assert status(address) == 200


def test_a_ledger_is_made_where_there_is_none(tmp_path: Path, settings) -> None:
    with served(tmp_path / "new.db", settings.gazetteer) as address:
        assert status(f"{address}incidents") == 200
    assert (tmp_path / "new.db").exists()


def test_others_are_served_for_a_token(path: Path, settings) -> None:
    with served(path, settings.gazetteer, "--host", "0.0.0.0", "--read-only") as address:
        address = address.replace("0.0.0.0", "127.0.0.1")
        bare, _, token = address.partition("?token=")
        assert len(token) >= 30
        assert status(f"{bare}incidents") == 401
        asked = urllib.request.Request(
            f"{bare}incidents.json", headers={"authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 200


def test_what_cannot_be_served_is_said(path: Path) -> None:
    def said(*options: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "serve", "--ledger", str(path), *options],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 2, done.stderr
        return done.stderr

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port}" in said("--port", port)
    assert "203.0.113.7" in said("--host", "203.0.113.7")
    assert "missing.pmtiles" in said("--basemap", "missing.pmtiles")
    assert "--certificate" in said("--host", "0.0.0.0", "--accounts")
    assert "no certificate" in said("--certificate", __file__)
    assert "the key of a --certificate" in said("--key", __file__)
    assert "--proxy *" in said("--proxy", "*")
