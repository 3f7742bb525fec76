"""Builds embedder.onnx, the network for sentence vectors, from the weights of all-MiniLM-L6-v2, and checks it.

    python -m infra.build_embedder WEIGHTS.safetensors embedder.onnx

is run by infra/make_embedder.sh, in an environment of its own. The network takes BERT's pieces and answers vectors of
length one: embeddings, six layers of attention and feed-forward, the mean over the pieces, and the normalisation.

Weights are rounded to eight bits: those of a layer with one scale for each output, word embeddings with one for each
piece. A layer's input is rounded too, with one scale for each piece of text, so that a sentence's vector does not
depend on what else is in its batch. The products are then exact integers on every processor: see weights_in_bytes.
What is left to differ between processors is the last bit of the other steps, and where that tips a rounding: on
emulated ones (QEMU's Nehalem, Haswell, Skylake-Server, EPYC and Neoverse N1) vectors of the reference sentences had a
cosine of 0.9994 or more with those of a machine of today. With weights over the whole byte, Haswell's fell to 0.97.
The same weights give the same file, byte for byte; it is checked against infra/embedder_reference.json before it is
put in place.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# SHA-256 of the weights as sentence-transformers published them (revision 1110a243 of all-MiniLM-L6-v2): the package
# that brings them is another's.
PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REFERENCE = Path(__file__).with_name("embedder_reference.json")

LAYERS, ATTENTION_HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12  # of the layer normalisations, from the model's configuration

BYTE = 127  # the largest weight in eight bits, kept symmetric
MIDDLE = 128  # what stands for nought where a layer's input is rounded to an unsigned byte
PAIR = 128  # the most that two neighbouring weights of one sign may add up to: 255 * 128 fits sixteen bits
GELU_FLOOR = 0.17  # GELU never falls below -0.16997, so that what it answers plus this is not negative
# In what every layer normalisation answers, one number is up to ten times as large as all others (measured over 100
# sentences of news: 28 where the next is 11, and the median 1.9). Made smaller before rounding, and its weights larger,
# it no longer takes most of the byte: the mean cosine below went from 0.9974 to 0.9989. Twice or eight times is worse.
LOUD, LOUDNESS = 99, 4
TINY = 1e-9  # added to a scale, so that nothing is divided by nought

# The opset of GELU; ONNX's file format that goes with it.
OPSET, IR_VERSION = 20, 9
MICROSOFT = "com.microsoft"  # onnxruntime's own operators: attention in one step

# Cosine with the vector of the unrounded weights. Over 358 sentences of news the lowest was 0.998, for a text of one
# word 0.993; a wrong weight, layer or order is far below.
CLOSE = 0.985

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]


class Weights:
    """Named arrays of a safetensors file: a length, a JSON header of that length, then the arrays."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError when these are not the published weights."""
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != PUBLISHED:
            raise ValueError(f"{path.name} is not the published file.")
        (length,) = struct.unpack_from("<Q", content)
        self._header = json.loads(content[8 : 8 + length])
        self._arrays = memoryview(content)[8 + length :]

    def __getitem__(self, name: str) -> Floats:
        entry = self._header[name]
        begin, end = entry["data_offsets"]
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}, not F32")
        return np.frombuffer(self._arrays[begin:end], np.float32).reshape(entry["shape"])


