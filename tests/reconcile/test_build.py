"""Documents and claims -> incidents."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.reconcile.build import incident, words_of_id
from sayso.reconcile.coverage import incidents
from sayso.records import Event

MARKET = (
    "A blast tore through the covered market in Karsa on Tuesday, killing nine traders and "
    "bringing down the roof, the Health Ministry said. Rescuers searched the rubble with dogs "
    "until noon."
)
RAID = (
    "Gunmen stormed a barracks in Karsa and killed nine recruits in their beds, officers said. The "
    "gunmen fled towards the hills on motorcycles, leaving behind leaflets of the Dawn Column."
)


@pytest.fixture
def story(document, claim):
    pages = [
        document("a", "2031-03-04T09:00", MARKET, title="Nine dead in Karsa"),
        document("b", "2031-03-04T10:00", MARKET, title="Market blast"),
        document("c", "2031-03-04T11:00", RAID),
    ]
    fields = {"where": "Karsa", "day": "2031-03-04"}
    claims = {
        "a": [claim("c1", 9, by="Health Ministry", event=Event(type="ASSAULT"), **fields)],
        "b": [claim("c2", 9, by="Health Ministry", event=Event(type="ASSAULT"), **fields)],
        "c": [claim("c3", 9, by="police", **fields)],
    }
    return pages, claims


def test_an_incident_has_a_readable_id_and_another_there_a_number(story):
    assert [i.id for i in incidents(*story)] == ["karsa-2031-03-04", "karsa-2031-03-04-2"]


def test_an_incident_goes_by_its_oldest_headline(story):
    assert incidents(*story)[0].title == "Nine dead in Karsa"


def test_an_incident_without_a_headline_goes_by_type_and_place(story):
    assert incidents(*story)[1].title == "Killed in Karsa"


def test_the_type_is_that_of_the_events_or_the_gravest_harm(story):
    assert [i.type for i in incidents(*story)] == ["ASSAULT", "killed"]


def test_place_and_time_are_those_most_supported(story):
    first = incidents(*story)[0]
    assert (first.where.text, first.when.start) == ("Karsa", "2031-03-04")


def test_one_text_counts_once(story):
    first = incidents(*story)[0]
    assert first.copy_groups == (("a", "b"),)
    assert [(t.best, t.copies, len(t.origins)) for t in first.tolls] == [(9, 1, 1)]


def test_background_claims_are_no_claims_of_the_incident(story, claim):
    pages, claims = story
    claims["c"].append(claim("c4", 43, scope="background"))
    assert incidents(pages, claims)[1].claims == ("c3",)


def test_an_event_without_figures_is_an_incident(document, claim):
    strike = claim("c1", 1, kind="event", where="Karsa", event=Event(type="PROTEST"))
    page = document("a", "2031-03-04", "Dockers in Karsa stopped work over unpaid wages.")
    (found,) = incidents([page], {"a": [strike]})
    assert (found.type, found.tolls, found.id) == ("PROTEST", (), "karsa-2031-03-04")


def test_versions_of_a_page_with_a_source_that_is_not_named_are_one_witness(document, claim):
    pages = [
        document("a", "2031-03-04T09:00", MARKET, outlet="Karsa Courier"),
        document("b", "2031-03-04T10:00", f"{MARKET} Schools closed.", outlet="Karsa Courier"),
    ]
    claims = {"a": [claim("c1", 9, by="a source")], "b": [claim("c2", 9, by="a source")]}
    (found,) = incidents(pages, claims)
    assert [len(toll.origins) for toll in found.tolls] == [1]
    assert found.copy_groups == ()


def test_nothing_is_known_before_it_was_published(story):
    assert incidents(*story, as_of="2031-03-04T08:00") == []
    assert [i.documents for i in incidents(*story, as_of="2031-03-04T09:30")] == [("a",)]


def test_the_type_is_what_harmed_people_and_not_the_arrests_that_followed(document, claim):
    pages = [
        document("a", "2031-03-04", "A ferry sank off Karsa. Nine people died."),
        document("b", "2031-03-05", "The master of the ferry that sank off Karsa was arrested."),
    ]
    arrest = claim("c2", 1, kind="detained", where="Karsa", event=Event(type="COERCE"))
    claims = {"a": [claim("c1", 9, where="Karsa")], "b": [arrest]}
    assert [i.type for i in incidents(pages, claims)] == ["killed"]


def test_the_day_is_that_of_the_deaths_and_not_of_the_arrests_that_followed(document, claim):
    pages = [
        document(id, f"2031-03-0{n}", f"The march in Karsa {id}.") for n, id in enumerate("abcd", 5)
    ]
    told = {
        page.id: [claim(f"{page.id}1", 40, kind="detained", where="Karsa", day="2031-03-04")]
        for page in pages
    }
    told["a"].append(claim("a2", 9, where="Karsa", day="2031-03-03"))
    told["b"].append(claim("b2", 20, kind="injured", where="Karsa", day="2031-03-04"))
    made = incident(pages, told, [])
    assert made.when.start == "2031-03-03" and made.id == "karsa-2031-03-03"
    del told["a"][1]
    told["b"][1] = claim("b2", 20, kind="injured", where="Karsa", day="2031-03-02")
    assert incident(pages, told, []).when.start == "2031-03-02"
    del told["b"][1]
    assert incident(pages, told, []).when.start == "2031-03-04"


def test_the_headline_of_a_round_up_is_of_what_it_leads_with(document, claim):
    page = document(
        "a",
        "2031-03-04",
        "Shells killed nine people in Karsa.\n\nA drone killed seven on a bus in Vell.",
        title="Nine dead in Karsa",
    )
    led = claim("c1", 9, where="Karsa", episode="p0", at=0)
    other = claim("c2", 7, where="Vell", episode="p1", at=40)
    assert [i.title for i in incidents([page], {"a": [led, other]})] == [
        "Nine dead in Karsa",
        "Killed in Vell",
    ]


def test_an_attack_recalled_beside_another_on_the_same_town_leaves_them_two(document, claim):
    monday = "A bomber blew himself up at a checkpoint in Karsa on Monday, killing seven policemen."
    thursday = "A car bomb killed 11 people outside a bank in Karsa on Thursday."
    recalled = "On Monday a suicide bomber killed seven policemen at a checkpoint in Karsa."
    pages = [
        document("a", "2031-03-03", monday),
        document("b", "2031-03-06", f"{thursday}\n\n{recalled}"),
    ]
    raid = {"where": "Karsa", "event": Event(type="ASSAULT")}
    claims = {
        "a": [claim("c1", 7, who="security_forces", day="2031-03-03", **raid)],
        "b": [
            claim("c2", 11, day="2031-03-06", **raid, episode="p0", at=0),
            claim("c3", 7, who="security_forces", day="2031-03-03", **raid, episode="p1", at=70),
        ],
    }
    told = incidents(pages, claims)
    assert [i.documents for i in told] == [("a", "b"), ("b",)]
    assert [[t.best for t in i.tolls] for i in told] == [[7], [11]]
    assert incidents(pages[::-1], claims) == told


@pytest.fixture
def misled(document, claim):
    """A story whose first article has place, day and kind of event wrong, and whose others agree."""
    wrong = {"where": "Belov", "day": "2031-03-03", "event": Event(type="DISASTER")}
    right = {"where": "Karsa", "day": "2031-03-04", "event": Event(type="ASSAULT")}
    told = {
        "a": ("Gas blast kills nine in Belov", wrong),
        "b": ("Bomb kills nine in Karsa", right),
        "c": ("Nine dead in Karsa bombing", right),
    }
    pages = [
        document(name, f"2031-03-04T{hour:02}:00", title=title)
        for hour, (name, (title, _)) in enumerate(told.items(), 9)
    ]
    claims = {name: [claim(f"c-{name}", 9, **fields)] for name, (_, fields) in told.items()}
    return pages, claims


def set_in(found) -> tuple:
    return found.title, found.where.name, found.when.start, found.type


def test_title_place_day_and_type_are_by_all_documents_and_not_by_the_first(misled):
    pages, claims = misled
    found = incident(pages, claims, [[page] for page in pages])
    assert set_in(found) == ("Bomb kills nine in Karsa", "Karsa", "2031-03-04", "ASSAULT")
    assert found.id == "karsa-2031-03-04"
    first = incident(pages[:1], claims, [pages[:1]])
    assert set_in(first) == ("Gas blast kills nine in Belov", "Belov", "2031-03-03", "DISASTER")


def test_a_wrong_text_that_many_print_is_one_voice(misled, document, claim):
    pages, claims = misled
    copies = [
        document(f"a{n}", f"2031-03-04T09:{n:02}", pages[0].text, title=pages[0].title)
        for n in range(1, 4)
    ]
    for copy in copies:
        (told,) = claims["a"]
        claims[copy.id] = [replace(told, id=f"c-{copy.id}")]
    families = [[pages[0], *copies], pages[1:2], pages[2:]]
    found = incident([pages[0], *copies, *pages[1:]], claims, families)
    assert set_in(found)[1:] == ("Karsa", "2031-03-04", "ASSAULT")


def test_the_dot_of_a_letter_parts_no_word_of_an_id() -> None:
    assert words_of_id("İzmir") == "izmir"
    assert words_of_id("Cox's Bazar") == "cox-s-bazar"
    assert words_of_id("Thiès") == "thiès"
