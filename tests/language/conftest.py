"""What the tests of language share: the gazetteer, built once and kept between runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.language.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(request: pytest.FixtureRequest) -> Iterator[Gazetteer]:
    folder = request.config.cache.mkdir("gazetteer")
    found = Gazetteer.open(folder / "places.sqlite")
    yield found
    found.close()
