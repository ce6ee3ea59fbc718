"""Trees from a file: rules read them without a model, and what is no CoNLL-U is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.claims.attribution.statements import sayings
from sayso.claims.harm.figures import figures
from sayso.errors import EngineError
from sayso.language.conllu import Conllu

ROWS = """\
1	Police	police	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	13	13	NUM	CD	NumType=Card	4	nummod	_	ner=S-CARDINAL
4	miners	miner	NOUN	NNS	Number=Plur	5	nsubj	_	_
5	died	die	VERB	VBD	_	2	ccomp	_	_
6	in	in	ADP	IN	_	7	case	_	_
7	Karsa	Karsa	PROPN	NNP	_	5	obl	_	ner=S-GPE
8	.	.	PUNCT	.	_	2	punct	_	_
"""
TEXT = "Police  said 13 miners\ndied in Karsa ."


def test_rules_read_trees_that_no_model_made() -> None:
    ((sentence,),) = Conllu(ROWS, "en").sentences([TEXT])
    (figure,) = figures(sentence)
    assert (figure.kind, figure.count.low) == ("killed", 13)
    (saying,) = sayings([sentence])
    assert saying.source is not None
    assert TEXT[slice(*saying.source)] == "Police"


def test_white_space_of_the_text_is_its_own() -> None:
    ((sentence,),) = Conllu(ROWS, "en").sentences([TEXT])
    assert sentence.text == TEXT
    assert [t.text for t in sentence.tokens][:4] == ["Police", "said", "13", "miners"]


def test_names_are_renamed_and_numbers_are_none() -> None:
    ((sentence,),) = Conllu(ROWS, "en").sentences([TEXT])
    assert [(e.label, e.tokens[0].text) for e in sentence.entities] == [("LOC", "Karsa")]


def test_documents_are_told_apart_by_their_letters() -> None:
    both = f"# newdoc id = a\n{ROWS}\n# newdoc id = b\n{ROWS.replace('13', '14')}"
    engine = Conllu(both, "en")
    (first,), (second,) = engine.sentences([TEXT, TEXT.replace("13", "14")])
    assert (first.tokens[2].lemma, second.tokens[2].lemma) == ("13", "14")


def test_a_text_without_trees_is_named() -> None:
    with pytest.raises(EngineError, match="no trees of the text 'Nothing of the kind"):
        list(Conllu(ROWS, "en").sentences(["Nothing of the kind."]))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("1\tPolice", "1 Police", "line 1: 9 columns"),
        ("\t0\troot", "\t_\troot", "line 2: '_' is the number of no head"),
        ("\t0\troot", "\t9\troot", "a head lies outside of the sentence"),
        ("\t0\troot", "\t5\troot", "not just one root"),
        ("5\tdied\tdie\tVERB\tVBD\t_\t2", "5\tdied\tdie\tVERB\tVBD\t_\t7", "run in a circle"),
    ],
)
def test_what_is_no_tree_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(EngineError, match=complaint):
        Conllu(ROWS.replace(old, new, 1), "en")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"none\.conllu"):
        Conllu.open(tmp_path / "none.conllu", "en")
