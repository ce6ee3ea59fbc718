"""The command line as a person or a pipe meets it: real files, real processes, real exit codes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from sayso.settings import Settings
from waiting import PATIENCE

STORY = Path(str(files("sayso"))) / "data" / "demo" / "story.jsonl"
ARTICLE = "KARSA — At least 13 miners were killed on Tuesday, the health ministry said.\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `sayso` as its own process, away from any settings of the machine."""
    home = tmp_path_factory.mktemp("home")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SAYSO_", "XDG_"))}
    environment |= {"HOME": str(home), "SAYSO_GAZETTEER": str(settings.gazetteer)}

    def go(*arguments: object, stdin: str | None = None, **more: str):
        return subprocess.run(
            [sys.executable, "-m", "sayso", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=home,
            env=environment | more,
            timeout=PATIENCE,
        )

    return go


@pytest.fixture(scope="module")
def ledger(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "demo.db"
    done = run("add", STORY, "--ledger", path)
    assert done.returncode == 0, done.stderr
    assert "19 documents added" in done.stderr
    return path


def rows(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def incident(run: Run, ledger: Path) -> str:
    found = rows(run("incidents", "--ledger", ledger))
    return max(found, key=lambda i: len(i["documents"]))["id"]


def test_a_text_file_becomes_claims_with_exact_evidence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (reading,) = rows(run("read", tmp_path / "a.txt"))
    (claim,) = [c for c in reading["claims"] if c["kind"] == "killed"]
    assert (claim["count"]["low"], claim["count"]["high"]) == (13, None)
    assert [s["text"] for s in claim["sources"]] == ["health ministry"]
    evidence = claim["evidence"]
    assert ARTICLE[evidence["start"] : evidence["end"]] == evidence["text"]


def test_standard_input_and_a_file_for_the_output(run: Run, tmp_path: Path) -> None:
    line = json.dumps({"id": "x1", "text": ARTICLE, "published": "2031-03-04"}) + "\n"
    done = run("read", "-", "--jsonl", tmp_path / "out.jsonl", stdin=line)
    assert (done.returncode, done.stdout) == (0, "")
    (reading,) = [json.loads(x) for x in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert reading["document"]["id"] == "x1"
    assert reading["claims"][0]["when"]["start"] == "2031-03-04"


def test_the_same_input_gives_the_same_bytes(run: Run) -> None:
    assert run("read", STORY).stdout == run("read", STORY).stdout


def test_one_bad_document_costs_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.jsonl").write_text('{"id": "c1", "text": "Two men died."}\n{broken\n')
    done = run("read", tmp_path)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 2
    said = done.stderr.splitlines()
    assert any("b.txt" in line and "empty" in line for line in said)
    assert any("c.jsonl" in line and "2" in line for line in said)


def test_problems_are_kept_in_the_ledger(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("add", tmp_path / "a.txt", tmp_path / "gone.txt", "--ledger", tmp_path / "l.db")
    assert done.returncode == 3
    assert "1 documents added" in done.stderr or "1 document added" in done.stderr
    health = rows(run("doctor", "--ledger", tmp_path / "l.db"))
    (ledger,) = [part for part in health if part["part"] == "ledger"]
    assert "1 problem" in ledger["what"]


def test_adding_again_changes_nothing(run: Run, ledger: Path) -> None:
    before = run("incidents", "--ledger", ledger).stdout
    again = run("add", STORY, "--ledger", ledger)
    assert (again.returncode, "19 there already" in again.stderr) == (0, True)
    assert run("incidents", "--ledger", ledger).stdout == before


def test_order_of_arrival_changes_nothing(run: Run, ledger: Path, tmp_path: Path) -> None:
    lines = STORY.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "back.jsonl").write_text("".join(reversed(lines)), encoding="utf-8")
    assert run("add", tmp_path / "back.jsonl", "--ledger", tmp_path / "b.db").returncode == 0
    for command in ("incidents", "documents"):
        here, there = run(command, "--ledger", ledger), run(command, "--ledger", tmp_path / "b.db")
        assert here.stdout == there.stdout


def test_documents_name_their_incident_and_copies(run: Run, ledger: Path) -> None:
    found = {row["id"]: row for row in rows(run("documents", "--ledger", ledger))}
    assert len(found) == 19
    assert found["quayside-star-0304"]["copy_group"] == found["orrin-0304"]["copy_group"]
    assert found["halsten-monitor-0305"]["incident"] != found["orrin-0304"]["incident"]


def test_a_toll_as_of_a_moment_knows_nothing_later(run: Run, ledger: Path, incident: str) -> None:
    def dead(*more: str) -> dict:
        tolls = rows(run("toll", incident, "--ledger", ledger, *more))
        return next(t for t in tolls if (t["kind"], t["who"]) == ("killed", "unspecified"))

    assert dead()["high"] == 27
    night = dead("--as-of", "2031-03-04T23:00:00+02:00")
    assert (night["low"], night["high"]) == (7, None)


def test_the_curve_is_data_too_and_knows_nothing_later(
    run: Run, ledger: Path, incident: str
) -> None:
    whole = rows(run("curve", incident, "--ledger", ledger))
    night = rows(run("curve", incident, "--ledger", ledger, "--as-of", "2031-03-04T23:00+02:00"))
    assert {"at", "low", "high", "sources", "status"} <= whole[0].keys()
    assert 0 < len(night) < len(whole)
    assert max(point["at"] for point in night) < "2031-03-04T23:00"
    table = run("curve", incident, "--ledger", ledger, "--format", "csv").stdout
    assert table.startswith("at,kind,who,low,high,say-so,change,status,document,claim\n")
    assert "corrected " in table


def test_why_shows_the_chain(run: Run, ledger: Path, incident: str) -> None:
    tolls = rows(run("toll", incident, "--ledger", ledger))
    claim = tolls[0]["origins"][0]["claims"][0]
    (found,) = rows(run("why", claim[:10], "--ledger", ledger))
    assert found["id"] == claim
    table = run("why", claim, "--ledger", ledger, "--format", "table").stdout
    assert "say-so" in table and "→" in table
    assert len(rows(run("why", incident, "--ledger", ledger))) > 10


def test_exports_are_what_they_say(run: Run, ledger: Path, tmp_path: Path) -> None:
    for shape in ("csv", "jsonl", "geojson"):
        assert run("export", shape, tmp_path / f"o.{shape}", "--ledger", ledger).returncode == 0
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    lines = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    features = json.loads((tmp_path / "o.geojson").read_text(encoding="utf-8"))["features"]
    assert len(table) == len(lines) == len(features) > 60


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_report_is_written(
    run: Run, ledger: Path, incident: str, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"report{suffix}"
    assert run("report", incident, "-o", out, "--ledger", ledger).returncode == 0
    assert "health ministry" in out.read_text(encoding="utf-8")


def test_pieces_of_an_incident_are_written(
    run: Run, ledger: Path, incident: str, tmp_path: Path
) -> None:
    for name, piece, begins in (
        ("a.svg", "--card", b"<svg "),
        ("b.svg", "--curve", b"<svg "),
        ("c.html", "--table", b"<!doctype html>"),
    ):
        done = run("embed", incident, piece, "-o", tmp_path / name, "--ledger", ledger)
        assert done.returncode == 0 and done.stdout == "", done.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
    done = run("embed", incident, "--map", "-o", tmp_path / "m.svg", "--ledger", ledger)
    assert done.returncode == 1 and "is not on the map" in done.stderr


def test_alerts_are_told_once(run: Run, ledger: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    db.write_bytes(ledger.read_bytes())
    file = tmp_path / "mine.toml"
    asked = ("alerts", "--ledger", db, "--config", file)
    file.write_text('by = "Aigul"\n')
    assert run(*asked).returncode == 2
    rule = '[[alerts.rule]]\nname = "many"\nkind = "killed"\nwho = "unspecified"\nabove = 17\n'
    file.write_text(rule)
    dry = rows(run(*asked, "--dry-run"))
    told = run(*asked)
    assert rows(told) == dry and "1 alert" in told.stderr
    assert [(one["rule"], one["figure"]) for one in dry] == [("many", "killed-unspecified")]
    assert run(*asked).stdout == ""
    # Nothing within the network is posted to unless that is allowed, and what waits is said.
    file.write_text(
        f'{rule.replace("17", "16")}[alerts.webhook]\nurl = "http://127.0.0.1:9/"\n'
        '[[alerts.rule]]\nname = "more"\nabove = 17\nkind = "killed"\n'
    )
    done = run(*asked)
    assert done.returncode == 3 and "127.0.0.1 is not on the public internet" in done.stderr
    assert "alert could not be sent by webhook, and will be at the next run" in done.stderr
    assert "told more: " in run("log", "--ledger", db, "--format", "plain").stdout


def test_formats_for_people_and_for_programs(run: Run, ledger: Path) -> None:
    table = run("incidents", "--ledger", ledger, "--format", "table", NO_COLOR="1").stdout
    assert "Lake Tervane" in table and "\x1b" not in table
    assert run("incidents", "--ledger", ledger, "--format", "csv").stdout.startswith("incident,")
    plain = run("incidents", "--ledger", ledger, "--format", "plain").stdout
    assert len(plain.splitlines()) == 3 and "\t" in plain


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["frobnicate"], 2, "No such command"),
        (["read"], 2, "Missing argument"),
        (["incidents", "--ledger", "nowhere.db"], 1, "no ledger at nowhere.db"),
        (["incidents", "--best", "finest"], 2, "finest"),
        (["read", "nowhere.txt"], 3, "nowhere.txt"),
        (["report", "x", "-o", "x.pdf"], 2, ".html or .md"),
        (["embed", "x", "-o", "x.pdf"], 2, ".svg, .png, .html"),
        (["embed", "x", "--card", "--figure", "a", "-o", "x.svg"], 2, "--figure is of --curve"),
    ],
)
def test_errors_are_one_clear_sentence(
    run: Run, arguments: list[str], code: int, words: str
) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_names_are_answered_with_known_ones(run: Run, ledger: Path, incident: str) -> None:
    done = run("toll", "atlantis", "--ledger", ledger)
    assert done.returncode == 1 and incident in done.stderr
    assert run("toll", incident, "--ledger", ledger, "--as-of", "soon").returncode == 2


def test_a_closed_pipe_is_silent(run: Run, ledger: Path) -> None:
    command = f"{sys.executable} -m sayso export jsonl - --ledger {ledger} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_completion_scripts_are_printed(run: Run) -> None:
    for shell, words in (("bash", "complete"), ("zsh", "#compdef sayso"), ("fish", "complete")):
        assert words in run("completion", shell).stdout


def test_the_demo_shows_its_record(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--ledger", tmp_path / "demo.db")
    assert done.returncode == 0, done.stderr
    for words in ("Toll board", "Accounts that differ", "say-so", "What to try next", "count once"):
        assert words in done.stdout
    assert len(rows(run("documents", "--ledger", tmp_path / "demo.db"))) == 19


def test_the_doctor_finds_everything_in_order(run: Run) -> None:
    parts = {row["part"]: row["state"] for row in rows(run("doctor"))}
    assert parts["engine"] == parts["gazetteer"] == "ok"
    assert parts["ledger"] == "absent"


def test_places_are_added_read_and_removed(run: Run, settings: Settings, tmp_path: Path) -> None:
    here = {"SAYSO_GAZETTEER": str(tmp_path / "places.db")}
    (tmp_path / "a.txt").write_text(
        "Shells killed 13 people in Qelvorin, in Syria, on Monday, the Syrian army said. Syria "
        "has sent help. Syria's roads were cut.\n",
        encoding="utf-8",
    )
    village = "90000001\tQelvorin\tQelvorin\t\t36.3\t37.2\tP\tPPL\tSY\t\t09\t\t\t\t800\t\t4\tAsia\t2031-03-04"
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("SY.txt", village + "\n")

    def where() -> set[tuple[int | None, str | None]]:
        (reading,) = rows(run("read", tmp_path / "a.txt", **here))
        return {
            (p["geonameid"], p["country"]) for p in reading["places"] if p["text"] == "Qelvorin"
        }

    def parts() -> dict[str, tuple[str, int]]:
        found = rows(run("gazetteer", "status", **here))
        return {part["part"]: (part["state"], part["entries"]) for part in found}

    assert where() == {(None, "SY")}
    added = run("gazetteer", "add", tmp_path / "SY.zip", **here)
    assert (added.returncode, added.stdout) == (0, "")
    assert "SY.txt is added" in added.stderr and "1 place with 1 name" in added.stderr
    assert "there already" in run("gazetteer", "add", tmp_path / "SY.zip", **here).stderr
    assert where() == {(90000001, "SY")}
    assert parts()["added"] == ("ok", 1) and parts()["packaged"][1] > 200_000
    health = {row["part"]: row["what"] for row in rows(run("doctor", **here))}
    assert "added: entries 1" in health["gazetteer"]
    assert "is dropped" in run("gazetteer", "remove", **here).stderr
    assert where() == {(None, "SY")}
    again = run("gazetteer", "remove", **here)
    assert (again.returncode, "nothing has been added" in again.stderr) == (0, True)


def test_the_status_of_a_gazetteer_that_is_not_there(run: Run, tmp_path: Path) -> None:
    here = {"SAYSO_GAZETTEER": str(tmp_path / "places.db"), "NO_COLOR": "1"}
    for shape, words in (
        ("table", "megabytes"),  # a long path may break anywhere
        ("plain", "added\tabsent\t0"),
        ("csv", "part,state,entries,names,megabytes,what"),
    ):
        done = run("gazetteer", "status", "--format", shape, **here)
        assert done.returncode == 0 and words in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["read", "add"])
def test_what_is_in_another_language_is_counted_at_the_end(
    run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "1.txt").write_text("Karsa : 13 morts dans un attentat\n")
    (tmp_path / "2.txt").write_text("Карса: 13 погибших\n")
    (tmp_path / "3.txt").write_text("Belov : neuf blessés, selon la police\n")
    (tmp_path / "4.txt").write_text(ARTICLE)
    ledger = ("--ledger", tmp_path / "x.db") if command == "add" else ()
    done = run(command, *sorted(tmp_path.glob("*.txt")), *ledger)
    assert done.returncode == 0
    assert done.stderr.endswith("; 3 in another language set aside (fr 2, ru 1)\n")
    assert "another language" not in run("read", tmp_path / "4.txt").stderr


def test_a_ledger_named_as_the_gazetteer_is_left_as_it_is(
    run: Run, ledger: Path, tmp_path: Path
) -> None:
    before = ledger.read_bytes()
    (tmp_path / "a.txt").write_text(ARTICLE)
    here = {"SAYSO_GAZETTEER": str(ledger)}
    for command in (("read", tmp_path / "a.txt"), ("read", tmp_path / "a.txt", "--workers", "2")):
        done = run(*command, **here)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert f"{ledger} is no file of places of Sayso's" in done.stderr
    assert ledger.read_bytes() == before
    assert rows(run("incidents", "--ledger", ledger))


def test_a_wrong_file_of_places_is_named(run: Run, tmp_path: Path) -> None:
    here = {"SAYSO_GAZETTEER": str(tmp_path / "cache" / "places.db")}
    (tmp_path / "SY.txt").write_text("Qelvorin, a village\n")
    for file, words in (
        (tmp_path / "SY.txt", "1 columns"),
        (tmp_path / "gone.zip", "No such file"),
    ):
        done = run("gazetteer", "add", file, **here)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
        assert str(file) in done.stderr and words in done.stderr
    assert run("gazetteer", "add", **here).returncode == 2


def test_the_readme_shows_what_is_printed(run: Run, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("$ cat bridge.txt\n")[2].partition("```")[0]
    article, _, shown = block.partition("\n$ sayso read bridge.txt\n")
    (tmp_path / "bridge.txt").write_text(article, encoding="utf-8")
    done = run("read", tmp_path / "bridge.txt", "--format", "table")
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    wanted = shown.rstrip().splitlines()
    assert wanted == [line for line in printed if line in wanted]


@pytest.fixture
def own(ledger: Path, tmp_path: Path) -> Path:
    """A ledger of the demo's story that a test may write to."""
    return Path(shutil.copy(ledger, tmp_path / "own.db"))


def first_killed(run: Run, ledger: Path) -> dict:
    found = rows(run("search", "killed", "--kind", "killed", "--ledger", ledger))
    return found[0]["claim"]


def test_what_a_person_decides_is_kept_with_name_and_reason(run: Run, own: Path) -> None:
    claim = first_killed(run, own)["id"]
    more = ("--by", "Aigul", "--note", "counted twice", "--ledger", own)
    done = run("judge", claim[:8], "reject", *more)
    assert done.returncode == 0
    name, _, said = done.stderr.removeprefix("sayso: ").partition(": ")
    assert said == f"{claim} rejected by Aigul: counted twice\n"
    why = run("why", claim, "--format", "table", "--ledger", own).stdout
    assert "judged    rejected by Aigul" in why
    (found,) = rows(run("search", "--verdict", "reject", "--ledger", own))
    assert found["claim"]["id"] == claim
    log = run("log", claim, "--format", "plain", "--ledger", own).stdout
    assert "Aigul\trejected: counted twice" in log
    assert run("judge", name, "undo", "--ledger", own).returncode == 0
    assert rows(run("search", "--verdict", "reject", "--ledger", own)) == []


def test_a_rejected_claim_is_exported_as_such(run: Run, own: Path, tmp_path: Path) -> None:
    claim = first_killed(run, own)["id"]
    run("judge", claim, "correct", "--count", "3-4", "--by", "Aigul", "--ledger", own)
    run("judge", claim, "reject", "--by", "Aigul", "--ledger", own)
    run("export", "csv", tmp_path / "out.csv", "--ledger", own)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["claim"] == claim]
    assert (row["judged"], row["corrected"], row["judged_by"]) == ("reject", "count", "Aigul")
    assert (row["low"], row["high"]) == ("3", "4")


def test_an_incident_is_signed_off_and_what_comes_later_only_proposes(
    run: Run, own: Path, incident: str, tmp_path: Path
) -> None:
    def judged(*said: object) -> str:
        done = run("judge", incident, *said, "--by", "Aigul", "--ledger", own)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def dead(*options: str) -> tuple:
        (toll, *_) = rows(run("toll", incident, "--ledger", own, *options))
        return toll["low"], toll["best"], toll["high"]

    judged("tag", "quay")
    assert "signed off as signed off (line " in judged("sign")
    assert dead() == dead("--latest") == (18, 18, 27)
    later = tmp_path / "later.jsonl"
    text = (
        "The number of people killed when security forces fired on striking dockers in Selmarra on "
        "4 March has risen to 31, the health ministry said on Saturday."
    )
    told = {"id": "later", "outlet": "Quay", "published": "2031-03-08T10:00:00Z", "text": text}
    later.write_text(json.dumps(told) + "\n", encoding="utf-8")
    run("add", later, "--ledger", own)
    assert dead() == (18, 18, 27) and dead("--latest") == (31, 31, 31)
    listed = run("incidents", "--status", "signed off", "--tag", "QUAY", "--ledger", own)
    (found,) = rows(listed)
    assert found["dossier"]["proposed"]["figures"] == 1 and found["final"]["killed"]["low"] == 18
    assert rows(run("incidents", "--owner", "nobody", "--ledger", own)) == []
    done = run("incidents", "--status", "signed off", "--format", "plain", "--ledger", own)
    assert "signed off (1 figure came after sign-off)" in done.stdout
    report = tmp_path / "r.md"
    run("report", incident, "-o", report, "--ledger", own)
    said = report.read_text(encoding="utf-8")
    assert "its figures are as signed off by Aigul" in said and "18–27, best 18 to 31" in said
    for options, best, version in (((), "18", "as they stood then"), (("--latest",), "31", "now")):
        table = tmp_path / "tolls.csv"
        run("export", "hxl", table, "--ledger", own, *options)
        first = table.read_text().splitlines()[2]
        assert f",killed,people,{best}," in first and ",signed off," in first
        package = json.loads(Path(f"{table}.datapackage.json").read_text())
        assert version in package["sayso"]["signed"]
    run("export", "csv", table, "--ledger", own)
    with table.open(newline="") as file:
        late = {row["outlet"] for row in csv.DictReader(file) if row["after_signing"]}
    assert late == {"Quay"}
    judged("sign")
    assert dead() == (31, 31, 31)


def test_an_incident_is_mended_and_says_so(run: Run, own: Path, incident: str) -> None:
    sent = ("--title", "The night at the port", "--type", "protest", "--where", "Velm @ 41,29")
    done = run("judge", incident, "mend", *sent, "--by", "Aigul", "--ledger", own)
    assert done.returncode == 0, done.stderr
    name, _, said = done.stderr.removeprefix("sayso: ").partition(": ")
    assert "mended, of its incident: where to Velm, title to The night at the port" in said
    (found,) = (one for one in rows(run("incidents", "--ledger", own)) if one["id"] == incident)
    assert (found["title"], found["type"]) == ("The night at the port", "PROTEST")
    assert found["mended"] == ["title", "type", "where"]
    for shape in ("table", "plain", "csv"):
        drawn = run("incidents", "--format", shape, "--ledger", own).stdout
        assert "title, type and place by a person" in " ".join(drawn.split()), shape
    log = run("log", incident, "--format", "plain", "--ledger", own).stdout
    assert "Aigul" in log.splitlines()[-1]
    assert run("judge", name, "undo", "--ledger", own).returncode == 0
    assert not any(one["mended"] for one in rows(run("incidents", "--ledger", own)))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing", "accept"), 1, "no claim 'nothing'"),
        (("x", "same"), 2, "same takes 1 other ID"),
        (("x", "accept", "y"), 2, "accept takes no other ID"),
        (("x", "split"), 2, "split needs what to split"),
        (("x", "accept", "--count", "3"), 2, "is for correct"),
        (("x", "accept", "--where", "Karsa"), 2, "--where is for correct, claim and mend"),
        (("x", "correct", "--type", "ASSAULT"), 2, "--type is for mend"),
        (("x", "correct", "--count", "lots"), 2, "count 'lots' is not understood"),
        (("x", "mend", "--type", "brawl"), 2, "'brawl' is no type of event; there are AGREE"),
        (("x", "mend", "--title", "The quay"), 1, "no incident is called 'x'"),
    ],
)
def test_a_decision_that_cannot_be_is_told_of(
    run: Run, ledger: Path, arguments, code, said
) -> None:
    done = run("judge", *arguments, "--ledger", ledger)
    assert done.returncode == code
    assert said in done.stderr


def test_the_log_tells_what_changed_a_figure(run: Run, own: Path, incident: str) -> None:
    steps = rows(run("log", incident, "--ledger", own))
    assert steps[0]["before"] is None and steps[0]["after"]["kind"] in ("killed", "injured")
    drawn = run("log", incident, "--format", "table", "--ledger", own).stdout
    assert "killed, people: 17–22, best 17 → 14–22, best 14" in drawn
    everything = run("log", "--format", "table", "--ledger", own).stdout
    assert everything.count("added “") == 19
    assert len(rows(run("log", "--ledger", own))) == 38
    assert rows(run("log", "--since", "2999-01-01", "--ledger", own)) == []


def test_what_was_on_record_at_a_moment(run: Run, own: Path, incident: str) -> None:
    then = rows(run("log", "--ledger", own))[-1]["at"]
    found = rows(run("toll", incident, "--ledger", own))
    for claim in found[0]["origins"][0]["claims"]:
        run("judge", claim, "reject", "--ledger", own)
    assert rows(run("toll", incident, "--ledger", own)) != found
    assert rows(run("toll", incident, "--on-record", then, "--ledger", own)) == found


def test_a_ledger_is_proved_whole_and_made_again(run: Run, own: Path) -> None:
    done = run("verify", "--ledger", own)
    assert (done.returncode, done.stdout) == (0, "")
    assert "all of it is whole" in done.stderr
    assert "the last line is 38, " in done.stderr
    before = run("incidents", "--ledger", own).stdout
    assert "19 documents" in run("rebuild", "--ledger", own).stderr
    assert run("incidents", "--ledger", own).stdout == before
    assert run("verify", "--since", "0123", "--ledger", own).returncode == 2
    assert run("verify", "--since", "0123456789ab", "--ledger", own).returncode == 1
    done = run("verify", "--quick", "--ledger", own)
    assert "what is looked up was not compared with the log" in done.stderr
    assert "all that was looked at is whole" in done.stderr


def test_a_ledger_is_held_to_a_seal(run: Run, own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.seal"
    (told,) = rows(run("seal", "-o", kept, "--ledger", own))
    assert told["line"] == 38 and json.loads(kept.read_text()) == told
    assert told["hash"] in run("seal", "--format", "table", "--ledger", own).stdout
    run("judge", first_killed(run, own)["id"], "accept", "--ledger", own)
    for seal in (kept, told["hash"], told["hash"][:12]):
        assert run("verify", "--since", seal, "--ledger", own).returncode == 0
    other = tmp_path / "other.db"
    run("import", own, "--ledger", other)  # the same record, told anew
    done = run("verify", "--since", kept, "--format", "plain", "--ledger", other)
    assert done.returncode == 1
    assert "line 38 is not the one that the seal is of" in done.stdout


def test_a_ledger_that_was_changed_is_found_out(run: Run, own: Path) -> None:
    connection = sqlite3.connect(own)
    with connection:
        connection.execute("DROP TRIGGER log_no_update")
        connection.execute("UPDATE log SET record = replace(record, '18', '81') WHERE seq = 32")
    connection.close()
    done = run("verify", "--format", "plain", "--ledger", own)
    assert done.returncode == 1
    assert "its hash is not that of what it says" in done.stdout
    assert "not whole" in done.stderr


def test_a_record_goes_from_desk_to_desk_in_a_bundle(run: Run, own: Path, tmp_path: Path) -> None:
    claim = first_killed(run, own)["id"]
    run("judge", claim, "accept", "--by", "Aigul", "--ledger", own)
    bundle, other = tmp_path / "record.zip", tmp_path / "other.db"
    assert run("export", "bundle", bundle, "--texts", "--ledger", own).returncode == 0
    assert "all of it is whole" in run("verify", bundle).stderr
    done = run("import", bundle, "--ledger", other)
    assert "19 documents, 19 readings and 1 judgement brought into" in done.stderr
    assert run("incidents", "--ledger", other).stdout == run("incidents", "--ledger", own).stdout
    again = run("import", own, "--ledger", other)
    assert "0 documents, 0 readings and 0 judgements" in again.stderr
    assert run("verify", tmp_path / "gone.zip").returncode == 1


def test_a_record_goes_without_texts_and_tells_the_same(
    run: Run, own: Path, tmp_path: Path
) -> None:
    bundle, other = tmp_path / "record.zip", tmp_path / "other.db"
    done = run("export", "bundle", bundle, "--ledger", own)
    assert "with imprints of the texts that stay out" in done.stderr
    said = run("verify", bundle).stderr
    assert "texts of 0 of 19 documents; of 19 documents what incidents are derived from" in said
    assert "all of it is whole" in said and "quotations only" not in said
    run("import", bundle, "--ledger", other)
    assert run("incidents", "--ledger", other).stdout == run("incidents", "--ledger", own).stdout
    assert run("export", "bundle", bundle, "--bare", "--ledger", own).returncode == 0
    assert "19 documents known by quotations only" in run("verify", bundle).stderr
    assert run("export", "csv", "-", "--bare", "--ledger", own).returncode == 2


def test_a_ledger_in_a_database_is_brought_in(
    run: Run, ledger: Path, postgresql_address: str, tmp_path: Path
) -> None:
    run("import", str(ledger), "--ledger", postgresql_address)
    done = run("import", postgresql_address, "--ledger", str(tmp_path / "own.db"))
    assert done.returncode == 0 and "19 documents" in done.stderr, done.stderr


def test_what_is_redacted_is_shown_no_more(run: Run, own: Path) -> None:
    name = rows(run("documents", "--ledger", own))[0]["id"]
    assert run("redact", name, "--note", "names a child", "--ledger", own).returncode == 0
    assert name not in [row["id"] for row in rows(run("documents", "--ledger", own))]
    assert "names a child" in run("log", "--format", "table", "--ledger", own).stdout


def test_words_are_found_in_claims_and_in_documents(run: Run, ledger: Path) -> None:
    claims = rows(run("search", "killed", "--place", "selmarra", "--ledger", ledger))
    assert claims and all("kill" in found["claim"]["evidence"]["text"] for found in claims)
    (found,) = rows(run("search", "ward list", "--documents", "--ledger", ledger))
    assert found["document"]["outlet"] == "Nordal Radio"
    drawn = run("search", "corrected", "--documents", "--format", "table", "--ledger", ledger)
    assert "[corrected]" in drawn.stdout
    assert "1 document found" in drawn.stderr
    assert run("search", "x", "--from", "March", "--ledger", ledger).returncode == 2


def test_sources_are_told_by_how_much_rests_on_them(run: Run, ledger: Path) -> None:
    found = rows(run("sources", "--kind", "killed", "--ledger", ledger))
    assert found[0]["name"] == "health ministry" and found[0]["claims"] >= 10


def test_incidents_are_chosen(run: Run, ledger: Path, incident: str) -> None:
    assert [i["id"] for i in rows(run("incidents", "--who", "police", "--ledger", ledger))] == [
        incident
    ]
    assert rows(run("incidents", "--from", "2032-01-01", "--ledger", ledger)) == []


def test_adding_again_reads_nothing_again(run: Run, own: Path) -> None:
    done = run("add", STORY, "--ledger", own)
    assert "0 documents added" in done.stderr and "19 there already" in done.stderr
    assert "0 documents read again" in run("reread", "--ledger", own).stderr


def test_a_team_shares_a_database(run: Run, postgresql_address: str, ledger: Path) -> None:
    done = run("add", STORY, "--ledger", postgresql_address)
    assert "19 documents added to postgresql://" in done.stderr
    assert (
        run("incidents", "--ledger", postgresql_address).stdout
        == run("incidents", "--ledger", ledger).stdout
    )
    claim = first_killed(run, postgresql_address)["id"]
    assert run("judge", claim, "accept", SAYSO_LEDGER=postgresql_address).returncode == 0
    assert "all of it is whole" in run("verify", "--ledger", postgresql_address).stderr


@pytest.mark.parametrize("shape", ["acled", "ucdp-ged", "polecat", "hxl", "csv"])
def test_a_table_goes_out_with_its_description_beside_it(
    run: Run, ledger: Path, tmp_path: Path, shape: str
) -> None:
    out = tmp_path / f"{shape}.csv"
    done = run("export", shape, out, "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / f"{shape}.csv.datapackage.json").read_text(encoding="utf-8"))
    fields = [field["name"] for field in told["resources"][0]["schema"]["fields"]]
    mark = told["resources"][0]["dialect"]["delimiter"]
    with out.open(encoding="utf-8", newline="") as file:
        first, *rest = csv.reader(file, delimiter=mark)
    assert first == fields and rest
    assert told["sayso"]["missing"] and told["sayso"]["unit"]


def test_parquet_is_a_file_and_fields_are_chosen(run: Run, ledger: Path, tmp_path: Path) -> None:
    import duckdb

    out = tmp_path / "claims.parquet"
    done = run("export", "parquet", out, "--fields", "claim,low,high", "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    assert duckdb.read_parquet(str(out)).columns == ["claim", "low", "high"]
    assert run("export", "parquet", "-", "--ledger", ledger).returncode == 2
    refused = run("export", "csv", "-", "--fields", "colour", "--ledger", ledger)
    assert refused.returncode == 2 and "no field colour" in refused.stderr
    assert run("export", "jsonl", "-", "--fields", "claim", "--ledger", ledger).returncode == 2


def test_names_are_written_only_where_they_are_asked_for(run: Run, tmp_path: Path) -> None:
    path, page = tmp_path / "names.db", tmp_path / "page.md"
    told = "KARSA — The dead were named as Ada Voss, 34, a nurse, and Oren Vale, 41.\n"
    assert run("add", "-", "--ledger", path, stdin=told).returncode == 0
    (incident,) = rows(run("incidents", "--ledger", path))
    assert incident["people"] == []
    (incident,) = rows(run("incidents", "--names", "--ledger", path))
    assert [person["name"] for person in incident["people"]] == ["Ada Voss", "Oren Vale"]
    listed = run("toll", incident["id"], "--names", "--format", "csv", "--ledger", path)
    assert "Ada Voss,34" in listed.stdout
    for more, there in ((), False), (("--names",), True):
        shown = run("export", "victims", "-", *more, "--ledger", path).stdout
        assert ("Ada Voss" in shown) is there
        assert ("person 1,34" in shown) is not there
        run("report", incident["id"], "-o", page, *more, "--ledger", path)
        assert ("People named" in page.read_text()) is there
    assert run("export", "acled", "-", "--names", "--ledger", path).returncode == 2


def test_an_export_is_of_what_the_filters_leave(run: Run, ledger: Path) -> None:
    told = {}
    for name, more in (("every", ()), ("ferry", ("--place", "tervane"))):
        asked = ("export", "acled", "-", *more, "--ledger", ledger)
        told[name] = list(csv.reader(run(*asked, "--disasters").stdout.splitlines()))
        told[f"coded {name}"] = list(csv.reader(run(*asked).stdout.splitlines()))
    assert len(told["ferry"]) == 2 < len(told["every"])
    assert len(told["coded ferry"]) == 1  # a ferry that sinks is no event of ACLED's
    assert len(told["coded every"]) == len(told["every"]) - 1
    killed = run("export", "csv", "-", "--kind", "killed", "--ledger", ledger).stdout
    assert {row["kind"] for row in csv.DictReader(killed.splitlines())} == {"killed"}
    then = run("export", "hxl", "-", "--as-of", "2031-03-03T23:00", "--ledger", ledger).stdout
    assert "27" not in then


def test_diff_tells_what_changed_as_a_person_would(run: Run, ledger: Path, tmp_path: Path) -> None:
    done = run("diff", "2031-03-05", "now", "--format", "table", "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    assert "killed, people: 14–22, best 14 → 18–27, best 18, health ministry" in done.stdout
    assert rows(run("diff", "2031-03-05", "now", "--ledger", ledger))[0]["incident"]
    other = tmp_path / "other.db"
    run(
        "add",
        "-",
        "--ledger",
        other,
        stdin=json.dumps({"text": ARTICLE, "published": "2031-03-05"}),
    )
    between = run("diff", other, ledger, "--format", "csv")
    assert between.returncode == 0 and "killed" in between.stdout
    assert run("diff", "soon", "now", "--ledger", ledger).returncode == 2


def test_every_format_comes_in_by_one_command(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(f'Satz,Blatt\n"{ARTICLE.strip()}",Lantern\n', encoding="utf-8")
    (folder / "b.eml").write_bytes(
        b"From: Tidewatch <a@b.example>\nSubject: Sea\nDate: Tue, 04 Mar 2031 18:30:00 +0200\n\n"
        b"Two sailors drowned off Marrow Bay, the harbour board said.\n"
    )
    done = run(
        "add",
        folder,
        "--column",
        "text=Satz",
        "--column",
        "outlet=Blatt",
        "--ledger",
        tmp_path / "x.db",
    )
    assert done.returncode == 0 and "2 documents added" in done.stderr, done.stderr
    wrong = run("add", folder, "--column", "colour=Satz", "--ledger", tmp_path / "x.db")
    assert wrong.returncode == 2


def test_addresses_and_feeds_are_fetched(run: Run, tmp_path: Path) -> None:
    import threading
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    (tmp_path / "sea.html").write_text(
        f"<html><body><article><h1>Sea</h1><p>{ARTICLE}</p></article></body></html>"
    )

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object, **more: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path), **more)  # type: ignore[arg-type]

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    try:
        db = tmp_path / "x.db"
        refused = run("add", f"{here}/sea.html", "--ledger", db)
        assert refused.returncode == 3 and "not on the public internet" in refused.stderr
        done = run("add", f"{here}/sea.html", "--allow-private", "--ledger", db)
        assert done.returncode == 0 and "1 document added" in done.stderr, done.stderr
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "url": f"{here}/sea.html"}],
        }
        (tmp_path / "feed.json").write_text(json.dumps(feed))
        watched = run(
            "watch",
            f"{here}/feed.json",
            "--allow-private",
            "--ledger",
            db,
            "--state",
            tmp_path / "s.json",
        )
        assert watched.returncode == 0 and "1 there already" in watched.stderr, watched.stderr
        again = run(
            "watch",
            f"{here}/feed.json",
            "--allow-private",
            "--ledger",
            db,
            "--state",
            tmp_path / "s.json",
        )
        assert "feed.json is left alone until " in again.stderr, again.stderr
        assert "it was asked a short while ago" in again.stderr
        assert run("watch", f"{here}/feed.json", "--every", "5s", "--ledger", db).returncode == 2
    finally:
        server.shutdown()
        server.server_close()


def watched(settings: Settings, tmp_path: Path, *arguments: str) -> str:
    """What a person sees on stderr, on a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH")}
    environment |= {
        "HOME": str(tmp_path),
        "TERM": "xterm",
        "SAYSO_GAZETTEER": str(settings.gazetteer),
    }
    command = [sys.executable, "-m", "sayso", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment, cwd=tmp_path
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while more := os.read(ours, 4096):
                shown += more
        except OSError:  # Linux says so when the other side is closed
            pass
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode()


def test_a_bar_says_what_is_done_and_nothing_that_is_not(settings, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    seen = watched(settings, tmp_path, "add", "a.txt")
    assert "Reading" in seen
    assert "gazetteer" not in seen
