"""What people say of a source: its kind, and which outlets are of one publisher."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.deriving import Held
from sayso.publish import exports, wording
from sayso.records import Count, Evidence
from sayso.review import decide
from sayso.settings import Settings
from telling import STORY, reading

OWN = {
    "x": "Nine dockers died in Karsa on 4 March. Cranes have stood idle since, and ships wait out at "
    "sea for somebody to unload them before their fruit rots in the holds.",
    "y": "Nine dockers fell at Karsa's quay last Tuesday. Our reporter counted coffins outside the "
    "chapel, where women sang through the night and nobody from the town hall came.",
}


@pytest.fixture
def both(address: str) -> Iterator[Ledger]:
    """The story, and what two outlets say of it in their own voice, in a file and in a database."""
    with Ledger.open(address, create=True) as opened:
        with opened.transaction() as writer:
            for document, read in STORY:
                writer.add(document, read)
            for name, text in OWN.items():
                document = replace(STORY[1][0], id=name, text=text, outlet=f"Lantern {name}")
                claim = replace(
                    STORY[1][1].claims[0],
                    id=f"claim-{name}",
                    count=Count(low=9, high=9, text="Nine"),
                    sources=(),
                    basis="outlet",
                    evidence=Evidence(start=0, end=17, text=text[:17]),
                )
                writer.add(document, reading(document, claim))
        yield opened


def origins(ledger: Ledger) -> dict[str, str | None]:
    (toll,) = recall(ledger, Settings(), "karsa").incidents[0].tolls
    return {origin.name: origin.kind for origin in toll.origins}


def test_the_kind_of_a_source_is_what_a_person_says(both):
    held = Held()
    derive(both, held=held)
    assert origins(both)["dockers' union"] == "ngo"
    (made,) = decide(both, "source_kind", "dockers' union", ("hospital",), by="Aigul")
    assert wording.judgement(made, dated=False) == (
        "said, of a source, to be of this kind: hospital by Aigul"
    )
    derive(both, held=held)
    assert origins(both)["dockers' union"] == "hospital"
    known = recall(both, Settings())
    assert known.standings["claim-b"].claim.sources[0].kind == "hospital"
    assert wording.judged(known.standings["claim-b"]) == "say-so by a person"
    rows = exports.table(known.documents, known.claims, known.incidents, known.standings)
    assert next(r for r in rows if r["claim"] == "claim-b")["origin_kind"] == "hospital"
    assert not known.standings["claim-b"].look_again
    decide(both, "undo", made.id)
    assert origins(both)["dockers' union"] == "ngo"
    with pytest.raises(SettingsError, match="no kind of source"):
        decide(both, "source_kind", "dockers' union", ("loud",))
    with pytest.raises(NotFoundError, match="no claim rests on the word"):
        decide(both, "source_kind", "nobody at all", ("media",))


def test_outlets_of_one_publisher_are_one_voice(both):
    held = Held()
    derive(both, held=held)
    assert {"Lantern x", "Lantern y"} <= origins(both).keys()
    (made,) = decide(both, "same_source", "Lantern x", ("Lantern y",))
    derive(both, held=held)
    assert len({"Lantern x", "Lantern y"} & origins(both).keys()) == 1
    decide(both, "undo", made.id)
    derive(both, held=held)
    assert {"Lantern x", "Lantern y"} <= origins(both).keys()
