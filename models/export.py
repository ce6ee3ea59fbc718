"""Turn a trained encoder into the files that `sayso/language/encoder.py` loads.

    python models/export.py TRAINED START OUT

TRAINED holds `model.pt` and `labels.json` (`train.py`), START the vocabulary. OUT gets
`encoder.onnx` (weights of eight bits, one scale a column; activations are quantised as they come),
`relations.onnx` (labels of arcs, once the tree is known), `labels.json` and `vocab.txt`. One run of
words goes through at a time, so the graph is written for a single row.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from network import INPUTS, LABEL, OUTPUTS, Network
from torch import Tensor, nn

from sayso.language.encoder import runtime

OPSET = 17
EXAMPLE = {
    "ids": [101, 2610, 2056, 2260, 13337, 2351, 1012, 102],
    "case": [0, 5, 3, 13, 3, 3, 16, 0],
    "pm": [1] * 8,
    "first": [1, 2, 3, 4, 5, 6],
    "last": [1, 2, 3, 4, 5, 6],
}
""" "Police said 12 protesters died." in pieces; any would do, every length is left open."""


class OneRow(Network):
    """The network over a single row, where words are picked by index."""

    def words(self, pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """As the network has it; a plain Gather is several times as fast as GatherElements."""
        row = pieces[0]
        return (row.index_select(0, first[0]) + row.index_select(0, last[0]))[None]


class Ordered(nn.Module):
    """The outputs as a tuple, in the order of their names."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        out = self.net(*inputs)
        return tuple(out[key] for key in OUTPUTS)


class Relations(nn.Module):
    """The label scores of arcs; as a sum over pairs of features it is one plain product."""

    def __init__(self, label: Tensor) -> None:
        super().__init__()
        self.weights = nn.Parameter(label.flatten(1).T.contiguous())

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        one = torch.ones_like(dependents[:, :1])
        left, right = torch.cat([dependents, one], 1), torch.cat([heads, one], 1)
        return (left[:, :, None] * right[:, None, :]).flatten(1) @ self.weights


def write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    axes: dict[str, dict[int, str]],
) -> None:
    """One module as an ONNX graph."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own successor
        torch.onnx.export(
            module, example, str(path), input_names=list(inputs), output_names=list(outputs),
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip


def main() -> None:
    """Read the arguments, export, quantise, copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--keep", action="store_true", help="also write encoder-fp32.onnx")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    runtime()  # tells it to be quiet, before any part of it is loaded
    from onnxruntime.quantization import QuantType, quantize_dynamic

    labels = json.loads((options.trained / "labels.json").read_text(encoding="utf-8"))
    net = OneRow(labels).eval()
    net.load_state_dict(torch.load(options.trained / "model.pt"))
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {
        name: {1: "words"} for name in INPUTS[3:]
    }
    axes |= {name: {1: "words"} for name in OUTPUTS} | {"arc": {1: "words", 2: "heads"}}
    example = tuple(torch.tensor([EXAMPLE[name]]) for name in INPUTS)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        write(Ordered(net), example, full, INPUTS, OUTPUTS, axes)
        quantize_dynamic(
            full,
            options.out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
        if options.keep:
            shutil.copy(full, options.out / "encoder-fp32.onnx")
    write(
        Relations(net.label.detach()),
        (torch.zeros(2, LABEL), torch.zeros(2, LABEL)),
        options.out / "relations.onnx",
        ("dependents", "heads"),
        ("scores",),
        {"dependents": {0: "arcs"}, "heads": {0: "arcs"}, "scores": {0: "arcs"}},
    )
    shutil.copy(options.trained / "labels.json", options.out / "labels.json")
    shutil.copy(options.start / "vocab.txt", options.out / "vocab.txt")
    for path in sorted(options.out.iterdir()):
        print(f"{path.name:20} {path.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
