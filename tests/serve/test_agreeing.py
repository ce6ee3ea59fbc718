"""Where people differ, at the desk and by the command."""

from __future__ import annotations

import json

from click.testing import CliRunner

from sayso.cli.commands import main
from sayso.review import decide


def test_where_people_differ_is_told(client, ledger) -> None:
    assert "No two people" in client.get("/agreement").text
    ids = [claim.id for claim in ledger.claims()][:3]
    for by, verdicts in (("Aigul", ("accept", "accept", "reject")), ("Cem", ("accept",) * 3)):
        for claim, verdict in zip(ids, verdicts, strict=True):
            decide(ledger, verdict, claim, by=by, note="<b>seen</b>")
    page = client.get("/agreement").text
    assert "Aigul and Cem" in page and ">0.00<" in page and "rejected by Aigul" in page
    assert f'href="/review?claim={ids[2]}"' in page and "<b>seen" not in page
    [pair] = client.get("/agreement.json").json()["items"]
    assert (pair["both"], pair["alike"], pair["kappa"]) == (3, 2, 0.0)
    assert [one["claim"] for one in pair["differences"]] == [ids[2]]


def test_the_command_tells_the_same(ledger, tmp_path) -> None:
    one, two = [claim.id for claim in ledger.claims()][:2]
    for by, claim, verdict in (
        ("Aigul", one, "accept"),
        ("Aigul", two, "unsure"),
        ("Cem", one, "accept"),
        ("Cem", two, "reject"),
    ):
        decide(ledger, verdict, claim, by=by)

    def said(*options: str) -> str:
        path = str(tmp_path / "sayso.db")
        done = CliRunner().invoke(main, ["agreement", "--ledger", path, *options])
        assert done.exit_code == 0, done.output
        return done.stdout

    [pair] = map(json.loads, said("--format", "jsonl").splitlines())
    assert (pair["both"], pair["alike"]) == (2, 1) and abs(pair["kappa"] - 1 / 3) < 1e-9
    assert said("--format", "csv").splitlines()[1] == "Aigul,Cem,verdict,2,1,0.33"
    [_, row] = said("--differences", "--format", "csv").splitlines()
    assert row.startswith(f"{two},") and row.endswith(",verdict,Aigul,unsure,Cem,reject,")
