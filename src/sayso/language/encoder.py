"""The English encoder: a run of words in; tags, a tree, sentence starts and names out.

One pass of a six-layer transformer (ONNX Runtime, eight-bit integers) over at most `LONGEST` words.
The only module that knows ONNX Runtime. What it returns depends on the run's words alone: runs are
never batched together, because eight-bit scales would then depend on the neighbours, and the same
text has to read the same way twice. Files, figures and licence: `data/en/engine/README.md`.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from sayso.errors import EngineError

LONGEST = 220
"""Words in one pass; the encoder was trained on paragraphs of up to 250."""

PIECES = 512
"""Word pieces in one pass: the positions the encoder knows. What lies past them is cut."""

_Floats = NDArray[np.float32]
_Ints = NDArray[np.int64]

# The vocabulary is uncased and was trained with straight quotes and hyphens.
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "`": "'", "—": "-", "–": "-", "…": "."}
)
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
    starts: list[bool]
    names: list[str]


class Encoder:
    """The model, loaded. Raises `EngineError` when a file is missing or broken."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._labels: dict[str, list[str]] = json.loads(_read(folder / "labels.json"))
            lemmas = json.loads(_read(folder / "lemmas.json"))
            weights = np.load(folder / "label-weights.npy").astype(np.float32)
            self._pieces = Pieces(_read(folder / "vocab.txt").splitlines())
        except EngineError:
            raise
        except Exception as error:  # ONNX Runtime has its own exception classes, undocumented
            raise EngineError(f"the language engine in {folder} does not load: {error}") from error
        self._lemmas = Lemmas(lemmas["words"], lemmas["endings"])
        relations, self._width, _ = weights.shape
        self._label_weights = np.ascontiguousarray(
            weights.transpose(1, 0, 2).reshape(self._width, -1)
        )
        self._relations = relations
        self._follows, self._opens = _bio(self._labels["ner"])

    def parse(self, words: list[str], spaces: list[bool]) -> Parse:
        """The parse of one run of words, none of them white space.

        `spaces[i]` says whether white space follows word i. More than `LONGEST` words lose quality,
        and what lies past `PIECES` pieces is read blind; the caller cuts.
        """
        count = len(words)
        out = self._run(words, spaces)
        best = {key: out[key][:count].argmax(-1) for key in ("upos", "xpos", "feats")}
        starts = out["sent"][:count] > 0
        starts[0] = True
        bounds = [*np.flatnonzero(starts).tolist(), count]
        heads = np.zeros(count, dtype=np.int64)
        for first, past in pairwise(bounds):
            heads[first:past] = tree(out["arc"][first:past, first:past]) + first
        relations = self._relate(out["ld"][:count], out["lh"][:count][heads])
        label = self._labels
        pos = [label["upos"][i] for i in best["upos"]]
        tags = [label["xpos"][i] for i in best["xpos"]]
        return Parse(
            pos=pos,
            tags=tags,
            feats=[label["feats"][i] for i in best["feats"]],
            lemmas=[self._lemmas(*row) for row in zip(words, tags, pos, strict=True)],
            heads=heads.tolist(),
            deps=["ROOT" if heads[i] == i else label["dep"][relations[i]] for i in range(count)],
            starts=starts.tolist(),
            names=[
                label["ner"][i] for i in viterbi(out["ner"][:count], self._follows, self._opens)
            ],
        )

    def _run(self, words: list[str], spaces: list[bool]) -> dict[str, Any]:
        ids, case, first, last = [self._pieces.begin], [0], [], []
        spaced = True
        for word, space in zip(words, spaces, strict=True):
            pieces = self._pieces(word)
            first.append(min(len(ids), PIECES - 1))
            ids += pieces
            case += [shape(word) * 2 + spaced] * len(pieces)
            last.append(min(len(ids) - 1, PIECES - 1))
            spaced = space
        ids, case = [*ids, self._pieces.stop][:PIECES], [*case, 0][:PIECES]
        feed = {"ids": ids, "case": case, "pm": [1] * len(ids), "first": first, "last": last}
        arrays = {key: np.array([row], dtype=np.int64) for key, row in feed.items()}
        return {
            key: value[0]
            for key, value in zip(_OUTPUTS, self._session.run(_OUTPUTS, arrays), strict=True)
        }

    def _relate(self, dependents: _Floats, heads: _Floats) -> _Ints:
        """The best label of each arc, by a biaffine score of dependent and head."""
        one = np.ones((len(dependents), 1), dtype=np.float32)
        left = np.hstack([dependents, one]) @ self._label_weights
        scores = left.reshape(-1, self._relations, self._width)
        scores = (scores * np.hstack([heads, one])[:, None]).sum(-1)
        scores[:, self._labels["dep"].index("ROOT")] = _IMPOSSIBLE
        best: _Ints = scores.argmax(-1)
        return best


