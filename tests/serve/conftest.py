"""The demo's ledger, and desks on copies of it that are asked without a network between."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from sayso.ledger import accounts
from sayso.ledger.store import Ledger
from sayso.serve.app import app
from sayso.settings import Settings


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords that are as quickly hashed as can be: what is tested is not how hard that is."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
    accounts._nobody.cache_clear()
    yield
    accounts._nobody.cache_clear()


@pytest.fixture
def ledger(story: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = Path(shutil.copy(story, tmp_path / "sayso.db"))
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def at(ledger: Ledger, settings: Settings) -> Iterator[Callable[..., TestClient]]:
    """A desk on the ledger, with what is said of it, as a browser on this machine asks it."""
    started: list[TestClient] = []

    def ask(address: str = "http://127.0.0.1", **options: object) -> TestClient:
        made = app(ledger, settings, name="Aigul", **options)
        client = TestClient(made, base_url=address, raise_server_exceptions=False)
        client.headers["accept"] = "text/html,*/*;q=0.8"
        client.__enter__()
        started.append(client)
        return client

    yield ask
    for client in started:
        client.__exit__(None, None, None)


@pytest.fixture
def client(at: Callable[..., TestClient]) -> TestClient:
    return at()
