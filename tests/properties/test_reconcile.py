"""What holds of incidents and tolls whatever is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.reconcile import shelf
from sayso.reconcile.coverage import Coverage, incidents
from sayso.records import Claim, Count, Document, Evidence, Judgement, Party, Place, Source

START = datetime(2031, 3, 4, 6, tzinfo=UTC)
VOICES = (
    None,
    ("Health Ministry", "official"),
    ("police spokesman Ilan Dor", "security_forces"),
    ("Dor", "security_forces"),
    ("Lantern", "ngo"),
    ("relatives", "relative"),
    ("a source", "anonymous"),
)
TEXTS = (
    "A blast tore through the covered market in Karsa, killing traders and bringing down the roof. "
    "Rescuers with dogs searched the rubble of the covered market until the evening rain.",
    "Rescuers in Karsa pulled more traders from under the fallen roof of the covered market on the "
    "second day after the blast, and relatives waited at the fence around the rubble.",
    "A ferry sank off the island of Sund in a storm, and passengers drowned before the fishing "
    "boats reached them, the coastguard of the western lakes reported in the early morning.",
)

counts = st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(0, 40)).filter(
    lambda c: c != (None, None)
)


@st.composite
def claims_of(draw, name: str, **fields):
    low, high = draw(counts)
    if low is not None and high is not None and low > high:
        low, high = high, low
    voice = draw(st.sampled_from(VOICES))
    start = draw(st.integers(0, 20))
    given_as = {
        "scope": draw(st.sampled_from(("current", "current", "background", "period"))),
        "modality": draw(st.sampled_from(("asserted", "reported", "denied", "planned"))),
    } | fields
    return Claim(
        id=name,
        kind=draw(st.sampled_from(("killed", "injured"))),
        count=Count(low=low, high=high, text=str(low)),
        who=Party(text="people", category=draw(st.sampled_from(("unspecified", "children")))),
        where=draw(st.sampled_from((None, Place(text="Karsa"), Place(text="Sund")))),
        sources=(Source(text=voice[0], kind=voice[1], role="origin"),) if voice else (),
        evidence=Evidence(start=start, end=start + 1, text="x"),
        **given_as,
    )


@st.composite
def coverage(draw):
    documents, claims = [], {}
    for i in range(draw(st.integers(1, 6))):
        minutes = draw(st.integers(0, 3000))
        document = Document(
            id=f"d{i}",
            text=draw(st.sampled_from(TEXTS)),
            outlet=draw(st.sampled_from(("Courier", "Star", "Monitor"))),
            published=(START + timedelta(minutes=minutes)).isoformat(),
        )
        documents.append(document)
        many = range(draw(st.integers(0, 3)))
        claims[document.id] = [draw(claims_of(f"{document.id}-{n}")) for n in many]
    return documents, claims


def plain(found):
    """What every toll says of every incident, but for the reasons and the number of copies."""
    return [
        (t.kind, t.who, t.low, t.best, t.high, len(t.origins), t.withdrawn, t.disputed)
        for incident in found
        for t in incident.tolls
    ]


@given(coverage(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(story, random):
    documents, claims = story
    shuffled = random.sample(documents, len(documents))
    upside_down = {name: claims[name][::-1] for name in sorted(claims, reverse=True)}
    assert incidents(shuffled, upside_down) == incidents(documents, claims)


BOILERPLATE = (
    " Sign up for our newsletter and get the stories that matter in your inbox every morning. Follow "
    "us wherever you read, and support independent journalism in Karsia with two crowns a month."
)


@st.composite
def arrivals(draw):
    """Documents in batches, in any order, some of them with what their outlet prints under all."""
    documents, claims = draw(coverage())
    below = draw(st.booleans())
    documents = [
        msgspec.structs.replace(d, text=f"Item {i}. {d.text}{BOILERPLATE if below else ''}")
        for i, d in enumerate(documents)
    ]
    order = draw(st.permutations(documents))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(order) - 1)), max_size=3)))
    bounds = [0, *cuts, len(order)]
    return [order[a:b] for a, b in pairwise(bounds)], claims


@given(arrivals())
def test_what_came_batch_by_batch_is_what_is_built_anew(arrived):
    batches, claims = arrived
    grown = Coverage()
    for batch in batches:
        grown.add(batch, claims)
        grown.incidents()
    everything = [document for batch in batches for document in batch]
    assert grown.incidents() == incidents(everything, claims)
    fresh = Coverage()
    fresh.add(everything, claims)
    assert grown.families() == fresh.families()


@given(arrivals())
def test_what_is_not_at_hand_tells_the_same(arrived):
    batches, claims = arrived
    with pytest.MonkeyPatch.context() as few:
        few.setattr(shelf, "OPEN", 1)
        packed = Coverage()
        for batch in batches:
            packed.add(batch, claims)
    everything = [document for batch in batches for document in batch]
    assert packed.incidents() == incidents(everything, claims)


@given(arrivals(), st.data())
def test_judgements_may_come_before_or_after_what_they_judge(arrived, data):
    batches, claims = arrived
    everything = [document for batch in batches for document in batch]
    ids = st.sampled_from([d.id for d in everything])
    judged = [
        Judgement(id=str(i), verdict=verdict, a=a, b=b, at=f"2031-04-0{i + 1}")
        for i, (verdict, a, b) in enumerate(
            data.draw(
                st.lists(st.tuples(st.sampled_from(("same", "different")), ids, ids), max_size=4)
            )
        )
        if a != b
    ]
    before, after = Coverage(judgements=judged), Coverage()
    for batch in batches:
        before.add(batch, claims)
        after.add(batch, claims)
    after.judge(judged)
    assert (
        before.incidents() == after.incidents() == incidents(everything, claims, judgements=judged)
    )
    home = {d: i.id for i in before.incidents() for d in i.documents if d not in i.aside}
    for judgement in judged:
        a, b = home.get(judgement.a), home.get(judgement.b)
        if judgement not in before.overruled and a and b:
            assert (a == b) == (judgement.verdict == "same")


@given(arrivals(), st.data())
def test_a_document_read_anew_is_as_if_it_had_been_read_so_at_first(arrived, data):
    batches, claims = arrived
    everything = [document for batch in batches for document in batch]
    grown = Coverage()
    grown.add(everything, claims)
    again = data.draw(st.sampled_from(everything))
    later = claims | {again.id: [data.draw(claims_of(f"{again.id}-anew"))]}
    grown.add([again], later)
    assert grown.incidents() == incidents(everything, later)


@given(coverage(), st.integers(0, 5), st.integers(0, 300))
def test_a_copy_adds_no_witness(story, which, later):
    documents, claims = story
    source = documents[which % len(documents)]
    # Where a text was printed before with other figures, a copy of the older print is an old edition.
    assume([d.text for d in documents].count(source.text) == 1)
    at = max(datetime.fromisoformat(d.published) for d in documents) + timedelta(minutes=later)
    copy = Document(id="z", text=source.text, outlet="Echo", published=at.isoformat())
    copied = [msgspec.structs.replace(c, id=f"z{c.id}") for c in claims[source.id]]
    before = incidents(documents, claims)
    after = incidents([*documents, copy], {**claims, "z": copied})
    assert plain(after) == plain(before)


@given(coverage(), st.data())
def test_what_is_not_of_this_story_changes_no_toll(story, data):
    documents, claims = story
    name = documents[0].id
    fields = data.draw(
        st.sampled_from(({"scope": "background"}, {"scope": "period"}, {"part_of": "elsewhere"}))
    )
    # A document of which the aside is all there is would not be part of any incident without it.
    assume(any(claim.scope == "current" for claim in claims[name]))
    aside = data.draw(claims_of("aside", **({"scope": "current"} | fields)))
    aside = msgspec.structs.replace(aside, where=None)
    after = incidents(documents, {**claims, name: [*claims[name], aside]})
    assert plain(after) == plain(incidents(documents, claims))


@given(coverage(), st.sampled_from(("latest", "agreed", "lowest", "highest", "median")))
def test_bounds_keep_their_order(story, policy):
    for incident in incidents(*story, policy=policy):
        for toll in incident.tolls:
            given_bounds = [b for b in (toll.low, toll.best, toll.high) if b is not None]
            assert given_bounds == sorted(given_bounds)


@given(coverage(), st.integers(-10, 3010))
def test_a_moment_knows_what_was_published_by_then_and_nothing_else(story, minutes):
    documents, claims = story
    moment = (START + timedelta(minutes=minutes)).isoformat()
    by_then = [d for d in documents if d.published <= moment]
    assert incidents(documents, claims, as_of=moment) == incidents(by_then, claims)


@given(coverage())
def test_before_everything_nothing_is_known(story):
    assert incidents(*story, as_of="2031-03-03") == []
