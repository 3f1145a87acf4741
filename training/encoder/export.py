"""Stage 5, export: the trained encoder as ONNX, with its last map, in 8-bit weights.

    python export.py [--encoder FILE] [--map EXPORT]

FILE is what train.py or mean.py wrote, or an export: work/encoder.pt unless named. With --map the last map of EXPORT, behind which
the encoder was trained, is kept, and none learned.

Writes work/export/dupfind-lite, the folder that a library for such models opens, and beside it the bytes and SHA-256 of
its files, for the lock. Its onnx/model.onnx has the input `pixel_values` [batch, 3, size, size] float32 and the output
`image_embeds` [batch, dimensions] float32 of unit length, opset 17. Weights are rounded before the last map is learned,
stored small, and widened when the graph is loaded; all arithmetic is in 32 bits, so that a picture's vector depends on
nothing but the picture.
"""

import copy
import hashlib
import io
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, TensorProto, helper, numpy_helper
from timm.layers import Conv2dSame, get_same_padding
from torch import nn

from config import Run, parse, take_file
from last_map import last_map
from network import MEAN, STD, Encoder, exported_map, load_encoder, no_map
from photos import Photos
from validation import pictures_for_statistics, validate, validation_views

OPSET = 17
# Tensors smaller than this stay as they are: they are few, and biases need their digits.
SMALLEST_TO_PACK = 256
# The last map's matrix: learned behind weights that are rounded already, so that only its own rounding is left.
LAST_MATRIX = "matrix"


