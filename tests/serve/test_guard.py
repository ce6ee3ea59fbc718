"""Who may ask what."""

from __future__ import annotations

import pytest

from sayso.serve.app import LARGEST

FORM = {"verdict": "accept", "a": "none"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1"])
def test_a_name_that_is_not_this_machines_is_refused(client, host: str) -> None:
    answer = client.get("/incidents.json", headers={"host": host})
    assert answer.status_code == 421 and answer.json()["ok"] is False


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:9"])
def test_its_own_names_are_answered(client, host: str) -> None:
    assert client.get("/incidents", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize("address", ["/judgements", "/documents"])
def test_a_page_from_elsewhere_changes_nothing(client, ledger, headers, address: str) -> None:
    before = ledger.head()
    answer = client.post(address, data=FORM | {"text": "Two died."}, headers=headers)
    assert answer.status_code == 403
    assert ledger.head() == before


def test_a_page_of_the_desk_may(client) -> None:
    headers = {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"}
    assert client.post("/judgements", data=FORM, headers=headers).status_code == 404


def test_no_page_may_load_or_be_framed_by_anything_else(client) -> None:
    for address in ("/incidents", "/nothing", "/static/keys.js", "/incidents.json"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    report = client.get("/incidents/selmarra-2031-03-04/report").headers
    assert "script-src" not in report["content-security-policy"]


def test_read_only_hides_every_form_and_refuses_every_write(at, ledger) -> None:
    client = at(read_only=True)
    before = ledger.head()
    for address in ("/judgements", "/documents"):
        assert client.post(address, data=FORM).status_code == 403
    claim = client.get("/review.json").json()["items"][0]["claim"]
    for address in ("/review", f"/claims/{claim}", "/incidents/selmarra-2031-03-04", "/add"):
        assert 'method="post"' not in client.get(address).text, address
    assert ledger.head() == before


def test_others_need_the_token(at) -> None:
    client = at("http://desk.example", token="letmein")
    assert client.get("/incidents").status_code == 401
    assert client.get("/incidents?token=wrong").status_code == 401
    assert client.get("/incidents", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/static/keys.js").status_code == 401
    assert client.post("/judgements", data=FORM).status_code == 401
    bearer = {"authorization": "Bearer letmein"}
    assert client.get("/incidents.json", headers=bearer).status_code == 200
    entered = client.get("/incidents?view=time&token=letmein", follow_redirects=False)
    assert entered.headers["location"] == "/incidents?view=time"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert client.get("/incidents").status_code == 200
    assert client.post("/judgements", data=FORM).status_code == 404


def test_uploads_are_bounded(client) -> None:
    def endless():
        for _ in range(LARGEST // 1_000_000 + 2):
            yield b"x" * 1_000_000

    kind = {"content-type": "application/x-ndjson"}
    declared = client.post("/documents", content=b"x" * (LARGEST + 1), headers=kind)
    assert declared.status_code == 413
    assert client.post("/documents", content=endless(), headers=kind).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/documents/../../../../etc/passwd",
        "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/basemap.pmtiles",
        "/incidents/%2e%2e/report",
    ],
)
def test_no_path_reaches_the_file_system(client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "root:" not in answer.text and "import" not in answer.text


def test_a_base_map_is_sent_in_parts(at, tmp_path) -> None:
    tiles = tmp_path / "land.pmtiles"
    tiles.write_bytes(bytes(range(256)) * 10)
    client = at(basemap=tiles)
    part = client.get("/basemap.pmtiles", headers={"range": "bytes=256-259"})
    assert part.status_code == 206 and part.content == bytes([0, 1, 2, 3])
