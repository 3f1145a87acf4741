"""Stage 5, export: the trained encoder as ONNX, with its last map, in 8-bit weights.

    python export.py [--encoder FILE]

FILE is what train.py or mean.py wrote: work/encoder.pt unless named.

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
from onnx import TensorProto, helper, numpy_helper
from timm.layers import Conv2dSame, get_same_padding
from torch import nn

from batches import normalise
from config import Run, parse, take_file
from last_map import last_map
from network import MEAN, STD, Encoder, go_on_from_export, new_encoder
from photos import Photos
from validation import validate, validation_views, views_for_statistics

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


def in_16_bits(name: str, weights: np.ndarray):
    return [numpy_helper.from_array(weights.astype(np.float16), f"{name}.packed")], [
        helper.make_node("Cast", [f"{name}.packed"], [name], to=TensorProto.FLOAT)
    ]


def pack_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """One scale for each output channel, symmetric, rounded to nearest; the last map keeps 16 bits, biases and small tensors 32."""

    def pack(name: str, weights: np.ndarray):
        if name == LAST_MATRIX:
            return in_16_bits(name, weights)
        axis = 1 if name in transposed else 0
        others = tuple(i for i in range(weights.ndim) if i != axis)
        scale = np.maximum(np.abs(weights).max(axis=others, keepdims=True), 1e-12) / 127
        rounded = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
        # Not DequantizeLinear: the runtime leaves that in the graph and would widen the weights again at every picture.
        nodes = [
            helper.make_node("Cast", [f"{name}.packed"], [f"{name}.widened"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}.widened", f"{name}.scale"], [name]),
        ]
        stored = {"packed": rounded, "scale": scale.astype(np.float32)}
        return [numpy_helper.from_array(value, f"{name}.{part}") for part, value in stored.items()], nodes

    # MatMul and Gemm without transB have their output channels in the last place.
    transposed = {
        node.input[1]
        for node in model.graph.node
        if node.op_type == "MatMul" or (node.op_type == "Gemm" and not any(a.name == "transB" and a.i for a in node.attribute))
    }
    return packed_with(model, pack)


def packed_with(model: onnx.ModelProto, pack) -> onnx.ModelProto:
    result = onnx.ModelProto()
    result.CopyFrom(model)
    tensors, nodes = [], []
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype == np.float32 and weights.ndim > 1 and weights.size >= SMALLEST_TO_PACK:
            stored, widening = pack(tensor.name, weights)
            tensors += stored
            nodes += widening
        else:
            tensors.append(tensor)
    del result.graph.initializer[:], result.graph.node[:]
    result.graph.initializer.extend(tensors)
    result.graph.node.extend([*nodes, *model.graph.node])
    onnx.checker.check_model(result)
    return result


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


def load_trained(run: Run, file: Path | None = None) -> Encoder:
    """What train.py or mean.py wrote, ready to be used: work/encoder.pt unless a file is named."""
    encoder = new_encoder(run.config["network"])
    encoder.load_state_dict(torch.load(file or run.work / "encoder.pt", map_location="cpu", weights_only=True))
    return encoder.eval()


def without_map(encoder: Encoder, run: Run) -> Mapped:
    dimensions = run.config["network"]["dimensions"]
    return Mapped(encoder, torch.zeros(dimensions), torch.eye(dimensions))


def round_weights(encoder: Encoder, run: Run, file: Path, views: torch.Tensor) -> None:
    """Gives the encoder the weights that it has once they are packed in 8 bits, so that the last map is learned behind what is shipped.

    They are rounded with their batch normalisations folded in, as an export has them: through `file`, which is written.
    """
    onnx.save(pack_int8(to_onnx(without_map(encoder, run), run.size)), file)
    go_on_from_export(encoder, file, normalise(views))


def main(run: Run, file: Path | None) -> None:
    size = run.size
    teacher = np.load(run.work / "teacher.npy")
    checked = validation_views(run, Photos(run.work), size)
    out = run.work / "export"
    out.mkdir(exist_ok=True)
    encoder = load_trained(run, file)
    round_weights(encoder, run, out / "no-map.onnx", views_for_statistics(checked[1]))
    model = Mapped(encoder, *last_map(run, encoder, size)).eval()
    print(f"without the last map {validate(encoder, *checked, teacher, 'cpu')}\nwith it {validate(model, *checked, teacher, 'cpu')}", flush=True)
    lay_out(out / "dupfind-lite", pack_int8(to_onnx(model, size)), size, run.config["network"]["dimensions"])


if __name__ == "__main__":
    file = take_file("--encoder")
    main(parse(__doc__), file)
