"""Train the English encoder: treebanks for tags and trees, newswire for names, one network.

    python models/train.py DATA START OUT [--steps 9000] [--threads 2]

DATA holds the DocBins that `prepare.py` and `splice.py` make; START the weights and vocabulary of
all-MiniLM-L6-v2 (`model.safetensors`, `vocab.txt`). OUT gets `model.pt` and `labels.json`, and a
line of losses and of dev scores now and then. The schedule counts steps, not minutes: the same data
and the same number of steps give the same schedule on any machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from network import Network
from spacy.tokens import Doc, DocBin, Span
from torch.nn import functional

from sayso.language.encoder import PIECES
from sayso.language.encoding.pieces import Pieces, shape
from sayso.language.trees import name_label

TREES = ("ewt_train", "gum_open_train", "splice")
NAMES = ("ww_train",)

WEIGHTS = {"upos": 0.5, "xpos": 0.5, "feats": 0.4, "sent": 0.5, "arc": 1.0, "dep": 1.0, "ner": 1.0}
NAME_SHARE = 0.42
"""The share of steps that train names."""

RATE, HEAD_RATE, WARM = 2e-4, 1e-3, 300
SLOTS = 1350
"""Piece slots in a batch."""

LENGTHS = (24, 40, 56, 72, 96, 128, 168, 224, 320, 512)
"""Batches are padded to these: oneDNN compiles its bf16 kernels once for each shape."""

MASKED = 0.06
"""The share of pieces hidden in training, so that a word is also read by its company."""

CASE_NOISE = {"trees": (0.05, 0.07, 0.04), "names": (0.07, 0.15, 0.04)}
"""The share of paragraphs read in lower case, in capitals, and as a title."""

Item = dict[str, Any]


def spans(docs: list[Doc], most: int) -> Iterator[Span]:
    """Docs cut to at most so many words, at a sentence's end where there is one."""
    for doc in docs:
        start = 0
        while start < len(doc):
            end = min(len(doc), start + most)
            if end < len(doc):
                ends = range(end, start + 20, -1)
                end = next((k for k in ends if doc[k].is_sent_start), end)
            yield doc[start:end]
            start = end


def tree_item(span: Span, index: dict[str, dict[str, int]]) -> Item:
    """One training example of tags, tree and sentence starts; -100 is an unknown label."""

    def column(kind: str, values: list[str]) -> list[int]:
        return [index[kind].get(value, -100) for value in values]

    heads = [t.head.i - span.start for t in span]
    return {
        "words": [t.text for t in span],
        "spaces": [bool(t.whitespace_) for t in span],
        "upos": column("upos", [t.pos_ for t in span]),
        "xpos": column("xpos", [t.tag_ for t in span]),
        "feats": column("feats", [str(t.morph) for t in span]),
        "dep": column("dep", [t.dep_ for t in span]),
        "heads": [h if 0 <= h < len(span) else i for i, h in enumerate(heads)],
        "sentence": np.cumsum([bool(t.is_sent_start) for t in span]).tolist(),
        "sent": [float(bool(t.is_sent_start)) for t in span],
    }


def name_item(span: Span, index: dict[str, int]) -> Item:
    """One training example of names, as "B-", "I-" and "O" labels.

    Buildings are places and products miscellaneous (`name_label`): too few to be told apart.
    """
    labels = ["O" if not t.ent_type_ else f"{t.ent_iob_}-{name_label(t.ent_type_)}" for t in span]
    return {
        "words": [t.text for t in span],
        "spaces": [bool(t.whitespace_) for t in span],
        "ner": [index[label] for label in labels],
    }


def case_of(word: str, first: bool, noise: str) -> int:
    """The shape of a word under the case that the whole paragraph is made to have."""
    found = shape(word)
    if noise == "lower" and found in (2, 3, 4, 7):
        return 1
    if noise == "upper" and found in (1, 2, 7):
        return 3
    if noise == "title" and found == 1 and (len(word) > 3 or first):
        return 2
    return found


