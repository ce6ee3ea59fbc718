"""What sort of source a phrase names, how it is cited, and which earlier name it goes back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.attribution.kinds import seen_from
from sayso.claims.attribution.statements import sayings
from sayso.language.spelling import singular
from sayso.language.trees import Sentence
from sayso.records import Source

Parse = Callable[[str], list[Sentence]]

KINDS = [
    ("The mayor", "official"),
    ("Last night the mayor", "official"),
    ("At dawn Colonel Tavo Reyn", "military"),
    ("Oren Vask (army spokesman)", "military"),
    ("The health ministry", "official"),
    ("A government spokesman", "official"),
    ("The festival's organisers", "company"),
    ("The mine's owner", "company"),
    ("The ferry line", "company"),
    ("The protest's organisers", "opposition"),
    ("Local officials", "official"),
    ("The fire brigade's chief", "official"),
    ("Governor Ilya Brandt", "official"),
    ("Police", "security_forces"),
    ("A police spokeswoman", "security_forces"),
    ("The interior ministry", "security_forces"),
    ("Security sources", "security_forces"),
    ("The coast guard", "security_forces"),
    ("The army", "military"),
    ("A military spokesman", "military"),
    ("The commandant's office", "military"),
    ("Colonel Anton Brask", "military"),
    ("The defence ministry", "military"),
    ("A hospital director", "hospital"),
    ("Doctors", "hospital"),
    ("Medical sources", "hospital"),
    ("The prosecutor's office", "court"),
    ("A judge", "court"),
    ("Rebels", "armed_group"),
    ("A spokesman for the guerrillas", "armed_group"),
    ("The Norland embassy", "foreign_government"),
    ("The United Nations", "international_body"),
    ("Opposition leaders", "opposition"),
    ("Protesters", "opposition"),
    # A body that is called by a name, which says less than what it is called.
    ("The hardline group Black Banner", "armed_group"),
    ("The jihadist group Sons of Light", "armed_group"),
    ("The group Army of Truth", "armed_group"),
    ("The Black Dawn movement", "armed_group"),
    ("The protest movement", "opposition"),
    ("The rights group Lantern of Peace", "ngo"),
    ("The environmental group Green Vell", "ngo"),
    ("The Free Karsa Army", "armed_group"),
    ("The union's secretary-general", "ngo"),
    ("The UN secretary-general", "international_body"),
    # What somebody is may stand before the name.
    ("The head of the hospital, Jorge Sotelo,", "hospital"),
    ("The town's mayor, Fanta Keita,", "official"),
    ("A rights group", "ngo"),
    ("The Red Cross", "ngo"),
    ("Witnesses", "witness"),
    ("Residents of the district", "witness"),
    ("His mother", "relative"),
    ("Relatives of the dead", "relative"),
    ("An analyst at the institute", "expert"),
    ("Professor Lena Holt", "expert"),
    ("State television", "media"),
    ("Local media", "media"),
    ("A journalist in the city", "media"),
    ("The newspaper", "media"),
    ("The news agency", "news_agency"),
    ("The airline", "company"),
    ("A leaked document", "document"),
    ("A source", "anonymous"),
    ("An unnamed official", "anonymous"),
    ("An army officer", "military"),
    ("An officer", "security_forces"),
    ("The harbour master", "official"),
    ("The Karsa Liberation Front", "armed_group"),
    ("A statement from the army", "military"),
    ("The hospital's records", "hospital"),
    ("Health ministry figures", "official"),
    ("An election observer", "expert"),
    ("A post on the army's page", "military"),
    ("A source close to the governor", "anonymous"),
    ("Two people", "witness"),
    ("A union of bus drivers", "ngo"),
    ("The bar association", "ngo"),
    ("A village elder", "witness"),
    ("The regional parliament's speaker", "official"),
    ("The Kerim Bay morgue", "hospital"),
    ("Peacekeepers", "international_body"),
    ("The mining company", "company"),
    ("An exiled dissident", "opposition"),
    ("A spokesperson of the banned Red Dawn group", "armed_group"),
]


@pytest.mark.parametrize(("phrase", "kind"), KINDS)
def test_kind_of_source(parse: Parse, phrase: str, kind: str):
    (saying,) = sayings(parse(f"{phrase} said that two people died."))
    assert [s.kind for s in saying.sources] == [kind]


@pytest.mark.parametrize(
    ("name", "kind", "seen"),
    [
        ("Dutch foreign ministry", "official", "foreign_government"),
        ("Belgian officials", "official", "official"),
        ("Belgium's foreign minister", "official", "official"),
        ("ministers of Belgium and Norlandic", "official", "official"),
        ("foreign ministry", "official", "official"),
        ("Dutch police", "security_forces", "security_forces"),
    ],
)
def test_officials_of_another_country_are_a_foreign_government(name: str, kind, seen: str):
    source = Source(text=name, kind=kind, role="origin")
    lands = {"dutch": "NL", "belgian": "BE", "belgium": "BE"}
    assert seen_from(source, "BE", lands).kind == seen
    assert seen_from(source, None, lands).kind == kind


@pytest.mark.parametrize(
    ("hearer", "published"),
    [
        ("Lantern TV", True),
        ("the news agency Meridien", True),
        ("state radio", True),
        ("a local newspaper", True),
        ("reporters", False),
        ("parliament", False),
        ("a news conference", False),
        ("Mara Voss", False),
        ("Al Nahar", True),
        ("Orlova 21", True),
        ("her", False),
        ("the security council", False),
    ],
)
def test_only_who_publishes_is_a_relay(parse: Parse, hearer: str, published: bool):
    (saying,) = sayings(parse(f"The mayor told {hearer} that two people died."))
    assert [s.role for s in saying.sources] == (["origin", "relay"] if published else ["origin"])


@pytest.mark.parametrize(
    ("phrase", "cited"),
    [
        ("The mayor of Kerim", "mayor of Kerim"),
        ("Mara Voss, a spokeswoman for the port,", "Mara Voss"),
        ("The nurse, who was on duty,", "nurse"),
        ("Those who fled the square", "Those"),
        ("Port chief Mara Voss", "Port chief Mara Voss"),
        ("A baker in the old town", "A baker in the old town"),
        ("The governor himself", "governor"),
    ],
)
def test_citation_is_short(parse: Parse, phrase: str, cited: str):
    (saying,) = sayings(parse(f"{phrase} said that two people died."))
    assert [s.text for s in saying.sources] == [cited]


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Police and witnesses", ["Police", "witnesses"]),
        ("Lantern TV and the Kerim Post", ["Lantern TV", "Kerim Post"]),
        ("The army and the rebels", ["army", "rebels"]),
        ("Norland and Sudland officials", ["Norland and Sudland officials"]),
    ],
)
def test_several_sources_in_one_phrase(parse: Parse, phrase: str, names: list[str]):
    (saying,) = sayings(parse(f"{phrase} said that two people died."))
    assert [s.text for s in saying.sources] == names


FIRST = "Governor Ilya Brandt said the road was closed. Lantern TV reported that the port was shut."
RESOLVED = [
    ("Two died, he said.", "Governor Ilya Brandt"),
    ("Two died, Brandt said.", "Governor Ilya Brandt"),
    ("Two died, the governor said.", "Governor Ilya Brandt"),
    ("Two died, it said.", "Lantern TV"),
    ("Two died, the channel said.", "Lantern TV"),
    ("Two died, a governor said.", "a governor"),
    ("Mayor Lena Holt came. Two died, Holt said.", "Mayor Lena Holt"),
    ("Mayor Lena Holt came. Two died, she said.", "Mayor Lena Holt"),
    ("Mrs. Holt spoke first. Two died, he said.", "Governor Ilya Brandt"),
    ("His wife said nothing was lost. Two died, he said.", "Governor Ilya Brandt"),
    ("Two died, the ministry said.", "ministry"),
]


@pytest.mark.parametrize(("text", "name"), RESOLVED)
def test_which_name_a_sayer_goes_back_to(parse: Parse, text: str, name: str):
    *_, last = sayings(parse(f"{FIRST} {text}"))
    assert [s.text for s in last.sources] == [name]


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("The Free Karsa Army", "the army", "army"),
        ("The Karsa Police Union", "the police", "police"),
        ("The Karsa Army Command", "the army", "Karsa Army Command"),
        ("The Karsa navy", "the navy", "Karsa navy"),
    ],
)
def test_plain_forces_are_no_rebels_with_their_word_in_the_name(
    parse: Parse, first: str, then: str, name: str
):
    *_, last = sayings(parse(f"{first} said nine people died. Two died, {then} said."))
    assert [s.text for s in last.sources] == [name]


@pytest.mark.parametrize("word", ["I", "we"])
def test_the_outlets_own_words_name_nobody(parse: Parse, word: str):
    (saying,) = sayings(parse(f"Two died, {word} said."))
    assert saying.sources == ()


def test_a_pronoun_without_a_name_in_reach_stays_unresolved(parse: Parse):
    (saying,) = sayings(parse("Two died, she said."))
    assert saying.sources == ()


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("ministries", "ministry"),
        ("witnesses", "witness"),
        ("policemen", "policeman"),
        ("doctors", "doctor"),
        ("press", "press"),
        ("churches", "church"),
    ],
)
def test_singular_by_spelling(plural: str, single: str):
    assert singular(plural) == single
