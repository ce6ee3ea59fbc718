"""Documents and claims by hand, in the invented country of Karsia."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records import Claim, Count, Document, Evidence, Party, Place, Source, SourceKind, When

KINDS: dict[str, SourceKind] = {
    "Health Ministry": "official",
    "police": "security_forces",
    "Lantern": "ngo",
    "a witness": "witness",
    "a source": "anonymous",
}


def _document(
    name: str, published: str | None = None, text: str | None = None, **fields: str
) -> Document:
    return Document(
        id=name,
        text=text or f"A blast in Karsa, as {name} tells it.",
        published=published,
        outlet=fields.pop("outlet", f"The {name} Gazette"),
        **fields,
    )


def _claim(
    name: str,
    low: int | None,
    high: int | str | None = "same",
    by: str | None = None,
    who: str = "unspecified",
    where: str | None = None,
    day: str | None = None,
    at: int = 0,
    words: str | None = None,
    **fields: object,
) -> Claim:
    top = low if high == "same" else high
    fields.setdefault("kind", "killed")
    return Claim(
        id=name,
        count=Count(low=low, high=top, text=words or str(low)),
        who=Party(text="people", category=who),
        where=Place(text=where, name=where, precision="city") if where else None,
        when=When(text="Tuesday", start=day, end=day) if day else None,
        sources=(Source(text=by, kind=KINDS.get(by, "official"), role="origin"),) if by else (),
        basis="stated" if by else "outlet",
        evidence=Evidence(start=at, end=at + 1, text="A"),
        **fields,
    )


@pytest.fixture
def document() -> Callable[..., Document]:
    return _document


@pytest.fixture
def claim() -> Callable[..., Claim]:
    return _claim
