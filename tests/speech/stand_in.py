"""A stand-in for the model Supertonic 3, which is 400 MB: four small ONNX modules with the same inputs and outputs,
its two tables and ten styles. The real package loads and runs them; what it says is noise, as long as the text is.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("supertonic")

from voicecoach.speech.supertonic.files import PINNED, STYLES  # noqa: E402

CHANNELS, FACTOR, CHUNK, RATE_HZ = 24, 6, 512, 44_100
WIDTH, TOKENS, FEATURES = CHANNELS * FACTOR, 50, 8
SECONDS_A_SIGN = 0.05
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789 .,!?;:'\"<>/()-\u030a\u0301"


def make_model(folder: Path) -> Path:
    """All files that the real one has, in that folder."""
    for path, data in model_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@cache
def model_files() -> dict[str, bytes]:
    """Path → contents, by the names of the real ones."""
    files = {
        "LICENSE": b"Open RAIL-M\n",
        "onnx/tts.json": _json({"ae": _AE, "ttl": {"chunk_compress_factor": FACTOR, "latent_dim": CHANNELS}}),
        "onnx/unicode_indexer.json": _json([LETTERS.find(chr(code)) for code in range(0x10000)]),
        "onnx/duration_predictor.onnx": _duration_predictor(),
        "onnx/text_encoder.onnx": _text_encoder(),
        "onnx/vector_estimator.onnx": _vector_estimator(),
        "onnx/vocoder.onnx": _vocoder(),
    }
    files |= {f"voice_styles/{style}.json": _style(number) for number, style in enumerate(STYLES)}
    assert files.keys() == PINNED.keys()
    return files


_AE = {"sample_rate": RATE_HZ, "base_chunk_size": CHUNK}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _style(number: int) -> bytes:
    data = np.random.default_rng(number).normal(size=(1, TOKENS, FEATURES)).round(3).tolist()
    return _json(
        {
            "style_ttl": {"dims": [1, TOKENS, FEATURES], "data": data},
            "style_dp": {"dims": [1, FEATURES, 1], "data": [[[1 + number / 50]] * FEATURES]},
        }
    )


def _module(inputs: dict[str, list[Any]], output: tuple[str, list[Any]], nodes: list[Any], **constants: Any) -> bytes:
    helper, numpy_helper, types = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    graph = helper.make_graph(
        nodes,
        "stand-in",
        [
            helper.make_tensor_value_info(name, types.INT64 if name == "text_ids" else types.FLOAT, shape)
            for name, shape in inputs.items()
        ],
        [helper.make_tensor_value_info(output[0], types.FLOAT, output[1])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    # Old enough for the oldest onnxruntime that voicecoach allows.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _node(kind: str, inputs: str, output: str, **attributes: Any) -> Any:
    return onnx.helper.make_node(kind, inputs.split(), [output], **attributes)


_TEXT: dict[str, list[Any]] = {"text_ids": ["b", "n"], "text_mask": ["b", 1, "n"]}
_TTL: dict[str, list[Any]] = {"style_ttl": ["b", TOKENS, FEATURES]}


def _duration_predictor() -> bytes:
    """Seconds: so many a sign, and a little more or less for each style. The signs are looked at too."""
    nodes = [
        _node("ReduceSum", "text_mask axes", "signs", keepdims=0),
        _node("Cast", "text_ids", "ids", to=onnx.TensorProto.FLOAT),
        _node("ReduceMean", "ids", "mean", axes=[1], keepdims=0),
        _node("Mul", "mean little", "small"),
        _node("Mul", "signs seconds", "long"),
        _node("ReduceMean", "style_dp", "style", axes=[1, 2], keepdims=0),
        _node("Mul", "long style", "styled"),
        _node("Add", "styled small", "duration"),
    ]
    seconds = np.array([SECONDS_A_SIGN], dtype=np.float32)
    little = np.array([0.001], dtype=np.float32)
    inputs = {**_TEXT, "style_dp": ["b", FEATURES, 1]}
    return _module(inputs, ("duration", ["b"]), nodes, axes=np.array([1, 2]), seconds=seconds, little=little)


def _text_encoder() -> bytes:
    nodes = [
        _node("Cast", "text_ids", "ids", to=onnx.TensorProto.FLOAT),
        _node("Unsqueeze", "ids one", "row"),
        _node("Mul", "row text_mask", "masked"),
        _node("ReduceMean", "style_ttl", "style", axes=[1, 2], keepdims=1),
        _node("Add", "masked style", "text_emb"),
    ]
    return _module({**_TEXT, **_TTL}, ("text_emb", ["b", 1, "n"]), nodes, one=np.array([1]))


def _vector_estimator() -> bytes:
    """A step makes the noise less, by as much as the text, the style and the step say."""
    nodes = [
        _node("ReduceMean", "text_emb", "text", axes=[1, 2], keepdims=1),
        _node("ReduceMean", "style_ttl", "style", axes=[1, 2], keepdims=1),
        _node("ReduceMean", "text_mask", "signs", axes=[1, 2], keepdims=1),
        _node("Div", "current_step total_step", "done"),
        _node("Reshape", "done shape", "step"),
        _node("Sum", "text style signs step", "all"),
        _node("Sigmoid", "all", "shrunk"),
        _node("Mul", "noisy_latent shrunk", "less"),
        _node("Mul", "less latent_mask", "latent"),
    ]
    inputs = {
        "noisy_latent": ["b", WIDTH, "t"], "text_emb": ["b", 1, "n"], **_TTL, "text_mask": ["b", 1, "n"],
        "latent_mask": ["b", 1, "t"], "current_step": ["b"], "total_step": ["b"],
    }  # fmt: skip
    return _module(inputs, ("latent", ["b", WIDTH, "t"]), nodes, shape=np.array([-1, 1, 1]))


def _vocoder() -> bytes:
    weights = np.random.default_rng(1).normal(0, 0.03, size=(WIDTH, CHUNK * FACTOR)).astype(np.float32)
    nodes = [
        _node("Transpose", "latent", "frames", perm=[0, 2, 1]),
        _node("MatMul", "frames weights", "chunks"),
        _node("Reshape", "chunks shape", "loud"),
        _node("Tanh", "loud", "wav"),
    ]
    return _module(
        {"latent": ["b", WIDTH, "t"]}, ("wav", ["b", "s"]), nodes, weights=weights, shape=np.array([0, -1])
    )
