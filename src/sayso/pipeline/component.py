"""The reading as a component of a spaCy pipeline of one's own.

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("sayso", last=True)
    doc = nlp("Police said nine people were hurt.")
    doc._.sayso.claims, doc.spans["sayso"]

The text of the document is read by Sayso's own engine, whatever the rest of the pipeline sets: the
rules were written on its trees. What is known of the document (`published`, `outlet`, `id`, ...)
goes into `doc.user_data["sayso"]` before, by the fields of `Document`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from sayso.ingest.articles import content_id
from sayso.pipeline.reading import Reader
from sayso.records import Document
from sayso.settings import Settings


class Component:
    """Sets `doc._.sayso` to the `Reading`, and `doc.spans["sayso"]` to the evidence of its claims,
    each labelled with its kind."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        if not Doc.has_extension("sayso"):
            Doc.set_extension("sayso", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        about: dict[str, Any] = dict(doc.user_data.get("sayso") or {})
        about.setdefault("id", content_id(about.get("outlet"), doc.text))
        reading = self._reader.read(Document(text=doc.text, **about))
        doc._.sayso = reading
        spans = [_span(doc, claim.evidence, claim.kind) for claim in reading.claims]
        doc.spans["sayso"] = [span for span in spans if span is not None]
        return doc


def _span(doc: Doc, evidence: Any, kind: str) -> Span | None:
    return doc.char_span(evidence.start, evidence.end, label=kind, alignment_mode="expand")


@Language.factory("sayso", default_config={"gazetteer": None})  # type: ignore[untyped-decorator]
def factory(nlp: Language, name: str, gazetteer: str | None) -> Component:
    """The component; `gazetteer` is a file of place names other than the usual one."""
    settings = Settings() if gazetteer is None else Settings(gazetteer=Path(gazetteer))
    return Component(Reader(settings))
