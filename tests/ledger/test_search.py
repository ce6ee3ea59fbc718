from __future__ import annotations

from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_document, make_reading
from msgspec.structs import replace

import postgres
from sayso.ledger import search, sqlite
from sayso.ledger.conditions import MARKS, Filters
from sayso.ledger.store import Ledger
from sayso.ledger.terms import Query, Term, passage, query
from sayso.ledger.views import Verdict
from sayso.records import (
    Bounds,
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Gathering,
    Incident,
    Judgement,
    Part,
    Party,
    Place,
    Redaction,
    Source,
    When,
)


def said(document: Document, id: str, words: str, **fields: object) -> Claim:
    start = document.text.index(words)
    evidence = Evidence(start=start, end=start + len(words), text=words)
    return Claim(**({"id": id, "kind": "killed", "evidence": evidence} | fields))


def day(first: str, last: str | None = None) -> When:
    return When(text="then", start=first, end=last or first)


SEAWALL = Document(
    id="seawall",
    title="Seawall gives way",
    outlet="Lantern",
    published="2031-03-04T18:30:00Z",
    text="At least 14 people were killed when a seawall collapsed in Marrow Bay. Nine are missing.",
)
STRIKE = Document(
    id="strike",
    title="Police fire on strikers",
    outlet="Radio Kerim",
    published="2031-03-06",
    text="Two dockers were shot dead in Zürich-am-Karsa. The ministry denied the shooting.",
)
FERRY = Document(
    id="ferry",
    title="Ferry sinks",
    outlet="Tidewatch",
    published="2031-04-01",
    text="A ferry went down off Marrow Bay; 30 people are missing, the coast guard said.",
)


@pytest.fixture
def changing(address):
    """A ledger to be changed."""
    with Ledger.open(address, create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledger(request, tmp_path_factory):
    """The same to look things up in, which is made once."""
    with ExitStack() as held:
        if request.param == "sqlite":
            address = tmp_path_factory.mktemp("searched") / "floods.db"
        else:
            server = request.getfixturevalue("postgresql_server")
            address = held.enter_context(postgres.database(server))
        opened = held.enter_context(Ledger.open(address, create=True))
        fill(opened)
        yield opened


def fill(ledger: Ledger) -> None:
    bay = Place(text="Marrow Bay", name="Marrow Bay", country="KR", lat=1.0, lon=2.0)
    karsa = Place(text="Karsa", country="TR")
    board = Source(text="harbour board", kind="official", role="origin")
    guard = Source(text="coast guard", kind="official", role="origin")
    told = {
        SEAWALL: [
            said(
                SEAWALL,
                "c-dead",
                "At least 14 people were killed",
                event=Event(type="ACCIDENT"),
                where=bay,
                when=day("2031-03-04"),
                sources=(board,),
                count=Count(low=14, high=None, text="At least 14"),
            ),
            said(SEAWALL, "c-missing", "Nine are missing", kind="missing", where=bay),
        ],
        STRIKE: [
            said(
                STRIKE,
                "c-shot",
                "Two dockers were shot dead",
                event=Event(type="ASSAULT"),
                who=Party(text="dockers", category="civilians"),
                where=karsa,
                when=day("2031-03-05", "2031-03-06"),
            ),
        ],
        FERRY: [
            said(FERRY, "c-ferry", "30 people are missing", kind="missing", sources=(guard,)),
        ],
    }
    for document, found in told.items():
        with ledger.transaction() as writer:
            writer.add(document, make_reading(document, *found))
        if document is SEAWALL:
            note = "asked the Harbour Board twice"
            made = Judgement(id="j1", verdict="accept", a="c-dead", by="Aigul", note=note)
            with ledger.transaction() as writer:
                writer.judge(made)
    found = [
        (incident("marrow-bay", SEAWALL, place=bay), gathering(SEAWALL, "c-dead", "c-missing")),
        (incident("karsa", STRIKE, place=karsa, type="ASSAULT"), gathering(STRIKE, "c-shot")),
    ]
    verdicts = {"c-dead": Verdict("accept", False, False), "c-shot": Verdict("reject", False, True)}
    with ledger.transaction() as writer:
        writer.put(ledger.head().seq, found, verdicts, {})


def incident(id: str, document: Document, place: Place, type: str = "ACCIDENT") -> Incident:
    return Incident(
        id=id,
        title=document.title or "",
        type=type,
        where=place,
        when=day(document.published[:10]),
        documents=(document.id,),
        copy_groups=(),
        tolls=(),
        curve=(),
        final={"killed": Bounds(low=14, high=None)} if document is SEAWALL else {},
        claims=(),
    )


def gathering(document: Document, *claims: str) -> Gathering:
    return Gathering(parts=(Part(document=document.id, claims=claims),), families=((document.id,),))


def claims(ledger: Ledger, typed: str = "", **filters: str) -> list[str]:
    page = search.claims(ledger, Filters(**filters), typed)
    assert page.total == len(page.items)
    return sorted(found.claim.id for found in page.items)


def documents(ledger: Ledger, typed: str = "", **filters: str) -> list[str]:
    page = search.documents(ledger, Filters(**filters), typed)
    assert page.total == len(page.items)
    return sorted(found.document.id for found in page.items)


def incidents(ledger: Ledger, **filters: str) -> list[str]:
    return [found.id for found in search.incidents(ledger, Filters(**filters)).items]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("seawall", ["seawall"]),
        ("SEAWALL", ["seawall"]),
        ("collapses", ["seawall"]),
        ("missing marrow", ["ferry", "seawall"]),
        ("marrow ferry", ["ferry"]),
        ("ferry OR strikers", ["ferry", "strike"]),
        ("marrow -ferry", ["seawall"]),
        ('marrow -"coast guard"', ["seawall"]),
        ('"coast guard"', ["ferry"]),
        ('"guard coast"', []),
        ("zurich", ["strike"]),
        ("Zürich", ["strike"]),
        ("dock*", ["strike"]),
        ("zurich-am-karsa", ["strike"]),
        ('"unbalanced marrow', []),
        ('"marrow bay', ["ferry", "seawall"]),
        ("a missing", ["ferry", "seawall"]),
        ("nowhere", []),
    ],
)
def test_documents_are_found_by_their_words(ledger, typed, found):
    assert documents(ledger, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("missing", ["c-ferry", "c-missing"]),
        ("missing nine", ["c-missing"]),
        ('"people were killed"', ["c-dead"]),
        ("seawall", []),
    ],
)
def test_claims_are_found_by_the_words_of_their_evidence(ledger, typed, found):
    assert claims(ledger, typed) == found