class Mapped(nn.Module):
    """The encoder with its last map: x → (x - mean) · matrix, of unit length."""

    def __init__(self, encoder: Encoder, mean: torch.Tensor, matrix: torch.Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("mean", mean)
        self.register_buffer("matrix", matrix)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        e = (self.encoder(x) - self.mean) @ self.matrix
        return e / e.pow(2).sum(1, keepdim=True).sqrt()


def with_fixed_padding(model: nn.Module, size: int) -> nn.Module:
    """A copy of the model that computes the same for pictures of this size, and only for those.

    Its strided convolutions pad by what the size of their input leaves over. Where that is not known beforehand, the runtime
    works it out and moves all activations at every picture: an eighth of its time.
    """
    fixed = copy.deepcopy(model).eval()
    strided = {name: module for name, module in fixed.named_modules() if isinstance(module, Conv2dSame)}
    edges: dict[str, int] = {}
    for name, module in strided.items():
        module.register_forward_pre_hook(lambda _, inputs, name=name: edges.update({name: inputs[0].shape[-1]}))
    with torch.inference_mode():
        fixed(torch.zeros(1, 3, size, size))
    for name, module in strided.items():
        (kernel, _), (stride, _) = module.kernel_size, module.stride
        left_over = get_same_padding(edges[name], kernel, stride, 1)
        before = left_over // 2
        plain = nn.Conv2d(module.in_channels, module.out_channels, kernel, stride, groups=module.groups, bias=module.bias is not None)
        plain.load_state_dict(module.state_dict())
        fixed.set_submodule(name, nn.Sequential(nn.ZeroPad2d((before, left_over - before) * 2), plain))
    return fixed.eval()


def to_onnx(model: nn.Module, size: int) -> onnx.ModelProto:
    buffer = io.BytesIO()
    axes = {"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}}
    names = {"input_names": ["pixel_values"], "output_names": ["image_embeds"], "dynamic_axes": axes}
    example = torch.randn(2, 3, size, size)
    torch.onnx.export(with_fixed_padding(model, size), (example,), buffer, opset_version=OPSET, dynamo=False, **names)
    return onnx.load_from_string(buffer.getvalue())


# What a tensor is stored as, and the nodes that widen it to 32 bits when the graph is loaded.
Stored = tuple[list[TensorProto], list[NodeProto]]


def in_16_bits(name: str, weights: np.ndarray) -> Stored:
    widening = helper.make_node("Cast", [f"{name}.packed"], [name], to=TensorProto.FLOAT)
    return [numpy_helper.from_array(weights.astype(np.float16), f"{name}.packed")], [widening]


def in_8_bits(name: str, weights: np.ndarray, channels: int) -> Stored:
    """One scale for each output channel, which are along the axis `channels`; symmetric, rounded to nearest."""
    others = tuple(axis for axis in range(weights.ndim) if axis != channels)
    scale = np.maximum(np.abs(weights).max(axis=others, keepdims=True), 1e-12) / 127
    rounded = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    # Not DequantizeLinear: the runtime leaves that in the graph and would widen the weights again at every picture.
    widening = [
        helper.make_node("Cast", [f"{name}.packed"], [f"{name}.widened"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}.widened", f"{name}.scale"], [name]),
    ]
    stored = {"packed": rounded, "scale": scale.astype(np.float32)}
    return [numpy_helper.from_array(value, f"{name}.{part}") for part, value in stored.items()], widening


def packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights in 8 bits, the last map in 16; biases and small tensors stay in 32."""
    transposed = with_channels_last(model)
    result = onnx.ModelProto()
    result.CopyFrom(model)
    tensors, nodes = [], []
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.ndim == 1 or weights.size < SMALLEST_TO_PACK:
            tensors.append(tensor)
            continue
        if tensor.name == LAST_MATRIX:
            stored, widening = in_16_bits(tensor.name, weights)
        else:
            stored, widening = in_8_bits(tensor.name, weights, channels=1 if tensor.name in transposed else 0)
        tensors += stored
        nodes += widening
    del result.graph.initializer[:], result.graph.node[:]
    result.graph.initializer.extend(tensors)
    result.graph.node.extend([*nodes, *model.graph.node])
    onnx.checker.check_model(result)
    return result


def with_channels_last(model: onnx.ModelProto) -> set[str]:
    """Weights of MatMul, and of Gemm without transB: their output channels are along the second axis, not the first."""
    return {
        node.input[1]
        for node in model.graph.node
        if node.op_type == "MatMul" or (node.op_type == "Gemm" and not any(a.name == "transB" and a.i for a in node.attribute))
    }


def lay_out(folder: Path, model: onnx.ModelProto, size: int, dimensions: int) -> None:
    """The model with what a library needs to know of it, and its files as the lock pins them."""
    square = {"height": size, "width": size}
    config = {"model_type": "efficientnet", "architectures": ["EfficientNetModel"], "hidden_dim": dimensions, "image_size": size}
    preprocessor = {"do_resize": True, "size": square, "resample": 3, "do_center_crop": False}
    preprocessor |= {"do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN, "image_std": STD}
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "preprocessor_config.json").write_text(json.dumps(preprocessor, indent=2) + "\n")
    onnx.save(model, folder / "onnx" / "model.onnx")
    files = ["config.json", "preprocessor_config.json", "onnx/model.onnx"]
    contents = {path: (folder / path).read_bytes() for path in files}
    pinned = [{"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for path, data in contents.items()]
    (folder.parent / f"{folder.name}.files.json").write_text(json.dumps(pinned, indent=2) + "\n")


def without_map(encoder: Encoder, run: Run) -> Mapped:
    return Mapped(encoder, *no_map(run.config["network"]))


def main(run: Run, file: Path, map_of: Path | None) -> None:
    size, network = run.size, run.config["network"]
    teacher = np.load(run.work / "teacher.npy")
    checked = validation_views(run, Photos(run.work), size)
    pictures = pictures_for_statistics(checked[1])
    out = run.work / "export"
    out.mkdir(exist_ok=True)
    unmapped = out / "no-map.onnx"
    # The last map is learned behind what is shipped: weights rounded as they are packed, with batch normalisations folded in.
    onnx.save(packed(to_onnx(without_map(load_encoder(file, network, pictures), run), size)), unmapped)
    encoder = load_encoder(unmapped, network, pictures)
    model = Mapped(encoder, *(last_map(run, unmapped) if map_of is None else exported_map(map_of))).eval()
    print(f"without the last map {validate(encoder, *checked, teacher, 'cpu')}\nwith it {validate(model, *checked, teacher, 'cpu')}", flush=True)
    lay_out(out / "dupfind-lite", packed(to_onnx(model, size)), size, network["dimensions"])


if __name__ == "__main__":
    file, map_of = take_file("--encoder"), take_file("--map")
    run = parse(__doc__)
    main(run, file or run.work / "encoder.pt", map_of)
