"""Who says what: one construction per row, all in our own words, with invented names.

To add one: a text, the words of the claim (they must occur once), the names of the chain with the
origin first, and how it was found. `outlet` is "The Harbour Post" in every row.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.attribution import attributions, say_so, sayings
from sayso.claims.saying.quotes import quotations
from sayso.language.engine import Engine
from sayso.language.trees import Sentence

Parse = Callable[[str], list[Sentence]]
OUTLET = "The Harbour Post"

STATED = [
    # --- the sayer and a verb
    ("The mayor said that 13 people were killed.", "13 people were killed", ["mayor"]),
    ("Police said 13 people were killed.", "13 people were killed", ["Police"]),
    ("Thirteen people were killed, police said.", "Thirteen people were killed", ["police"]),
    (
        "Thirteen people were killed, the Kerim health ministry said on Monday.",
        "Thirteen people were killed",
        ["Kerim health ministry"],
    ),
    (
        "Thirteen people were killed, said the mayor of Port Kerim.",
        "Thirteen people were killed",
        ["mayor of Port Kerim"],
    ),
    (
        "Thirteen people, the mayor said, were killed in the blast.",
        "were killed in the blast",
        ["mayor"],
    ),
    (
        "The army has confirmed that two soldiers died.",
        "two soldiers died",
        ["army"],
    ),
    (
        "Residents reported heavy shelling near the bridge.",
        "heavy shelling near the bridge",
        ["Residents"],
    ),
    (
        "Rescue workers told reporters that nine bodies had been found.",
        "nine bodies had been found",
        ["Rescue workers"],
    ),
    (
        "The governor warned that 300 families could lose their homes.",
        "300 families could lose their homes",
        ["governor"],
    ),
    (
        "Activists claimed police had beaten 20 marchers.",
        "police had beaten 20 marchers",
        ["Activists"],
    ),
    (
        "The prosecutor announced the arrest of four men.",
        "the arrest of four men",
        ["prosecutor"],
    ),
    (
        "Colonel Anton Brask said 40 fighters had surrendered.",
        "40 fighters had surrendered",
        ["Colonel Anton Brask"],
    ),
    (
        "Port Kerim police spokeswoman Mara Voss said five officers were hurt.",
        "five officers were hurt",
        ["Port Kerim police spokeswoman Mara Voss"],
    ),
    (
        "Mara Voss, a spokeswoman for the port, said five dockers were hurt.",
        "five dockers were hurt",
        ["Mara Voss"],
    ),
    (
        "Five dockers were hurt, said Mara Voss, a spokeswoman for the port.",
        "Five dockers were hurt",
        ["Mara Voss"],
    ),
    (
        "The governor, who visited the site, said seven houses burned down.",
        "seven houses burned down",
        ["governor"],
    ),
    (
        "Police and witnesses said a bomb went off in the market.",
        "a bomb went off in the market",
        ["Police", "witnesses"],
    ),
    (
        "Agence Meridien and Lantern Radio, who have reporters there, reported new shootings.",
        "new shootings",
        ["Agence Meridien", "Lantern Radio"],
    ),
    (
        "Lantern TV, citing the coast guard, reported that nine sailors were missing.",
        "nine sailors were missing",
        ["coast guard", "Lantern TV"],
    ),
    (
        "The agency said 12 miners had died, citing a hospital director.",
        "12 miners had died",
        ["a hospital director", "agency"],
    ),
    (
        "KERIM — The fire claimed the lives of nine people, the mayor said on Monday.",
        "nine people",
        ["mayor"],
    ),
    # --- two deeds of one sayer
    (
        "The mayor said ten people died and added that the toll could rise.",
        "ten people died",
        ["mayor"],
    ),
    (
        "The mayor said ten people died and added that six were missing.",
        "six were missing",
        ["mayor"],
    ),
    (
        "The alliance said its troops had landed, adding that 500 more were on the way.",
        "500 more were on the way",
        ["alliance"],
    ),
    (
        "The ministry issued a statement saying 30 people had been detained.",
        "30 people had been detained",
        ["ministry"],
    ),
    # --- according to
    (
        "According to the fire brigade, six people were trapped.",
        "six people were trapped",
        ["fire brigade"],
    ),
    (
        "Six people were trapped, according to the fire brigade.",
        "Six people were trapped",
        ["fire brigade"],
    ),
    (
        "The explosion, according to neighbours, shattered windows in ten streets.",
        "shattered windows in ten streets",
        ["neighbours"],
    ),
    (
        "At least 15 people drowned (according to the coast guard).",
        "At least 15 people drowned",
        ["coast guard"],
    ),
    # --- chains
    (
        "The Health Ministry said 40 people were in hospital, according to Lantern TV.",
        "40 people were in hospital",
        ["Health Ministry", "Lantern TV"],
    ),
    (
        "Lantern TV reported that two bodies were found, citing the commandant's office.",
        "two bodies were found",
        ["commandant's office", "Lantern TV"],
    ),
    (
        "Citing the commandant's office, Lantern TV reported that two bodies were found.",
        "two bodies were found",
        ["commandant's office", "Lantern TV"],
    ),
    (
        "A hospital director told Lantern TV that 12 patients had died.",
        "12 patients had died",
        ["A hospital director", "Lantern TV"],
    ),
    (
        "Twelve patients had died, a hospital director told the news agency Meridien.",
        "Twelve patients had died",
        ["a hospital director", "news agency Meridien"],
    ),
    (
        "The minister told parliament that 12 patients had died.",
        "12 patients had died",
        ["minister"],
    ),
    (
        "The governor said police had shot three looters.",
        "police had shot three looters",
        ["governor"],
    ),
    (
        "The governor said police had said that three looters were shot.",
        "three looters were shot",
        ["police", "governor"],
    ),
    (
        "Police said three looters were shot, Lantern TV reported.",
        "three looters were shot",
        ["Police", "Lantern TV"],
    ),
    (
        "City authorities warned that people could be shot, a journalist in Kerim told Lantern TV.",
        "people could be shot",
        ["City authorities", "a journalist in Kerim", "Lantern TV"],
    ),
    (
        "The general was quoted by the Meridien news agency as saying that 60 rebels were dead.",
        "60 rebels were dead",
        ["general", "Meridien news agency"],
    ),
    (
        "The general was quoted as saying that 60 rebels were dead.",
        "60 rebels were dead",
        ["general"],
    ),
    (
        "Lantern TV quoted a police officer as saying that 60 rebels were dead.",
        "60 rebels were dead",
        ["a police officer", "Lantern TV"],
    ),
    (
        "As Lantern TV reported, four ferries sank in the storm.",
        "four ferries sank in the storm",
        ["Lantern TV"],
    ),
    # --- the outlet itself is no link
    (
        "A nurse told The Harbour Post that 12 patients had died.",
        "12 patients had died",
        ["A nurse"],
    ),
    (
        '"We counted 16 bodies," a fire officer who asked not to be named told Lantern TV.',
        "16 bodies",
        ["a fire officer", "Lantern TV"],
    ),
    ("The mayor, Ilse Brandt, said nine people had died.", "nine people", ["Ilse Brandt"]),
    (
        "The mayor, Ilse Brandt, resigned. Brandt said nine people had died.",
        "nine people",
        ["Ilse Brandt"],
    ),
    (
        "Rain fell, according to the relief committee, which said nine people had died.",
        "nine people",
        ["relief committee"],
    ),
    # --- names in apposition, and figures that are put somewhere
    (
        "The clinic was treating nine people, its director, Jorun Ameld, said.",
        "treating nine people",
        ["Jorun Ameld"],
    ),
    (
        "Nine people were treated, its director, Jorun Ameld, told Lantern TV.",
        "Nine people were treated",
        ["Jorun Ameld", "Lantern TV"],
    ),
    ("The ministry had put the number of dead at 17.", "number of dead at 17", ["ministry"]),
    ("The ministry has spoken of five dead miners.", "five dead miners", ["ministry"]),
    # --- quotations
    (
        "“Twelve patients died overnight,” the doctor said.",
        "Twelve patients died overnight",
        ["doctor"],
    ),
    (
        "The doctor said: “Twelve patients died overnight.”",
        "Twelve patients died overnight",
        ["doctor"],
    ),
    (
        '"Twelve patients," the doctor said, "died overnight."',
        "died overnight",
        ["doctor"],
    ),
    (
        "The clinic said “twelve patients” died overnight.",
        "died overnight",
        ["clinic"],
    ),
    (
        "“They fired at the crowd and saw nine of them go down, “a guard told Lantern TV.",
        "saw nine of them go down",
        ["a guard", "Lantern TV"],
    ),
    (
        "'Nine people fell in front of me,' said Oleg Tarn, a baker.",
        "Nine people fell in front of me",
        ["Oleg Tarn"],
    ),
    # --- on paper and on screens
    (
        "The rebels said in a statement that they had freed 20 captives.",
        "they had freed 20 captives",
        ["rebels"],
    ),
    (
        "“Twenty captives are free,” a statement read.",
        "Twenty captives are free",
        ["a statement"],
    ),
    (
        "The governor wrote on his website that 80 homes were flooded.",
        "80 homes were flooded",
        ["governor"],
    ),
    (
        "Eighty homes were flooded, the governor tweeted.",
        "Eighty homes were flooded",
        ["governor"],
    ),
    # --- passives
    (
        "The death of two divers was confirmed by the navy.",
        "The death of two divers",
        ["navy"],
    ),
    # --- nouns
    (
        "The union's claim that nine farmers had died was checked.",
        "nine farmers had died",
        ["union"],
    ),
    # --- unnamed
    (
        "A source who asked not to be named said 70 men had deserted.",
        "70 men had deserted",
        ["A source"],
    ),
    (
        "Local media reported that 70 men had deserted.",
        "70 men had deserted",
        ["Local media"],
    ),
    # --- denials, accusations
    (
        "The army denied that its soldiers had killed nine farmers.",
        "its soldiers had killed nine farmers",
        ["army"],
    ),
    (
        "The opposition accused the army of killing nine farmers.",
        "killing nine farmers",
        ["opposition"],
    ),
    # --- headlines and wire text
    ("Police: three dead in market blast", "three dead in market blast", ["Police"]),
    ("POLICE: THREE DEAD IN MARKET BLAST", "THREE DEAD IN MARKET BLAST", ["POLICE"]),
    ("Three dead in market blast: police", "Three dead in market blast", ["police"]),
    ("Three dead in market blast - ministry", "Three dead in market blast", ["ministry"]),
    (
        "THE ARMY REPORTED THAT GUERRILLAS KILLED 13 SOLDIERS IN AN AMBUSH.",
        "GUERRILLAS KILLED 13 SOLDIERS",
        ["ARMY"],
    ),
    (
        "GUERRILLAS KILLED 13 SOLDIERS IN AN AMBUSH, A MILITARY SPOKESMAN SAID TODAY.",
        "GUERRILLAS KILLED 13 SOLDIERS",
        ["A MILITARY SPOKESMAN"],
    ),
    (
        "PORT KERIM — Authorities say two trains collided, injuring one person.",
        "injuring one person",
        ["Authorities"],
    ),
    # --- resolved from before, said here
    (
        "Mara Voss runs the port. Five dockers were hurt, she said.",
        "Five dockers were hurt",
        ["Mara Voss"],
    ),
    (
        "Governor Ilya Brandt said the road was closed. He added that two drivers had died.",
        "two drivers had died",
        ["Governor Ilya Brandt"],
    ),
    (
        "Governor Ilya Brandt said the road was closed. Two drivers had died, Brandt said.",
        "Two drivers had died",
        ["Governor Ilya Brandt"],
    ),
    (
        "The Kerim Transit Authority says the line is shut. The agency says one worker was hurt.",
        "one worker was hurt",
        ["Kerim Transit Authority"],
    ),
    (
        "Norland's Foreign Ministry said it was watching. The ministry said two envoys had left.",
        "two envoys had left",
        ["Norland's Foreign Ministry"],
    ),
    (
        "A journalist in Kerim told Lantern TV that shops were shut. "
        "Two offices were burned, the journalist said.",
        "Two offices were burned",
        ["A journalist in Kerim", "Lantern TV"],
    ),
    (
        "The alliance met on Monday. “Our troops have landed,” it said.",
        "Our troops have landed",
        ["alliance"],
    ),
]

INHERITED = [
    (
        "“The bridge fell at dawn,” the engineer said. “Nine workers are missing.”",
        "Nine workers are missing",
        ["engineer"],
    ),
    (
        "“The bridge fell at dawn. Nine workers are missing,” the engineer said.",
        "The bridge fell at dawn",
        ["engineer"],
    ),
    (
        "“The bridge fell at dawn,” the engineer said. “It was old.\n\n“Nine workers are missing.”",
        "Nine workers are missing",
        ["engineer"],
    ),
    (
        "The engineer said: “The bridge fell at dawn.\n\n“Nine workers are missing.”",
        "Nine workers are missing",
        ["engineer"],
    ),
    (
        "About 90 people were hurt. Of these, 12 were children, the clinic said.",
        "About 90 people were hurt",
        ["clinic"],
    ),
]

OWN_VOICE = [
    ("Thirteen people were killed on Monday.", "Thirteen people were killed"),
    ("The mayor said the road was open. Two drivers had died there.", "Two drivers had died there"),
    ("Police arrived late. Nine people were killed.", "Nine people were killed"),
    ("Dozens of marchers reported killed in Kerim", "Dozens of marchers reported killed"),
    ("Kerim: 40 people dead after landslide", "40 people dead after landslide"),
    ("The violence continued on Friday and 30 people were hurt.", "30 people were hurt"),
    ("The minister was told that 30 people were hurt.", "30 people were hurt"),
    ("The union condemned the killing of nine farmers.", "the killing of nine farmers"),
    ("The mayor declined to say that nine farmers had died.", "nine farmers had died"),
    ("There were reports that 30 people were hurt.", "30 people were hurt"),
    ("We were told that 30 people were hurt.", "30 people were hurt"),
    ("The Harbour Post reported that 30 people were hurt.", "30 people were hurt"),
    (
        "President Ada Lund called for help from the alliance on Monday.",
        "called for help from the alliance",
    ),
]


def _read(parse: Parse, text: str, claim: str, outlet: str | None = OUTLET):
    assert text.count(claim) == 1
    start = text.index(claim)
    sentences = parse(text)
    return say_so(sayings(sentences), sentences, start, start + len(claim), outlet)


@pytest.mark.parametrize(("text", "claim", "chain"), STATED, ids=lambda v: str(v)[:60])
def test_chain_stated_in_the_sentence(parse: Parse, text: str, claim: str, chain: list[str]):
    found = _read(parse, text, claim)
    assert ([s.text for s in found.sources], found.basis) == (chain, "stated")


@pytest.mark.parametrize(("text", "claim", "chain"), INHERITED, ids=lambda v: str(v)[:60])
def test_chain_inherited_from_another_sentence(
    parse: Parse, text: str, claim: str, chain: list[str]
):
    found = _read(parse, text, claim)
    assert ([s.text for s in found.sources], found.basis) == (chain, "inherited")


@pytest.mark.parametrize(("text", "claim"), OWN_VOICE, ids=lambda v: str(v)[:60])
def test_own_voice_of_the_outlet(parse: Parse, text: str, claim: str):
    found = _read(parse, text, claim)
    assert (found.sources, found.basis) == ((), "outlet")


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


PLAIN = "police Lantern TV the a said told reported that according to citing two people died mayor"
MARKS = "Mara Voss he they it was killed by denied , . “ ” \" ' : — ( ) ; ’s"
WORDS = (PLAIN + " " + MARKS).split()
WORDS.append("\n")


@settings(max_examples=60, deadline=None)
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
