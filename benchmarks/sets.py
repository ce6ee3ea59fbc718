"""The sets of the open bench, as `sets.toml` has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Set:
    """One set of texts: what it asks, where they lie and how it is scored. See `sets.toml`."""

    name: str
    about: str
    kind: str
    score: str
    texts: str = ""
    prepare: str = ""
    held: bool = False
    show: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """A name for its texts: sets of one source share a reading."""
        return Path(self.texts).parent.name or self.name


def table(name: str) -> dict[str, Any]:
    """A table that lies beside this module."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


SETS = tuple(Set(name, **told) for name, told in table("sets.toml").items())
