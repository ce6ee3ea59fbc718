"""What a language engine is, and the one that Sayso ships.

An engine turns texts into sentences with trees and names; every rule stands on it. It is any object
with the one method of `Engine`; the tests hold each to the same conformance suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from sayso.errors import EngineError
from sayso.language.trees import Sentence

NAMES = ("default",)
"""The engines that `load` knows."""


class Engine(Protocol):
    """Texts in; per text, in order, its sentences out."""

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences in order; every offset slices that text exactly.

        Sentences do not overlap; text between them is white space. An empty or blank text gives an
        empty list.
        """
        ...


def load(name: str = "default") -> Engine:
    """The engine of that name, ready to use. Raises `EngineError` when unknown or damaged."""
    if name not in NAMES:
        raise EngineError(f"no engine is called {name!r}; there is: {', '.join(NAMES)}")
    from sayso.language.parse import Pipeline  # spaCy takes two seconds to import

    return Pipeline()
