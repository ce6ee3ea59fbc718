"""A page that takes long to look up keeps nobody from reading and deciding."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from sayso.ledger import search
from sayso.serve import desk
from waiting import PATIENCE

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n")


@pytest.fixture
def looking(monkeypatch) -> threading.Event:
    """Set as soon as somebody reads the list of sources, which never ends by itself."""
    begun = threading.Event()

    def sources(ledger, *_: object) -> None:
        with ledger.reading_at_once() as connection:
            connection.execute(text("SELECT count(*) FROM log")).all()
            begun.set()
            for _ in connection.execution_options(stream_results=True).execute(ENDLESS):
                pass

    monkeypatch.setattr(search, "sources", sources)
    return begun


def test_whoever_decides_does_not_wait_for_a_page_that_is_being_read(at, ledger, monkeypatch):
    begun, enough = threading.Event(), threading.Event()
    lines = text("SELECT count(*) FROM log")

    def sources(ledger, *_: object) -> search.Page:
        with ledger.reading_at_once() as connection:
            before = connection.execute(lines).scalar_one()
            begun.set()
            assert enough.wait(PATIENCE)
            assert connection.execute(lines).scalar_one() == before
        return search.Page(0, ())

    monkeypatch.setattr(search, "sources", sources)
    client = at()
    answers = []
    slow = threading.Thread(target=lambda: answers.append(client.get("/sources").status_code))
    slow.start()
    assert begun.wait(PATIENCE)
    claim = next(ledger.claims()).id
    sent = {"verdict": "accept", "a": claim, "next": "/review"}
    assert client.post("/judgements", data=sent, follow_redirects=False).status_code == 303
    assert client.get("/review").status_code == 200
    assert [judgement.a for judgement in ledger.judgements()] == [claim]
    assert answers == []
    enough.set()
    slow.join()
    assert answers == [200]


def test_it_is_given_up_and_others_go_on(at, ledger, looking, monkeypatch) -> None:
    monkeypatch.setattr(desk, "LONGEST", 1.0)
    client = at()
    answers = []
    slow = threading.Thread(target=lambda: answers.append(client.get("/sources")))
    slow.start()
    assert looking.wait(PATIENCE)
    claim = next(ledger.claims()).id
    sent = {"verdict": "accept", "a": claim, "next": "/review"}
    assert client.post("/judgements", data=sent, follow_redirects=False).status_code == 303
    assert client.get("/incidents").status_code == 200
    assert client.get("/review").status_code == 200
    slow.join()
    (answer,) = answers
    assert answer.status_code == 503
    assert "had to be read for too long" in answer.text
    assert [judgement.a for judgement in ledger.judgements()] == [claim]


def test_the_desk_waits_for_its_incidents_once(client, ledger, monkeypatch) -> None:
    began, go = threading.Semaphore(0), threading.Semaphore(0)

    def kept(*_: object, **__: object) -> bool:
        began.release()
        assert go.acquire(timeout=PATIENCE)
        return False

    monkeypatch.setattr(desk, "kept", kept)
    answers: list[int] = []
    asking = [
        threading.Thread(target=lambda: answers.append(client.get("/incidents").status_code))
        for _ in range(8)
    ]
    asking[0].start()
    assert began.acquire(timeout=PATIENCE)
    for one in asking[1:]:
        one.start()
    # One more time for those who came meanwhile, however many they are, and no more.
    go.release()
    assert began.acquire(timeout=PATIENCE)
    while_it_runs = client.get("/about").status_code
    go.release(8)
    for one in asking:
        one.join()
    assert answers == [200] * 8 and while_it_runs == 200
