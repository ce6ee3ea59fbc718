"""Documents, claims and ledgers for the tests, and other processes that use them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sayso.ledger.store import Ledger
from sayso.records import Claim, Document, Evidence, Heading, Reading


def make_document(id: str = "d1", text: str = "Fourteen died in Marrow Bay.") -> Document:
    return Document(id=id, text=text, outlet="Tidewatch", published="2031-03-04")


def make_claim(id: str = "c1", **fields: object) -> Claim:
    evidence = Evidence(start=0, end=13, text="Fourteen died")
    return Claim(id=id, kind="killed", evidence=evidence, **fields)


def make_reading(document: Document, *claims: Claim) -> Reading:
    heading = Heading(
        id=document.id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=document.language,
    )
    return Reading(document=heading, claims=claims)


def add(ledger: Ledger, document: Document, *claims: Claim) -> bool:
    with ledger.transaction() as writer:
        return writer.add(document, make_reading(document, *claims))


def add_all(ledger: Ledger, each: Callable[[], object] = int) -> None:
    """Add 120 documents of one claim each, four at a time, and call `each` after every four."""
    for start in range(0, 120, 4):
        with ledger.transaction() as writer:
            for number in range(start, start + 4):
                text = f"Fourteen died. {number}" + "x" * 3000
                document = make_document(f"d{number:03}", text=text)
                writer.add(document, make_reading(document, make_claim(f"c{number:03}")), b"raw")
        each()


PROLOGUE = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from making import *
address, *names = sys.argv[1:]
"""


def run(code: str, address: str, *names: str, **options: object) -> subprocess.Popen[str]:
    """Another process that runs this code with a ledger's `address` and some `names`."""
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + code, address, *names],
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )
