"""The four jobs that people have, each from its first page to what it hands on: a coder, a recorder of
casualties, a crisis desk, a researcher. At a real desk, in a real browser, on a ledger that begins
empty; by command what people do by command.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import feedparser
import pytest
from looking import SELECT
from playwright.sync_api import Browser, Page, expect
from test_desk_in_chromium import MAIN, waiting

from sayso.ledger.store import Ledger

PASSWORD = "a lamp for nine miners"

LANTERN = {
    "id": "lantern-0304", "outlet": "Lantern", "published": "2031-03-04T08:00:00Z",
    "title": "Nine villagers killed in Orlen",
    "text": "KARSA — Gunmen killed nine villagers in Orlen on Monday, the governor of Karsa district "
    "said. Four others were wounded when the attackers set fire to the market.\n\nA midwife who had "
    "hidden in the mill said that her brother had been taken to the hills.",
}  # fmt: skip
SPORT = {
    "id": "lantern-sport", "outlet": "Lantern", "published": "2031-03-04T18:00:00Z",
    "title": "Stand collapses at Tarn Park",
    "text": "TARN — Six fans were injured on Tuesday when a stand collapsed during a football match "
    "at Tarn Park, the club said.",
}  # fmt: skip
COURIER = (
    "ORLEN — Eleven people died in the attack on Orlen on Monday, a farmers' union said on Tuesday, "
    "two more than the governor of Karsa district had announced. The union said that the gunmen "
    "belonged to the Red Sash militia."
)
MERIDIAN = {
    "id": "meridian-0512", "outlet": "Meridian", "published": "2031-05-12T09:00:00Z",
    "title": "Fire in a workshop kills six",
    "text": "HALVEC — Six seamstresses were killed on Sunday night when a fire swept through a "
    "workshop in Halvec, the fire service said. Nine others were injured. The dead include Mila "
    "Dorn, 34, and Tove Dorn, 19, her sister.",
}  # fmt: skip
UNION = {
    "id": "tribune-0514", "outlet": "Tribune", "published": "2031-05-14T09:00:00Z",
    "title": "Union counts eight dead of the garment fire",
    "text": "OSTREL — Eight workers died in the fire at a garment factory on Saturday, the textile "
    "union said. The union named Anya Roke, 41, and Mila Dorn, 34, among the dead.",
}  # fmt: skip
BUS = {
    "id": "tribune-0515", "outlet": "Tribune", "published": "2031-05-15T09:00:00Z",
    "title": "Bus plunges into the Varn",
    "text": "HALVEC — Four people were killed on Wednesday when a bus plunged into the river Varn "
    "near Halvec, police said. Police said that the fire in a workshop on Sunday had killed seven "
    "people.",
}  # fmt: skip
LATER = (
    "HALVEC — The number of people killed in the fire at a workshop in Halvec on Sunday has risen to "
    "nine, the fire service said on Friday."
)
RISEN = (
    "The number of people killed when security forces fired on striking dockers in Selmarra on "
    "4 March has risen to 31, the health ministry said on Saturday."
)
RULES = """
[alerts]
private = true

[[alerts.rule]]
name = "above twenty in Selmarra"
place = "Selmarra"
kind = "killed"
above = 20

[alerts.webhook]
url = "{hook}"
"""
RESEARCH = """
import json
import sys

import sayso

with sayso.Ledger.open(sys.argv[1]) as ledger:
    known = sayso.known(ledger, sys.argv[2], as_of=sys.argv[3])
    (incident,) = known.incidents
    toll = next(t for t in incident.tolls if (t.kind, t.who) == ("killed", "unspecified"))
    told = sayso.table(known).filter(f"kind = 'killed' AND incident = '{incident.id}'").fetchall()
    print(json.dumps({
        "toll": [toll.low, toll.best, toll.high],
        "curve": [[point.at, point.low, point.high, point.claim] for point in incident.curve],
        "id": incident.id,
        "killed": len(told),
    }))
"""


@pytest.fixture
def site() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Somebody's website on this machine, and what was posted to it: it shows in a frame what stands
    behind its address."""
    taken: list[dict[str, Any]] = []

    class Site(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self._answer(b"")

        def do_GET(self) -> None:
            self._answer(unquote(self.path.partition("?")[2]).encode())

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", taken
    server.shutdown()
    server.server_close()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with nothing in it yet."""
    with Ledger.open(tmp_path / "sayso.db", create=True):
        return tmp_path / "sayso.db"


def lines(path: Path, *documents: dict[str, str]) -> Path:
    path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    return path


def run(ledger: Path, *typed: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """A command as it is typed, on the ledger and in its folder; it must end well."""
    done = subprocess.run(
        [sys.executable, *typed], input=told, capture_output=True, text=True, check=False,
        cwd=ledger.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


def command(ledger: Path, *arguments: str, told: str = "") -> str:
    """What a command of Sayso's writes."""
    return run(ledger, "-m", "sayso", *arguments, "--ledger", str(ledger), told=told).stdout


def proved(ledger: Path, *arguments: str) -> str:
    """The hash with which a whole log, or a bundle of one, ends."""
    said = run(ledger, "-m", "sayso", "verify", *arguments, "--ledger", str(ledger)).stderr
    assert "all of it is whole" in said
    return re.findall("[0-9a-f]{64}", said)[0]


def log_in(page: Page, name: str) -> Page:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=name).wait_for()
    return page


