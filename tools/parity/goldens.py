"""What the Python library makes of photos and texts: the values our TypeScript code must reproduce."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

PIXEL_TOLERANCE = 1e-6
EMBEDDING_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Photo:
    """A photo as a person sees it: turned as its EXIF orientation says, in RGB."""

    name: str
    sha256: str
    image: Image.Image


def read_photo(file: Path) -> Photo:
    with Image.open(file) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    return Photo(file.name, hashlib.sha256(file.read_bytes()).hexdigest(), upright)


def model_pixels(processor, image: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """uint8 [224, 224, 3] after resize and crop, and the float32 [3, 224, 224] the model gets.

    The second must follow from the first by (value * rescale_factor - mean) / std, or storing the bytes alone would
    not be enough.
    """
    cropped = np.asarray(processor(image, do_rescale=False, do_normalize=False)["pixel_values"][0])
    if cropped.dtype != np.uint8:
        raise TypeError(f"Pixels after resize and crop should be uint8, but are {cropped.dtype}.")
    tensor = np.asarray(processor(image)["pixel_values"][0], dtype=np.float32)
    mean, std = (np.array(values)[:, None, None] for values in (processor.image_mean, processor.image_std))
    rebuilt = ((cropped * processor.rescale_factor - mean) / std).astype(np.float32)
    _expect_close("the pixel tensor rebuilt from its bytes", rebuilt, tensor, PIXEL_TOLERANCE)
    return cropped.transpose(1, 2, 0), tensor


def unit_rows(vectors: torch.Tensor) -> np.ndarray:
    """float32 [N, D], each row of length 1."""
    return torch.nn.functional.normalize(vectors.detach(), dim=-1).numpy()


def expect_same_embeddings(where: str, onnx_rows: np.ndarray, torch_rows: np.ndarray) -> None:
    """Both float32 [N, D] of unit length."""
    _expect_close(where, onnx_rows, torch_rows, EMBEDDING_TOLERANCE)


def similarity_range(rows: np.ndarray) -> tuple[float, float]:
    """The lowest and highest cosine between different rows of a float32 [N, D] of unit length."""
    similarities = rows @ rows.T
    others = similarities[~np.eye(len(rows), dtype=bool)]
    return float(others.min()), float(others.max())


def write_golden(file: Path, golden: dict) -> None:
    """JSON with one line per photo and per text, so that a changed golden is a readable diff."""
    lines = ["{"]
    for position, (key, value) in enumerate(golden.items()):
        comma = "," if position < len(golden) - 1 else ""
        if isinstance(value, list):
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f'  "{key}": [\n{rows}\n  ]{comma}')
        else:
            lines.append(f'  "{key}": {json.dumps(value, ensure_ascii=False)}{comma}')
    file.write_text("\n".join([*lines, "}"]) + "\n", "utf-8")


def rounded(vector: np.ndarray) -> list[float]:
    """Nine significant digits hold a float32 exactly."""
    return [float(f"{value:.9g}") for value in vector]


def _expect_close(what: str, found: np.ndarray, expected: np.ndarray, tolerance: float) -> None:
    difference = float(np.abs(found - expected).max())
    if difference > tolerance:
        raise ValueError(f"Expected {what} to agree within {tolerance}, but it differs by {difference}.")
