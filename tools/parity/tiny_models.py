"""Tiny models with the real architectures, random weights and the published ONNX names and axes."""

import math
import warnings
from pathlib import Path

import onnx
import torch
from torch import nn
from transformers import CLIPConfig, CLIPModel, Dinov2Config, Dinov2Model, SiglipConfig, SiglipModel

OPSET = 17
WIDTH = 32
GAIN = 1.5
PATCH_GAIN = 4.0  # the patches of a photo are smooth, so random filters hardly answer to them
_TRANSFORMER = {"hidden_size": WIDTH, "num_hidden_layers": 2, "num_attention_heads": 2, "attn_implementation": "eager"}
_IMAGE_AXES = {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"}
_TEXT_AXES = {0: "batch_size", 1: "sequence_length"}
_EMBEDDING_AXES = {0: "batch_size"}


def clip_model(seed: int, vocabulary: int) -> CLIPModel:
    """CLIP ViT-B/32 in small. Its text tower pools at the highest id, as the published config (eos_token_id 2) asks."""
    torch.manual_seed(seed)
    config = CLIPConfig(
        text_config={**_TRANSFORMER, "intermediate_size": 64, "vocab_size": vocabulary, "max_position_embeddings": 77,
                     "eos_token_id": 2, "bos_token_id": 0, "pad_token_id": 1, "projection_dim": WIDTH},
        vision_config={**_TRANSFORMER, "intermediate_size": 64, "image_size": 224, "patch_size": 32, "projection_dim": WIDTH},
        projection_dim=WIDTH, attn_implementation="eager",
    )
    return with_lively_weights(CLIPModel(config))


def dinov2_model(seed: int) -> Dinov2Model:
    """DINOv2 with patch 14 and positions for 518 x 518 pixels, which it interpolates to the size it is given."""
    torch.manual_seed(seed)
    config = Dinov2Config(**_TRANSFORMER, mlp_ratio=2, image_size=518, patch_size=14)
    return with_lively_weights(Dinov2Model(config))


def siglip_model(seed: int, vocabulary: int) -> SiglipModel:
    """SigLIP B/16-224 in small; the fixed-resolution SigLIP 2 has the same architecture."""
    torch.manual_seed(seed)
    config = SiglipConfig(
        text_config={**_TRANSFORMER, "intermediate_size": 64, "vocab_size": vocabulary, "max_position_embeddings": 64,
                     "bos_token_id": None, "eos_token_id": 1, "pad_token_id": 1},
        vision_config={**_TRANSFORMER, "intermediate_size": 64, "image_size": 224, "patch_size": 16},
        attn_implementation="eager",
    )
    return with_lively_weights(SiglipModel(config))


@torch.no_grad()
def with_lively_weights(model: nn.Module) -> nn.Module:
    """Random weights large enough that different photos get clearly different embeddings (the library's are too timid)."""
    for name, parameter in model.named_parameters():
        if "norm" in name:
            offset = 1.0 if name.endswith("weight") else 0.0
            parameter.copy_(offset + 0.2 * torch.randn_like(parameter))
        elif "position" in name or name.endswith(("cls_token", "class_embedding")):
            parameter.copy_(0.3 * torch.randn_like(parameter))
        elif "token_embedding" in name or name.endswith("probe"):
            parameter.copy_(torch.randn_like(parameter))
        elif parameter.dim() > 1:
            fan_in = parameter[0].numel()
            gain = PATCH_GAIN if "patch_embed" in name else GAIN
            parameter.copy_(gain / math.sqrt(fan_in) * torch.randn_like(parameter))
        elif name.endswith("bias"):
            parameter.copy_(0.1 * torch.randn_like(parameter))
    return model.eval()


class ClipImageTower(nn.Module):
    def __init__(self, model: CLIPModel):
        super().__init__()
        self.tower, self.projection = model.vision_model, model.visual_projection

    def forward(self, pixel_values):
        """[N, 3, 224, 224] -> image_embeds [N, D]"""
        return self.projection(self.tower(pixel_values).pooler_output)


class ClipTextTower(nn.Module):
    def __init__(self, model: CLIPModel):
        super().__init__()
        self.tower, self.projection = model.text_model, model.text_projection

    def forward(self, input_ids):
        """[N, L] -> text_embeds [N, D]"""
        return self.projection(self.tower(input_ids).pooler_output)


class PooledTower(nn.Module):
    def __init__(self, tower: nn.Module):
        super().__init__()
        self.tower = tower

    def forward(self, model_input):
        """Pixels or ids -> last_hidden_state [N, T, D], pooler_output [N, D]"""
        output = self.tower(model_input)
        return output.last_hidden_state, output.pooler_output


class HiddenStateTower(nn.Module):
    def __init__(self, tower: nn.Module):
        super().__init__()
        self.tower = tower

    def forward(self, pixel_values):
        """[N, 3, H, W] -> last_hidden_state [N, 1 + patches, D]"""
        return self.tower(pixel_values).last_hidden_state


def export_clip(model: CLIPModel, folder: Path) -> None:
    """onnx/vision_model.onnx (pixel_values -> image_embeds) and onnx/text_model.onnx (input_ids -> text_embeds)."""
    photo_output, text_output = {"image_embeds": _EMBEDDING_AXES}, {"text_embeds": _EMBEDDING_AXES}
    _export(ClipImageTower(model), _sample_pixels(), "pixel_values", photo_output, folder / "vision_model.onnx")
    _export(ClipTextTower(model), _sample_ids(77), "input_ids", text_output, folder / "text_model.onnx")


def export_dinov2(model: Dinov2Model, folder: Path) -> None:
    """onnx/model.onnx: pixel_values -> last_hidden_state."""
    _export(HiddenStateTower(model), _sample_pixels(), "pixel_values", {"last_hidden_state": _TEXT_AXES}, folder / "model.onnx")


def export_siglip(model: SiglipModel, folder: Path) -> None:
    """onnx/vision_model.onnx and onnx/text_model.onnx: pixel_values or input_ids -> last_hidden_state, pooler_output."""
    outputs = {"last_hidden_state": _TEXT_AXES, "pooler_output": _EMBEDDING_AXES}
    _export(PooledTower(model.vision_model), _sample_pixels(), "pixel_values", outputs, folder / "vision_model.onnx")
    _export(PooledTower(model.text_model), _sample_ids(64), "input_ids", outputs, folder / "text_model.onnx")


def _export(module: nn.Module, sample: torch.Tensor, input_name: str, outputs: dict, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of every shape it turns into a constant
        torch.onnx.export(
            module.eval(), (sample,), str(file), dynamo=False, opset_version=OPSET, input_names=[input_name],
            output_names=list(outputs),
            dynamic_axes={input_name: _IMAGE_AXES if sample.dim() == 4 else _TEXT_AXES, **outputs},
        )
    _drop_source_notes(file)


def _drop_source_notes(file: Path) -> None:
    """The exporter notes the source line of each node, with paths of this machine: not for a fixture."""
    exported = onnx.load(file)
    for node in exported.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    onnx.checker.check_model(exported)
    onnx.save(exported, file)


def _sample_pixels() -> torch.Tensor:
    return torch.rand(2, 3, 224, 224, generator=torch.Generator().manual_seed(0)) * 2 - 1


def _sample_ids(length: int) -> torch.Tensor:
    return torch.randint(0, 100, (2, length), generator=torch.Generator().manual_seed(0))
