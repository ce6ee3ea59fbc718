"""Make `matter.npz`: which words tell that a harm was done to people, for `sayso.claims.matter`.

    python models/matter.py OUT.npz MINILM PIECES.jsonl CRISES [--judge]

A logistic regression over the words of a text, of a sentence and of a claim in it, each by itself and
by its place among all words (see `acts.py`): three weights a word. PIECES are short articles of
sport, money, arts and the like, with the harms that are real in braces; each claim that Sayso reads
in them is a row, and so is each sentence without one. CRISES is the folder `tests`, of whose stories and
open articles, reports and snippets every claim is a row. With `--judge` nothing is written: each
fifth of all is left out in turn, and it is printed how many real harms are lost, how many others are
lowered, and how many of the crises lost, for pairs of limits. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from acts import Places

from sayso.claims import matter
from sayso.claims.matter import Weights, of_claim, of_text, of_tokens
from sayso.lexicon.background import background
from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import load

LIKENESS = 0.7
"""How much a word's place among all words counts beside the word itself."""
COST = 3.0
UNCLAIMED = 0.2
"""How much a sentence counts in which nothing is claimed."""
CRISIS = 0.3
"""How much a claim of a crisis counts."""
BLOCKS = 3


class Row(NamedTuple):
    """A claim, or a sentence without one: its words in text, sentence and claim; whether it is real."""

    text: str
    words: tuple[frozenset[str], ...]
    real: bool
    weight: float
    shown: str


def pieces(path: str) -> Iterator[tuple[str, str, str, list[tuple[int, int]]]]:
    """Each piece of a file: its id, title, text, and the spans of its real harms."""
    for n, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines()):
        piece = json.loads(line)
        text, spans = bare(piece["text"])
        yield f"{path}-{n}", piece.get("title", ""), text, spans