class Pieces:
    """WordPiece as BERT's uncased vocabulary has it: word -> ids of its pieces, at most twelve."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._seen: dict[str, list[int]] = {}
        self.begin, self.stop = self._ids["[CLS]"], self._ids["[SEP]"]
        self._unknown = self._ids["[UNK]"]

    def __call__(self, word: str) -> list[int]:
        known = self._seen.get(word)
        if known is None:
            known = self._split(word)
            if len(self._seen) < 200_000:
                self._seen[word] = known
        return known

    def _split(self, word: str) -> list[int]:
        plain = '"' if word in ("``", "''") else word.translate(_PLAIN)
        letters = [
            c
            for c in unicodedata.normalize("NFD", plain.lower())
            if unicodedata.category(c) not in ("Mn", "Cc", "Cf")
        ]
        parts, part = [], ""
        for c in letters:
            if c.isspace() or unicodedata.category(c)[0] == "P" or c in "$+<=>^`|~":
                parts += [part, c]
                part = ""
            else:
                part += c
        parts.append(part)
        ids = [i for p in parts if p.strip() for i in self._longest_first(p)]
        return (ids or [self._unknown])[:12]

    def _longest_first(self, part: str) -> list[int]:
        if len(part) > 100:
            return [self._unknown]
        ids, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start and ("##" * (start > 0) + part[start:end]) not in self._ids:
                end -= 1
            if end == start:
                return [self._unknown]
            ids.append(self._ids["##" * (start > 0) + part[start:end]])
            start = end
        return ids


class Lemmas:
    """Lemmas by table, else by the ending: no model (word pieces hide the spelling).

    `words` maps "form/tag" in lower case to the lemma; `endings` maps "ending/tag" to how many
    letters to cut and what to put in their place, longest ending first.
    """

    def __init__(self, words: dict[str, str], endings: dict[str, tuple[int, str]]) -> None:
        self._words = words
        self._endings = endings

    def __call__(self, word: str, tag: str, pos: str) -> str:
        if pos == "PROPN":
            return word
        form = word.lower()
        known = self._words.get(f"{form}/{tag}")
        if known is not None:
            return known
        for letters in range(5, 0, -1):
            rule = self._endings.get(f"{form[-letters:]}/{tag}")
            if rule is not None and len(form) > rule[0]:
                return form[: len(form) - rule[0]] + rule[1]
        return form


def shape(word: str) -> int:
    """The case feature of a word, 1 to 8, as the encoder was trained with it."""
    if not any(c.isalnum() for c in word):
        return 8
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    if any(c.isdigit() for c in word):
        return 5
    if all(c.islower() for c in letters):
        return 1
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 7


def tree(scores: _Floats) -> _Ints:
    """Heads of the best single-rooted tree. `scores[d, h]` scores head h for d, `[d, d]` d as root.

    Greedy where that is a tree already; else Chu-Liu/Edmonds over the likeliest roots.
    """
    count = len(scores)
    greedy: _Ints = scores.argmax(1)
    if _is_tree(greedy):
        return greedy
    rows = np.arange(count)
    roots = np.flatnonzero(greedy == rows).tolist() or [int(np.argmax(np.diag(scores)))]
    candidates = []
    for root in roots[:4]:
        table = np.full((count + 1, count + 1), _IMPOSSIBLE, dtype=np.float32)
        table[1:, 1:] = scores
        table[root + 1, 1:] = _IMPOSSIBLE
        table[root + 1, 0] = scores[root, root]
        heads = _arborescence(table)[1:] - 1
        heads[root] = root
        candidates.append((float(scores[rows, heads].sum()), heads))
    return max(candidates, key=lambda c: c[0])[1]


def _is_tree(heads: _Ints) -> bool:
    rows = np.arange(len(heads))
    if (heads == rows).sum() != 1:
        return False
    for _ in range(len(heads).bit_length()):
        heads = heads[heads]
    return bool((heads == heads[0]).all())


def _arborescence(scores: _Floats) -> _Ints:
    """Chu-Liu/Edmonds: heads of the best tree under node 0; the entry of node 0 means nothing."""
    count = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, _IMPOSSIBLE)
    scores[0] = _IMPOSSIBLE
    heads: _Ints = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = [node for node in range(count) if node not in cycle]
    size = len(rest)
    weight = sum(float(scores[node, heads[node]]) for node in cycle)
    smaller = np.full((size + 1, size + 1), _IMPOSSIBLE, dtype=np.float32)
    smaller[:size, :size] = scores[np.ix_(rest, rest)]
    entry, leave = {}, {}
    for row, node in enumerate(rest):
        into = [float(scores[k, node] - scores[k, heads[k]]) + weight for k in cycle]
        smaller[size, row] = max(into)
        entry[row] = cycle[int(np.argmax(into))]
        if node:
            out = [float(scores[node, k]) for k in cycle]
            smaller[row, size] = max(out)
            leave[row] = cycle[int(np.argmax(out))]
    inner = _arborescence(smaller)
    result = heads.copy()
    for row, node in enumerate(rest):
        if node:
            result[node] = leave[row] if inner[row] == size else rest[inner[row]]
    result[entry[int(inner[size])]] = rest[inner[size]]
    return result


def _cycle(heads: _Ints) -> list[int] | None:
    seen = np.zeros(len(heads), dtype=np.int64)
    for start in range(1, len(heads)):
        path, node = [], start
        while node > 0 and seen[node] == 0:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if node > 0 and seen[node] == start and node in path:
            return path[path.index(node) :]
    return None


def viterbi(scores: _Floats, follows: _Floats, opens: _Floats) -> list[int]:
    """The best sequence of name labels under hard constraints on what may follow what."""
    best = scores[0] + opens
    back = []
    for row in scores[1:]:
        paths = best[:, None] + follows
        choice = paths.argmax(0)
        back.append(choice)
        best = paths[choice, np.arange(len(row))] + row
    path = [int(best.argmax())]
    for choice in reversed(back):
        path.append(int(choice[path[-1]]))
    return path[::-1]


def _bio(labels: list[str]) -> tuple[_Floats, _Floats]:
    """Penalties that let "I-X" follow only "B-X" and "I-X"."""
    follows = np.zeros((len(labels), len(labels)), dtype=np.float32)
    opens = np.zeros(len(labels), dtype=np.float32)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            opens[j] = -1e4
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    follows[i, j] = -1e4
    return follows, opens


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"the language engine lacks {path}: {error}") from error
