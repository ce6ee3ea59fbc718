"""Scores decoded: the best tree, its labels with one subject a clause, the best names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
_Ints = NDArray[np.int64]
_IMPOSSIBLE = -1e9


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


def one_subject(heads: _Ints, scores: _Floats, subjects: list[int]) -> _Ints:
    """The best label of each arc, but no head has two subjects, as no clause does.

    `scores[d, l]` scores label l for the arc of word d, `subjects` are the labels of a subject. Of
    several subjects the surest stays; the others get their best label that is none.
    """
    best: _Ints = scores.argmax(-1)
    found = np.flatnonzero(np.isin(best, subjects)).tolist()
    others = scores.copy()
    others[:, subjects] = _IMPOSSIBLE
    surest: dict[int, int] = {}
    margin = scores.max(-1) - others.max(-1)
    for word in sorted(found, key=lambda w: -margin[w]):
        if surest.setdefault(int(heads[word]), word) != word:
            best[word] = others[word].argmax()
    return best


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


def constraints(labels: list[str]) -> tuple[_Floats, _Floats]:
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
