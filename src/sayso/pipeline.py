"""The steps in order: the only module that joins stages.

    inputs -> documents -> sentences -> sayings, places, times -> claims -> ledger -> incidents

`Reader` reads one document at a time and depends on nothing else, so the same document always gives
the same reading; `keep` puts readings into a ledger; `known` derives what they tell together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.errors import NotFoundError, SaysoError
from sayso.records import Claim, Document, Heading, Incident, Problem, Reading
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is, in any unit; 0 for an unknown whole."""

READER = f"sayso {__version__} rules"
"""What a ledger notes as the reader of a reading."""


class Reader:
    """Documents in, readings out. Making one loads the engine and opens (or builds) the gazetteer.

    Raises `EngineError` when either cannot be had.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        # Late: these import spaCy, ONNX Runtime and the rules, which commands that only look
        # things up do without.
        from sayso.language.engine import load
        from sayso.language.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open(settings.gazetteer, progress)
        self._gated = settings.parse == "claims" and settings.engine == "default"
        self._engine = load(settings.engine, gate=self._gated)

    def read(self, document: Document) -> Reading:
        """Everything that one document says."""
        from sayso.claims.assemble import claims
        from sayso.claims.attribution import attributions, sayings
        from sayso.language.dates import times
        from sayso.language.geography.references import references
        from sayso.language.places import places

        heading = Heading(
            id=document.id,
            url=document.url,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=document.language,
        )
        if document.language and not document.language.lower().startswith("en"):
            aside = f"language {document.language!r} is not read; only English is"
            return Reading(document=heading, problems=(aside,))
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
            claims=claims(document, sentences, said, located, referred, timed),
            attributions=attributions(said),
            places=located,
            times=timed,
            problems=tuple(problems),
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
            try:
                yield document, self.read(document)
            except SaysoError as error:
                yield Problem(input=document.id, message=str(error))
            except Exception as error:  # a fault in a rule must not cost the other documents
                yield Problem(
                    input=document.id,
                    message=f"not read, by a fault in Sayso: {type(error).__name__}: {error}",
                )


def keep(
    ledger: Ledger, readings: Iterable[tuple[Document, Reading] | Problem]
) -> Iterator[tuple[Document, bool] | Problem]:
    """Keeps each reading in the ledger as it comes, one transaction each, and says what became of
    it: the document and whether it is new, or the problem, which the ledger notes too.
    """
    for item in readings:
        with ledger.transaction() as writer:
            if isinstance(item, Problem):
                writer.problem(item)
            else:
                document, reading = item
                new = writer.add(document, reading, READER)
        yield item if isinstance(item, Problem) else (document, new)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at one moment: documents published by then, their claims by the document's
    id, and the incidents they tell of.
    """

    documents: tuple[Document, ...]
    claims: dict[str, tuple[Claim, ...]]
    incidents: tuple[Incident, ...]

    def incident(self, name: str) -> Incident:
        """The incident of that id, or the only one whose id begins so. Raises `NotFoundError`."""
        found = [i for i in self.incidents if i.id == name] or [
            i for i in self.incidents if i.id.startswith(name)
        ]
        if len(found) == 1:
            return found[0]
        near = ", ".join(i.id for i in (found or self.incidents)[:5])
        if found:
            raise NotFoundError(f"{name!r} is short for several incidents: {near}")
        raise NotFoundError(f"no incident is called {name!r}; there is: {near or 'none'}")


def known(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    settings: Settings,
    as_of: str | None = None,
) -> Known:
    """What these documents tell as of a moment (None: now), whatever order they come in.

    Raises `SettingsError` where `as_of` is no ISO date or date-time.
    """
    from sayso.reconcile.coverage import incidents
    from sayso.reconcile.order import known as published

    present = tuple(published(tuple(documents), as_of))
    claims = {reading.document.id: reading.claims for reading in readings}
    claims = {document.id: claims.get(document.id, ()) for document in present}
    return Known(present, claims, tuple(incidents(present, claims, policy=settings.best)))