class Graph:
    """A network in the making; values are known by their names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, values: Array | np.generic) -> str:
        """A value that is part of the network."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values).reshape(np.shape(values)), name))
        return name

    def add(self, operator: str, *inputs: str, name: str = "", domain: str = "", **attributes: Any) -> str:
        """One step with one answer; answers its name."""
        name = name or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, domain=domain, **attributes))
        return name

    def split(self, value: str, parts: int) -> list[str]:
        """Cut the last axis into equal parts."""
        names = [f"Split_{len(self.nodes)}_{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [value], names, names[0], axis=-1, num_outputs=parts))
        return names


def rows_in_bytes(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Weights in eight bits, and the scale of each row (a column of them)."""
    scales = np.abs(weights).max(1, keepdims=True) / np.float32(BYTE)
    scales[scales == 0] = 1
    return np.rint(weights / scales).astype(np.int8), scales


def weights_in_bytes(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """The same for a layer (outputs, inputs), so that no processor has to saturate.

    Without instructions for products of bytes, x86 adds two neighbouring products in sixteen bits and cuts off what
    does not fit. So scales are chosen such that neighbours of one sign never add up to more than PAIR. Large weights
    are seldom neighbours: the largest of a row is still 96 of 127 on average.
    """
    scales = np.abs(weights).max(1) / np.float32(BYTE)
    for sign in (1, -1):
        part = np.maximum(sign * weights, 0)
        # One less than PAIR, because each of the two may be rounded up by a half.
        scales = np.maximum(scales, (part[:, 1:] + part[:, :-1]).max(1) / np.float32(PAIR - 1))
    scales = scales[:, None]
    rounded = np.rint(weights / scales).astype(np.int8)
    for sign in (1, -1):
        part = np.maximum(sign * rounded.astype(np.int16), 0)
        if (part[:, 1:] + part[:, :-1]).max() > PAIR:
            raise ValueError("Two neighbouring weights are too large.")
    return rounded, scales


def loudness() -> Floats:
    """What each number of a layer normalisation's answer is divided by before it is rounded."""
    factors = np.ones(WIDTH, np.float32)
    factors[LOUD] = LOUDNESS
    return factors


@dataclass(frozen=True)
class Rounded:
    """A layer's input: bytes, the scale of each piece, the byte that stands for nought, and what was done before."""

    values: str
    scales: str
    nought: int
    loud: bool
    floor: float


class Network(Graph):
    """all-MiniLM-L6-v2 as a graph."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self._weights = weights
        self._last_axis = self.constant(np.array([-1]))

    def build(self) -> Any:
        """The whole network as an ONNX model."""
        value = self.embeddings()
        mask = self.add("Cast", "attention_mask", to=TensorProto.INT32)
        for number in range(LAYERS):
            value = self.layer(value, mask, f"encoder.layer.{number}")
        self.vectors(value)
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["sentences", "pieces"])
            for name in ("input_ids", "attention_mask")
        ]
        outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["sentences", WIDTH])]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", inputs, outputs, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model

    def embeddings(self) -> str:
        """Words, places and the one segment there is, added up and normalised."""
        rounded, scales = rows_in_bytes(self._weights["embeddings.word_embeddings.weight"])
        words = self.add("Cast", self.add("Gather", self.constant(rounded), "input_ids"), to=TensorProto.FLOAT)
        words = self.add("Mul", words, self.add("Gather", self.constant(scales), "input_ids"))
        segment = self._weights["embeddings.token_type_embeddings.weight"][0]
        places = self.constant(self._weights["embeddings.position_embeddings.weight"] + segment)
        length = self.add("Shape", "input_ids", start=1, end=2)
        first = self.constant(np.array([0]))
        value = self.add("Add", words, self.add("Slice", places, first, length, first))
        return self.normalised(value, "embeddings.LayerNorm")

    def layer(self, value: str, mask: str, name: str) -> str:
        """Attention, then feed-forward, each added to what comes in."""
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        three = self.split(self.linear(self.rounded(value, loud=True), *parts), 3)
        seen = self.add("MultiHeadAttention", *three, "", mask, domain=MICROSOFT, num_heads=ATTENTION_HEADS)
        seen = self.linear(self.rounded(seen), f"{name}.attention.output.dense")
        value = self.normalised(self.add("Add", value, seen), f"{name}.attention.output.LayerNorm")
        inner = self.add("Gelu", self.linear(self.rounded(value, loud=True), f"{name}.intermediate.dense"))
        inner = self.linear(self.rounded(inner, floor=GELU_FLOOR), f"{name}.output.dense")
        return self.normalised(self.add("Add", value, inner), f"{name}.output.LayerNorm")

    def normalised(self, value: str, name: str) -> str:
        """Layer normalisation."""
        scale, bias = (self.constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", value, scale, bias, epsilon=EPSILON)

    def rounded(self, value: str, loud: bool = False, floor: float | None = None) -> Rounded:
        """A layer's input in bytes. `loud`: it comes from a layer normalisation; `floor`: nothing lies below -floor."""
        if loud:
            value = self.add("Mul", value, self.constant(1 / loudness()))
        if floor is None:
            largest = self.add("ReduceMax", self.add("Abs", value), self._last_axis, keepdims=1)
            steps, nought = BYTE, MIDDLE
        else:
            value = self.add("Add", value, self.constant(np.float32(floor)))
            largest = self.add("ReduceMax", value, self._last_axis, keepdims=1)
            steps, nought = 255, 0
        scale = self.add("Mul", largest, self.constant(np.float32(1 / steps)))
        scale = self.add("Add", scale, self.constant(np.float32(TINY)))
        whole = self.add("Round", self.add("Div", value, scale))
        if nought:
            whole = self.add("Add", whole, self.constant(np.float32(nought)))
        return Rounded(self.add("Cast", whole, to=TensorProto.UINT8), scale, nought, loud, floor or 0)

    def linear(self, inputs: Rounded, *names: str) -> str:
        """Weights times inputs plus bias; several of the model's layers side by side as one."""
        whole = np.concatenate([self._weights[f"{name}.weight"] for name in names])
        weights, scales = weights_in_bytes(whole * loudness() if inputs.loud else whole)
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names]).astype(np.float64)
        bias -= inputs.floor * (weights.astype(np.float64) * scales).sum(1)
        nought = self.constant(np.uint8(inputs.nought))
        product = self.add("MatMulInteger", inputs.values, self.constant(weights.T), nought)
        product = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), inputs.scales)
        product = self.add("Mul", product, self.constant(scales[:, 0]))
        return self.add("Add", product, self.constant(bias.astype(np.float32)))

    def vectors(self, value: str) -> None:
        """The mean over the pieces, at length one: dividing by their number would not turn it, so it is left out."""
        axis = self.constant(np.array([1]))
        mask = self.add("Unsqueeze", self.add("Cast", "attention_mask", to=TensorProto.FLOAT), axis)
        total = self.add("Squeeze", self.add("MatMul", mask, value), axis)
        length = self.add("ReduceL2", total, axis, keepdims=1)
        length = self.add("Max", length, self.constant(np.float32(TINY)))
        self.add("Div", total, length, name="vectors")


