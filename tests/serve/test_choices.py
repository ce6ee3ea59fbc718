"""What can be only one of some is asked for as such, on every page: another is an error that says
what there is, never a page of something else."""

from __future__ import annotations

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from sayso.serve.app import description, doors
from sayso.serve.asking import CHOICES, CHOICES_AT
from sayso.serve.review import DECISIONS

MAIN = "selmarra-2031-03-04"
OWN = ("/static", "/style.css", "/basemap.pmtiles", "/login")


def filled(path: str) -> str:
    """An address of that form which answers."""
    piece = "curve.svg" if "{shape}" in path else "curve"
    path = path.replace("{piece}.{shape}", piece).replace("{piece}", piece)
    path = path.replace("{shape}", "json" if path.startswith("/feed") else "csv")
    return path.replace("{id}", MAIN).replace("{id:path}", MAIN)


PAGES = [
    route.path
    for _, route in doors()
    if isinstance(route, Route) and "GET" in (route.methods or ())
    if not route.path.startswith(OWN)
]
ENUMERATED = sorted({*CHOICES})


@pytest.mark.parametrize("path", PAGES)
def test_a_value_that_cannot_be_is_refused_with_a_sentence(client: TestClient, path: str) -> None:
    for name in ENUMERATED:
        answer = client.get(filled(path), params={name: "zz"})
        assert answer.status_code in (400, 404), (path, name, answer.status_code)
        answer = client.get(
            filled(path), params={name: "zz"}, headers={"accept": "application/json"}
        )
        told = answer.json()
        assert told["ok"] is False and "cannot be; there are" in told["error"], (path, name)


def test_those_that_were_asked_for_by_mistake(client: TestClient) -> None:
    for path in (f"/embed/{MAIN}/curve?kind=zz", "/agreement?kind=zz", "/agreement?kind=killed",
                 "/review?kind=event", "/incidents?status=zz", "/incidents?country=Turkey",
                 "/log?subject=x&figure=killed"):  # fmt: skip
        assert client.get(path).status_code == 400, path
    for path in (f"/embed/{MAIN}/picture", f"/embed/{MAIN}/card.gif", "/export.xls", "/feed.rss"):
        assert client.get(path).status_code == 404, path


def test_every_value_that_can_be_is_answered(client: TestClient) -> None:
    for name, values in CHOICES.items():
        for value in values[:3]:
            answer = client.get("/incidents", params={name: value})
            assert answer.status_code == 200, (name, value)
    for path, own in CHOICES_AT.items():
        for name, values in own.items():
            for value in values:
                assert client.get(path, params={name: value}).status_code == 200, (path, value)
    for said in ("new", "NEW", "none", "signed off", ""):
        assert client.get("/incidents", params={"status": said}).status_code == 200
    assert client.get("/incidents?type=assault&country=tr").status_code == 200


def test_what_is_sent_is_held_to_the_same(client: TestClient) -> None:
    assert "zz" not in DECISIONS
    for path, sent in (
        ("/judgements", {"verdict": "zz", "a": MAIN}),
        ("/judgements", {"verdict": "status", "a": MAIN, "b": "zz"}),
        ("/judgements", {"verdict": "grade", "a": MAIN, "b": "zz"}),
        ("/judgements", {"verdict": "source_kind", "a": "police", "b": "zz"}),
        ("/views", {"do": "zz", "name": "mine"}),
        ("/people", {"do": "zz", "name": "Aigul"}),
        ("/people", {"do": "role", "name": "Aigul", "role": "zz"}),
    ):
        answer = client.post(path, data=sent)
        assert answer.status_code in (400, 404), (path, sent, answer.status_code)


def test_the_description_has_the_same_values() -> None:
    for path, operations in description()["paths"].items():
        for asked in operations.get("get", {}).get("parameters", ()):
            allowed = CHOICES_AT.get(path.removesuffix(".json"), {}).get(
                asked["name"], CHOICES.get(asked["name"])
            )
            if allowed is not None:
                assert asked["schema"]["enum"] == [*allowed, ""], (path, asked["name"])