@pytest.mark.parametrize("typed", ["İzmir", "izmir", "IZMIR", "İZMİR", "zmi"])
def test_a_place_is_found_by_any_way_of_writing_it(changing, typed):
    place = Place(text="İzmir", name="İzmir", country="TR")
    port = make_document("port", "Nine people were killed at the port of İzmir.")
    dead = said(port, "c-port", "Nine people were killed", where=place)
    with changing.transaction() as writer:
        writer.add(port, make_reading(port, dead))
    with changing.transaction() as writer:
        found = [(incident("izmir", SEAWALL, place=place), gathering(port, "c-port"))]
        writer.put(changing.head().seq, found, {}, {})
    assert incidents(changing, place=typed) == ["izmir"]
    assert claims(changing, place=typed) == ["c-port"]


def test_a_note_is_found_by_its_words_and_by_no_others(ledger):
    def noting(typed: str, *unseen: str) -> list[str]:
        found = search.incidents(ledger, typed=typed, unseen=unseen)
        return [one.id for one in found.items]

    assert noting("asked the harbour board TWICE") == ["marrow-bay"]
    for typed in ("accept", '"verdict":"accept"', "Aigul", "asked%twice"):
        assert noting(typed) == []
    (made,) = ledger.judgements()
    assert noting("harbour board twice", made.id) == []


HOSTILE = [
    '"',
    "*",
    "-",
    "AND",
    "OR",
    "OR OR",
    "NOT x",
    "NEAR(a b)",
    "a:b",
    "words:marrow",
    "'; DROP TABLE log; --",
    "\U0001f30a",
    "\x00",
    "-marrow",
    '""',
    "(((",
    "^marrow",
    "{a}",
    "a" * 10_000,
    "word " * 10_000,
    "&|!<->:*",
    "\\",
    "%_",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: repr(typed[:20]))
def test_nothing_that_is_typed_is_an_error(ledger, typed):
    documents(ledger, typed)
    claims(ledger, typed, place=typed, source=typed, outlet=typed, who=typed)


@settings(max_examples=150)
@given(st.text())
def test_no_query_at_all_is_an_error(tmp_path_factory, typed):
    path = tmp_path_factory.getbasetemp() / "searched.db"
    made = path.exists()
    with Ledger.open(path, create=True) as ledger:
        if not made:
            fill(ledger)
        documents(ledger, typed)
        claims(ledger, typed)


