"""Encoders as ONNX files: one picture in, one unit vector out."""

from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

from network import MEAN, STD


def open_session(model: Path, threads: int = 1) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(model), options)


def embed(session: ort.InferenceSession, image: Image.Image, size: int) -> np.ndarray:
    """→ [dimensions]. One picture at a time: with 8-bit arithmetic a batch would change its members' vectors."""
    vector = session.run(None, _input(session, image, size))[0][0]
    return vector / np.linalg.norm(vector)


def _input(session: ort.InferenceSession, image: Image.Image, size: int) -> dict[str, np.ndarray]:
    """Bytes [1, height, width, 3] or, if the input is called pixel_values, normalised floats [1, 3, height, width]."""
    pixels = np.asarray(image.resize((size, size), Image.Resampling.BICUBIC))
    name = session.get_inputs()[0].name
    if name != "pixel_values":
        return {name: pixels[None]}
    normalised = (pixels.astype(np.float32) / 255 - np.float32(MEAN)) / np.float32(STD)
    return {name: np.ascontiguousarray(normalised.transpose(2, 0, 1))[None]}
