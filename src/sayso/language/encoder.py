"""The English encoder: runs of words in; tags, trees, sentence starts and names out.

One pass of a six-layer transformer (ONNX Runtime, eight-bit integers) over a run of at most
`LONGEST` words. The only module that knows ONNX Runtime. What it returns depends on the run's words
alone: runs are never batched together, because eight-bit scales would then depend on the
neighbours, and the same text has to read the same way twice; cores share the work by taking a run
each. Files, figures and licence: `data/en/engine/README.md`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import EngineError
from sayso.language.encoding.datelines import dateline
from sayso.language.encoding.decoding import constraints, govern, one_subject, tree, viterbi
from sayso.language.encoding.lemmas import Lemmas
from sayso.language.encoding.pieces import Pieces, shape

LONGEST = 220
"""Words in one pass; the encoder was trained on paragraphs of up to 250."""

PIECES = 512
"""Word pieces in one pass, with the two that begin and end it: the positions the encoder knows."""

Run = tuple[tuple[str, ...], tuple[bool, ...]]
"""Words, none of them white space, and whether white space follows each."""

REMEMBERED = 1024
"""Runs whose parse is kept: headings, bylines and boilerplate come again and again."""

_Floats = NDArray[np.float32]
_OUTPUTS = ("upos", "xpos", "feats", "sent", "ner", "arc", "ld", "lh")
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Parse:
    """Columns of equal length, one row per word; `heads` are row numbers, the root's its own."""

    pos: list[str]
    tags: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    names: list[str]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """The first row of each sentence, and the first behind it: what hangs on one root."""
        roots = [*self.heads]
        for row in range(len(roots)):
            trail = []
            while roots[row] != row:
                trail.append(row)
                row = roots[row]
            for passed in trail:
                roots[passed] = row
        starts = [row for row in range(len(roots)) if not row or roots[row] != roots[row - 1]]
        yield from pairwise([*starts, len(roots)])