def bare(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its braces, and what stood in them."""
    text, spans, start = "", list[tuple[int, int]](), 0
    for part in marked.split("{"):
        inner, closing, rest = part.partition("}")
        if closing:
            spans.append((len(text), len(text) + len(inner)))
        text += inner + rest
    return text, spans


def crises(folder: str) -> Iterator[tuple[str, str, str]]:
    """The texts of the project's own stories, articles, reports and snippets, of the open halves."""
    for path in sorted(Path(folder).glob("*/open/*.toml")) + sorted(
        Path(folder).glob("stories/*.toml")
    ):
        for n, told in enumerate(_texts(tomllib.loads(path.read_text(encoding="utf-8")))):
            yield f"{path}-{n}", told.get("title", ""), told["text"]
    for line in Path(folder, "snippets", "open.jsonl").read_text(encoding="utf-8").splitlines():
        snippet = json.loads(line)
        if any(event["sub_event"] for event in snippet["events"]):
            yield snippet["id"], "", snippet["text"]


def _texts(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        if isinstance(told.get("text"), str) and len(told["text"].split()) > 30:
            yield told
        told = list(told.values())
    if isinstance(told, list):
        for part in told:
            yield from _texts(part)


def rows(
    reader: Reader, id: str, title: str, text: str, spans: list[tuple[int, int]] | None
) -> list[Row]:
    """The rows of a text; `spans` are its real harms, None where all are."""
    head = {"outlet": "Vell Courier", "published": "2031-05-20T12:00:00+00:00", "language": "en"}
    document = Document(id=id, title=title or None, text=text, **head)
    about = of_text(f"{title}\n{text}")
    claims = [
        c for c in reader.read(document).claims
        if c.kind in matter.KINDS and (c.modality in ("asserted", "reported") or c.because["modality"] == matter.RULE)
    ]  # fmt: skip
    found = []
    for sentence in reader.sentences(text):
        here = [c for c in claims if sentence.start <= c.evidence.start < sentence.end]
        said = of_tokens(sentence.tokens)
        for claim in here:
            span = claim.evidence
            tokens = [t for t in sentence.tokens if span.start <= t.start < span.end]
            own = of_claim(claim, tokens)
            real = spans is None or _meets(span.start, span.end, spans)
            weight = CRISIS if spans is None else 1.0
            found.append(
                Row(id, (about, said, own), real, weight, f"{span.text} | {sentence.text}")
            )
        if not here and spans is not None:
            real = _meets(sentence.start, sentence.end, spans)
            found.append(Row(id, (about, said, frozenset()), real, UNCLAIMED, ""))
    return found


def _meets(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def trained(those: Sequence[Row], place: Callable[[str], Any], more: Sequence[str]) -> Weights:
    """The table of the words of these rows, and of `more`."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    in_rows = Counter(w for row in those for w in frozenset().union(*row.words))
    size = len(those)
    counts = {w: math.log((1 + size) / (1 + n)) + 1 for w, n in in_rows.items()}
    rest = math.log(1 + size) + 1
    order = {w: n for n, w in enumerate(sorted(counts))}
    where = np.array([place(w) for w in order])
    blocks = []
    for block in range(BLOCKS):
        values, at, ends = list[float](), list[int](), [0]
        for row in those:
            said = sorted(row.words[block])
            length = math.sqrt(sum(counts[w] ** 2 for w in said)) or 1.0
            values += [counts[w] / length for w in said]
            at += [order[w] for w in said]
            ends.append(len(at))
        own = csr_matrix((values, at, ends), (size, len(order)))
        blocks += [own, csr_matrix(LIKENESS * (own @ where))]
    machine = LogisticRegression(C=COST, max_iter=3000, class_weight="balanced").fit(
        hstack(blocks).tocsr(),
        [row.real for row in those],
        sample_weight=[row.weight for row in those],
    )
    words = [*order, *sorted(set(more) - set(order))]
    places = np.array([place(w) for w in words])
    table = np.zeros((len(words), BLOCKS))
    weights, width, near = machine.coef_[0], len(order), places.shape[1]
    for block in range(BLOCKS):
        start = block * (width + near)
        table[:, block] = LIKENESS * places @ weights[start + width : start + width + near]
        table[:width, block] += weights[start : start + width]
    return Weights(
        rows={w: n for n, w in enumerate(words)},
        weights=table.astype(np.float32),
        counts=np.array([counts.get(w, rest) for w in words], np.float32),
        rest=rest,
        bias=float(machine.intercept_[0]),
    )


def write(table: Weights, path: str) -> None:
    """The table in eight bits a weight."""
    scale = np.abs(table.weights).max(0) / 127
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(table.rows).encode(), np.uint8),
        weights=np.round(table.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        counts=table.counts.astype(np.float16),
        rest=np.float32(table.rest),
        bias=np.float32(table.bias),
    )


def judge(own: list[list[Row]], crises: list[list[Row]], place: Callable[[str], Any]) -> None:
    """Prints what a table makes of texts that it was not made of."""
    random.Random(0).shuffle(own)
    random.Random(0).shuffle(crises)
    told: list[tuple[Row, float]] = []
    for n in range(5):
        those = [
            row
            for all_ in (own, crises)
            for i, text in enumerate(all_)
            if i % 5 != n
            for row in text
        ]
        left = [row for all_ in (own, crises) for text in all_[n::5] for row in text]
        table = trained(
            those, place, sorted({w for row in left for part in row.words for w in part})
        )
        told += [
            (row, table.bias + sum(table.score(row.words[b], b) for b in range(BLOCKS)))
            for row in left if row.weight != UNCLAIMED
        ]  # fmt: skip
    best: dict[str, float] = {}
    for row, worth in told:
        best[row.text] = max(worth, best.get(row.text, worth))
    groups = (
        [t for t in told if t[0].weight == 1 and t[0].real],
        [t for t in told if t[0].weight == 1 and not t[0].real],
        [t for t in told if t[0].weight != 1],
    )
    print("rows", *map(len, groups))
    tried = []
    for sure, likely in itertools.product(np.arange(-3, 3, 0.25), np.arange(-5, 3, 0.25)):
        if likely <= sure:
            cut = [np.mean([best[r.text] < sure or w < likely for r, w in g]) for g in groups]
            tried.append((*cut, sure, likely))
    for most in (0.01, 0.02, 0.04, 0.06, 0.08, 0.1):
        print(
            "lost {:.3f} lowered {:.3f} of crises {:.4f} sure {} likely {}".format(
                *max((t for t in tried if t[0] <= most and t[2] <= 0.01), key=lambda t: t[1])
            )
        )
    with open("/tmp/gate/judged.txt", "w") as out:
        for row, worth in sorted(told, key=lambda t: best[t[0].text]):
            if row.weight == 1:
                print(
                    f"{worth:.2f} {best[row.text]:.2f}",
                    "REAL" if row.real else "no",
                    row.shown[:200],
                    sep="\t",
                    file=out,
                )


def main() -> None:
    """Read, train, and write or judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("minilm")
    parser.add_argument("pieces")
    parser.add_argument("crises")
    parser.add_argument("--judge", action="store_true")
    options = parser.parse_args()
    reader, places = Reader(load(None, {}, {})), Places(options.minilm)
    known: dict[str, Any] = {}

    def place(word: str) -> Any:
        if word not in known:
            known[word] = places.of("#" if word[0] in "+=" else word)
        return known[word]

    own = [rows(reader, *piece) for piece in pieces(options.pieces)]
    told = [rows(reader, *text, None) for text in crises(options.crises)]
    if options.judge:
        judge(own, told, place)
        return
    everything = [row for text in (*own, *told) for row in text]
    write(trained(everything, place, [*background("en")]), options.out)


if __name__ == "__main__":
    main()