def test_a_query_is_taken_apart():
    assert query('fire OR flood -drill "city hall" storm*') == Query(
        wanted=(
            (Term(("fire",)), Term(("flood",))),
            (Term(("city", "hall")),),
            (Term(("storm",), True),),
        ),
        unwanted=(Term(("drill",)),),
    )
    assert query("anti-war") == Query(((Term(("anti", "war")),),), ())
    assert query("OR fire OR") == Query(((Term(("fire",)),),), ())


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "killed"}, ["c-dead", "c-shot"]),
        ({"type": "ASSAULT"}, ["c-shot"]),
        ({"place": "marrow"}, ["c-dead", "c-missing"]),
        ({"place": "%"}, []),
        ({"country": "TR"}, ["c-shot"]),
        ({"who": "DOCK"}, ["c-shot"]),
        ({"who": "civilians"}, ["c-shot"]),
        ({"source": "Guard"}, ["c-ferry"]),
        ({"outlet": "lantern"}, ["c-dead", "c-missing"]),
        ({"verdict": "accept"}, ["c-dead"]),
        ({"verdict": "none"}, ["c-ferry", "c-missing"]),
        ({"incident": "marrow-bay"}, ["c-dead", "c-missing"]),
        # What has no time of its own has the day of its printing.
        ({"first": "2031-03-06"}, ["c-ferry", "c-shot"]),
        ({"last": "2031-03-04"}, ["c-dead"]),
        ({"first": "2031-03-06", "last": "2031-03-31"}, ["c-shot"]),
        ({"kind": "missing", "outlet": "Tidewatch"}, ["c-ferry"]),
        ({}, ["c-dead", "c-ferry", "c-missing", "c-shot"]),
    ],
    ids=str,
)
def test_claims_are_found_by_what_is_on_record_of_them(ledger, filters, found):
    if filters == {"last": "2031-03-04"}:
        found = ["c-dead", "c-missing"]
    assert claims(ledger, **filters) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"outlet": "radio"}, ["strike"]),
        ({"first": "2031-03-05", "last": "2031-03-31"}, ["strike"]),
        ({"kind": "missing"}, ["ferry", "seawall"]),
        ({"source": "harbour"}, ["seawall"]),
        ({"verdict": "reject"}, ["strike"]),
    ],
    ids=str,
)
def test_documents_are_found_by_their_claims(ledger, filters, found):
    assert documents(ledger, **filters) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["marrow-bay", "karsa"]),
        ({"type": "ASSAULT"}, ["karsa"]),
        ({"country": "KR"}, ["marrow-bay"]),
        ({"place": "kars"}, ["karsa"]),
        ({"first": "2031-03-05"}, ["karsa"]),
        ({"last": "2031-03-05"}, ["marrow-bay"]),
        ({"kind": "missing"}, ["marrow-bay"]),
        ({"who": "dockers"}, ["karsa"]),
        ({"source": "harbour board"}, ["marrow-bay"]),
        ({"outlet": "Kerim"}, ["karsa"]),
        ({"outlet": "Tidewatch"}, []),
        ({"incident": "karsa"}, ["karsa"]),
        ({"verdict": "none"}, ["marrow-bay"]),
        ({"verdict": "reject"}, ["karsa"]),
        ({"verdict": "none", "kind": "killed"}, []),
        ({"verdict": "accept", "kind": "killed"}, ["marrow-bay"]),
        ({"kind": "killed", "type": "ACCIDENT"}, ["marrow-bay"]),
    ],
    ids=str,
)
def test_incidents_are_found_by_what_is_on_record_of_them(ledger, filters, found):
    assert incidents(ledger, **filters) == found


def test_the_last_to_be_stirred_are_found_by_the_last_lines_about_them(ledger, monkeypatch):
    def last(lines: int, **filters: str) -> list[tuple[str, int]]:
        found = search.latest(ledger, Filters(**filters), lines)
        return [(one.incident.id, one.lines) for one in found]

    assert last(60) == [("karsa", 1), ("marrow-bay", 2)]
    assert last(1) == [("karsa", 1)]
    assert last(60, country="KR") == [("marrow-bay", 2)]
    assert last(60, country="XX") == []
    monkeypatch.setattr(search, "_LINES", 2)
    assert last(60) == [("karsa", 1), ("marrow-bay", 2)]


def test_a_judgement_stirs_an_incident(changing):
    with changing.transaction() as writer:
        writer.judge(Judgement(id="", verdict="accept", a="c-missing"))
    found = [(one.incident.id, one.lines) for one in search.latest(changing)]
    assert found == [("marrow-bay", 3), ("karsa", 1)]


