"""What every engine must keep to, held against each kind of them; then what Sayso's own reads."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from sayso.errors import EngineError
from sayso.language.cuts import Cuts
from sayso.language.engine import Engine, load
from sayso.language.parse import Parser, cuts
from sayso.language.runs import Words, runs
from sayso.language.trees import NAMES, Sentence, Token
from sayso.language.with_spacy import adopt, pipeline
from sayso.shapes.blocks import leaves

ARTICLES = Path(__file__).parents[1] / "snippets" / "open.jsonl"
NEWS = (
    "Torvald Ness, a fire chief, said 12 miners were missing.\n\n"
    "Rescuers reached the shaft at dawn. “We heard knocking,” one of them said."
)


def root(sentence: Sentence) -> Token:
    return next(t for t in sentence.tokens if t.head is t)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline in a folder, as a user may have one."""
    folder = tmp_path_factory.mktemp("pipelines") / "theirs"
    pipeline().to_disk(folder)
    return folder


@pytest.fixture(params=["default", "default with its gate", "spacy", "conllu"])
def any_engine(request: pytest.FixtureRequest, engine: Engine, saved: Path) -> Engine:
    if request.param == "default":
        return engine
    if request.param == "spacy":
        return load(f"spacy:{saved}")
    if request.param == "conllu":
        return load(f"conllu:{Path(__file__).with_name('news.conllu')}")
    return load(gate=True)


# The conformance suite.


def test_offsets_slice_the_text(any_engine: Engine) -> None:
    (sentences,) = any_engine.sentences([NEWS])
    assert len(sentences) == 3
    for sentence in sentences:
        assert NEWS[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert NEWS[token.start : token.end] == token.text


def test_each_sentence_is_one_tree(any_engine: Engine) -> None:
    (sentences,) = any_engine.sentences([NEWS])
    for sentence in sentences:
        assert root(sentence).dep == "root"
        assert len(root(sentence).subtree()) == len(sentence.tokens)
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))
        assert all(t in t.head.children for t in sentence.tokens if t is not root(sentence))


def test_paragraphs_are_counted_by_line_breaks(any_engine: Engine) -> None:
    (sentences,) = any_engine.sentences([NEWS])
    assert [s.paragraph for s in sentences] == [0, 1, 1]


def test_names_have_labels_that_rules_know(any_engine: Engine) -> None:
    (sentences,) = any_engine.sentences([NEWS])
    entities = [e for s in sentences for e in s.entities]
    assert ("PERSON", "Torvald Ness") in {
        (e.label, NEWS[e.tokens[0].start : e.tokens[-1].end]) for e in entities
    }
    assert {e.label for e in entities} <= NAMES
    assert all(t.entity == e.label for e in entities for t in e.tokens)


def test_a_word_has_its_tags_and_its_lemma(any_engine: Engine) -> None:
    (sentences,) = any_engine.sentences([NEWS])
    miners = next(t for s in sentences for t in s.tokens if t.text == "miners")
    assert (miners.lemma, miners.pos, miners.tag) == ("miner", "NOUN", "NNS")
    assert "Number=Plur" in miners.feats
    assert miners.relation == "nsubj" and miners.head.text == "missing"


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n", "\u00a0"])
def test_blank_text_has_no_sentences(any_engine: Engine, text: str) -> None:
    assert list(any_engine.sentences([text])) == [[]]


def test_texts_come_back_in_order_and_read_the_same_again(any_engine: Engine) -> None:
    def shape(sentences: list) -> list:
        return [[(t.text, t.dep, t.head.i, t.entity) for t in s.tokens] for s in sentences]

    found = [shape(sentences) for sentences in any_engine.sentences([NEWS, "", NEWS])]
    assert found[0] == found[2] and found[1] == []


# Sayso's own.


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
    verb = root(sentence)
    assert (verb.lower, verb.lemma, verb.tag) == ("killed", "kill", "VBD")
    assert [t.lower for t in verb.kids("nsubj")] == ["gunmen"]
    assert [t.lower for t in verb.kids("obj")] == ["villagers"]
    assert [(e.label, e.tokens[0].text) for e in sentence.entities] == [
        ("LOC", "Karsa"),
        ("DATE", "Monday"),
    ]


def test_a_quotation_that_ends_with_a_stop_ends_its_sentence(engine: Engine) -> None:
    text = "“Last night we ran out of sheets.” The health ministry has spoken of five patients."
    (sentences,) = engine.sentences([text])
    assert [s.text for s in sentences] == [text[:34], text[35:]]


def test_passive_is_told_from_active(engine: Engine) -> None:
    ((sentence,),) = engine.sentences(["Three villagers were killed by gunmen."])
    assert [t.lower for t in root(sentence).kids("nsubj:pass")] == ["villagers"]
    assert [t.lower for t in root(sentence).kids("obl:agent")] == ["gunmen"]


def test_upper_case_reads_like_mixed_case(engine: Engine) -> None:
    ((sentence,),) = engine.sentences(["GUNMEN KILLED THREE VILLAGERS NEAR KARSA."])
    assert (root(sentence).text, root(sentence).lemma) == ("KILLED", "kill")
    assert [t.text for t in root(sentence).kids("obj")] == ["VILLAGERS"]


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


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=120))
def test_any_text_is_sliced_exactly(engine: Engine, text: str) -> None:
    (sentences,) = engine.sentences([text])
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert len(root(sentence).subtree()) == len(sentence.tokens)
    inside = [(s.start, s.end) for s in sentences]
    assert inside == sorted(inside)
    between = zip([0, *(e for _, e in inside)], [*(s for s, _ in inside), len(text)], strict=True)
    unread = {at for a, b in between for at in range(a, b) if not text[at].isspace()}
    # A bullet or the mark of a quotation stands before what is read.
    assert not unread & {at for leaf in leaves(text) for at in range(leaf.start, leaf.end)}


