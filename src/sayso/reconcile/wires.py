"""Which news agency's text a document is: by its address, what its text says, and its outlet."""

from __future__ import annotations

from functools import cache

from sayso.lexicon import LANGUAGE, table
from sayso.reconcile.imprinting.credit import agency
from sayso.reconcile.imprinting.making import agency_of
from sayso.records import Document


def wire(document: Document) -> str | None:
    """The news agency whose text a document says it is, None when it names none.

    Read from the dateline ("KARSA (AP) —"), a byline or credit line, the closing credit
    ("(Reporting by ...; Reuters)"), the web address, or the outlet that is an agency itself. An
    agency that the text only quotes is not meant.
    """
    address = (document.url or "").casefold()
    for name, part in _addresses():
        if part in address:
            return name
    return agency_of(document) or agency(document.outlet or "")


@cache
def _addresses() -> tuple[tuple[str, str], ...]:
    return tuple(
        (a["name"], part) for a in table("wires", LANGUAGE)["agency"] for part in a["addresses"]
    )
