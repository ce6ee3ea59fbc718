"""Scores decoded: the best tree, its labels with one subject a clause, the best names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
_Ints = NDArray[np.int64]
_IMPOSSIBLE = -1e9


def tree(scores: _Floats) -> _Ints:
    """Heads of a single-rooted tree without crossing arcs. `scores[d, h]` scores head h for d,
    `[d, d]` d as root.

    Each word's best head where these make such a tree already, which is the rule; else the best
    tree there is, by Eisner's algorithm (Eisner 1996, https://aclanthology.org/C96-1058). English
    hardly ever crosses arcs; a word that does is most often one drawn to a verb outside its clause.
    """
    greedy: _Ints = scores.argmax(1)
    if _is_tree(greedy) and not _crosses(greedy):
        return greedy
    return _eisner(scores)


def _is_tree(heads: _Ints) -> bool:
    if (heads == np.arange(len(heads))).sum() != 1:
        return False
    for _ in range(len(heads).bit_length()):
        heads = heads[heads]
    return bool((heads == heads[0]).all())


def _crosses(heads: _Ints) -> bool:
    """Whether any two arcs cross. The root's own arc comes from before the first word."""
    rows = np.arange(len(heads))
    from_ = np.where(heads == rows, -1, heads)
    left, right = np.minimum(rows, from_), np.maximum(rows, from_)
    inside = (left[:, None] < left) & (left < right[:, None]) & (right[:, None] < right)
    return bool(inside.any())


def _eisner(scores: _Floats) -> _Ints:
    """Heads of the best tree without crossing arcs, under exactly one root."""
    size = len(scores) + 1  # node 0 stands before the words and heads the root
    arc = np.full((size, size), _IMPOSSIBLE)
    arc[1:, 1:] = scores.T
    # One root only: a second one would cost more than all arcs together.
    arc[0, 1:] = np.diag(scores) - 2 * np.ptp(scores) * size - 1
    # Best scores of spans: half done (an arc between the ends), done (all below the head), with
    # the head at the left and at the right; and where each was put together.
    half = np.zeros((2, size, size))
    done = np.zeros((2, size, size))
    half_at = np.zeros((size, size), dtype=np.int64)
    done_at = np.zeros((2, size, size), dtype=np.int64)
    for width in range(1, size):
        i = np.arange(size - width)
        j = i + width
        middle = i[:, None] + np.arange(width)
        both = done[0, i[:, None], middle] + done[1, middle + 1, j[:, None]]
        half_at[i, j] = middle[i, both.argmax(1)]
        half[0, i, j] = both.max(1) + arc[i, j]
        half[1, i, j] = both.max(1) + arc[j, i]
        right = half[0, i[:, None], middle + 1] + done[0, middle + 1, j[:, None]]
        left = done[1, i[:, None], middle] + half[1, middle, j[:, None]]
        done_at[0, i, j] = middle[i, right.argmax(1)] + 1
        done_at[1, i, j] = middle[i, left.argmax(1)]
        done[0, i, j], done[1, i, j] = right.max(1), left.max(1)
    heads = np.zeros(size, dtype=np.int64)
    spans = [(True, 0, 0, size - 1)]
    while spans:
        whole, side, first, last = spans.pop()
        if first == last:
            continue
        if not whole:
            heads[first if side else last] = last if side else first
            k = int(half_at[first, last])
            spans += [(True, 0, first, k), (True, 1, k + 1, last)]
            continue
        k = int(done_at[side, first, last])
        if side:
            spans += [(True, 1, first, k), (False, 1, k, last)]
        else:
            spans += [(False, 0, first, k), (True, 0, k, last)]
    found = heads[1:] - 1
    return np.where(found < 0, np.arange(size - 1), found)


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


def govern(verb: int, heads: list[int], deps: list[str], pos: list[str]) -> None:
    """Makes a participle that was taken for a preposition ("citing the mayor" as if "with the
    mayor") the verb of a clause again, with its noun for an object.
    """
    noun = heads[verb]
    above = heads[noun]
    if above == noun:
        heads[verb], deps[verb] = verb, "ROOT"
    else:
        heads[verb] = above
        deps[verb] = "acl" if pos[above] in ("NOUN", "PROPN") else "advcl"
    heads[noun], deps[noun] = verb, "obj"


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
