"""A live page and a digest: what was posted when, and under which heading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

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


SAID = "The provincial police now say {} people were killed in the crash on Monday."
NEWEST_FIRST = [("2:00 p.m. EET", "seven"), ("11:00 a.m. EET", "four"), ("9:00 a.m. EET", "two")]
WAYS = {
    "a line": "<p>{}</p><p>{}</p>",
    "a heading": "<h3>{}</h3><p>{}</p>",
    "a mark of its own": "<div><span>{}</span><p>{}</p></div>",
    "a time without its moment": "<section><time>{}</time><p>{}</p></section>",
}


@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
@pytest.mark.parametrize("way", [*WAYS, "plain text"])
def test_nothing_is_known_before_it_was_posted(
    read: Callable[[Document], Reading], way: str, turned: bool
) -> None:
    each = [(at, SAID.format(count)) for at, count in NEWEST_FIRST]
    each = each[::-1] if turned else each
    if way == "plain text":
        text = "Bus crash near Gao in Mali: live\n\n" + "\n\n".join(
            f"{at}\n{said}" for at, said in each
        )
        document = replace(of(text), published="2031-03-11")
    else:
        body = "".join(WAYS[way].format(*post) for post in each)
        found = page(LIVE.format(body).encode(), "live.html")
        assert isinstance(found, Document)
        document = found
    reading = read(document)
    best = []
    for as_of in ("2031-03-11T07:30Z", "2031-03-11T09:30Z", "2031-03-11T12:30Z"):
        incidents = known(
            [replace(document, published="2031-03-11T00:00Z")], [reading], SETTINGS, as_of
        ).incidents
        best += [t.best for i in incidents for t in i.tolls if t.kind == "killed"]
    assert best == [2, 4, 7]


def test_posts_in_a_list_are_posts(read: Callable[[Document], Reading]) -> None:
    items = "".join(
        f"<li><time datetime='2031-03-11T{hour}:00Z'>{n} hours ago</time><p>{SAID.format(count)}</p></li>"
        for n, (hour, count) in enumerate((("12:00", "seven"), ("09:00", "four")))
    )
    found = page(LIVE.format(f"<ul>{items}</ul>").encode(), "live.html")
    assert isinstance(found, Document)
    posted = {c.count.low: c.posted for c in read(found).claims if c.kind == "killed" and c.count}
    assert posted == {7: "2031-03-11T12:00+00:00", 4: "2031-03-11T09:00+00:00"}


def test_two_posts_of_one_minute_are_two(read: Callable[[Document], Reading]) -> None:
    posts = "14:05 GMT\nThe army in Mali killed two men in Gao.\n14:05 GMT\nFour people died in a crash."
    first, second = read(of(posts)).claims
    assert (first.where and first.where.text) == "Gao"
    assert second.where is None and second.by is None


def test_a_post_that_says_how_long_ago_it_was_made_is_told_of(
    read: Callable[[Document], Reading],
) -> None:
    reading = read(
        of("Crash in Mali: live\n\n2 hours ago\nFour people died.\n\n5 hours ago\nTwo died.")
    )
    assert any("how long ago" in problem for problem in reading.problems)
