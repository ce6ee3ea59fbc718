"""How fast the desk answers over a ledger of a hundred thousand claims.

    python benchmarks/desk.py [DOCUMENTS] >> docs/performance.md

The ledger is that of `benchmarks/ledger.py`; `sayso serve` answers from a process of its own, as
for a browser. The floor, a small file that the same server reads from the disk, is measured in the
same run. The first answer of a page may be slower: what it remembers until documents come (who
repeats whom, what waits to be judged) is worked out then, and stands in a column of its own.
Then every list is asked for by every filter, alone and a few together, as often as it takes the
floor in brackets: when nobody judged, and when JUDGED claims are judged.
"""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from ledger import milliseconds, story, write
from sayso.ledger.store import Ledger
from sayso.pipeline import derive
from sayso.records import Incident, Judgement, Verdict

FLOOR = "/static/keys.js"

JUDGED = 1000

PAGES = {
    "a small file (the floor)": FLOOR,
    "incidents": "/incidents",
    "incidents in time": "/incidents?view=time",
    "incidents as points for the map": "/incidents.geojson",
    "incidents of ten days": "/incidents?from=2031-05-01&to=2031-05-10",
    "incidents of a source": "/incidents?source=union",
    "incidents, the 10th page": "/incidents?page=10",
    "search, a word": "/search?q=miners",
    "search, a kind, a source and an outlet": "/search?kind=killed&source=police&outlet=Outlet+7",
    "search, documents by a word": "/search?q=reports&in=documents",
    "sources": "/sources",
    "log": "/log",
    "review": "/review",
}

LISTS = {
    "claims": "/search",
    "documents": "/search?in=documents",
    "incidents": "/incidents",
    "points": "/incidents.geojson",
    "sources": "/sources",
}


@contextmanager
def desk(ledger: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a desk on this ledger."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--port", "0"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        words = next(line for line in running.stderr or () if "http://" in line).split()
        where = urlsplit(next(word for word in words if word.startswith("http://")))
        yield http.client.HTTPConnection(where.hostname or "", where.port, timeout=600)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait()


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """What is answered."""
    connection.request("GET", path, headers={"accept": "text/html"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return body


def decide(connection: http.client.HTTPConnection) -> Callable[[], None]:
    """Accepts the claim that waits first, and looks at the next, as a person who reviews does."""

    def one() -> None:
        waiting = json.loads(get(connection, "/review.json"))["items"]
        sent = urlencode({"verdict": "accept", "a": waiting[0]["claim"], "next": "/review"})
        kind = {"content-type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/judgements", sent, kind)
        connection.getresponse().read()
        get(connection, "/review")

    return one


def filters(incident: Incident) -> dict[str, dict[str, str]]:
    """Every filter alone, and some together, by name."""
    place = incident.where.text if incident.where else ""
    alone = {
        "from": "2031-05-01",
        "to": "2031-05-10",
        "kind": "killed",
        "type": "ASSAULT",
        "place": place,
        "country": "TR",
        "who": "miners",
        "source": "union",
        "outlet": "Outlet 7",
        "incident": incident.id,
    }
    found: dict[str, dict[str, str]] = {"no filter": {}}
    found |= {name: {name: value} for name, value in alone.items()}
    found |= {
        f"verdict={word}": {"verdict": word} for word in ("accept", "reject", "unsure", "none")
    }
    return found | {
        "a place by one letter": {"place": "a"},
        "kind, source": {"kind": "killed", "source": "police"},
        "kind, source, outlet": {"kind": "killed", "source": "police", "outlet": "Outlet 7"},
        "kind, not judged": {"kind": "killed", "verdict": "none"},
        "days, kind, who": {"from": "2031-05-01", "to": "2031-05-10", "kind": "killed", "who": "a"},
        "the 10th page": {"page": "10"},
        "kind, the 10th page": {"kind": "killed", "page": "10"},
    }


def lists(connection: http.client.HTTPConnection, incident: Incident) -> None:
    """Print how long every list takes by every filter, and how many times the floor that is."""
    floor = milliseconds(lambda: get(connection, FLOOR))
    spent: dict[str, float] = {}

    def cell(address: str) -> str:
        get(connection, address)  # what is remembered is worked out now
        spent[address] = milliseconds(lambda: get(connection, address))
        return f"{spent[address]:.0f} ({spent[address] / floor:.0f})"

    print(f"| ms, and times the floor of {floor:.1f} ms | {' | '.join(LISTS)} |")
    print(f"| --- |{' ---: |' * len(LISTS)}")
    for name, asked in filters(incident).items():
        cells = []
        for path in LISTS.values():
            joined = f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}"
            cells.append(cell(joined.rstrip("?&")))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    print("\n| the queue for review | ms (times the floor) |\n| --- | ---: |")
    for name, asked in {
        "all": {},
        "of a kind": {"kind": "killed"},
        "of an incident": {"incident": incident.id},
        "of both": {"kind": "killed", "incident": incident.id},
    }.items():
        print(f"| {name} | {cell(f'/review?{urlencode(asked)}')} |")
    slowest = max(spent, key=lambda address: spent[address])
    most = spent[slowest]
    print(f"\nThe slowest, `{slowest}`, takes {most:.0f} ms, {most / floor:.0f} times the floor.")


def judge_some(ledger: Ledger) -> None:
    """Have `JUDGED` claims judged, here and there, most of them accepted."""
    every = [claim.id for claim in ledger.claims()]
    words: tuple[Verdict, ...] = ("accept", "accept", "reject", "unsure")
    with ledger.transaction() as writer:
        for number, claim in enumerate(every[:: max(1, len(every) // JUDGED)]):
            verdict = words[number % len(words)]
            writer.judge(Judgement(id="", verdict=verdict, a=claim, by="benchmark"))
    derive(ledger)


def main(arguments: list[str]) -> None:
    """Measure, and print tables for `docs/performance.md`."""
    told = story(int(arguments[0]) if arguments else 25_000)
    claims = sum(len(reading.claims) for _, reading in told)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.db"
        with Ledger.open(path, create=True) as ledger:
            write(ledger, told)
            derive(ledger)
            incident = next(iter(ledger.incidents()))[0]
        judged = Path(shutil.copy(path, Path(name) / "judged.db"))
        with Ledger.open(judged) as ledger:
            judge_some(ledger)
        unjudged = Path(shutil.copy(path, Path(name) / "unjudged.db"))
        one = {
            "a toll board": f"/incidents/{incident.id}",
            "a toll board, as of a moment": f"/incidents/{incident.id}?as_of=2031-02-01",
            "a claim in its document": f"/claims/{incident.claims[0]}",
        }
        print("\n## Desk\n\n`python benchmarks/desk.py`\n")
        print(f"The same {len(told):,} documents and {claims:,} claims, by `sayso serve`.\n")
        print("| page | first, ms | then, ms |\n| --- | ---: | ---: |")
        with desk(path) as connection:
            for label, address in (PAGES | one).items():
                started = time.perf_counter()
                get(connection, address)
                first = (time.perf_counter() - started) * 1000
                then = milliseconds(lambda at=address: get(connection, at))
                print(f"| {label} | {first:.0f} | {then:.0f} |", flush=True)
            spent = milliseconds(decide(connection))
            print(f"| a decision and the next claim | | {spent:.0f} |")
        for when, which in {"nobody judged": unjudged, f"{JUDGED:,} are judged": judged}.items():
            print(f"\n### Every list by every filter, {when}\n")
            with desk(which) as connection:
                lists(connection, incident)


if __name__ == "__main__":
    main(sys.argv[1:])