def read(page: Page) -> None:
    """Have what stands in the form of the page to add read, and wait until it is."""
    page.get_by_role("button", name="Read and keep").click()
    page.get_by_role("link", name="Incidents").nth(1).wait_for()


def rows(page: Page, label: str) -> list[dict[str, str]]:
    """The rows of the file that the menu of exports gives under this name."""
    page.locator("#export summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_coder_reads_judges_mends_and_hands_in_rows(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened("/")
    # An empty desk opens where one begins: two files, then one article out of a mail.
    page.get_by_label("Saved pages").set_input_files(
        str(lines(tmp_path / "monday.jsonl", LANTERN, SPORT))
    )
    read(page)
    page.get_by_label("Text", exact=True).fill(COURIER)
    page.get_by_label("Headline").fill("Orlen buries its dead")
    page.get_by_label("Outlet").fill("Hill Courier")
    page.get_by_label("Published").fill("5 March 2031")
    read(page)
    page.get_by_role("link", name="Incidents").first.click()
    expect(page.locator("table.incidents tbody tr")).to_have_count(2)
    # One is not for this project.
    page.get_by_role("link", name="Stand collapses").click()
    page.get_by_text("Mend its title").click()
    page.get_by_role("button", name="Not ours").click()
    page.goto("/incidents")
    expect(page.locator("table.incidents tbody tr")).to_have_count(1)
    # The queue: the governor's nine are accepted, and the union's eleven get their group.
    page.get_by_role("link", name="Review", exact=True).click()
    mended = 0
    for left in range(waiting(page), 0, -1):
        expect(page.locator("h1 .soft")).to_have_text(f"{left} left")
        if "killed 11" in page.locator(".facts dd").first.inner_text():
            page.get_by_text("Correct").first.click()
            page.get_by_role("textbox", name="who").fill("villagers (civilians)")
            page.get_by_label("doer").fill("Red Sash Front (attackers)")
            page.get_by_role("button", name="Correct", exact=True).click()
            expect(page.locator("article.claim")).to_contain_text("Red Sash Front")
            mended += 1
        page.keyboard.press("a")
    expect(page.get_by_text("Nothing waits to be judged")).to_be_visible()
    assert mended == 1
    # One more is abducted, which no rule has read.
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    page.locator("a[data-row]").first.click()
    page.get_by_text("Sources and documents").click()
    page.get_by_role("link", name=LANTERN["title"]).click()
    form = page.locator("#by-hand form")
    expect(form).to_be_attached()
    page.wait_for_load_state()  # what listens to the selection comes with it
    page.evaluate(SELECT, "her brother had been taken to the hills")
    form.get_by_label("kind").select_option("abducted")
    form.get_by_label("count").fill("1")
    form.get_by_role("textbox", name="who").fill("a midwife's brother (civilians)")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("abducted 1")
    # The incident gets its place, its day and a title.
    page.locator(".links a[href^='/incidents/']").click()
    page.get_by_text("Mend its title").click()
    form = page.locator("details.mend form").first
    form.get_by_label("title").fill("Attack on Orlen")
    form.get_by_label("place").fill("Orlen @ 41.2,29.1")
    form.get_by_label("day: pick a day").fill("2031-03-03")
    form.get_by_label("why").fill("by the parish's register")
    form.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Attack on Orlen")
    # What is handed in.
    page.goto("/incidents")
    (row,) = rows(page, "ACLED’s columns")
    assert (row["event_date"], row["location"]) == ("2031-03-03", "Orlen")
    assert (row["latitude"], row["longitude"]) == ("41.2", "29.1")
    assert row["fatalities"] == "11" and row["actor1"] == "Red Sash Front"
    assert "Title and place by a person" in row["notes"]
    assert "1 civilian was abducted" in row["notes"]
    claims = {claim["kind"]: claim for claim in rows(page, "CSV")}
    by_hand = claims["abducted"]
    assert by_hand["evidence"] == "her brother had been taken to the hills"
    assert by_hand["corrected"].split() == ["count", "evidence", "kind", "who"]
    assert (claims["killed"]["corrected"], claims["killed"]["judged"]) == ("by who", "accept")
    assert claims["killed"]["judged_by"] == "Aigul"
    assert claims["killed"]["mended"] == "incident.title incident.where"


def test_a_recorder_merges_splits_names_the_dead_and_signs_off_after_a_second_reader(
    opened: Callable[..., Page], ledger: Path, tmp_path: Path
) -> None:
    command(ledger, "user", "add", "Aigul", "--role", "editor", told=PASSWORD)
    command(ledger, "user", "add", "Cem", "--role", "coder", told=PASSWORD)
    page = log_in(opened("/add"), "Aigul")
    file = lines(tmp_path / "fire.jsonl", MERIDIAN, UNION, BUS)
    page.get_by_label("Saved pages").set_input_files(str(file))
    read(page)
    page.get_by_role("link", name="Incidents").first.click()
    expect(page.locator("table.incidents tbody tr")).to_have_count(3)
    # What the police said of the fire stands alone: found among all incidents, and merged.
    page.get_by_role("link", name="Fire in a workshop").click()
    fire = page.url
    page.get_by_text("What belongs together").click()
    page.get_by_label("Find among all incidents").fill("varn")
    page.locator("#near").get_by_role("checkbox", name="Killed in Varn").check()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(MERIDIAN["title"])
    expect(page.locator("#killed-unspecified")).to_contain_text("7 Police")
    # The union's fire was another day, in another town: split off, and after a look put back.
    page.get_by_text("What belongs together").click()
    page.get_by_label("Tribune: Union counts").check()
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UNION["title"])
    page.locator("#board .voice a").first.click()
    page.get_by_text("It is of another incident").click()
    page.get_by_label("Find among all incidents").fill("workshop")
    page.locator("#near li", has_text=MERIDIAN["title"]).get_by_role("button").click()
    page.goto(fire)
    expect(page.locator("#board")).to_contain_text("textile union")
    # Whom no rule found is named by a person.
    page.locator("#killed-unspecified .voice a").last.click()
    expect(page.locator(".chain")).to_contain_text("textile union")
    claim = page.url.rpartition("/")[2].partition("#")[0]
    page.get_by_role("link", name="edit").click()
    page.get_by_text("Correct").first.click()
    page.get_by_label("people").fill("Anya Roke (41); Mila Dorn (34)")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("button", name="accept").click()
    page.goto(fire)
    page.locator("#people summary").click()
    named = page.locator("#people")
    for name in ("Anya Roke", "Mila Dorn", "Tove Dorn"):
        expect(named).to_contain_text(name)
    # A second reader holds otherwise; who decides between two says so on the page that tells of it.
    other = log_in(opened("/review"), "Cem")
    other.goto(f"/review?claim={claim}")
    other.get_by_label("Note", exact=True).fill("of another fire")
    other.get_by_role("button", name="reject").click()
    page.goto("/agreement")
    expect(page.locator("tbody tr").first).to_contain_text("Aigul and Cem")
    differ = page.locator(".found > li").filter(has_text="of another fire")
    differ.get_by_label("Why").fill("the union says the same fire")
    differ.get_by_role("button", name="accept").click()
    expect(page.locator(".found")).to_contain_text("settled")
    # Signed off, it stands; what comes later proposes.
    page.goto(fire)
    page.get_by_role("button", name="Sign off").click()
    expect(page.locator(".dossier")).to_contain_text("signed off by Aigul")
    best = page.locator("#killed-unspecified .best")
    signed = best.inner_text()
    other.goto("/add")
    other.get_by_label("Text", exact=True).fill(LATER)
    other.get_by_label("Outlet").fill("Meridian")
    other.get_by_label("Published").fill("2031-05-16")
    read(other)
    page.reload()
    expect(page.locator(".dossier .after")).to_contain_text("1 figure came after sign-off")
    expect(page.locator(".dossier .after tbody tr").first).to_contain_text("9")
    expect(best).to_have_text(signed)
    # The list of the dead, for those who may have it, and for all.
    victims = rows(page, "People named, by name")
    assert {row["name"] for row in victims} == {"Anya Roke", "Mila Dorn", "Tove Dorn"}
    told = command(ledger, "export", "victims", "-")
    assert told.count("killed") == 3 and "Dorn" not in told
    assert "Anya" not in command(ledger, "export", "jsonl", "-").replace(UNION["text"], "")


