"""Which documents tell of the same incident."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.reconcile.accounts import accounts
from sayso.reconcile.coverage import incidents
from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.reports import report_of
from sayso.records import Place

MARKET = (
    "A blast tore through the covered market in {place} on {day}, killing nine traders and "
    "bringing down the roof, the Health Ministry said. Rescuers searched the rubble with dogs."
)
BELOV = (
    "In Belov, nine traders died on Tuesday when a blast in the covered market brought the roof down "
    "on the stalls. Rescuers with dogs were searching the rubble, the Health Ministry said."
)
AGAIN = (
    "Rescuers in {place} pulled two more traders from the rubble of the covered market, a day "
    "after the blast that brought down its roof."
)
FERRY = (
    "A ferry sank in a storm off the island of Sund, and eleven passengers drowned before fishing "
    "boats reached them, the coastguard said."
)


def incidents_of(documents, claims, **asked):
    return [found.documents for found in incidents(documents, claims, **asked)]


def told(documents, place="Karsa", day=None, claim=None):
    return {d.id: [claim(f"c-{d.id}", 9, where=place, day=day)] for d in documents}


def test_a_report_and_its_follow_up_are_one_incident(document, claim):
    one = document("a", "2031-03-04T09:00", MARKET.format(place="Karsa", day="Tuesday"))
    two = document("b", "2031-03-05T09:00", AGAIN.format(place="Karsa"))
    assert incidents_of([two, one], told([one, two], claim=claim)) == [("a", "b")]


def test_different_events_are_two(document, claim):
    one = document("a", "2031-03-04T09:00", MARKET.format(place="Karsa", day="Tuesday"))
    two = document("b", "2031-03-04T10:00", FERRY)
    claims = {"a": [claim("c1", 9, where="Karsa")], "b": [claim("c2", 11, where="Sund")]}
    assert incidents_of([one, two], claims) == [("a",), ("b",)]


def test_like_events_on_one_day_in_two_cities_stay_two(document, claim):
    one = document("a", "2031-03-04T09:00", MARKET.format(place="Karsa", day="Tuesday"))
    two = document("b", "2031-03-04T10:00", BELOV)
    claims = {"a": [claim("c1", 9, where="Karsa")], "b": [claim("c2", 9, where="Belov")]}
    assert incidents_of([one, two], claims) == [("a",), ("b",)]


def test_a_later_attack_in_the_same_city_is_another(document, claim):
    one = document("a", "2031-03-04T09:00", MARKET.format(place="Karsa", day="Tuesday"))
    raid = (
        "Gunmen stormed a barracks in Karsa on Saturday and killed nine recruits in their beds, "
        "the Health Ministry said. The gunmen fled on motorcycles."
    )
    two = document("b", "2031-03-08T09:00", raid)
    claims = {
        "a": [claim("c1", 9, where="Karsa", day="2031-03-04")],
        "b": [claim("c2", 9, where="Karsa", day="2031-03-08")],
    }
    assert incidents_of([one, two], claims) == [("a",), ("b",)]


def test_a_document_that_tells_of_nothing_makes_no_incident(document):
    page = document("a", "2031-03-04", "The museum opens at ten and closes at six.")
    assert incidents_of([page], {}) == []


def test_background_alone_makes_no_incident(document, claim):
    page = document("a", "2031-03-04", MARKET.format(place="Karsa", day="Tuesday"))
    assert incidents_of([page], {"a": [claim("c1", 43, scope="background")]}) == []


def test_a_plan_alone_makes_no_incident(document, claim):
    page = document("a", "2031-03-04", MARKET.format(place="Karsa", day="Tuesday"))
    assert incidents_of([page], {"a": [claim("c1", 43, modality="planned")]}) == []


def test_a_copy_goes_where_its_text_goes(document, claim):
    text = MARKET.format(place="Karsa", day="Tuesday")
    pages = [document("a", "2031-03-04", text), document("b", "2031-06-04", text)]
    assert incidents_of(pages, told(pages, claim=claim)) == [("a", "b")]


def test_incidents_do_not_depend_on_arrival(document, claim):
    pages = [
        document("a", "2031-03-04T09:00", MARKET.format(place="Karsa", day="Tuesday")),
        document("b", "2031-03-04T10:00", FERRY),
        document("c", "2031-03-05T09:00", AGAIN.format(place="Karsa")),
    ]
    claims = told([pages[0], pages[2]], claim=claim) | told([pages[1]], "Sund", claim=claim)
    assert incidents_of(pages, claims) == incidents_of(pages[::-1], claims) == [("a", "c"), ("b",)]


def at(name, precision="city", **fields):
    """A place that a claim's own sentence names, in a province of Karsia."""
    return Place(
        text=name, name=name, precision=precision, basis="sentence", country="KS", **fields
    )


TOVAR = at("Tovar", admin1_code="KS.1")
MILNA = at("Milna", admin1_code="KS.2")
MARCH = (
    "Police fired on a march against the bread price in Tovar on Tuesday and killed three people, "
    "doctors said. Marches against the bread price were held in other towns.\n\n"
    "In Milna, where another march against the bread price was stopped, two people were killed, "
    "the Tovar doctors said."
)


