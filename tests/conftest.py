"""What all tests share: the real language engine, loaded once, and no way out to the network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import hypothesis
import pytest

import postgres
from sayso.ingest.inputs import captures
from sayso.language.engine import Engine, load
from sayso.language.trees import Sentence
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.settings import Settings

STORY = str(files("sayso") / "data" / "demo" / "story.jsonl")

# How long an example takes says how busy the machine is, and nothing of what is tested.
# The same examples in every run: who changes a line sees what the line changed. To look for what
# nobody has met yet: pytest --hypothesis-profile=explore
for _profile, _same in (("sayso", True), ("explore", False)):
    hypothesis.settings.register_profile(
        _profile,
        hypothesis.settings(),
        deadline=None,
        derandomize=_same,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("sayso")


@pytest.fixture(scope="session")
def engine() -> Engine:
    return load()


@pytest.fixture(scope="session")
def parse(engine: Engine) -> Callable[[str], list[Sentence]]:
    """Sentences of one text, by the real engine."""
    return lambda text: next(iter(engine.sentences([text])))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The defaults, with no places but those that Sayso ships."""
    return Settings(gazetteer=tmp_path_factory.mktemp("places") / "places.db")


@pytest.fixture(scope="session")
def story(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the demo's articles in it, not to be written to."""
    path = tmp_path_factory.mktemp("story") / "story.db"
    with Ledger.open(path, create=True) as ledger:
        list(add(ledger, Reader(settings), captures([STORY])))
        kept(ledger)
    return path


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be reached from a test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        local = self.family == socket.AF_UNIX or (
            isinstance(address, tuple) and address[0] in ("127.0.0.1", "localhost", "::1")
        )
        if not local:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgresql_address(postgresql_server: str) -> Iterator[str]:
    with postgres.database(postgresql_server) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made: each test that asks for it runs on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "floods.db")
    found: str = request.getfixturevalue("postgresql_address")
    return found


@pytest.fixture
def as_nobody(monkeypatch):
    """A folder to work in, with the rights of anybody: root could read and write everything."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.chdir(folder)
    was = os.geteuid()
    if was == 0:
        os.chown(folder, 65534, -1)
        os.seteuid(65534)
    yield folder
    os.seteuid(was)
    monkeypatch.undo()
    folder.chmod(0o700)
    shutil.rmtree(folder)