def test_a_crisis_desk_publishes_and_is_alerted(
    opened: Callable[..., Page],
    browser: Browser,
    ledger: Path,
    site: tuple[str, list[dict[str, Any]]],
    tmp_path: Path,
) -> None:
    hook, taken = site
    (tmp_path / "sayso.toml").write_text(RULES.format(hook=hook), encoding="utf-8")
    page = opened("/")
    page.get_by_role("button", name="Read the demo").click()
    page.get_by_role("link", name="Incidents").nth(1).click()
    page.get_by_role("link", name="At least seven dead").click()
    page.get_by_text("Mend its title").click()
    page.locator("details.mend").get_by_label("place").fill("Selmarra @ 41.2,29.1")
    page.get_by_role("button", name="Mend").click()
    # A report to print leads with the figure, and a card stands in a frame of another site.
    incident = page.url
    page.get_by_role("link", name="Report to print").click()
    expect(page.locator("main, body").first).to_contain_text(
        "people killed is 18, between 18 and 27"
    )
    page.goto(incident)
    page.get_by_text("Embed or save").click()
    frame = page.get_by_label("For a page of yours").first.input_value()
    elsewhere = browser.new_page()
    elsewhere.goto(f"{hook}?{quote(frame)}")
    expect(elsewhere.frame_locator("iframe").locator("body")).to_contain_text("18–27")
    elsewhere.close()
    pieces = page.locator(".hand li")
    expect(pieces).to_have_count(4)  # a card, a curve, a map, a table
    for piece in pieces.all():
        for shape, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with page.expect_download() as download:
                piece.get_by_role("link", name=shape).click()
            assert Path(download.value.path()).read_bytes().startswith(begins)
    page.goto("/incidents")
    atom = page.locator(".feed").get_attribute("href") or ""
    before = feedparser.parse(page.request.get(atom).body()).entries
    assert command(ledger, "alerts") == ""
    # A further document comes: the figure rises, the feed says so, the rule tells, once.
    page.goto("/add")
    page.get_by_label("Text", exact=True).fill(RISEN)
    page.get_by_label("Outlet").fill("Quay")
    page.get_by_label("Published").fill("2031-03-08T10:00Z")
    read(page)
    page.goto(incident)
    expect(page.locator("#killed-unspecified .best")).to_have_text("31")
    after = feedparser.parse(page.request.get(atom).body()).entries
    new = {entry.id for entry in after} - {entry.id for entry in before}
    assert ["31" in entry.title + entry.summary for entry in after if entry.id in new] == [True]
    assert "above 20" in command(ledger, "alerts")
    ((alert,),) = [told["alerts"] for told in taken]
    assert (alert["incident"], alert["value"], alert["holds"]) == (MAIN, "31", True)
    assert alert["rule"] == "above twenty in Selmarra" and "31" in taken[0]["text"]
    assert command(ledger, "alerts") == "" and len(taken) == 1


