from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.publish.context import marks, passages, sentence
from sayso.records import Claim, Evidence, Party, Source, When

TEXT = "It rained. At 3 p.m. two men were hurt on Monday, the mayor said. “Go home,” she added."


def claim(quoted: str, text: str = TEXT, **more) -> Claim:
    start = text.index(quoted)
    span = Evidence(start=start, end=start + len(quoted), text=quoted)
    return Claim(id="c", kind="injured", evidence=span, **more)


def marked(subject: Claim, text: str = TEXT) -> str:
    within = passages(subject, text)
    pieces = []
    for start, end in within:
        out, at = "", start
        for position, sign in marks(subject, text, within):
            if start <= position <= end:
                out += text[at:position] + sign
                at = position
        pieces.append(out + text[at:end])
    return " … ".join(pieces)


def test_a_sentence_runs_from_stop_to_stop_past_an_abbreviation() -> None:
    found = claim("two men were hurt")
    first, last = sentence(TEXT, found.evidence.start, found.evidence.end)
    assert TEXT[first:last] == "At 3 p.m. two men were hurt on Monday, the mayor said."


def test_evidence_may_begin_its_sentence() -> None:
    text = "One. Two were hurt. Three."
    first, last = sentence(text, text.index("Two"), text.index(" hurt"))
    assert text[first:last] == "Two were hurt."


def test_a_paragraph_ends_a_sentence_without_a_stop() -> None:
    assert sentence("THREE DEAD\n\nThe rest.", 0, 5) == (0, 10)


def test_marks_stand_around_evidence_people_time_and_sayer() -> None:
    subject = claim(
        "two men were hurt",
        who=Party(text="men", category="unspecified"),
        when=When(text="Monday"),
        sources=(Source(text="the mayor", kind="official", role="origin"),),
    )
    wanted = "At 3 p.m. [two (men) were hurt] on {Monday}, <the mayor> said."
    assert marked(subject) == wanted


def test_a_name_is_marked_where_it_is_nearest_to_the_evidence() -> None:
    text = "Police came. Police said nine were held, and police left."
    subject = claim(
        "nine were held", text, sources=(Source(text="Police", kind="official", role="origin"),)
    )
    assert marked(subject, text) == "<Police> said [nine were held], and police left."


def test_marks_that_would_cross_are_left_out() -> None:
    subject = claim("two men were", who=Party(text="men were hurt", category="unspecified"))
    assert marked(subject) == "At 3 p.m. [two men were] hurt on Monday, the mayor said."


def test_a_name_that_is_not_in_the_sentence_is_not_marked() -> None:
    subject = claim(
        "two men were hurt", sources=(Source(text="a baker", kind="witness", role="origin"),)
    )
    assert "<" not in marked(subject)


def test_words_of_saying_are_marked_with_the_names_they_go_with() -> None:
    text = "Police told Lantern TV that nine were held, citing a judge."
    said = [(text.index(word), text.index(word) + len(word)) for word in ("told", "citing")]
    names = {"a judge": "origin", "Police": "relay", "Lantern TV": "relay"}
    subject = claim(
        "nine were held",
        text,
        cues=tuple(said),
        sources=tuple(Source(text=n, kind="media", role=r) for n, r in names.items()),
    )
    assert marked(subject, text) == (
        "<Police> *told* <Lantern TV> that [nine were held], *citing* <a judge>."
    )


def test_sentences_that_name_the_source_are_shown_with_the_evidence() -> None:
    text = "Ada Brandt rose. It rained. Nobody left. Nine were held, she said. Rain went on."
    said = text.index("said")
    subject = claim(
        "Nine were held",
        text,
        cues=((said, said + 4),),
        sources=(Source(text="Ada Brandt", kind="official", role="origin"),),
    )
    assert marked(subject, text) == "<Ada Brandt> rose. … [Nine were held], she *said*."


def test_a_word_of_saying_in_the_next_sentence_is_shown_too() -> None:
    text = "“Nine were held. They went quietly,” Ada Brandt said. Rain went on."
    said = text.index("said")
    subject = claim("Nine were held", text, cues=((said, said + 4),))
    assert marked(subject, text) == "“[Nine were held]. They went quietly,” Ada Brandt *said*."


@given(st.text(max_size=300), st.data())
def test_a_sentence_always_holds_its_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