def check(path: Path) -> tuple[int, float]:
    """How many reference sentences there are, and the lowest cosine with their vectors.

    Raises ValueError when one is below CLOSE.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    cosines = []
    sentences = json.loads(REFERENCE.read_text("utf-8"))["sentences"]
    for sentence in sentences:
        pieces = np.asarray([sentence["pieces"]], np.int64)
        (vectors,) = session.run(None, {"input_ids": pieces, "attention_mask": np.ones_like(pieces)})
        cosines.append(float(vectors[0] @ np.asarray(sentence["vector"], np.float32)))
        if not cosines[-1] >= CLOSE:
            raise ValueError(f"The vector of {sentence['text']!r} is off: cosine {cosines[-1]:.4f} with the reference.")
    return len(cosines), min(cosines)


def main() -> None:
    """Build, check, and put in place only what holds."""
    parser = argparse.ArgumentParser(description="Builds the network for sentence vectors.")
    parser.add_argument("weights", type=Path, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("model", type=Path, help="where to write the network")
    arguments = parser.parse_args()
    model: Path = arguments.model
    unchecked = model.with_suffix(".unchecked")
    try:
        unchecked.write_bytes(Network(Weights(arguments.weights)).build().SerializeToString(deterministic=True))
        sentences, lowest = check(unchecked)
    except ValueError as error:
        unchecked.unlink(missing_ok=True)
        sys.exit(str(error))
    os.replace(unchecked, model)
    size = model.stat().st_size / 2**20
    print(f"{model.name}: {size:.1f} MB; cosine with {sentences} reference vectors at least {lowest:.4f}")


if __name__ == "__main__":
    main()
