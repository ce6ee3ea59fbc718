"""How far people agree and on what they differ, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from sayso.publish import wording
from sayso.publish.sheets import Sheet
from sayso.records import Judgement


class Agreed(Protocol):
    """How two people agree in decisions of one kind."""

    @property
    def kind(self) -> str: ...
    @property
    def readers(self) -> tuple[str, str]: ...
    @property
    def both(self) -> int: ...
    @property
    def same(self) -> int: ...
    @property
    def kappa(self) -> float | None: ...


class Differing(Protocol):
    """Something on which two people differ."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> tuple[str, ...]: ...
    @property
    def readers(self) -> tuple[str, str]: ...
    @property
    def said(self) -> tuple[str, str]: ...
    @property
    def settled(self) -> Judgement | None: ...


def agreed(found: Iterable[Agreed]) -> Sheet:
    """One row for each two people and kind of decision."""
    rows = [
        (
            *map(wording.clean, one.readers),
            one.kind,
            str(one.both),
            str(one.same),
            f"{one.same / one.both:.2f}",
            kappa(one.kappa),
        )
        for one in found
    ]
    numbers = ("both", "same", "share", "kappa")
    return Sheet(("reader", "other", "kind", *numbers), tuple(rows), frozenset(numbers))


def kappa(value: float | None) -> str:
    """Kappa to two places; "" where it has no meaning."""
    return "" if value is None else f"{value:.2f}"


def differing(found: Iterable[Differing]) -> Sheet:
    """One row for each thing on which two differ, with how a third settled it."""
    rows = [
        (
            one.kind,
            " ".join(wording.reference(id) for id in one.subject),
            *(
                f"{wording.clean(by)}: {wording.clean(said)}"
                for by, said in zip(one.readers, one.said, strict=True)
            ),
            wording.judgement(one.settled) if one.settled else "",
        )
        for one in found
    ]
    return Sheet(("kind", "about", "one", "other", "settled"), tuple(rows))


def records(found: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """The same for programs."""
    return (one._asdict() for one in found)
