"""One document in, its reading out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sayso.errors import SaysoError
from sayso.pipeline.running.stream import Item, document_of
from sayso.records import (
    MOST_CLAIMS,
    Block,
    Claim,
    Document,
    Heading,
    PlaceMention,
    Problem,
    Reading,
    TimeMention,
)
from sayso.settings import Settings
from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.claims.attribution.statements import Saying
    from sayso.language.trees import Sentence


class Reader:
    """Documents in, readings out. Making one loads the engine and opens the gazetteer.

    `name` says who reads: the version, the engine, and what it parses. `threads` parse at once, 0
    for one on each core. Raises `EngineError` when the engine or the gazetteer cannot be had.
    """

    def __init__(self, settings: Settings, threads: int = 0) -> None:
        # Late: these import ONNX Runtime and the rules, which commands that only look
        # things up do without.
        from sayso.language.engine import load
        from sayso.language.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open(settings.gazetteer)
        self._topical = settings.parse == "unrest"
        self._gated = settings.parse != "all" and settings.engine == "default"
        self._engine = load(settings.engine, gate=self._gated, threads=threads)
        self.name = f"sayso {__version__}, engine {settings.engine}"
        if self._gated or self._topical:
            self.name += f", parse {settings.parse}"

    def read(self, document: Document) -> Reading:
        """Everything that one document says."""
        from sayso.claims.assemble import claims
        from sayso.claims.attribution.statements import attributions, sayings
        from sayso.claims.listed.cells import cells
        from sayso.claims.matter import judged
        from sayso.claims.setting.sections import sections
        from sayso.language.dates import printed, times
        from sayso.language.geography.references import references
        from sayso.language.identify import language
        from sayso.language.places import places
        from sayso.language.topic import about_unrest
        from sayso.lexicon import LANGUAGE
        from sayso.pipeline.stretches import chunks, numbered, stretches
        from sayso.shapes.blocks import shape
        from sayso.shapes.posts import posts, undated

        heading = Heading(
            id=document.id,
            url=document.url,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=document.language,
            mended=document.mended,
        )
        if "language" not in document.mended:
            # What the text is written in counts more than what its page says it is.
            heading = replace(heading, language=language(document.text) or document.language)
        if other := other_language(heading):
            aside = f"language {other!r} is not read; only English is"
            return Reading(document=heading, reader=self.name, problems=(aside,))
        if self._topical and not about_unrest(f"{document.title or ''}\n{document.text}", LANGUAGE):
            aside = "not about unrest, conflict or disaster by its words: not read (parse = unrest)"
            return Reading(document=heading, reader=self.name, problems=(aside,))
        sentences = self.sentences(document.text)
        located = tuple(m for some in chunks(sentences) for m in places(some, self._gazetteer))
        told = document
        if not document.published:
            told = replace(document, published=printed(sentences))
        problems = [] if told.published else ["no publication date: relative times stay open"]
        if self._gated:
            problems.append("only paragraphs that can hold a claim were parsed")
        blocks = shape(document)
        live = posts(document.text, told.published, told.updated)
        if opened := undated(document.text):
            problems.append(
                f"{opened} posts say only how long ago they were made: read as of the next"
            )
        over = sections(sentences, blocks, live, located)
        said: list[Saying] = []
        timed: list[TimeMention] = []
        found: list[Claim] = []
        read = [*stretches(sentences, over)]
        if any(part.goes_on for part in read):
            problems.append(f"is so long that it was read in {len(read)} parts, each by itself")
        for first, past, opening, before, goes_on in read:
            lines = [*range(opening), *range(before, past)]
            here = [sentences[n] for n in lines if not over[n].stamps]
            if not here:
                continue
            start = sentences[first].start if first else 0
            end = sentences[past].start if past < len(sentences) else len(document.text)
            part = replace(told, published=over[first].posted or told.published)
            own = sayings(here)
            led = sentences[opening - 1].end if opening else 0
            begun = sentences[before].start if before else 0
            near = [m for m in located[: _before(located, led)] if m.end <= led]
            near += located[_before(located, max(begun, led)) : _before(located, end)]
            when = times(here, part.published)
            shown = blocks[_before(blocks, start) : _before(blocks, end)]
            rows, unread = cells(document.text, shown, LANGUAGE)
            made = claims(
                part,
                here,
                own,
                near,
                references(here, near, self._gazetteer),
                when,
                rows,
                [over[n] for n in lines if not over[n].stamps],
            )
            said += [one for one in own if here[one.sentence].start >= start]
            timed += [mention for mention in when if mention.start >= start]
            problems += unread
            if goes_on:
                made = numbered(made, led, found)
            found += [claim for claim in made if start <= claim.evidence.start < end]
        found, lowered = judged(found, sentences, f"{document.title or ''}\n{document.text}")
        if lowered:
            problems.append(f"{lowered} harms are of another matter by the words around them")
        if len(found) > MOST_CLAIMS:
            problems.append(f"of {len(found):,} claims only the first {MOST_CLAIMS:,} are kept")
        return Reading(
            document=heading,
            reader=self.name,
            claims=tuple(found[:MOST_CLAIMS]),
            attributions=attributions(said),
            places=located,
            times=tuple(timed),
            problems=tuple(problems),
        )

    def sentences(self, text: str) -> list[Sentence]:
        """The sentences of a text as they are read, with their trees."""
        return next(iter(self._engine.sentences([text])))

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

    def each(self, items: Iterable[Item]) -> Iterator[tuple[Item, Reading | Problem | None]]:
        """Each item with what it says, or why it could not be read, in order; what is neither a
        document nor a capture of one passes through with None."""
        for item in items:
            document = document_of(item)
            yield item, None if document is None else self.attempt(document)


def _before(those: Sequence[Block] | Sequence[PlaceMention], offset: int) -> int:
    """How many of those, which are in text order, begin before an offset."""
    return bisect_left(those, offset, key=attrgetter("start"))


def other_language(heading: Heading) -> str | None:
    """The language for which a document was set aside; None of one in a language that is read."""
    written = heading.language
    return written if written and not written.lower().startswith("en") else None


def check_places(settings: Settings) -> None:
    """Raises `SettingsError` where the setting `gazetteer` names a file that holds no places, so
    that it is said once, before several readers start."""
    from sayso.language.geography.ownership import spare

    spare(settings.gazetteer)
