"""Makes test/fixtures/encoders: tiny encoders of every family dupfind knows, and what Python makes of them.

    python tools/parity/make_fixtures.py [--out test/fixtures/encoders] [--photos examples/photos/originals]
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import onnxruntime
import torch
from PIL import Image
from torch import nn
from transformers import BitImageProcessorPil, CLIPImageProcessorPil, SiglipImageProcessorPil

from corpus import compared_texts, training_sentences
from goldens import (
    Photo, expect_same_embeddings, model_pixels, read_photo, rounded, similarity_range, unit_rows, write_golden,
)
from published_configs import preprocessor_config
from tiny_models import clip_model, dinov2_model, export_clip, export_dinov2, export_siglip, siglip_model
from tiny_tokenizers import CLIP_CONTEXT, SIGLIP_CONTEXT, write_clip, write_siglip, write_siglip2

SEED = 20261123
REPOSITORY = Path(__file__).resolve().parents[2]
LIBRARIES = ["transformers", "torch", "tokenizers", "sentencepiece", "pillow", "numpy", "onnx", "onnxruntime"]

# Landscape, tall, grey turned by EXIF orientation 6: these three also get their pixels stored.
PIXEL_PHOTOS = ["el_torcal_rocks.jpg", "cyclamen_persicum.jpg", "portrait-orientation-6.jpg"]
OTHER_PHOTOS = ["prairie_falcon.jpg", "mongolels.jpg", "notocactus_minimus.jpg"]


@dataclass(frozen=True)
class TextSide:
    """How a family reads text: its Python tokenizer, its context length and text -> [N, D] in PyTorch."""

    tokenizer: Callable
    context: int
    embed: Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Family:
    """A tiny encoder already written to `folder`, with the PyTorch twin that makes its goldens."""

    name: str
    folder: Path
    processor: Callable
    vision_file: str
    embed_photos: Callable[[torch.Tensor], torch.Tensor]
    pool_photos: Callable[[dict], np.ndarray]
    embedding: str
    text: TextSide | None


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(1)
    photos = [read_photo(options.photos / name) for name in PIXEL_PHOTOS + OTHER_PHOTOS]
    for make_family in (make_clip, make_dinov2, make_siglip, make_siglip2):
        family = make_family(options.out)
        with torch.no_grad():
            golden = make_golden(family, photos)
        write_golden(family.folder / "golden.json", golden)
        low, high = similarity_range(np.array([photo["embedding"] for photo in golden["photos"]]))
        print(f"{family.name}: photos are between {low:.3f} and {high:.3f} alike")


def make_clip(out: Path) -> Family:
    folder = out / "clip"
    tokenizer = write_clip(folder, training_sentences())
    model = clip_model(SEED, len(tokenizer))
    export_clip(model, folder / "onnx")
    return Family(
        "clip", folder, _processor(CLIPImageProcessorPil, "clip", folder, model), "onnx/vision_model.onnx",
        lambda pixels: model.get_image_features(pixels).pooler_output, lambda outputs: outputs["image_embeds"],
        "image_embeds", TextSide(tokenizer, CLIP_CONTEXT, lambda ids: model.get_text_features(ids).pooler_output),
    )


def make_dinov2(out: Path) -> Family:
    folder = out / "dinov2"
    model = dinov2_model(SEED + 1)
    export_dinov2(model, folder / "onnx")
    return Family(
        "dinov2", folder, _processor(BitImageProcessorPil, "dinov2", folder, model), "onnx/model.onnx",
        lambda pixels: model(pixels).last_hidden_state[:, 0], lambda outputs: outputs["last_hidden_state"][:, 0],
        "last_hidden_state, token 0", None,
    )


def make_siglip(out: Path) -> Family:
    with tempfile.TemporaryDirectory() as workspace:
        tokenizer = write_siglip(out / "siglip", training_sentences(), Path(workspace))
    return _siglip_family("siglip", out / "siglip", tokenizer, SEED + 2)


def make_siglip2(out: Path) -> Family:
    tokenizer = write_siglip2(out / "siglip2", training_sentences())
    return _siglip_family("siglip2", out / "siglip2", tokenizer, SEED + 3)


def _siglip_family(name: str, folder: Path, tokenizer: Callable, seed: int) -> Family:
    model = siglip_model(seed, len(tokenizer))
    export_siglip(model, folder / "onnx")
    return Family(
        name, folder, _processor(SiglipImageProcessorPil, name, folder, model), "onnx/vision_model.onnx",
        lambda pixels: model.get_image_features(pixels).pooler_output, lambda outputs: outputs["pooler_output"],
        "pooler_output", TextSide(tokenizer, SIGLIP_CONTEXT, lambda ids: model.get_text_features(ids).pooler_output),
    )


def make_golden(family: Family, photos: list[Photo]) -> dict:
    """All that golden.json holds; the ONNX files must already agree with PyTorch."""
    return {
        "family": family.name,
        "madeWith": {library: version(library) for library in LIBRARIES},
        "embedding": family.embedding,
        "photos": photo_goldens(family, photos),
        "texts": text_goldens(family) if family.text else [],
    }


def photo_goldens(family: Family, photos: list[Photo]) -> list[dict]:
    prepared = [model_pixels(family.processor, photo.image) for photo in photos]
    batch = torch.from_numpy(np.stack([tensor for _, tensor in prepared]))
    embeddings = unit_rows(family.embed_photos(batch))
    outputs = run_onnx(family.folder / family.vision_file, "pixel_values", batch.numpy())
    expect_same_embeddings(f"{family.name} photos in ONNX", unit_rows(torch.from_numpy(family.pool_photos(outputs))), embeddings)
    (family.folder / "pixels").mkdir(exist_ok=True)
    goldens = []
    for photo, (pixels, _), embedding in zip(photos, prepared, embeddings, strict=True):
        stored = f"pixels/{Path(photo.name).stem}.png" if photo.name in PIXEL_PHOTOS else None
        if stored:
            Image.fromarray(pixels).save(family.folder / stored, optimize=True)
        goldens.append({
            "name": photo.name, "sha256": photo.sha256, "uprightSize": list(photo.image.size), "pixels": stored,
            "embedding": rounded(embedding),
        })
    return goldens


def text_goldens(family: Family) -> list[dict]:
    texts, side = compared_texts(), family.text
    ids = side.tokenizer(texts, padding="max_length", truncation=True, max_length=side.context)["input_ids"]
    embeddings = unit_rows(side.embed(torch.tensor(ids)))
    outputs = run_onnx(family.folder / "onnx/text_model.onnx", "input_ids", np.array(ids, dtype=np.int64))
    name = "text_embeds" if "text_embeds" in outputs else "pooler_output"
    expect_same_embeddings(f"{family.name} texts in ONNX", unit_rows(torch.from_numpy(outputs[name])), embeddings)
    return [
        {"text": text, "inputIds": row, "embedding": rounded(embedding)}
        for text, row, embedding in zip(texts, ids, embeddings, strict=True)
    ]


def run_onnx(file: Path, input_name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {input_name: values}), strict=True))


def _processor(processor_class: type, name: str, folder: Path, model: nn.Module) -> Callable:
    """Writes config.json and preprocessor_config.json and reads the latter as the Python library does."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    (folder / "preprocessor_config.json").write_bytes(preprocessor_config(name))
    return processor_class.from_pretrained(folder)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=REPOSITORY / "test/fixtures/encoders")
    parser.add_argument("--photos", type=Path, default=REPOSITORY / "examples/photos/originals")
    return parser.parse_args()


if __name__ == "__main__":
    main()
