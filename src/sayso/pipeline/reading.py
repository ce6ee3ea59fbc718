"""One document in, its reading out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sayso import __version__
from sayso.errors import SaysoError
from sayso.records import Document, Heading, Problem, Reading
from sayso.settings import Settings

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is, in any unit; 0 for an unknown whole."""


class Reader:
    """Documents in, readings out. Making one loads the engine and opens (or builds) the gazetteer.

    `name` says who reads: the version, the engine, and what it parses. Raises `EngineError` when
    the engine or the gazetteer cannot be had.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        # Late: these import spaCy, ONNX Runtime and the rules, which commands that only look
        # things up do without.
        from sayso.language.engine import load
        from sayso.language.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open(settings.gazetteer, progress)
        self._gated = settings.parse == "claims" and settings.engine == "default"
        self._engine = load(settings.engine, gate=self._gated)
        self.name = f"sayso {__version__}, engine {settings.engine}"
        if self._gated:
            self.name += ", parse claims"

    def read(self, document: Document) -> Reading:
        """Everything that one document says."""
        from sayso.claims.assemble import claims
        from sayso.claims.attribution import attributions, sayings
        from sayso.language.dates import times
        from sayso.language.geography.references import references
        from sayso.language.identify import language
        from sayso.language.places import places

        # What the text is written in counts more than what its page says it is.
        written = language(document.text) or document.language
        heading = Heading(
            id=document.id,
            url=document.url,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=written,
        )
        if written and not written.lower().startswith("en"):
            aside = f"language {written!r} is not read; only English is"
            return Reading(document=heading, reader=self.name, problems=(aside,))
        sentences = next(iter(self._engine.sentences([document.text])))
        said = sayings(sentences)
        located = tuple(places(sentences, self._gazetteer))
        referred = references(sentences, located, self._gazetteer)
        timed = tuple(times(sentences, document.published))
        problems = [] if document.published else ["no publication date: relative times stay open"]
        if self._gated:
            problems.append("only paragraphs that can hold a claim were parsed (parse = claims)")
        return Reading(
            document=heading,
            reader=self.name,
            claims=claims(document, sentences, said, located, referred, timed),
            attributions=attributions(said),
            places=located,
            times=timed,
            problems=tuple(problems),
        )

    def attempt(self, document: Document) -> Reading | Problem:
        """What the document says, or why it could not be read: this never raises."""
        try:
            return self.read(document)
        except SaysoError as error:
            return Problem(input=document.id, message=str(error))
        except Exception as error:  # a fault in a rule must not cost the other documents
            return Problem(
                input=document.id,
                message=f"not read, by a fault in Sayso: {type(error).__name__}: {error}",
            )

    def read_all(
        self, documents: Iterable[Document | Problem]
    ) -> Iterator[tuple[Document, Reading] | Problem]:
        """Each document with its reading, in order; problems pass through, and one bad document
        becomes a problem without stopping the rest.
        """
        for document in documents:
            if isinstance(document, Problem):
                yield document
                continue
            reading = self.attempt(document)
            yield reading if isinstance(reading, Problem) else (document, reading)
