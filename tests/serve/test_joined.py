"""Where an incident went that is merged away: its id leads to what came of it, and that tells so."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sayso.cli.commands import main
from sayso.pipeline.deriving import kept
from sayso.review import decide

ONE, OTHER = "selmarra-2031-03-04", "lake-tervane-2031-03-05"


@pytest.fixture
def gone(ledger) -> tuple[str, str]:
    """The id that is no incident's any more, and the one that it leads to."""
    kept(ledger)
    decide(ledger, "merge", ONE, [OTHER], by="Esra")
    kept(ledger)
    (one,) = [one for one, _ in ledger.incidents()]
    return ({ONE, OTHER} - {one.id}).pop(), one.id


def test_the_id_leads_there_on_pages_and_for_programs(client, gone) -> None:
    before, now = gone
    for end in ("", ".json"):
        answer = client.get(f"/incidents/{before}{end}?latest=1", follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == f"/incidents/{now}{end}?latest=1"
    told = client.get(f"/incidents/{before}.json").json()
    assert [one["id"] for one in told["items"]] == [now] and told["joined"] == {now: [OTHER, ONE]}
    for path in (f"/incidents/{before}/report", f"/embed/{before}/card", f"/log?subject={before}"):
        assert client.get(path).status_code == 200, path


def test_lists_tell_it(client, gone) -> None:
    before, now = gone
    assert client.get("/incidents.json").json()["joined"] == {now: [OTHER, ONE]}
    for path in ("/incidents", f"/incidents/{now}"):
        assert before in client.get(path).text, path


def test_nothing_is_told_where_none_was_merged(client) -> None:
    assert client.get("/incidents.json").json()["joined"] == {}


def test_commands_say_where_it_went(gone, tmp_path) -> None:
    before, now = gone
    path = str(tmp_path / "sayso.db")
    done = CliRunner().invoke(main, ["toll", before, "--ledger", path])
    assert done.exit_code == 0 and f"what was {before} is of {now} now" in done.stderr
