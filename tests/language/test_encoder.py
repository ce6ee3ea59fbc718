"""Trees out of scores: always one tree, and the best one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import EngineError
from sayso.language.encoder import Encoder
from sayso.language.encoding.decoding import govern, one_subject, tree, viterbi
from sayso.language.encoding.lemmas import Lemmas
from sayso.language.encoding.pieces import shape


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == i for i, head in enumerate(heads)) != 1:
        return False
    for i in range(len(heads)):
        seen = set()
        while heads[i] != i:
            if i in seen:
                return False
            seen.add(i)
            i = heads[i]
    return True


def crosses(heads: tuple[int, ...]) -> bool:
    arcs = [(min(i, h), max(i, h)) if i != h else (-1, i) for i, h in enumerate(heads)]
    return any(a < c < b < d for a, b in arcs for c, d in arcs)


@settings(max_examples=200)
@given(size=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_the_best_tree_without_crossing_arcs_is_found(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    rows = np.arange(size)
    found = tuple(tree(scores).tolist())
    assert is_tree(found) and not crosses(found)
    # Every such tree, tried one by one.
    best = max(
        float(scores[rows, list(heads)].sum())
        for heads in product(range(size), repeat=size)
        if is_tree(heads) and not crosses(heads)
    )
    assert float(scores[rows, list(found)].sum()) == pytest.approx(best, abs=1e-4)


def test_a_large_tangle_becomes_one_tree() -> None:
    scores = np.random.default_rng(7).normal(size=(60, 60)).astype(np.float32)
    found = tuple(tree(scores).tolist())
    assert is_tree(found) and not crosses(found)


def test_no_word_has_two_subjects() -> None:
    labels = ["nsubj", "nsubj:pass", "obj", "obl"]
    scores = np.array(
        [[5, 1, 0, 0], [0, 0, 0, 9], [3, 0, 2, 0], [1, 2, 0, 0], [4, 0, 0, 1]], dtype=np.float32
    )
    heads = np.array([1, 1, 1, 1, 4])  # the last stands under another head
    found = [labels[i] for i in one_subject(heads, scores, [0, 1])]
    assert found == ["nsubj", "obl", "obj", "obj", "nsubj"]


def test_a_participle_taken_for_a_preposition_governs_its_noun_again() -> None:
    # Lantern reported it, citing the mayor
    heads, deps = [1, 1, 1, 5, 5, 1], ["nsubj", "ROOT", "obj", "case", "det", "obl"]
    govern(3, heads, deps, ["PROPN", "VERB", "PRON", "VERB", "DET", "NOUN"])
    assert heads == [1, 1, 1, 1, 5, 3]
    assert deps == ["nsubj", "ROOT", "obj", "advcl", "det", "obj"]


def test_names_cannot_begin_in_the_middle() -> None:
    follows = np.array([[0, 0, -1e4], [0, 0, 0], [0, 0, 0]], dtype=np.float32)  # O, B, I
    opens = np.array([0, 0, -1e4], dtype=np.float32)
    scores = np.array([[0.0, 0.5, 3.0], [0.0, 0.0, 1.0]], dtype=np.float32)
    assert viterbi(scores, follows, opens) == [1, 2]


def test_files_that_are_missing_or_broken_are_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"does not load: .*encoder\.onnx"):
        Encoder(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(EngineError, match="does not load"):
        Encoder(tmp_path)


def test_lemmas_by_table_then_by_the_longest_ending() -> None:
    lemmas = Lemmas({"shot/VBN": "shoot"}, {"ed/VBN": (2, ""), "ied/VBN": (3, "y")})
    assert lemmas("Shot", "VBN", "VERB") == "shoot"
    assert lemmas("BURIED", "VBN", "VERB") == "bury"
    assert lemmas("wounded", "VBN", "VERB") == "wound"
    assert lemmas("Karsa", "NNP", "PROPN") == "Karsa"


def test_shapes_tell_case_and_digits_apart() -> None:
    words = ["troops", "Troops", "TROOPS", "A", "12th", "12", "iPhone", ","]
    assert [shape(w) for w in words] == [1, 2, 3, 4, 5, 6, 7, 8]