def test_incidents_are_counted_by_type_and_country_whatever_is_asked_of_that(ledger):
    everything = {"type": [("ACCIDENT", 1), ("ASSAULT", 1)], "country": [("KR", 1), ("TR", 1)]}
    unmarked = {name: [] for name in MARKS}
    everything |= unmarked
    assert search.incidents(ledger).facets == everything
    found = search.incidents(ledger, Filters(type="ASSAULT"))
    assert (found.total, [one.id for one in found.items]) == (1, ["karsa"])
    assert found.facets == everything | {"country": [("TR", 1)]}
    found = search.incidents(ledger, Filters(type="ASSAULT", country="KR"))
    assert (found.total, found.items) == (0, ())
    assert found.facets == {"type": [("ACCIDENT", 1)], "country": [("TR", 1)]} | unmarked
    found = search.incidents(ledger, Filters(kind="missing"))
    assert found.facets == {"type": [("ACCIDENT", 1)], "country": [("KR", 1)]} | unmarked
    found = search.incidents(ledger, limit=1, offset=1)
    assert (found.total, [one.id for one in found.items]) == (2, ["karsa"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("seawall", ["marrow-bay"]),  # in its text
        ("gives way", ["marrow-bay"]),  # in its title
        ("karsa", ["karsa"]),  # in its id
        ("Kerim", ["karsa"]),  # who printed it
        ("asked the harbour board twice", ["marrow-bay"]),  # in a note on a claim of it
        ("100%", []),
        ("ferry", []),  # told of by no incident
    ],
)
def test_incidents_are_found_by_words(ledger, typed, found):
    assert [one.id for one in search.incidents(ledger, typed=typed).items] == found


def test_incidents_stand_in_the_order_asked_for_and_what_has_none_last(ledger):
    def order(sort):
        return [one.id for one in search.incidents(ledger, sort=sort).items]

    assert order("day") == ["karsa", "marrow-bay"]
    assert order("-day") == ["marrow-bay", "karsa"]
    assert order("title") == ["karsa", "marrow-bay"]  # Police before Seawall
    assert order("-title") == ["marrow-bay", "karsa"]
    assert order("dead") == order("-dead") == ["marrow-bay", "karsa"]  # of one only it is known
    assert search.incidents(ledger, sort="dead", limit=1, offset=1).items[0].id == "karsa"


def test_incidents_are_counted_by_week_type_place_and_source(ledger):
    found = search.counts(ledger)
    assert found["week"] == [("2031-03-03", 2, 14)]
    assert found["type"] == [("ACCIDENT", 1, 14), ("ASSAULT", 1, 0)]
    assert found["place"] == [("Karsa", 1, 0), ("Marrow Bay", 1, 14)]
    assert found["source"] == [("harbour board", 1, 14)]
    assert search.counts(ledger, Filters(country="TR"))["place"] == [("Karsa", 1, 0)]
    assert search.counts(ledger, typed="seawall")["type"] == [("ACCIDENT", 1, 14)]


EVERY_FILTER = {
    "first": "2031-03-10",
    "last": "2031-03-20",
    "kind": "killed",
    "type": "ASSAULT",
    "place": "bay",
    "country": "KR",
    "who": "dockers",
    "source": "board",
    "outlet": "lantern",
    "verdict": "none",
    "incident": "i3",
}


def test_what_a_filter_costs_grows_with_the_ledger_and_not_with_its_square(tmp_path, monkeypatch):
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return False

    monkeypatch.setattr(sqlite, "STEPS", 50)
    monkeypatch.setattr(sqlite, "_after", lambda seconds: count)
    asked = [Filters(), *(Filters(**{name: value}) for name, value in EVERY_FILTER.items())]
    asked += [Filters(verdict="accept"), Filters(kind="killed", source="board", verdict="none")]
    costs = []
    for size in (100, 400):
        with Ledger.open(tmp_path / f"{size}.db", create=True) as ledger:
            fill_with(ledger, size)
            hurried, cost = ledger.hurried(60), {}
            for filters in asked:
                for find in (search.claims, search.documents, search.incidents, search.sources):
                    steps = 0
                    find(hurried, filters)
                    cost[find.__name__, *filters] = steps
        costs.append(cost)
    small, large = costs
    assert max(small.values()) > 100, "nothing was counted"
    assert {
        what: (small[what], large[what]) for what in small if large[what] > 7 * small[what] + 50
    } == {}


