"""Which articles are about unrest, conflict or disaster, by their words."""

from __future__ import annotations

import pytest

from sayso.language.topic import about_unrest
from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings

MATCH = (
    "Tidewatch Rovers won the shield in Karsa on Saturday after a goal in the last minute. "
    "The coach praised his defence, which had lost two of its best men to the northern league. "
    "Tickets for the return match go on sale on Monday, the club said, and fans have been asked to "
    "come early. It was the ninth win of a season that nobody had expected to go so well. "
)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed when a bus went off the road near Belov.",
        "Two hurt in Karsa blast",
        "Thousands marched through Selmarra and police fired tear gas. " + MATCH,
        "The river burst its banks and floods left forty families stranded. " + MATCH,
        "Gunmen took the mayor, and no one knows where he is. The rebels deny it. " + MATCH,
    ],
)
def test_these_are(text: str) -> None:
    assert about_unrest(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        MATCH,
        "Shares in Marrow Bay Shipping fell by a tenth. " + MATCH,
        # In passing: one word of a long article.
        "The singer's father died in the spring. " + MATCH * 3,
        # Words of another sense are not listed.
        "The minister came under fire for the budget, and the storm will pass. " + MATCH,
    ],
)
def test_these_are_not(text: str) -> None:
    assert not about_unrest(text, "en")


def test_an_article_that_is_not_keeps_its_place_and_the_reason(settings: Settings) -> None:
    reader = Reader(settings._replace(parse="unrest"))
    assert reader.name.endswith(", parse unrest")
    published = "2031-03-04T08:00:00Z"
    passing = reader.read(Document(id="a", text=MATCH * 3 + "One man died.", published=published))
    assert not passing.claims and not passing.places
    assert passing.problems == (
        "not about unrest, conflict or disaster by its words: not read (parse = unrest)",
    )
    (claim,) = reader.read(
        Document(id="b", title="Blast", text="Nine people died in Karsa.", published=published)
    ).claims
    assert claim.kind == "killed" and claim.count and claim.count.low == 9


def test_a_headline_counts(settings: Settings) -> None:
    reader = Reader(settings._replace(parse="unrest"))
    told = Document(id="a", title="Deadly blast in Karsa kills two", text=MATCH + "Two men died.")
    assert reader.read(told).claims