def test_runs_fit_the_encoder_and_lose_no_word() -> None:
    text = ("One two three. " * 120 + "\n" + "uncopyrightable " * 400 + "\n\nEnd") * 2
    words = Words.of(text, cuts("en").words(text))
    found = list(runs(words, len))  # as many pieces as letters
    assert [i for run in found for i in run] == list(range(len(words.texts)))
    assert all(len(run) <= 220 for run in found)
    assert all(sum(len(words.texts[i]) for i in run) <= 510 for run in found)
    # A run is cut after a full stop where there is one.
    assert [words.texts[found[0][-1]], words.texts[found[1][0]]] == [".", "One"]


def test_one_core_reads_what_two_read() -> None:
    one, two = (
        [[(t.text, t.dep, t.head.i) for t in s.tokens] for s in next(read.sentences([NEWS * 3]))]
        for read in (Parser(threads=1), Parser(threads=2))
    )
    assert one == two


def test_a_name_goes_on_over_white_space_of_any_width(engine: Engine) -> None:
    (sentences,) = engine.sentences(["Police arrested Ilan\u00a0Dor in Port  Kerim\nHarbour."])
    assert [t.text for t in sentences[0].entities[0].tokens] == ["Ilan", "Dor"]
    assert [t.text for t in sentences[0].entities[1].tokens][:2] == ["Port", "Kerim"]


# Beside spaCy.


def test_words_are_cut_as_spacy_cuts_them() -> None:
    tokenizer = spacy.blank("en").tokenizer
    mine = cuts("en")
    story = (files("sayso") / "data" / "demo" / "story.jsonl").read_text(encoding="utf-8")
    texts = [json.loads(line)["text"] for line in story.splitlines()]
    texts += [json.loads(line)["text"] for line in ARTICLES.read_text("utf-8").splitlines()]
    assert len(texts) > 100
    texts += [
        "Dr. Ness (the mayor's aide) didn't say :-) at 7a.m.; “it’s 5km,” he'd've told",
        "mail ness@karsa.example or see https://karsa.example/a?b=1. U.S.-led -- e.g. $5m/day ...",
    ]
    for text in texts:
        told = [t.text for t in tokenizer(text) if not t.is_space]
        assert [text[start:end] for start, end in mine.words(text)] == told


def test_what_wires_glue_is_cut() -> None:
    text = "Blast kills nine -police 15 death1 injured31 people"
    assert [text[a:b] for a, b in cuts("en").words(text)][3:] == (
        "- police 15 death 1 injured 31 people".split()
    )


def test_what_no_white_space_ends_is_one_word() -> None:
    text = f"Seven {'(' * 100_000} dead"
    assert list(cuts("en").words(text)) == [(0, 5), (6, 100_006), (100_007, 100_011)]
    assert len(list(cuts("en").words("(" * 900))) == 900


def test_cuts_that_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"cuts\.json"):
        Cuts(tmp_path / "cuts.json", "en")


def test_spacy_users_get_an_ordinary_pipeline() -> None:
    nlp = pipeline()
    assert isinstance(nlp, Language)
    doc = nlp("Police arrested Ilan Dor in Karsa.")
    assert [e.text for e in doc.ents] == ["Ilan Dor", "Karsa"]
    assert doc[1].lemma_ == "arrest"
    assert next(doc.sents).root.text == "arrested"


def test_docs_with_words_already_cut_keep_them_and_what_is_on_them() -> None:
    nlp = pipeline()
    doc = Doc(nlp.vocab, words=["Gunmen", "killed", "T.N.", "here"])
    doc.user_data["page"] = 7
    (read,) = nlp.pipe([doc])
    assert [t.text for t in read] == ["Gunmen", "killed", "T.N.", "here"]
    assert read[0].dep_ == "nsubj" and read.user_data["page"] == 7


# Others.


@pytest.mark.parametrize("name", ["grand", "spacy:", "conllu:", "spacy"])
def test_an_unknown_engine_is_named_in_the_error(name: str) -> None:
    with pytest.raises(EngineError, match=rf"'{name}'.*there is: default, spacy:NAME"):
        load(name)


def test_a_spacy_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineError, match="'en_no_such_pipeline'"):
        load("spacy:en_no_such_pipeline")


def test_a_spacy_pipeline_without_trees_says_what_it_lacks(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(EngineError, match="sets no heads and labels, no sentence starts"):
        adopt(str(tmp_path / "bare"))


@Language.component("older_labels")
def older_labels(doc: Doc) -> Doc:
    for token in doc:
        token.dep_ = {"obj": "dobj", "obl": "pobj"}.get(token.dep_, token.dep_)
    return doc


def test_a_spacy_pipeline_with_other_labels_is_refused(tmp_path: Path) -> None:
    nlp = pipeline()
    nlp.add_pipe("older_labels")
    nlp.to_disk(tmp_path / "older")
    with pytest.raises(EngineError, match=r"labels its trees pobj: .*Universal Dependencies"):
        load(f"spacy:{tmp_path / 'older'}")
