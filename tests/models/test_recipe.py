"""The recipe of the engine, as far as it needs no PyTorch: treebanks read, sentences spliced."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[2] / "models"))

import evaluate
import prepare
import splice
from pieces import subject

from sayso.language.with_spacy import pipeline

TREEBANK = """\
# newdoc id = n01
# newpar
# sent_id = 1
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VBP	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	run	run	VERB	VB	_	0	root	_	SpaceAfter=No
4	,	,	PUNCT	,	_	3	punct	_	_
4.1	you	you	PRON	PRP	_	_	_	_	_
5	boys	boy	NOUN	NNS	Number=Plur	3	vocative	_	SpaceAfter=No
6	.	.	PUNCT	.	_	3	punct	_	_

# sent_id = 2
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	ran	run	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

# newpar
1	Rain	rain	NOUN	NN	_	0	root	_	_

# newdoc id = w02
1	Sun	sun	NOUN	NN	_	0	root	_	_

"""


def test_a_treebank_becomes_docs_with_its_spaces_and_trees(tmp_path: Path) -> None:
    path = tmp_path / "bank.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    found = {name: list(prepare.tree_docs(ps)) for name, ps in prepare.documents(path)}
    assert {name: [d.text for d in docs] for name, docs in found.items()} == {
        "n01": ["Don't run, boys. They ran.", "Rain"],
        "w02": ["Sun"],
    }
    doc = found["n01"][0]
    assert [s.root.text for s in doc.sents] == ["run", "ran"]
    assert (doc[4].dep_, doc[4].head.text, doc[4].lemma_) == ("vocative", "run", "boy")


def test_names_take_spaces_and_paragraphs_from_the_article(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "Ilan\tB-Person\nDor\tI-Person\n(\tO\nKarsa\tB-Location\n)\tO\nspoke\tO\n.\tO\n\n"
        "He\tO\nleft\tO\nTarnow\tI-Location\nBank\tI-Organization\n.\tO\n",
        encoding="utf-8",
    )
    first, second = prepare.name_docs(path, "Ilan Dor (Karsa) spoke.\nHe left Tarnow Bank.")
    assert first.text == "Ilan Dor (Karsa) spoke."
    assert [(e.text, e.label_) for e in first.ents] == [("Ilan Dor", "PERSON"), ("Karsa", "LOC")]
    assert [(e.text, e.label_) for e in second.ents] == [("Tarnow", "LOC"), ("Bank", "ORG")]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def docs(nlp: Language) -> list[Doc]:
    """Trees to splice: of the demo's own articles, standing in for a treebank."""
    import json

    story = (files("sayso") / "data" / "demo" / "story.jsonl").read_text(encoding="utf-8")
    texts = [p for line in story.splitlines() for p in json.loads(line)["text"].split("\n\n")]
    return list(nlp.pipe(texts))


def test_spliced_sentences_are_single_trees_and_always_the_same(docs: list[Doc]) -> None:
    splicer, again = splice.Splicer(docs), splice.Splicer(docs)
    made = [splicer.sentence() for _ in range(300)]
    assert [d.text for d in made] == [again.sentence().text for _ in range(300)]
    for doc in made:
        assert len(list(doc.sents)) == 1, doc.text
        assert sum(t.head.i == t.i for t in doc) == 1, doc.text
        assert all(t.dep_ for t in doc)
    verbs = [doc for doc in made if any(t.dep_ == "ccomp" and t.i < t.head.i for t in doc)]
    assert len(verbs) > 30, "too few sentences whose sayer comes last"


def test_a_count_takes_the_place_of_a_subject(docs: list[Doc]) -> None:
    splicer = splice.Splicer(docs)
    for _ in range(50):
        words = splicer.count_clause()
        start, end = subject(words) or (0, 0)
        assert start == 0 and any(w.tag in ("CD", "NNS") for w in words[:end])


def test_what_is_gold_scores_all_of_it(nlp: Language, docs: list[Doc]) -> None:
    found = evaluate.trees(nlp, docs[:9])
    assert all(found[column] == pytest.approx(100) for column in ("words", "LAS", "sents", "lemma"))
    assert evaluate.names(nlp, docs[:9])["all"] == pytest.approx(100)


def test_a_wrong_head_and_a_wrong_label_cost_what_they_should(
    nlp: Language, docs: list[Doc]
) -> None:
    doc = docs[2].copy()
    words = [t for t in doc if not t.is_space]
    subject_ = next(t for t in words if t.dep_ == "nsubj")
    subject_.dep_ = "obj"
    found = evaluate.trees(nlp, [doc])
    assert found["UAS"] == pytest.approx(100)
    assert found["LAS"] == pytest.approx(100 * (len(words) - 1) / len(words))
