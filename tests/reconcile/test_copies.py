"""One text counts once."""

from __future__ import annotations

import pytest

from sayso.reconcile import copies, wires
from sayso.reconcile.coverage import Coverage

LEAD = (
    "KARSA (Vestnik News Agency) — A blast tore through the covered market in Karsa on Tuesday "
    "morning, killing at least nine people and burying stalls under the fallen roof, the Health "
    "Ministry said."
)
BODY = (
    "Rescuers with dogs were still searching under the beams at noon. The market had opened "
    "only an hour before, and most of those inside were traders laying out fish and vegetables. "
    "Windows broke as far away as the river quay, and the tram line was closed."
)
MORE = (
    "The mayor, Tomas Rill, said that a gas main had been repaired beside the hall last week. He "
    "declined to say whether the work had been inspected. Schools in the quarter sent children "
    "home."
)
WIRE = f"{LEAD}\n\n{BODY}\n\n{MORE}"
LOCAL = (
    "In Belov, two hours down the line, the council opened a gymnasium for relatives who could not "
    "travel further, and drivers offered seats in their cars on the station square until late."
)
OTHER = (
    "Nine people died when the roof of Karsa's old market hall came down on Tuesday. Traders "
    "told the Courier of a smell of gas since Sunday that nobody had cared to trace. The hall, "
    "built in 1911, was to be closed next year. Firemen carried out the last of the injured "
    "shortly before one."
)
STATEMENT = (
    "“We grieve with every family that lost somebody in this terrible hour, and we promise that "
    "the cause will be found, that it will be published in full, and that whoever neglected a "
    "duty which the law laid upon him will answer for it before a court of this republic "
    "without any delay,”"
)


def families(documents):
    coverage = Coverage()
    coverage.add(documents, {})
    return coverage.families()


def groups(documents):
    return list(filter(None, map(copies.copy_group, families(documents))))


def family(*documents):
    return [group.documents for group in groups(documents)]


def test_an_exact_copy_is_one_text(document):
    assert family(
        document("a", "2031-03-04T09:00", WIRE), document("b", "2031-03-04T10:00", WIRE)
    ) == [("a", "b")]


def test_a_trimmed_copy_is_one_text(document):
    trimmed = document("b", "2031-03-04T10:00", LEAD)
    assert family(document("a", "2031-03-04T09:00", WIRE), trimmed) == [("a", "b")]


def test_a_headline_of_its_own_makes_no_other_text(document):
    first = document("a", "2031-03-04T09:00", WIRE, title="Nine dead in Karsa")
    second = document("b", "2031-03-04T10:00", WIRE, title="Market roof falls")
    assert family(first, second) == [("a", "b")]


def test_a_local_paragraph_makes_no_other_text(document):
    local = document("b", "2031-03-04T10:00", f"{WIRE}\n\n{LOCAL}")
    assert family(document("a", "2031-03-04T09:00", WIRE), local) == [("a", "b")]


def test_a_light_rewrite_is_one_text(document):
    light = WIRE.replace("on Tuesday morning", "early on Tuesday").replace("noon", "midday")
    assert family(document("a", None, WIRE), document("b", None, light)) == [("a", "b")]


def test_upper_case_is_the_same_text(document):
    assert family(document("a", None, WIRE), document("b", None, WIRE.upper())) == [("a", "b")]


def test_another_report_of_the_event_is_another_text(document):
    assert family(document("a", None, WIRE), document("b", None, OTHER)) == []


def test_one_statement_in_two_reports_makes_them_no_copies(document):
    one = document("a", None, f"{STATEMENT} the mayor said in Karsa after the market roof fell in.")
    two = document(
        "b", None, f"Flags were lowered in the port. {STATEMENT} read the note on the gate."
    )
    assert family(one, two) == []


def test_a_round_up_does_not_join_what_it_holds(document):
    round_up = document("a", "2031-03-04T09:00", f"{WIRE}\n\n{OTHER}")
    one = document("b", "2031-03-04T10:00", WIRE)
    two = document("c", "2031-03-04T11:00", OTHER)
    (found,) = family(round_up, one, two)
    assert not {"b", "c"} <= set(found)


def test_pages_of_one_outlet_are_versions_and_no_copies(document):
    first = document("a", "2031-03-04T09:00", LEAD + BODY, outlet="Karsa Courier")
    second = document("b", "2031-03-04T10:00", WIRE, outlet="Karsa Courier")
    assert groups([second, first]) == []
    assert copies.versions(families([second, first])[0]) == [("a", "b")]


def test_what_an_outlet_prints_under_everything_is_no_common_text(document):
    below = (
        "Sign up for our newsletter and get the stories that matter in your inbox every morning. "
        "Follow us wherever you read, share what you know with our reporters in confidence, and "
        "support independent journalism in Karsia from as little as two crowns a month today."
    )
    stories = ["A ferry ran late.", "Bread is dearer.", "A lynx was seen.", "The dam holds."]
    pages = [
        document(f"p{i}", "2031-03-04", f"{story} {below}", outlet="Karsa Courier")
        for i, story in enumerate(stories)
    ]
    assert families(pages) == []


def test_groups_do_not_depend_on_arrival(document):
    pages = [document(n, f"2031-03-04T0{i}:00", WIRE) for i, n in enumerate("abcd")]
    assert groups(pages) == groups(pages[::-1])


@pytest.mark.parametrize(
    ("text", "fields", "name"),
    [
        (LEAD, {}, "Vestnik News Agency"),
        ("KARSA, March 4 (AP) — A roof fell in.", {}, "AP"),
        ("KARSA (AP) - A roof fell in.", {}, "AP"),
        ("By The Associated Press\nA roof fell in.", {}, "AP"),
        ("A roof fell in.\n(Reporting by Mira Sol; Editing by Ode Var; Reuters)", {}, "Reuters"),
        ("A roof fell in.\nReporting by Mira Sol in Karsa; Reuters", {}, "Reuters"),
        ("A roof fell in.", {"url": "https://courier.example/wires/ap/roof.html"}, "AP"),
        ("A roof fell in.", {"outlet": "Orrin News Agency"}, "Orrin News Agency"),
        ("A roof fell in, the mayor told Reuters.", {}, None),
        ("The market (built in 1911) fell in.", {}, None),
        ("KARSA — A roof fell in.", {}, None),
    ],
)
def test_the_wire_is_read_from_its_marks(document, text, fields, name):
    assert wires.wire(document("a", None, text, **fields)) == name


def test_a_group_carries_the_wire_that_its_members_name(document):
    (group,) = groups([document("a", None, WIRE), document("b", None, WIRE)])
    assert group.wire == "Vestnik News Agency"
