"""How far an encoder has come, on held-out photos of the sets that it is trained on: not the benchmark, which is kept for the end."""

import random
from collections.abc import Iterable
from itertools import islice

import numpy as np
import torch
from PIL import Image

from batches import normalise
from config import Run
from edits import random_edits
from network import Encoder
from photos import Photos


def embed(encoder: Encoder, images: Iterable[Image.Image], size: int, device: str) -> torch.Tensor:
    """Pictures → unit vectors, on the processor; 64 pictures are in memory at a time."""
    encoder.eval()
    squares = (np.asarray(image.resize((size, size), Image.Resampling.BICUBIC)) for image in images)
    vectors = []
    with torch.inference_mode():
        while batch := list(islice(squares, 64)):
            vectors.append(encoder(normalise(torch.from_numpy(np.stack(batch)).to(device))).cpu())
    return torch.cat(vectors).clone()


def validation_photos(run: Run, packed: Photos) -> list[int]:
    return _draw(run, packed)[0]


def _draw(run: Run, packed: Photos) -> tuple[list[int], random.Random]:
    """The photos, and the dice that have drawn them and go on to edit them."""
    dice, tuning = random.Random(f"{run.config['seed']}/validation"), packed.tuning()
    return sorted(dice.sample(tuning, min(400, len(tuning)))), dice


def validation_views(run: Run, packed: Photos, size: int) -> tuple[list[int], torch.Tensor]:
    """The same views of tuning photos at every call: a clean one and two edited ones of each."""
    photos, dice = _draw(run, packed)
    edited = [random_edits(packed.image(i), dice) for i in photos for _ in range(2)]
    images = [packed.image(i) for i in photos] + edited
    pixels = np.stack([np.asarray(image.resize((size, size), Image.Resampling.BICUBIC)) for image in images])
    return photos, torch.from_numpy(pixels)


def pictures_for_statistics(pixels: torch.Tensor) -> torch.Tensor:
    """Enough of the edited views to tell an encoder's batch normalisations what its layers usually see, normalised."""
    return normalise(pixels[-256:])


def validate(encoder: Encoder, photos: list[int], pixels: torch.Tensor, teacher: np.ndarray, device: str) -> dict[str, float]:
    """Cosine to the teacher, and how often an edited view is nearest to its own photo, with how much to spare."""
    encoder.eval()
    with torch.inference_mode():
        vectors = torch.cat([encoder(normalise(part.to(device))).cpu() for part in pixels.split(64)])
    clean, edited = vectors[: len(photos)], vectors[len(photos) :]
    own = torch.arange(len(photos)).repeat_interleave(2)
    scores = edited @ clean.T
    right = scores.gather(1, own[:, None])[:, 0]
    wrong = scores.scatter(1, own[:, None], -1)
    # The bar that 3 in a million wrong pairs pass, as well as so few photos can tell it.
    bar = wrong.flatten().sort(descending=True).values[max(1, round(wrong.numel() * 1e-5))]
    return {
        "teacher": (clean * torch.from_numpy(teacher[photos])).sum(1).mean().item(),
        "nearest": (right > wrong.max(1).values).float().mean().item(),
        "above bar": (right > bar).float().mean().item(),
        "bar": bar.item(),
    }
