"""Build the ONNX graph of all-MiniLM-L6-v2 from its safetensors: no PyTorch, no download.

The graph takes what the tokens are embedded as and a mask, and answers with the token vectors and with the pooled,
normalised sentence vector. It uses the fused operators of ONNX Runtime (domain `com.microsoft`), which are the fastest
for single queries. The table of token embeddings is no part of it: half of all weights, of which a text needs a few
rows. Running it is the business of `embedding.py`; keeping it on disk that of `graph_cache.py`.

The architecture is BERT (Devlin et al. 2018) with 6 layers; pooling is the mean of the token vectors under
the mask and L2 normalisation, as `modules.json` and `1_Pooling/config.json` of the model say.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from alex_local_aws.model.weights import HIDDEN_SIZE, WEIGHTS_FILE

LAYERS = 6
HEADS = 12
LAYER_NORM_EPSILON = 1e-12
SMALLEST_NORM = 1e-12
"""What sentence-transformers divides by at least when it normalises."""
OPSET = 20
IR_VERSION = 9
FUSED = "com.microsoft"

Array = NDArray[np.float32]


class _GraphBuilder:
    """Collects the nodes and constants of one graph; names are made up here."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def weight(self, name: str) -> Array:
        return self._weights[name].astype(np.float32)

    def constant(self, name: str, value: NDArray[np.float32] | NDArray[np.int64]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], *, domain: str = "", **attributes: float) -> str:
        """Add a node and return the name of its output."""
        name = f"{operator}_{len(self.nodes)}"
        node = helper.make_node(operator, inputs, [name], name=name, domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in sorted(attributes.items()))
        self.nodes.append(node)
        return name

    def name_output(self, produced: str, name: str) -> None:
        self.nodes.append(helper.make_node("Identity", [produced], [name], name=f"output_{name}"))


def build_graph(model_directory: Path) -> onnx.ModelProto:
    """Return the model.

    Inputs are `embedded`, float32 `[texts, tokens, 384]`: for each token the row of its id and the row of its position
    in the table of `build_table`, added; and `attention_mask`, int32 `[texts, tokens]`. Outputs are float32:
    `token_vectors` `[texts, tokens, 384]` (rows of masked tokens mean nothing) and `embedding` `[texts, 384]`, of
    length 1.
    """
    graph = _GraphBuilder(load_file(model_directory / WEIGHTS_FILE))
    hidden = _normalise(graph)
    for layer in range(LAYERS):
        hidden = _encode(graph, f"encoder.layer.{layer}.", hidden)
    graph.name_output(hidden, "token_vectors")
    graph.name_output(_pool(graph, hidden), "embedding")
    return _assemble(graph)


def build_table(model_directory: Path) -> Array:
    """Return the rows of all token ids, and behind them those of the 512 positions, `[30522 + 512, 384]`."""
    weights = load_file(model_directory / WEIGHTS_FILE)
    # Every token is of type 0 here, so that its vector can be folded into the positions.
    token_type = weights["embeddings.token_type_embeddings.weight"][0]
    positions = weights["embeddings.position_embeddings.weight"] + token_type
    return np.concatenate([weights["embeddings.word_embeddings.weight"], positions]).astype(np.float32)


def _normalise(graph: _GraphBuilder) -> str:
    scale = graph.constant("embedding_norm_scale", graph.weight("embeddings.LayerNorm.weight"))
    shift = graph.constant("embedding_norm_shift", graph.weight("embeddings.LayerNorm.bias"))
    return graph.node("LayerNormalization", ["embedded", scale, shift], epsilon=LAYER_NORM_EPSILON)


def _encode(graph: _GraphBuilder, layer: str, hidden: str) -> str:
    attended = _attend(graph, layer, hidden)
    hidden = _add_and_normalise(graph, f"{layer}attention.output.", attended, hidden)
    bias = graph.constant(f"{layer}intermediate.bias", graph.weight(f"{layer}intermediate.dense.bias"))
    wide = graph.node("BiasGelu", [_project(graph, f"{layer}intermediate.dense", hidden), bias], domain=FUSED)
    return _add_and_normalise(graph, f"{layer}output.", wide, hidden)


def _attend(graph: _GraphBuilder, layer: str, hidden: str) -> str:
    parts = [f"{layer}attention.self.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([graph.weight(f"{part}.weight").T for part in parts], axis=1)
    bias = np.concatenate([graph.weight(f"{part}.bias") for part in parts])
    inputs = [
        hidden,
        graph.constant(f"{layer}qkv.weight", weight),
        graph.constant(f"{layer}qkv.bias", bias),
        "attention_mask",
    ]
    return graph.node("Attention", inputs, domain=FUSED, num_heads=HEADS)


def _project(graph: _GraphBuilder, dense: str, hidden: str) -> str:
    return graph.node("MatMul", [hidden, graph.constant(f"{dense}.weight", graph.weight(f"{dense}.weight").T)])


def _add_and_normalise(graph: _GraphBuilder, block: str, hidden: str, residual: str) -> str:
    projected = _project(graph, f"{block}dense", hidden)
    names = ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")
    scale, shift, bias = (graph.constant(f"{block}{name}", graph.weight(f"{block}{name}")) for name in names)
    inputs = [projected, residual, scale, shift, bias]
    return graph.node("SkipLayerNormalization", inputs, domain=FUSED, epsilon=LAYER_NORM_EPSILON)


def _pool(graph: _GraphBuilder, hidden: str) -> str:
    """Sum the token vectors under the mask; the mean's divisor falls out in the normalisation."""
    mask = graph.node("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    token_axis = graph.constant("token_axis", np.array([1], np.int64))
    weights = graph.node("Unsqueeze", [mask, token_axis])
    total = graph.node("Squeeze", [graph.node("MatMul", [weights, hidden]), token_axis])
    last_axis = graph.constant("last_axis", np.array([-1], np.int64))
    norm = graph.node("ReduceL2", [total, last_axis], keepdims=1)
    smallest = graph.constant("smallest_norm", np.array(SMALLEST_NORM, np.float32))
    return graph.node("Div", [total, graph.node("Max", [norm, smallest])])


def _assemble(graph: _GraphBuilder) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["texts", "tokens", HIDDEN_SIZE]),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT32, ["texts", "tokens"]),
    ]
    outputs = [
        helper.make_tensor_value_info("token_vectors", TensorProto.FLOAT, ["texts", "tokens", HIDDEN_SIZE]),
        helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", HIDDEN_SIZE]),
    ]
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION)
