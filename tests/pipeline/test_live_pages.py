"""A live page and a digest: what was posted when, and under which heading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.ingest.pages import page
from sayso.pipeline.recalling import known
from sayso.records import Document, Reading
from sayso.settings import load

SETTINGS = load(None, {}, {})


@pytest.fixture(scope="module")
def read() -> Callable[[Document], Reading]:
    from sayso.pipeline import Reader

    return Reader(SETTINGS).read


LIVE = (
    "<!doctype html><html lang='en'><head><title>Bus crash near Gao: live</title>"
    "<meta property='og:site_name' content='The Marrow Courier'>"
    "<meta property='article:published_time' content='2031-03-11T06:00:00Z'></head><body><main>"
    "<h1>Bus crash near Gao in Mali: live</h1>{}</main></body></html>"
)
POST = "<article><time datetime='{}'>now</time><p>{}</p></article>"
POSTS = [
    ("2031-03-12T14:00Z", "The provincial police now say seven people were killed on Monday."),
    ("2031-03-11T09:00Z", "The provincial police say four people were killed in the crash yesterday."),
    ("2031-03-11T07:00Z", "Police said two people had been killed in the crash on Monday."),
]  # fmt: skip


def live() -> Document:
    found = page(LIVE.format("".join(POST.format(*post) for post in POSTS)).encode(), "live.html")
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("as_of", "toll"),
    [("2031-03-11T08:00", 2), ("2031-03-11T10:00", 4), ("2031-03-12T15:00", 7), (None, 7)],
)
def test_what_was_posted_later_is_not_known(
    read: Callable[[Document], Reading], as_of: str | None, toll: int
) -> None:
    document = live()
    found = known([document], [read(document)], SETTINGS, as_of)
    (incident,) = found.incidents
    assert [t.best for t in incident.tolls if t.kind == "killed"] == [toll]
    assert incident.documents == (document.id,)


def test_a_day_is_counted_from_the_post(read: Callable[[Document], Reading]) -> None:
    claims = [c for c in read(live()).claims if c.kind == "killed"]
    assert {c.when.start for c in claims if c.when} == {"2031-03-10"}
    assert [c.posted for c in claims] == [
        "2031-03-12T14:00+00:00",
        "2031-03-11T09:00+00:00",
        "2031-03-11T07:00+00:00",
    ]


def of(text: str) -> Document:
    return Document(id="d", text=text, published="2031-03-14", outlet="The Marrow Courier")


def test_a_heading_places_what_stands_under_it_and_no_more(
    read: Callable[[Document], Reading],
) -> None:
    text = (
        "Weekly digest\n\nThis was reported from Mali.\n\nGao region\n\nGunmen killed three herders.\n\n"
        "Later two soldiers were wounded.\n\nMopti region\n\nA bomb killed five traders.\n\n"
        "Other news\n\nTwo men were arrested."
    )  # fmt: skip
    where = [c.where.text if c.where else None for c in read(of(text)).claims if c.count]
    assert where == ["Gao region", "Gao region", "Mopti region", "Mali"]


def test_a_day_heads_what_stands_under_it(read: Callable[[Document], Reading]) -> None:
    text = (
        "Diary for Mali\n\nMonday, 10 March 2031\nGunmen killed three herders.\nTwo soldiers were wounded.\n"
        "2031-03-11\nA bomb killed five traders."
    )  # fmt: skip
    claims = [c for c in read(of(text)).claims if c.count]
    assert [c.when.start for c in claims if c.when] == ["2031-03-10", "2031-03-10", "2031-03-11"]


def test_a_post_is_not_read_behind_another(read: Callable[[Document], Reading]) -> None:
    posts = "2031-03-11 08:00\nThe army in Mali killed two men in Gao.\n"
    posts += "2031-03-11 09:00\nFour people died in a crash."
    first, second = read(of(posts)).claims
    assert (first.where and first.where.text) == "Gao"
    assert second.where is None and second.by is None