class Encoder:
    """The model, loaded. Raises `EngineError` when a file is missing or broken.

    `threads` is how many runs are parsed at once; 0 stands for one on each core. `lemmas` gives the
    lemma of a word from its tag and part of speech.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        onnxruntime = runtime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Processors without VNNI add products of unsigned and signed bytes in 16 bits, and cut off
        # what does not fit: trees there were others, and worse. Told so, ONNX Runtime takes
        # unsigned weights on these, so that every processor comes to the same sums.
        options.add_session_config_entry("session.x64quantprecision", "1")

        def graph(name: str) -> Any:
            path = str(folder / name)
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        try:
            self._encoder, self._relations = graph("encoder.onnx"), graph("relations.onnx")
            self._labels: dict[str, list[str]] = json.loads(_read(folder / "labels.json"))
            lemmas = json.loads(_read(folder / "lemmas.json"))
            self._pieces = Pieces(_read(folder / "vocab.txt").splitlines())
        except EngineError:
            raise
        except Exception as error:  # ONNX Runtime has its own exception classes, undocumented
            raise EngineError(f"the language engine in {folder} does not load: {error}") from error
        self.lemmas = Lemmas(lemmas["words"], lemmas["endings"])
        self._root = self._labels["dep"].index("ROOT")
        self._subjects = [self._labels["dep"].index(x) for x in ("nsubj", "nsubj:pass")]
        self._follows, self._opens = constraints(self._labels["ner"])
        self._features = lru_cache(100_000)(self._read_word)
        self._known = lru_cache(REMEMBERED)(self._parse)
        threads = threads or _cores()
        self._pool = ThreadPoolExecutor(threads, "encoder") if threads > 1 else None

    def parse(self, runs: Sequence[Run]) -> list[Parse]:
        """The parse of each run, in order. A run met before is not parsed again.

        More than `LONGEST` words in a run lose quality, and pieces beyond `PIECES` are read blind:
        the caller cuts, with `size`.
        """
        if self._pool is None or len(runs) < 2:
            return [self._known(run) for run in runs]
        return list(self._pool.map(self._known, runs))

    def forget(self) -> None:
        """Parse again what was met before: for measuring."""
        self._known.cache_clear()

    def size(self, word: str) -> int:
        """How many pieces the word is."""
        return len(self._features(word)[0])

    def _read_word(self, word: str) -> tuple[list[int], int]:
        return self._pieces(word), 2 * shape(word)

    def _parse(self, run: Run) -> Parse:
        words, spaces = run
        count = len(words)
        out = self._scores(words, spaces)
        best = {key: out[key].argmax(-1).tolist() for key in ("upos", "xpos", "feats")}
        starts = out["sent"] > 0
        starts[0] = True
        for i in range(2, count):
            # "... of sheets.” The ministry": a stop inside the marks ends the sentence with them.
            if words[i - 2] == "." and words[i - 1] in ("”", '"') and words[i][:1].isupper():
                starts[i] = starts[i] or spaces[i - 1]
            # "and her son Tom, 6. Oren Vale": an age, and no number of a row.
            age = i > 3 and words[i - 3] == "," and words[i - 2].isdigit() and words[i - 1] == "."
            if age and words[i][:1].isupper():
                starts[i] = starts[i] or spaces[i - 1]
        head = dateline(words, spaces)
        if head:
            # Parsed with the sentence behind it, the place would be its subject.
            starts[1:head], starts[head] = False, True
        bounds = [*np.flatnonzero(starts).tolist(), count]
        heads = np.zeros(count, dtype=np.int64)
        for first, past in pairwise(bounds):
            heads[first:past] = tree(out["arc"][first:past, first:past]) + first
        scores = self._relate(out["ld"], out["lh"][heads])
        relations = one_subject(heads, scores, self._subjects).tolist()
        names = viterbi(out["ner"], self._follows, self._opens)
        label = self._labels
        pos = [label["upos"][i] for i in best["upos"]]
        tags = [label["xpos"][i] for i in best["xpos"]]
        for i, tag in enumerate(tags):
            if pos[i] == "PROPN" and tag in ("NN", "NNS"):
                pos[i] = "NOUN"  # read apart, the two may differ on the capital of "Rebels fled"
        rows = heads.tolist()
        deps = ["ROOT" if rows[i] == i else label["dep"][relations[i]] for i in range(count)]
        for i, word in enumerate(words):
            if deps[i] == "case" and tags[i] == "VBG" and word.lower() not in label["prepositions"]:
                govern(i, rows, deps, pos)
        return Parse(
            pos=pos,
            tags=tags,
            feats=[label["feats"][i] for i in best["feats"]],
            lemmas=[self.lemmas(*row) for row in zip(words, tags, pos, strict=True)],
            heads=rows,
            deps=deps,
            names=[label["ner"][i] for i in names],
        )

    def _scores(self, words: Sequence[str], spaces: Sequence[bool]) -> dict[str, Any]:
        ids, case, first, last = [self._pieces.begin], [0], [], []
        spaced = True
        for word, space in zip(words, spaces, strict=True):
            pieces, form = self._features(word)
            first.append(min(len(ids), PIECES - 1))
            ids += pieces
            case += [form + spaced] * len(pieces)
            last.append(min(len(ids) - 1, PIECES - 1))
            spaced = space
        ids, case = [*ids, self._pieces.stop][:PIECES], [*case, 0][:PIECES]
        feed = {"ids": ids, "case": case, "pm": [1] * len(ids), "first": first, "last": last}
        arrays = {key: np.array([row], dtype=np.int64) for key, row in feed.items()}
        found = self._encoder.run(_OUTPUTS, arrays)
        return {key: value[0] for key, value in zip(_OUTPUTS, found, strict=True)}

    def _relate(self, dependents: _Floats, heads: _Floats) -> _Floats:
        """How well each label fits each arc, by a biaffine score of dependent and head."""
        scores: _Floats
        (scores,) = self._relations.run(None, {"dependents": dependents, "heads": heads})
        scores[:, self._root] = _IMPOSSIBLE
        return scores


def runtime() -> Any:
    """The module `onnxruntime`, told to be quiet; whoever needs it takes it from here.

    Of itself it keeps an id of the device and a queue of events under `~/.cache/Microsoft`, and
    looks up its maker's collector some ten seconds after it was loaded. It asks this variable once,
    as it is loaded; its own `disable_telemetry_events` comes too late.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime


def _cores() -> int:
    # Not every system tells which cores a process may use.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"the language engine lacks {path}: {error}") from error