def test_a_researcher_reproduces_a_toll_and_its_curve_and_proves_the_log(
    opened: Callable[..., Page], story: Path, ledger: Path, tmp_path: Path
) -> None:
    command(ledger, "import", str(story))
    head = proved(ledger)
    page = opened(f"/incidents/{MAIN}")
    # What the desk shows of a day in the past, and the files of what was known then.
    then = "2031-03-05T18:30:00+02:00"
    page.get_by_label("As of").first.select_option(then)
    expect(page.locator(".then")).to_contain_text("as of 5 Mar 2031")
    figures = page.locator("#killed-unspecified td.n")
    shown = [int(figures.nth(column).inner_text()) for column in range(3)]
    for shape in ("csv", "parquet", "jsonl"):
        command(ledger, "export", shape, f"claims.{shape}", "--as-of", then)
    text = (tmp_path / "claims.jsonl").read_text(encoding="utf-8")
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(text.splitlines())
    assert (tmp_path / "claims.parquet").read_bytes().startswith(b"PAR1")
    drawn = command(ledger, "curve", MAIN, "--as-of", then, "--format", "jsonl")
    # Elsewhere, from the bundle alone, by the public names of Python.
    command(ledger, "export", "bundle", "record.zip", "--texts")
    assert proved(ledger, "record.zip") == head
    theirs = tmp_path / "theirs" / "sayso.db"
    theirs.parent.mkdir()
    with Ledger.open(theirs, create=True):
        pass
    command(theirs, "import", "../record.zip")
    done = run(theirs, "-", str(theirs), MAIN, then, told=RESEARCH)
    found = json.loads(done.stdout)
    # What it was called then is not what it is called now, that more texts say where it was.
    claims = [
        told for told in map(json.loads, text.splitlines()) if told["incident"] == found["id"]
    ]
    killed = [told for told in claims if told["claim"]["kind"] == "killed"]
    assert found["toll"] == shown and found["killed"] == len(killed) > 5
    points = [json.loads(line) for line in drawn.splitlines()]
    curve = [[point["at"], point["low"], point["high"], point["claim"]] for point in points]
    assert sorted(found["curve"], key=repr) == sorted(curve, key=repr) and len(curve) > 20
    # Both records are whole, and theirs is proved to hold what was handed on.
    assert proved(theirs)
