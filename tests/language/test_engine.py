"""What every engine must keep to, held against the one that Sayso ships."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import EngineError
from sayso.language.engine import Engine, load
from sayso.language.parse import pipeline

NEWS = (
    "Torvald Ness, a fire chief, said 12 miners were missing.\n\n"
    "Rescuers reached the shaft at dawn. “We heard knocking,” one of them said."
)


def test_offsets_slice_the_text(engine: Engine) -> None:
    (sentences,) = engine.sentences([NEWS])
    for sentence in sentences:
        assert NEWS[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert NEWS[token.start : token.end] == token.text


def test_each_sentence_is_one_tree(engine: Engine) -> None:
    (sentences,) = engine.sentences([NEWS])
    for sentence in sentences:
        assert len(sentence.root.subtree()) == len(sentence.tokens)
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))
        assert all(t in t.head.children for t in sentence.tokens if t is not sentence.root)


def test_paragraphs_are_counted_by_line_breaks(engine: Engine) -> None:
    (sentences,) = engine.sentences([NEWS])
    assert [s.paragraph for s in sentences] == [0, 1, 1]


def test_lines_wrapped_to_a_width_are_read_as_paragraphs(engine: Engine) -> None:
    wrapped = (
        "At least 13 people were killed when a\nfootbridge collapsed near the harbour of\n"
        "Tarnow Bay.\nThe mayor spoke to reporters at the\nscene.\n\nShe promised help."
    )
    (sentences,) = engine.sentences([wrapped])
    assert [s.text.split()[-1] for s in sentences] == ["Bay.", "scene.", "help."]
    assert [s.paragraph for s in sentences] == [0, 0, 1]


def test_headlines_and_captions_are_no_wrapped_lines(engine: Engine) -> None:
    (sentences,) = engine.sentences(["Bridge falls in Karsa\nNine people were killed\nMayor quits"])
    assert len(sentences) == 3


def test_roles_of_a_plain_sentence(engine: Engine) -> None:
    ((sentence,),) = engine.sentences(["Gunmen killed three villagers near Karsa on Monday."])
    verb = sentence.root
    assert (verb.lower, verb.lemma, verb.tag) == ("killed", "kill", "VBD")
    assert [t.lower for t in verb.kids("nsubj")] == ["gunmen"]
    assert [t.lower for t in verb.kids("obj")] == ["villagers"]
    assert [(e.label, e.tokens[0].text) for e in sentence.entities] == [
        ("LOC", "Karsa"),
        ("DATE", "Monday"),
    ]


def test_passive_is_told_from_active(engine: Engine) -> None:
    ((sentence,),) = engine.sentences(["Three villagers were killed by gunmen."])
    assert [t.lower for t in sentence.root.kids("nsubj:pass")] == ["villagers"]
    assert [t.lower for t in sentence.root.kids("obl:agent")] == ["gunmen"]


def test_upper_case_reads_like_mixed_case(engine: Engine) -> None:
    ((sentence,),) = engine.sentences(["GUNMEN KILLED THREE VILLAGERS NEAR KARSA."])
    assert (sentence.root.text, sentence.root.lemma) == ("KILLED", "kill")
    assert [t.text for t in sentence.root.kids("obj")] == ["VILLAGERS"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n", "\u00a0"])
def test_blank_text_has_no_sentences(engine: Engine, text: str) -> None:
    assert list(engine.sentences([text])) == [[]]


def test_a_text_reads_the_same_alone_and_among_others(engine: Engine) -> None:
    def shape(text_sentences: list) -> list:
        return [[(t.text, t.dep, t.head.i, t.entity) for t in s.tokens] for s in text_sentences]

    alone = [shape(next(iter(engine.sentences([text])))) for text in (NEWS, "No one was hurt.")]
    together = [shape(s) for s in engine.sentences([NEWS, "No one was hurt."])]
    assert alone == together


def test_a_very_long_line_is_read_to_its_end(engine: Engine) -> None:
    text = "word " * 5_000 + "end"
    (sentences,) = engine.sentences([text])
    assert sentences[-1].tokens[-1].text == "end"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=120))
def test_any_text_is_sliced_exactly(engine: Engine, text: str) -> None:
    (sentences,) = engine.sentences([text])
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert len(sentence.root.subtree()) == len(sentence.tokens)
    inside = [(s.start, s.end) for s in sentences]
    assert inside == sorted(inside)
    between = [
        text[a:b]
        for a, b in zip(
            [0, *(e for _, e in inside)], [*(s for s, _ in inside), len(text)], strict=True
        )
    ]
    assert all(not gap.strip() for gap in between)


def test_an_unknown_engine_is_named_in_the_error() -> None:
    with pytest.raises(EngineError, match=r"'grand'.*there is: default"):
        load("grand")


def test_spacy_users_get_an_ordinary_pipeline() -> None:
    doc = pipeline()("Police arrested Ilan Dor in Karsa.")
    assert [e.text for e in doc.ents] == ["Ilan Dor", "Karsa"]
    assert doc[1].lemma_ == "arrest"
    assert next(doc.sents).root.text == "arrested"
