"""What Sayso finds on a machine: its engine, its gazetteer, its ledger, its libraries.

Looks and reports; changes nothing. Each finding is `ok`, `absent` (nothing is wrong, it is made
when first needed) or `broken`, with the reason and what to do.
"""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from sayso.errors import SaysoError
from sayso.outputs import exposure
from sayso.settings import Settings
from sayso.version import __version__

LIBRARIES = (
    "onnxruntime",
    "trafilatura",
    "sqlalchemy",
    "msgspec",
    "rich",
    "starlette",
)


class Finding(NamedTuple):
    """One part looked at."""

    part: str
    state: Literal["ok", "absent", "broken"]
    what: str


def examine(settings: Settings) -> list[Finding]:
    """Every part, in the order a reading needs them."""
    return [
        Finding("sayso", "ok", f"{__version__}, Apache-2.0"),
        Finding("python", "ok", f"{platform.python_version()} on {platform.platform()}"),
        _engine(settings),
        _gazetteer(settings),
        _ledger(settings),
        *(_library(name) for name in LIBRARIES),
    ]


def _engine(settings: Settings) -> Finding:
    try:
        from sayso.language.engine import load

        next(iter(load(settings.engine).sentences(["Three people were hurt."])))
    except SaysoError as error:
        return Finding("engine", "broken", str(error))
    ours = settings.engine == "default"
    told = "English encoder, weights CC BY-SA 4.0" if ours else "yours; its licence is its own"
    return Finding("engine", "ok", f"{settings.engine}: {told}")


def _gazetteer(settings: Settings) -> Finding:
    from sayso.language.gazetteer import Gazetteer

    try:
        gazetteer = Gazetteer.open(settings.gazetteer)
        facts = gazetteer.info()
        gazetteer.close()
    except SaysoError as error:
        return Finding("gazetteer", "broken", str(error))
    return Finding("gazetteer", "ok", "; ".join(f"{key}: {value}" for key, value in facts.items()))


def _ledger(settings: Settings) -> Finding:
    from sayso.ledger.store import Ledger

    if "://" not in settings.ledger and not Path(settings.ledger).exists():
        return Finding("ledger", "absent", f"{settings.ledger} is made by: sayso add INPUT")
    try:
        with Ledger.open(settings.ledger) as ledger:
            counts = ledger.count()
    except SaysoError as error:
        return Finding("ledger", "broken", str(error))
    open_to = None if "://" in ledger.name else exposure(Path(ledger.name))
    return Finding(
        "ledger",
        "ok",
        f"{ledger.name}: {counts.documents} documents, {counts.claims} claims, "
        f"{counts.problems} problems, {counts.judgements} judgements"
        + (f"; {open_to}" if open_to else ""),
    )


def _library(name: str) -> Finding:
    try:
        facts = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Finding(name, "broken", "not installed; reinstall Sayso with: pip install sayso")
    named = [facts[key] for key in ("License-Expression", "License") if key in facts]
    licence = next(iter(named), "see the package for its licence")
    return Finding(name, "ok", f"{facts['Version']}, {licence.splitlines()[0][:60]}")
