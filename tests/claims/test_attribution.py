"""Who says what, to whom, and in which words it stands.

The chains themselves are rows of `chains.txt`, which says how to add one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.attribution.quotes import quotations
from sayso.claims.attribution.statements import attributions, say_so, sayings
from sayso.language.engine import Engine
from sayso.language.trees import Sentence

Parse = Callable[[str], list[Sentence]]
OUTLET = "The Harbour Post"

CHAINS = Path(__file__).with_name("chains.txt")
LINK = re.compile(r"(?P<name>.+?)(?: \((?P<kind>[a-z_]+)\))?")


class Row(NamedTuple):
    """A text, the words of the claim in it, and its chain: names with kinds, None where any does."""

    text: str
    start: int
    end: int
    basis: str
    links: list[tuple[str, str | None]]
    roles: list[str]


def _rows() -> Iterator[Row]:
    """The rows of `chains.txt`."""
    for block in CHAINS.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        marked, expected = lines
        text = marked.replace(" ¶ ", "\n\n")
        start, end = text.index("["), text.index("]") - 1
        basis, _, chain = expected.partition(": ")
        steps = [step.split(" + ") for step in chain.split(" > ")] if chain else []
        links = [LINK.fullmatch(name) for step in steps for name in step]
        yield Row(
            text.replace("[", "").replace("]", ""),
            start,
            end,
            basis,
            [(link["name"], link["kind"]) for link in links if link],
            ["relay" if n else "origin" for n, step in enumerate(steps) for _ in step],
        )


ROWS = list(_rows())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:60])
def test_chain(parse: Parse, row: Row):
    sentences = parse(row.text)
    found = say_so(sayings(sentences), sentences, row.start, row.end, OUTLET)
    kinds = [
        s.kind if kind else None for s, (_, kind) in zip(found.sources, row.links, strict=False)
    ]
    assert found.basis == row.basis
    assert [s.text for s in found.sources] == [name for name, _ in row.links]
    assert [s.role for s in found.sources] == row.roles
    assert kinds == [kind for _, kind in row.links]


def test_rows_cover_what_the_field_writes():
    chains = [row for row in ROWS if "relay" in row.roles]
    assert len(ROWS) >= 120
    assert len(chains) >= 40
    assert {row.roles.count("relay") for row in chains} == {1, 2, 3}


def _read(parse: Parse, text: str, claim: str, outlet: str | None = OUTLET):
    assert text.count(claim) == 1
    start = text.index(claim)
    sentences = parse(text)
    return say_so(sayings(sentences), sentences, start, start + len(claim), outlet)


# Text -> (source, cue, content) of each outermost saying, as it goes on record.
ON_RECORD = [
    (
        "Mara Voss, head of the port, said on Monday that ten ships sank.",
        [("Mara Voss, head of the port", "said", ["that ten ships sank"])],
    ),
    (
        "Ten ships sank, the port has said.",
        [("the port", "has said", ["Ten ships sank"])],
    ),
    (
        "“Ten ships,” said the pilot, “sank in an hour.”",
        [("the pilot", "said", ["“Ten ships,”", "“sank in an hour.”"])],
    ),
    (
        "“Ten ships sank,” the pilot said. “It took an hour.”",
        [("the pilot", "said", ["“Ten ships sank,”", "“It took an hour.”"])],
    ),
    (
        "The pilot said ten ships sank but the port denied it.",
        [("The pilot", "said", ["ten ships sank"]), ("the port", "denied", ["it"])],
    ),
    (
        "The pilot said the port had claimed that ten ships sank.",
        [("The pilot", "said", ["the port had claimed that ten ships sank"])],
    ),
    (
        "Ten ships sank, according to the port.",
        [("the port", "according to", ["Ten ships sank"])],
    ),
    (
        "The port said ten ships sank, according to Lantern TV.",
        [("Lantern TV", "according to", ["The port said ten ships sank"])],
    ),
    (
        "A diver who said ten ships sank left the town.",
        [("who", "said", ["ten ships sank"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ON_RECORD, ids=lambda v: str(v)[:60])
def test_outermost_sayings_on_record(parse: Parse, text: str, expected: list):
    found = [
        (
            text[slice(*a.source)] if a.source else None,
            text[slice(*a.cue)] if a.cue else None,
            [text[start:end] for start, end in a.content],
        )
        for a in attributions(sayings(parse(text)))
    ]
    assert found == expected


def test_quotation_that_opens_the_next_paragraph_goes_on(parse: Parse):
    text = "The pilot said: “Ten ships sank.\n\n“It took an hour.”\n\nThe port is shut."
    (saying,) = sayings(parse(text))
    assert [text[a:b] for a, b in saying.content] == ["“Ten ships sank.", "“It took an hour.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He wrote “ten ships” and left.", ["“ten ships”"]),
        ('He wrote "ten ships" and left.', ['"ten ships"']),
        ("He wrote ''ten ships'' and left.", ["''ten ships''"]),
        ("He wrote 'ten ships' and left.", ["'ten ships'"]),
        ("The pilots' ships and the port's boats sank.", []),
        ("“Ten ships sank, “a pilot said.", ["“Ten ships sank, “"]),
        ("“Ten ships sank.\n\nThe port is shut.", ["“Ten ships sank."]),
    ],
)
def test_quotations(parse: Parse, text: str, expected: list[str]):
    assert [text[q.start : q.end] for q in quotations(parse(text))] == expected


def test_a_denial_keeps_its_class(parse: Parse):
    text = "The army denied that it had shelled the village."
    claim = _read(parse, text, "it had shelled the village")
    assert claim.kind == "denying"


# Text, the words of the claim, whose word it is, who denies it in the same breath.
DENIED = [
    (
        "The army's claim that it killed six rebels was rejected by the rebels, who said two died.",
        "killed six rebels",
        ["army"],
        ["rebels"],
    ),
    (
        "The army's claim that it killed six rebels was rejected by the rebels, who said two died.",
        "two died",
        ["rebels"],
        [],
    ),
    (
        "The army's claim of six was rejected by the rebels, who said two.",
        "six",
        ["army"],
        ["rebels"],
    ),
    ("The army's claim of six was rejected by the rebels, who said two.", "two", ["rebels"], []),
    (
        "The mayor's figure of nine dead was rejected by the union.",
        "nine dead",
        ["mayor"],
        ["union"],
    ),
    (
        "The mayor's report that six people died was dismissed as false by the police.",
        "six people died",
        ["mayor"],
        ["police"],
    ),
    (
        "The police account that nobody died was contradicted by a doctor.",
        "nobody died",
        ["police"],
        ["a doctor"],
    ),
    (
        "The rebels said six soldiers had been killed; the army denied it.",
        "six soldiers had been killed",
        ["rebels"],
        ["army"],
    ),
    (
        "Villagers said 12 people were killed. The army rejected the figure.",
        "12 people were killed",
        ["Villagers"],
        ["army"],
    ),
    ("Twelve people were killed. The army denied it.", "Twelve people were killed", [], ["army"]),
    (
        "The rebels rejected the army's claim that six men died.",
        "six men died",
        ["army"],
        ["rebels"],
    ),
    (
        "Police denied a claim by residents that officers had shot four men.",
        "shot four men",
        ["residents"],
        ["Police"],
    ),
    (
        "The rebels' claim to have killed 30 soldiers was denied by the army.",
        "killed 30 soldiers",
        ["rebels"],
        ["army"],
    ),
    (
        "A government statement that nine people died was disputed by doctors, who counted 14 bodies.",
        "nine people died",
        ["government"],
        ["doctors"],
    ),
    (
        "The ministry's figure of nine dead was disputed by doctors, who counted 14 bodies.",
        "14 bodies",
        ["doctors"],
        [],
    ),
    # Whoever denies a claim that nobody is named for is its only source.
    ("The army denied claims that it had killed six.", "killed six", ["army"], []),
    ("The union rejected the offer after six men died.", "six men died", [], []),
]


@pytest.mark.parametrize(("text", "claim", "sayers", "deniers"), DENIED, ids=lambda v: str(v)[:60])
def test_who_denies_what_others_say_is_no_link_of_their_chain(
    parse: Parse, text: str, claim: str, sayers: list[str], deniers: list[str]
):
    found = _read(parse, text, claim)
    assert [s.text for s in found.sources] == sayers
    assert [s.text for denial in found.denied for s in denial.sources] == deniers
    assert all(denial.kind == "denying" for denial in found.denied)


def test_a_second_account_leaves_its_verb_out_and_is_no_cue_on_record(parse: Parse):
    text = "Police put the toll at ten, the opposition at 14."
    (verb,) = attributions(sayings(parse(text)))
    assert verb.cue is not None
    assert text[slice(*verb.cue)] == "put"
    assert [text[a:b] for a, b in verb.content] == ["the toll at ten"]
    second = _read(parse, text, "14")
    assert [text[a:b] for a, b in second.cues] == ["put"]


@pytest.mark.parametrize("outlet", ["Lantern TV", "lanterntv.example", "The Lantern TV", None])
def test_the_outlet_is_no_link_of_the_chain(parse: Parse, outlet: str | None):
    found = _read(parse, "A nurse told Lantern TV that two died.", "two died", outlet)
    assert [s.text for s in found.sources][1:] == ([] if outlet else ["Lantern TV"])


def test_roles_run_from_origin_to_relay(parse: Parse):
    found = _read(parse, "Police said two died, according to Lantern TV.", "two died", outlet=None)
    assert [(s.text, s.role) for s in found.sources] == [
        ("Police", "origin"),
        ("Lantern TV", "relay"),
    ]


@pytest.mark.parametrize("row", [r for r in ROWS if "relay" in r.roles], ids=lambda r: r.text[:60])
def test_whichever_link_prints_the_text_is_no_link_of_its_chain(parse: Parse, row: Row):
    sentences = parse(row.text)
    said = sayings(sentences)
    for outlet, _ in row.links:
        found = say_so(said, sentences, row.start, row.end, outlet)
        assert [s.text for s in found.sources] == [n for n, _ in row.links if n != outlet]


SAYERS = ["The mayor", "Police", "Ilse Brandt", "A nurse at the clinic", "Two guards"]
DEAF = [
    "reporters", "the crowd", "parliament", "a news conference", "her", "his wife", "Mara Voss",
    "the court", "the miners' relatives", "the security council", "journalists in Kerim", "him",
    "a rally in Tovar", "the committee", "her colleagues", "investigators", "the general",
]  # fmt: skip
HEARERS = [
    *DEAF, "Lantern TV", "the news agency Meridien", "state radio", "a local newspaper",
    "the Vessa Courier",
]  # fmt: skip
FRAMES = [
    "{sayer} told {hearer} that nine people had died.",
    "Nine people had died, {sayer} told {hearer}.",
    "“Nine people had died,” {sayer} told {hearer}.",
    "{sayer} told {hearer} on Monday that nine people had died.",
    "{sayer} has told {hearer} nine people had died.",
    "According to Radio Kerim, {sayer} told {hearer} that nine people had died.",
    "{sayer} told {hearer} that, according to doctors, nine people had died.",
]


@settings(max_examples=150)
@given(st.sampled_from(FRAMES), st.sampled_from(SAYERS), st.sampled_from(HEARERS))
def test_who_is_told_is_a_link_only_if_it_publishes(
    engine: Engine, frame: str, sayer: str, hearer: str
):
    text = frame.format(sayer=sayer, hearer=hearer)
    text = text[0].upper() + text[1:]
    sentences = next(iter(engine.sentences([text])))
    start = text.lower().index("nine people")
    found = say_so(sayings(sentences), sentences, start, start + len("nine people had died"), None)
    relays = [s.text for s in found.sources if s.role == "relay"]
    told = hearer.removeprefix("the ")
    assert (told in relays) == (hearer not in DEAF)
    assert found.sources[0].role == "origin"
    spoken = sayer.removeprefix("The ").lower()
    assert spoken in [s.text.lower() for s in found.sources]


PLAIN = "police Lantern TV the a said told reported that according to citing two people died mayor"
MARKS = "Mara Voss he they it was killed by denied , . “ ” \" ' : — ( ) ; ’s"
WORDS = (PLAIN + " " + MARKS).split()
WORDS.append("\n")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_heap_of_words_gives_spans_inside_the_text_and_no_outlet(
    engine: Engine, heap: list[str]
):
    text = " ".join(heap)
    sentences = next(iter(engine.sentences([text])))
    found = sayings(sentences)
    for saying in found:
        for start, end in (*saying.content, saying.source or (0, 1), saying.cue or (0, 1)):
            assert 0 <= start < end <= len(text)
    for sentence in sentences:
        chain = say_so(found, sentences, sentence.start, sentence.end, "Lantern TV")
        assert "lantern tv" not in {s.text.lower() for s in chain.sources}
        assert (chain.basis == "outlet") == (not chain.sources)