class Batcher:
    """Turns examples into arrays, with noise of case and hidden pieces in training."""

    def __init__(self, pieces: Pieces, mask: int, pad: int, rng: random.Random) -> None:
        self.pieces, self.mask, self.pad, self.rng = pieces, mask, pad, rng

    def size(self, item: Item) -> int:
        """How many pieces the example has, with those that begin and end it."""
        return 2 + sum(len(self.pieces(word)) for word in item["words"])

    def batches(self, items: list[Item]) -> Iterator[list[Item]]:
        """Batches of examples of like length, for ever; every pass sees every example."""
        by: dict[int, list[int]] = defaultdict(list)
        for i, item in enumerate(items):
            by[next(n for n in LENGTHS if self.size(item) <= n or n == LENGTHS[-1])].append(i)
        while True:
            found = []
            for length, members in by.items():
                order = members[:]
                self.rng.shuffle(order)
                rows = max(2, round(SLOTS / length))
                while len(order) % rows:
                    order += order[: rows - len(order) % rows]
                found += [order[k : k + rows] for k in range(0, len(order), rows)]
            self.rng.shuffle(found)
            for batch in found:
                yield [items[i] for i in batch]

    def arrays(self, items: list[Item], noise: tuple[float, float, float]) -> list[torch.Tensor]:
        """The five inputs of the network, and which word slots hold a word."""
        rows = []
        for item in items:
            draw, said = self.rng.random(), ""
            for kind, share in zip(("lower", "upper", "title"), noise, strict=True):
                if not said and draw < share:
                    said = kind
                draw -= share
            ids, case, first, last = [self.pieces.begin], [0], [], []
            spaced = True
            for n, (word, space) in enumerate(zip(item["words"], item["spaces"], strict=True)):
                pieces = self.pieces(word)
                first.append(min(len(ids), PIECES - 1))
                hide = sum(noise) > 0
                ids += [
                    self.mask if hide and self.rng.random() < MASKED else piece for piece in pieces
                ]
                case += [case_of(word, n == 0, said) * 2 + spaced] * len(pieces)
                last.append(min(len(ids) - 1, PIECES - 1))
                spaced = space
            rows.append(([*ids, self.pieces.stop][:PIECES], [*case, 0][:PIECES], first, last))
        pieces_wide = max(len(row[0]) for row in rows)
        pieces_wide = next(n for n in LENGTHS if pieces_wide <= n)
        words_wide = -(-max(len(row[2]) for row in rows) // 16) * 16
        shapes = [(pieces_wide, self.pad), (pieces_wide, 0), (words_wide, 0), (words_wide, 0)]
        ids, case, first, last = (
            np.array([row[k] + [fill] * (wide - len(row[k])) for row in rows], dtype=np.int64)
            for k, (wide, fill) in enumerate(shapes)
        )
        words = np.array([[1] * len(r[2]) + [0] * (words_wide - len(r[2])) for r in rows])
        pm = np.array([[1] * len(r[0]) + [0] * (pieces_wide - len(r[0])) for r in rows])
        return [torch.from_numpy(x) for x in (ids, case, pm, first, last, words.astype(bool))]


def padded(items: list[Item], key: str, width: int, fill: float) -> torch.Tensor:
    """A column of every example, as one array."""
    return torch.tensor([item[key] + [fill] * (width - len(item[key])) for item in items])


def tree_losses(net: Network, batcher: Batcher, items: list[Item]) -> dict[str, torch.Tensor]:
    """Losses of tags, sentence starts, arcs (within gold sentences) and labels of gold arcs."""
    *inputs, words = batcher.arrays(items, CASE_NOISE["trees"])
    with torch.autocast("cpu", torch.bfloat16):
        out = net(*inputs)
    width = words.shape[1]
    losses = {
        key: functional.cross_entropy(
            out[key].float().flatten(0, 1),
            padded(items, key, width, -100).flatten(),
            ignore_index=-100,
        )
        for key in ("upos", "xpos", "feats")
    }
    losses["sent"] = functional.binary_cross_entropy_with_logits(
        out["sent"].float()[words], padded(items, "sent", width, 0.0)[words]
    )
    sentence = padded(items, "sentence", width, -1)
    apart = sentence[:, :, None] != sentence[:, None, :]
    heads = padded(items, "heads", width, 0)
    arcs = out["arc"].float().masked_fill(apart, -1e4)
    losses["arc"] = functional.cross_entropy(arcs[words], heads[words])
    at_heads = out["lh"].gather(1, heads[..., None].expand(-1, -1, out["lh"].shape[-1]))
    losses["dep"] = functional.cross_entropy(
        net.relations(out["ld"][words].float(), at_heads[words].float()),
        padded(items, "dep", width, -100)[words],
        ignore_index=-100,
    )
    return losses


def name_losses(net: Network, batcher: Batcher, items: list[Item]) -> dict[str, torch.Tensor]:
    """The loss of names."""
    *inputs, words = batcher.arrays(items, CASE_NOISE["names"])
    with torch.autocast("cpu", torch.bfloat16):
        out = net(*inputs)
    gold = padded(items, "ner", words.shape[1], -100).flatten()
    return {
        "ner": functional.cross_entropy(out["ner"].float().flatten(0, 1), gold, ignore_index=-100)
    }


@torch.inference_mode()
def dev_scores(net: Network, batcher: Batcher, trees: list[Item], names: list[Item]) -> str:
    """How dev goes, roughly: greedy arcs within gold sentences, labels, and name labels by word."""
    net.eval()
    right: Counter[str] = Counter()
    for k in range(0, len(trees), 8):
        items = trees[k : k + 8]
        *inputs, words = batcher.arrays(items, (0, 0, 0))
        out = net(*inputs)
        width = words.shape[1]
        sentence = padded(items, "sentence", width, -1)
        heads = padded(items, "heads", width, 0)
        arcs = out["arc"].masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)
        good = arcs.argmax(-1)[words] == heads[words]
        at_heads = out["lh"].gather(1, heads[..., None].expand(-1, -1, out["lh"].shape[-1]))
        labels = net.relations(out["ld"][words], at_heads[words]).argmax(-1)
        both = good & (labels == padded(items, "dep", width, -100)[words])
        right.update(words=len(good), uas=int(good.sum()), las=int(both.sum()))
    for k in range(0, len(names), 8):
        items = names[k : k + 8]
        *inputs, words = batcher.arrays(items, (0, 0, 0))
        best = net(*inputs)["ner"].argmax(-1)[words]
        gold = padded(items, "ner", words.shape[1], -100)[words]
        right.update(
            gold=int((gold > 0).sum()), said=int((best > 0).sum()),
            hit=int(((gold == best) & (gold > 0)).sum()),
        )  # fmt: skip
    net.train()
    uas, las = (100 * right[key] / right["words"] for key in ("uas", "las"))
    names_f1 = 200 * right["hit"] / (right["gold"] + right["said"])
    return f"uas {uas:.2f} las {las:.2f}, names by word {names_f1:.2f}"


