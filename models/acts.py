"""Make `acts.npz`: which words tell of which act, for `sayso.claims.event.acts`.

    python models/acts.py OUT.npz MINILM SNIPPETS.jsonl... [--judge]

A linear support vector machine over the words of a sentence, one against the rest: a word counts by
itself and by its place among all words, the input embedding of all-MiniLM-L6-v2 (the folder MINILM
holds `model.safetensors` and `vocab.txt`), so that words in no snippet tell as their likes do.
Both are linear, and come to one row of weights a word. With `--judge` nothing is written: each file
is left out in turn, and what the model makes of it printed for several margins. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import math
import struct
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso.claims.event.acts import Weights, word
from sayso.language.encoding.pieces import Pieces
from sayso.lexicon.background import background
from sayso.pipeline import Reader
from sayso.settings import load

LIKENESS = 0.7
"""How much a word's place among all words counts beside the word itself."""
COST = 1.0
NONE = "none"
MARGINS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)


class Row(NamedTuple):
    """A sentence by its words, and what it tells of."""

    snippet: str
    words: frozenset[str]
    act: str


def rows(path: str, reader: Reader) -> list[Row]:
    """The sentences of the snippets of a file."""
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        snippet = json.loads(line)
        for sentence in reader.sentences(snippet["text"]):
            told = [
                act["sub_event"]
                for act in snippet["events"]
                if sentence.start <= act["start"] < sentence.end
            ]
            said = frozenset(w for t in sentence.tokens if (w := word(t)) is not None)
            found.append(Row(snippet["id"], said, (told[0] if told else None) or NONE))
    return found


class Places:
    """Words among all words: input embeddings, without what all share, each of length one."""

    def __init__(self, folder: str) -> None:
        with open(f"{folder}/model.safetensors", "rb") as file:
            size = struct.unpack("<Q", file.read(8))[0]
            header, data = json.loads(file.read(size)), file.read()
        name = next(n for n in header if n.endswith("embeddings.word_embeddings.weight"))
        first, last = header[name]["data_offsets"]
        raw = np.frombuffer(data[first:last], np.float32).reshape(header[name]["shape"])
        raw = raw - raw.mean(0)
        _, axes = np.linalg.eigh(np.cov(raw[1000:].T))
        raw = raw - raw @ axes[:, -2:] @ axes[:, -2:].T  # how frequent a piece is
        self._vectors = raw / (np.linalg.norm(raw, axis=1, keepdims=True) + 1e-6)
        vocabulary = Path(folder, "vocab.txt").read_text(encoding="utf-8").split("\n")
        self._pieces = Pieces([piece for piece in vocabulary if piece])

    def of(self, word: str) -> np.ndarray[Any, Any]:
        """Where a word is; the middle for a number or a name."""
        if word[0] in "#@":
            return np.zeros(self._vectors.shape[1], np.float32)
        mean = self._vectors[self._pieces(word)].mean(0)
        return mean / (np.linalg.norm(mean) + 1e-6)


def trained(those: Sequence[Row], places: Places, more: Sequence[str]) -> Weights:
    """The table of the words of these sentences, and of `more`."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.svm import LinearSVC

    in_rows = Counter(w for row in those for w in row.words)
    size = len(those)
    counts = {w: math.log((1 + size) / (1 + n)) + 1 for w, n in in_rows.items()}
    rest = math.log(1 + size) + 1
    order = {w: n for n, w in enumerate(sorted(counts))}
    where = {w: places.of(w) for w in order}
    values, at, ends, dense = [], [], [0], []
    for row in those:
        length = math.sqrt(sum(counts[w] ** 2 for w in row.words)) or 1.0
        share = {w: counts[w] / length for w in sorted(row.words)}
        values += share.values()
        at += [order[w] for w in share]
        ends.append(len(at))
        near = sum((s * where[w] for w, s in share.items()), places.of("#"))
        dense.append(LIKENESS * near)
    shape = (size, len(order))
    features = hstack([csr_matrix((values, at, ends), shape), np.array(dense)]).tocsr()
    machine = LinearSVC(C=COST, random_state=0).fit(features, [row.act for row in those])
    acts = [name for name in machine.classes_ if name != NONE]
    by_name = {name: n for n, name in enumerate(machine.classes_)}
    turn = [by_name[name] for name in (*acts, NONE)]
    own, likes = machine.coef_[turn, : len(order)], machine.coef_[turn, len(order) :]
    words = [*order, *sorted(set(more) - set(order))]
    table = np.array([LIKENESS * likes @ places.of(w) for w in words])
    table[: len(order)] += own.T
    return Weights(
        acts=tuple(acts),
        rows={w: n for n, w in enumerate(words)},
        weights=table.astype(np.float32),
        counts=np.array([counts.get(w, rest) for w in words], np.float32),
        rest=rest,
        bias=machine.intercept_[turn].astype(np.float32),
    )


def write(table: Weights, path: str) -> None:
    """The table in eight bits a weight."""
    scale = np.abs(table.weights).max(0) / 127
    np.savez_compressed(
        path,
        acts=np.frombuffer("\n".join(table.acts).encode(), np.uint8),
        words=np.frombuffer("\n".join(table.rows).encode(), np.uint8),
        weights=np.round(table.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        counts=table.counts.astype(np.float16),
        rest=np.float32(table.rest),
        bias=table.bias,
    )


def judged(table: Weights, those: Sequence[Row]) -> None:
    """Prints, for each margin, how many acts are given, how many right, and how many sentences that
    tell of none are given none."""
    names = (*table.acts, NONE)
    told = []
    for row in those:
        scores = table.scores(row.words)
        best, second = np.argsort(-scores)[:2]
        told.append((row.act, names[best], float(scores[best] - scores[second])))
    acts = sum(act != NONE for act, _, _ in told)
    for margin in MARGINS:
        given = [(a, g) for a, g, sure in told if g != NONE and sure >= margin]
        right = sum(a == g for a, g in given)
        of_acts = sum(a != NONE for a, _ in given)
        quiet = 1 - (len(given) - of_acts) / max(1, len(told) - acts)
        shares = (of_acts / acts, right / acts, right / max(1, of_acts), quiet)
        print(margin, *(f"{share:.3f}" for share in shares), sep="\t")


def main() -> None:
    """Read, train, and write or judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("minilm")
    parser.add_argument("snippets", nargs="+")
    parser.add_argument("--judge", action="store_true")
    options = parser.parse_args()
    reader, places = Reader(load(None, {}, {})), Places(options.minilm)
    read = {path: rows(path, reader) for path in options.snippets}
    if options.judge:
        print("left out, then margin, given, right, of given, quiet")
        for path, left in read.items():
            print(path)
            others = [row for other in read if other != path for row in read[other]]
            judged(trained(others, places, [w for row in left for w in row.words]), left)
        return
    everything = [row for those in read.values() for row in those]
    write(trained(everything, places, [*background("en")]), options.out)


if __name__ == "__main__":
    main()
