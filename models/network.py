"""The encoder as PyTorch trains it; `sayso/language/encoder.py` runs what `export.py` makes of it.

Six transformer layers (the shape of all-MiniLM-L6-v2) over word pieces, with a feature for case and
spacing added at the input, since the vocabulary is uncased. A word is the mean of its first and its
last piece; three softmax mixtures of all layers feed three groups of heads: tags, tree and names.
The tree is a deep biaffine graph parser (Dozat and Manning 2017, arXiv 1611.01734): `arc[d, h]`
scores head h for word d, the diagonal scores d as a root.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL, NAME = 256, 96, 256
CASES = 20
"""Ten shapes of a word (`sayso.language.encoder.shape`), with and without a space before it."""

INPUTS = ("ids", "case", "pm", "first", "last")
OUTPUTS = ("upos", "xpos", "feats", "sent", "ner", "arc", "ld", "lh")


class Layer(nn.Module):
    """One post-norm transformer layer, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        size = WIDTH // HEADS
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        # Spelt out: in bf16 on a CPU this trains faster than scaled_dot_product_attention.
        weights = ((q * size**-0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)).softmax(-1)
        mixed = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Head(nn.Module):
    """A projection with its own dropout."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.linear, self.drop = nn.Linear(WIDTH, size), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.drop(functional.leaky_relu(self.linear(x), 0.1))


class Network(nn.Module):
    """Pieces in, scores of every head out; `relations` scores labels once the heads are known."""

    def __init__(
        self, labels: dict[str, list[str]], dropout: float = 0.1, head_dropout: float = 0.25
    ) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.segment, self.case = nn.Parameter(torch.zeros(WIDTH)), nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.case.weight)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(3, LAYERS + 1))
        self.mix.data[:, -2:] = 1.0
        self.head_drop = nn.Dropout(head_dropout)
        self.upos = nn.Linear(WIDTH, len(labels["upos"]))
        self.xpos = nn.Linear(WIDTH, len(labels["xpos"]))
        self.feats = nn.Linear(WIDTH, len(labels["feats"]))
        self.sent = nn.Linear(WIDTH, 1)
        self.name_head = Head(NAME, head_dropout)
        self.ner = nn.Linear(NAME, len(labels["ner"]))
        self.arc_dep, self.arc_head = Head(ARC, head_dropout), Head(ARC, head_dropout)
        self.arc, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1)
        self.root = nn.Linear(ARC, 1)
        self.label_dep, self.label_head = Head(LABEL, head_dropout), Head(LABEL, head_dropout)
        self.label = nn.Parameter(torch.randn(len(labels["dep"]), LABEL + 1, LABEL + 1) * 0.02)

    def load_start(self, path: Path) -> None:
        """Take the weights of all-MiniLM-L6-v2 (`model.safetensors`) for embeddings and layers."""
        from safetensors.torch import load_file

        saved = load_file(str(path))
        self.word.weight.data.copy_(saved["embeddings.word_embeddings.weight"])
        self.position.weight.data.copy_(saved["embeddings.position_embeddings.weight"])
        self.segment.data.copy_(saved["embeddings.token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(saved["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(saved["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(self.layers):
            for part in ("weight", "bias"):

                def at(name: str, number: int = number, part: str = part) -> Tensor:
                    return saved[f"encoder.layer.{number}.{name}.{part}"]

                ours = {
                    "qkv": torch.cat(
                        [at(f"attention.self.{n}") for n in ("query", "key", "value")]
                    ),
                    "out": at("attention.output.dense"),
                    "norm1": at("attention.output.LayerNorm"),
                    "up": at("intermediate.dense"),
                    "down": at("output.dense"),
                    "norm2": at("output.LayerNorm"),
                }
                for name, value in ours.items():
                    getattr(getattr(layer, name), part).data.copy_(value)

    def forward(
        self, ids: Tensor, case: Tensor, pm: Tensor, first: Tensor, last: Tensor
    ) -> dict[str, Tensor]:
        """Scores by output name. `pm` is 1 where a piece is, `first` and `last` each word's."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.segment + self.case(case)
        x = self.drop(self.norm(x))
        mask = (1.0 - pm[:, None, None, :].float()) * -1e4
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        mixtures = (
            sum(weight * x for weight, x in zip(weights, states, strict=True))
            for weights in self.mix.softmax(1).to(x.dtype) * 0.5
        )
        tags, tree, names = (self.head_drop(self.words(x, first, last)) for x in mixtures)
        dependent = self.arc_dep(tree)
        head = self.arc_head(tree)
        arc = self.arc(dependent) @ head.transpose(1, 2) / 16.0
        arc = arc + self.arc_bias(head).transpose(1, 2)
        diagonal = torch.eye(arc.shape[1], dtype=arc.dtype)
        return {
            "upos": self.upos(tags),
            "xpos": self.xpos(tags),
            "feats": self.feats(tags),
            "sent": self.sent(tags).squeeze(-1),
            "ner": self.ner(self.name_head(names)),
            "arc": arc * (1 - diagonal) + diagonal * self.root(dependent),
            "ld": self.label_dep(tree),
            "lh": self.label_head(tree),
        }

    def words(self, pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """The sum of the first and the last piece of each word."""
        start = first[..., None].expand(-1, -1, WIDTH)
        stop = last[..., None].expand(-1, -1, WIDTH)
        return pieces.gather(1, start) + pieces.gather(1, stop)

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Label scores of arcs, from the rows of "ld" and "lh" at their two ends."""
        one = torch.ones(len(dependents), 1, dtype=dependents.dtype)
        count, size, _ = self.label.shape
        weights = self.label.permute(1, 0, 2).reshape(size, count * size).to(dependents.dtype)
        left = (torch.cat([dependents, one], 1) @ weights).view(-1, count, size)
        return (left * torch.cat([heads, one], 1)[:, None]).sum(-1)
