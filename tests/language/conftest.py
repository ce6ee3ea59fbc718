"""What the tests of language share: the gazetteer that Sayso ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.language.gazetteer import Gazetteer
from sayso.settings import Settings


@pytest.fixture(scope="session")
def gazetteer(settings: Settings) -> Iterator[Gazetteer]:
    found = Gazetteer.open(settings.gazetteer)
    yield found
    found.close()
