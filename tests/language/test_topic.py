"""Which articles are about unrest, conflict or disaster, by their words."""

from __future__ import annotations

import pytest

from sayso.language.topic import about_other, about_unrest, names_unrest
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


FINAL = (
    "Tidewatch Rovers killed off the match in the league final. Their keeper was beaten twice, and "
    "two players were trapped behind the line. The coach of the visitors said that his team had been "
    "left for dead by referee and fans, and that three men were missing from a side which had won "
    "six medals this season. The champions travel to Vell next week for a tournament of eight teams. "
)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (FINAL, True),
        (MATCH, True),
        ("The players of Tidewatch Rovers were shot.", False),  # too short to tell
        (f"{FINAL} Police, paramedics and firefighters fought a blaze. " * 2, True),
        (
            "Police fired tear gas; gunmen, soldiers and rebels clashed. An explosion followed, then "
            "a curfew, floods and a raid by troops on barricades of militants, who threw bombs and "
            f"grenades, and then riots. {FINAL}",
            False,
        ),
    ],
)
def test_what_is_about_something_else(text: str, other: bool) -> None:
    assert about_other(text, "en") is other


def test_a_sentence_names_what_harms() -> None:
    assert names_unrest("A stand collapsed and nine fans died.", "en")
    assert not names_unrest("Four batsmen were trapped and a king was dead.", "en")


def test_of_such_a_text_only_the_plain_harms_are_kept(settings: Settings) -> None:
    reader = Reader(settings)
    text = f"{FINAL} A stand collapsed at the match and nine fans died."
    reading = reader.read(Document(id="x", text=text, published="2031-03-04"))
    assert [(c.kind, c.evidence.text) for c in reading.claims if c.count] == [
        ("killed", "nine fans died")
    ]
    assert any("something else" in problem for problem in reading.problems)
