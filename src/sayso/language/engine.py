"""What a language engine is, and how to get one.

An engine turns texts into sentences with trees and names; every rule stands on it. It is any object
with the one method of `Engine`; the tests hold each to the same conformance suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from sayso.errors import EngineError
from sayso.language.trees import Sentence
from sayso.lexicon import LANGUAGE

NAMES = ("default", "spacy:NAME", "conllu:FILE")
"""What `load` takes: Sayso's own engine, a spaCy pipeline of yours, trees made elsewhere."""


class Engine(Protocol):
    """Texts in; per text, in order, its sentences out."""

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences in order; every offset slices that text exactly.

        Sentences do not overlap; text between them is white space, or, where an engine has a gate,
        paragraphs that can hold no claim. An empty or blank text gives an empty list.
        """
        ...


def load(name: str = "default", gate: bool = False, threads: int = 0) -> Engine:
    """The engine of that name, ready to use.

    "default" is the English encoder. "spacy:NAME" takes a spaCy pipeline by package name or folder,
    "conllu:FILE" the trees of a CoNLL-U file. With `gate` the default engine parses only paragraphs
    that can hold a claim; the others have no gate. It parses on so many `threads` at once, 0 for
    one on each core.
    Raises `EngineError` when the name is unknown, or what it names is missing or of no use.
    """
    kind, _, what = name.partition(":")
    if name == "default":
        from sayso.language.parse import Parser  # ONNX Runtime takes its time to import

        return Parser(threads, gate=gate)
    if kind == "spacy" and what:
        try:
            from sayso.language.with_spacy import adopt
        except ModuleNotFoundError as error:
            if error.name != "spacy":
                raise
            raise EngineError(
                f"{name!r} needs spaCy, which comes by `pip install 'sayso[spacy]'`"
            ) from None
        return adopt(what)
    if kind == "conllu" and what:
        from sayso.language.conllu import Conllu

        return Conllu.open(Path(what), LANGUAGE)
    raise EngineError(f"no engine is called {name!r}; there is: {', '.join(NAMES)}")