def fill_with(ledger: Ledger, size: int) -> None:
    """So many documents of two claims each, five of them on each incident."""
    bay = Place(text="Marrow Bay", country="KR")
    board = Source(text="harbour board", kind="official", role="origin")
    found, verdicts = [], {}
    with ledger.transaction() as writer:
        for number in range(size):
            document = replace(STRIKE, id=f"d{number}", outlet=f"Lantern {number}")
            fields = {"where": bay, "sources": (board,), "event": Event(type="ASSAULT")}
            fields |= {"when": day(f"2031-03-{number % 28 + 1:02}")}
            fields |= {"who": Party(text="dockers", category="civilians")}
            told = [
                said(document, f"{number}-{kind}", "Two dockers", kind=kind, **fields)
                for kind in ("killed", "injured")
            ]
            writer.add(document, make_reading(document, *told))
            part = Part(document=document.id, claims=tuple(claim.id for claim in told))
            if number % 5 == 0:
                found.append((incident(f"i{number // 5}", document, bay), []))
            found[-1][1].append(part)
            if number % 2:
                verdicts[told[0].id] = Verdict("accept", False, False)
    gathered = [(one, Gathering(parts=tuple(parts), families=())) for one, parts in found]
    with ledger.transaction() as writer:
        writer.put(ledger.head().seq, gathered, verdicts, {})


def test_sources_are_told_by_how_much_rests_on_their_word(ledger):
    page = search.sources(ledger)
    assert page.total == 2
    assert page.items == (
        ("coast guard", "official", 1, 1, 1, "2031-04-01", "2031-04-01"),
        ("harbour board", "official", 1, 1, 1, "2031-03-04", "2031-03-04"),
    )
    assert [s.name for s in search.sources(ledger, Filters(kind="missing")).items] == [
        "coast guard"
    ]


def test_what_is_found_says_where_it_belongs(ledger):
    (found,) = search.claims(ledger, Filters(), "killed").items
    assert (found.claim.id, found.document.outlet, found.incident) == (
        "c-dead",
        "Lantern",
        "marrow-bay",
    )
    (found,) = search.documents(ledger, Filters(), "seawall").items
    assert found.incidents == ("marrow-bay",)
    (found,) = search.claims(ledger, Filters(outlet="Tidewatch")).items
    assert found.incident is None


def test_a_passage_shows_the_words_found_where_they_stand(ledger):
    (found,) = search.documents(ledger, Filters(), "collapse bay").items
    assert [found.passage[a:b] for a, b in found.marks] == ["collapsed", "Bay"]
    at, end = found.marks[0]
    assert SEAWALL.text[found.start + at : found.start + end] == "collapsed"


def test_a_passage_of_a_long_text_is_around_the_first_word(ledger):
    text = "storm " * 500 + "the lighthouse fell " + "storm " * 500
    document = make_document("long", text=text)
    shown, start, cut, marks = passage(document, query("lighthouse"))
    assert len(shown) < 400 and cut
    assert shown[slice(*marks[0])] == "lighthouse"
    assert text[start:].startswith(shown)


def test_page_by_page_everything_comes_once(address):
    with Ledger.open(address, create=True) as ledger:
        with ledger.transaction() as writer:
            for number in range(25):
                document = make_document(f"d{number:02}", text="Fourteen died in a storm.")
                claim = said(document, f"c{number:02}", "Fourteen died")
                writer.add(document, make_reading(document, claim))
        for find in (search.claims, search.documents):
            for typed in ("", "died"):
                pages = [find(ledger, Filters(), typed, limit=10, offset=at) for at in (0, 10, 20)]
                assert [len(page.items) for page in pages] == [10, 10, 5]
                assert {page.total for page in pages} == {25}
                items = [str(item) for page in pages for item in page.items]
                assert len(set(items)) == 25
                assert find(ledger, Filters(), typed, limit=10, offset=30) == (25, ())


def test_what_was_redacted_is_not_found(changing):
    ledger = changing
    with ledger.transaction() as writer:
        writer.redact(Redaction(document="ferry"))
    assert documents(ledger, "ferry") == []
    assert claims(ledger, "30") == []


def test_what_was_read_otherwise_is_found_by_its_new_words_only(changing):
    ledger = changing
    claim = said(FERRY, "c-new", "A ferry went down")
    with ledger.transaction() as writer:
        writer.read(replace(make_reading(FERRY), claims=(claim,)))
    assert claims(ledger, "missing") == ["c-missing"]
    assert claims(ledger, "ferry") == ["c-new"]
    with ledger.transaction() as writer:
        writer.rebuild()
    assert claims(ledger, "missing") == ["c-missing"]
    assert claims(ledger, "ferry") == ["c-new"]