def test_two_attacks_in_towns_that_no_map_has_are_two(document, claim):
    def harmed(name, many, town, at, episode="p0"):
        place = Place(text=town, chain=(town,), basis="sentence")
        told = claim(name, many, kind="killed", at=at)
        return replace(told, where=place, episode=episode)

    first = document("d0", "2031-03-04T10:00", "A bomb killed 14 people in Tessim on Tuesday.")
    text = "A bomb killed three people in Coldmere.\n\nOn Tuesday one in Tessim killed 14."
    second = document("d1", "2031-03-05T10:00", text)
    told = {
        "d0": [harmed("c0", 14, "Tessim", 0)],
        "d1": [harmed("c1", 3, "Coldmere", 0), harmed("c2", 14, "Tessim", 60, "p1")],
    }
    found = incidents([first, second], told)
    homes = {id: n for n, one in enumerate(found) for id in one.claims}
    assert homes["c1"] != homes["c2"]


def test_of_a_text_without_paragraphs_an_account_has_its_own_sentences(document, claim):
    text = "A bomb killed three people in Coldmere. On Tuesday one in Tessim killed 14. It rained."
    page = document("d0", "2031-03-05T10:00", text)
    here, there = claim("c1", 3, at=0), claim("c2", 14, at=60, episode="p1")
    first, second = accounts(page, [here, there])
    tessim, coldmere, rained = map(number, ("tessim", "coldmere", "rained"))
    assert {tessim, coldmere} & set(report_of(page, second, [first]).counts) == {tessim}
    main = report_of(page, first, [second]).counts
    assert {tessim, coldmere, rained} & set(main) == {coldmere, rained}


def test_a_march_in_another_province_told_in_one_text_is_an_incident_of_its_own(document, claim):
    first = document("a", "2031-03-04T12:00", MARCH[: MARCH.index("\n")])
    both = document("b", "2031-03-04T20:00", MARCH)
    there = claim("c3", 2, at=MARCH.index("two people"), episode="p1")
    claims = {
        "a": [replace(claim("c1", 3), where=TOVAR)],
        "b": [replace(claim("c2", 3), where=TOVAR), replace(there, where=MILNA)],
    }
    found = {i.where.name: i for i in incidents([first, both], claims)}
    assert {name: i.documents for name, i in found.items()} == {
        "Tovar": ("a", "b"),
        "Milna": ("b",),
    }
    assert [(t.low, t.best) for i in found.values() for t in i.tolls] == [(3, 3), (2, 2)]


def test_dead_in_the_province_and_in_its_town_are_of_one_incident(document, claim):
    town = document(
        "a", "2031-03-04", "An earthquake in Tovar brought down the school and killed 12 pupils."
    )
    helm = document(
        "b",
        "2031-03-05",
        "The earthquake in Helm killed 40 people, 12 pupils in a school among them.",
    )
    claims = {
        "a": [replace(claim("c1", 12), where=TOVAR)],
        "b": [replace(claim("c2", 40), where=at("Helm", "region", admin1_code="KS.1"))],
    }
    assert incidents_of([town, helm], claims) == [("a", "b")]
    away = replace(claims["b"][0], where=at("Drava", "region", admin1_code="KS.2"))
    assert incidents_of([town, helm], claims | {"b": [away]}) == [("a",), ("b",)]


SHOTS = (
    "Police fired on a march against the bread price in Osk on Tuesday and killed three people, "
    "doctors said. Shops stayed closed and boats were burning at the jetty."
)
BISHOPS = (
    "Bishops called on Sunday for an inquiry into the shooting on the march against the bread "
    "price in Osk, and asked for the police officers to be named."
)


def test_who_names_the_place_where_it_happened_answers_what_happened_there(document, claim):
    march = document("a", "2031-03-04T20:00", SHOTS)
    answer = document("b", "2031-03-09T10:00", BISHOPS)
    claims = {"a": [replace(claim("c1", 3, day="2031-03-04"), where=at("Osk"))]}
    assert incidents_of([march, answer], claims) == [("a", "b")]
    elsewhere = document("b", "2031-03-09T10:00", BISHOPS.replace("Osk", "Velm"))
    assert incidents_of([march, elsewhere], claims) == [("a",)]
    museum = document("b", "2031-03-09T10:00", "The museum in Osk opens at ten and shows old maps.")
    assert incidents_of([march, museum], claims) == [("a",)]


def test_where_a_report_was_written_does_not_set_it_apart(document, claim):
    lost = (
        "The trawler Sund Star sank in a storm on Tuesday, and six fishermen are missing. A patrol "
        "plane searched the sea for the trawler until dark."
    )
    pages = [
        document("a", "2031-03-04T10:00", "TOVAR - " + lost),
        document("b", "2031-03-04T18:00", "Six fishermen were missing off Milna. " + lost[:90]),
    ]
    written = replace(TOVAR, basis="dateline")
    claims = {
        "a": [replace(claim("c1", 6, kind="missing"), where=written)],
        "b": [replace(claim("c2", 6, kind="missing"), where=MILNA)],
    }
    assert report_of(pages[0], accounts(pages[0], claims["a"])[0]).places == ()
    assert incidents_of(pages, claims) == [("a", "b")]
