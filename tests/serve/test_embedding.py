"""Pieces of an incident in frames of others; no other page may stand in one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from sayso.publish import pictures

MAIN = "selmarra-2031-03-04"
PIECES = ("card", "curve", "table")


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_may_be_framed_and_does_nothing(client: TestClient, piece: str) -> None:
    answer = client.get(f"/embed/{MAIN}/{piece}")
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    assert "script-src" not in policy and "form-action 'none'" in policy
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "<script" not in answer.text and "<form" not in answer.text
    assert f"http://127.0.0.1/incidents/{MAIN}" in answer.text


@pytest.mark.parametrize(
    "path",
    [f"/incidents/{MAIN}", "/incidents", f"/incidents/{MAIN}/report", "/embed/nothing/card",
     f"/embed/{MAIN}/map", f"/embed/{MAIN}/everything", "/about", "/oembed"],
)  # fmt: skip
def test_no_other_page_may(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_pictures_are_served(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = client.get(f"/embed/{MAIN}/card.svg")
    assert drawn.headers["content-type"].startswith("image/svg+xml") and "18–27" in drawn.text
    assert f"{MAIN}-card.svg" in drawn.headers["content-disposition"]
    assert client.get(f"/embed/{MAIN}/card.gif").status_code == 404
    children = client.get(f"/embed/{MAIN}/curve.svg?figure=killed-children")
    assert "Children killed" in children.text
    monkeypatch.setattr(pictures, "can_png", lambda: False)
    assert "pip install" in client.get(f"/incidents/{MAIN}").text


def test_pictures_are_served_as_png(client: TestClient) -> None:
    pytest.importorskip("resvg_py")
    made = client.get(f"/embed/{MAIN}/card.png")
    assert made.headers["content-type"] == "image/png" and made.content.startswith(b"\x89PNG")
    assert f'href="/embed/{MAIN}/card.png"' in client.get(f"/incidents/{MAIN}").text


def test_the_page_of_an_incident_offers_them(client: TestClient) -> None:
    page = client.get(f"/incidents/{MAIN}").text
    for piece in PIECES:
        for end in ("", ".svg"):
            assert f'href="/embed/{MAIN}/{piece}{end}"' in page
    assert f"/embed/{MAIN}/map" not in page  # an invented city is on no map
    assert "application/json+oembed" in page


def test_oembed_tells_of_incidents_and_pieces(client: TestClient) -> None:
    def ask(url: str, **more: str):
        return client.get("/oembed", params={"url": url, **more})

    told = ask(f"http://127.0.0.1/incidents/{MAIN}", maxwidth="300").json()
    assert told["type"] == "rich" and told["width"] == 300
    assert f'src="http://127.0.0.1/embed/{MAIN}/card"' in told["html"]
    told = ask(f"http://127.0.0.1/embed/{MAIN}/curve?figure=killed-children").json()
    assert f"/embed/{MAIN}/curve?figure=killed-children" in told["html"]
    assert ask("http://elsewhere.example/incidents/a").status_code == 404
    assert ask("http://127.0.0.1/log").status_code == 404
    assert ask(f"http://127.0.0.1/incidents/{MAIN}", format="xml").status_code == 501
    assert ask(f"http://127.0.0.1/incidents/{MAIN}", maxwidth="wide").status_code == 400


def test_who_has_no_token_sees_no_piece(at: Callable[..., TestClient]) -> None:
    assert at(token="secret").get(f"/embed/{MAIN}/card").status_code == 401


@pytest.mark.parametrize("path", [f"/embed/{MAIN}/card", f"/incidents/{MAIN}/report"])
def test_what_goes_out_is_of_the_moment_asked_for(client: TestClient, path: str) -> None:
    then = client.get(f"{path}?as_of=2031-03-04T12:00")
    assert then.status_code == 200 and "18–27" in client.get(path).text
    assert "18–27" not in then.text
    assert client.get(f"{path}?as_of=2001-01-01").status_code == 404
    wrong = client.get(f"{path}?as_of=yesterday")
    assert wrong.status_code == 400 and "is not a date" in wrong.text


def test_the_report_of_a_moment_is_offered_beside_its_board(client: TestClient) -> None:
    page = client.get(f"/incidents/{MAIN}?as_of=2031-03-04T12:00").text
    assert f'href="/incidents/{MAIN}/report?as_of=2031-03-04T12%3A00"' in page