def main() -> None:
    """Read the arguments, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=500, help="steps between dev scores")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    rng = random.Random(7)

    vocab = spacy.blank("en").vocab

    def load(*files: str) -> list[Doc]:
        return [
            doc
            for file in files
            for doc in DocBin().from_disk(options.data / f"{file}.spacy").get_docs(vocab)
        ]

    tree_spans, name_spans = list(spans(load(*TREES), 250)), list(spans(load(*NAMES), 180))
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for span in tree_spans:
        for token in span:
            seen["upos"][token.pos_] += 1
            seen["xpos"][token.tag_] += 1
            seen["feats"][str(token.morph)] += 1
            seen["dep"][token.dep_] += 1
    labels = {
        kind: [x for x, n in found.most_common() if n >= (3 if kind == "feats" else 1)]
        for kind, found in seen.items()
    }
    kinds = sorted({name_label(e.label_) for span in name_spans for e in span.ents})
    # The only participles that the treebanks take for prepositions ("according to").
    labels["prepositions"] = sorted(
        {t.lower_ for span in tree_spans for t in span if t.tag_ == "VBG" and t.dep_ == "case"}
    )
    labels["ner"] = ["O"] + [f"{prefix}-{kind}" for kind in kinds for prefix in "BI"]
    index = {kind: {x: i for i, x in enumerate(values)} for kind, values in labels.items()}
    vocabulary = (options.start / "vocab.txt").read_text(encoding="utf-8").splitlines()
    batcher = Batcher(
        Pieces(vocabulary), vocabulary.index("[MASK]"), vocabulary.index("[PAD]"), rng
    )
    trees = [tree_item(span, index) for span in tree_spans]
    names = [name_item(span, index["ner"]) for span in name_spans]
    dev_trees = [tree_item(s, index) for s in spans(load("ewt_dev", "gum_open_dev")[::5], 250)]
    dev_names = [name_item(s, index["ner"]) for s in spans(load("ww_dev")[::4], 180)]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False))
    print({kind: len(x) for kind, x in labels.items()}, len(trees), len(names), flush=True)

    net = Network(labels)
    net.load_start(options.start / "model.safetensors")
    net.word.weight.requires_grad_(False)
    net.position.weight.requires_grad_(False)
    groups: dict[float, list[torch.nn.Parameter]] = {RATE: [], HEAD_RATE: []}
    for name, weight in net.named_parameters():
        if weight.requires_grad:
            inside = name.startswith(("layers.", "norm.", "segment"))
            groups[RATE if inside else HEAD_RATE].append(weight)
    optimizer = torch.optim.AdamW(
        [{"params": weights, "lr": rate} for rate, weights in groups.items()],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / WARM) * max(0.01, 1 - n / options.steps)
    )
    tree_batches, name_batches = batcher.batches(trees), batcher.batches(names)
    began, share = time.time(), 0.0
    sums: dict[str, list[float]] = defaultdict(list)
    for step in range(1, options.steps + 1):
        share += NAME_SHARE
        if share >= 1:
            share -= 1
            losses = name_losses(net, batcher, next(name_batches))
        else:
            losses = tree_losses(net, batcher, next(tree_batches))
        torch.stack([WEIGHTS[key] * loss for key, loss in losses.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        for key, loss in losses.items():
            sums[key].append(loss.item())
        if step % 100 == 0:
            means = " ".join(f"{key} {np.mean(values):.3f}" for key, values in sums.items())
            print(f"step {step} {time.time() - began:.0f} s: {means}", flush=True)
            sums.clear()
        if step % options.every == 0 or step == options.steps:
            print(f"dev {step}: {dev_scores(net, batcher, dev_trees, dev_names)}", flush=True)
            torch.save(net.state_dict(), options.out / "model.pt")


if __name__ == "__main__":
    main()
