"""The linear map behind the encoder: (x - mean) · matrix, learned from a whitening on.

It is made from views of photos that the encoder was trained on and of tuning photos, which it never saw: on its own
training photos an encoder looks surer than it is.
"""

import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional

from config import Run
from edits import passed_on, random_edits
from network import Map
from photos import Photos
from runtime import embed, open_session
from validation import validation_photos

# A process opens the encoder once for so many.
PHOTOS_A_TASK = 50


def last_map(run: Run, encoder: Path) -> Map:
    """Mean [dimensions] and matrix [dimensions, dimensions], learned on from a whitening, behind an encoder's ONNX file."""
    settings, packed = run.config["last_map"], Photos(run.work)
    unseen = sorted(set(packed.tuning()) - set(validation_photos(run, packed)))
    seen = random.Random(f"{run.config['seed']}/last map").sample(packed.training(), settings["training_photos"])
    views = [
        vectors_of_views(run, encoder, unseen, settings["views_of_tuning"]),
        vectors_of_views(run, encoder, seen, settings["views_of_training"]),
    ]
    start = whitening(np.concatenate([part[:, : settings["views_of_training"]] for part in views]))
    return learned(views, start, settings, run.config["seed"])


def vectors_of_views(run: Run, encoder: Path, photos: list[int], count: int) -> np.ndarray:
    """The encoder's vectors of edited views, [photos, count, dimensions], on all processors."""
    tasks = [(run, encoder, photos[at : at + PHOTOS_A_TASK], count) for at in range(0, len(photos), PHOTOS_A_TASK)]
    with ProcessPoolExecutor() as pool:
        return np.concatenate(list(pool.map(_vectors_of_some, tasks)))


def _vectors_of_some(task: tuple[Run, Path, list[int], int]) -> np.ndarray:
    run, encoder, photos, count = task
    packed, session, share = Photos(run.work), open_session(encoder), run.config["last_map"]["passed_on"]
    vectors = []
    for photo in photos:
        # A dice for each photo: its views do not depend on what else there is.
        dice = random.Random(f"{run.config['seed']}/last map/{packed.entries[photo].set}/{packed.entries[photo].name}")
        for _ in range(count):
            view = (passed_on if dice.random() < share else random_edits)(packed.image(photo), dice)
            vectors.append(embed(session, view, run.size))
    return np.stack(vectors).astype(np.float64).reshape(len(photos), count, -1)


def whitening(views: np.ndarray) -> Map:
    """Makes all directions equally strong over `views` [photos, count, dimensions] (Jégou and Chum 2012)."""
    vectors = views.reshape(-1, views.shape[2])
    values, axes = np.linalg.eigh(np.cov(vectors.T))
    # The weakest directions are held up: they are mostly noise.
    scale = (np.maximum(values, values.max() * 1e-2) / values.max()) ** -0.5
    matrix = axes @ np.diag(scale) @ axes.T
    return torch.from_numpy(vectors.mean(0)).float(), torch.from_numpy(matrix / np.abs(matrix).max()).float()


def learned(views: list[np.ndarray], start: Map, settings: dict, seed: int) -> Map:
    """Draws two views of each photo together and pushes the highest similarities between photos down, from `start` on."""
    torch.manual_seed(seed)
    mean, matrix = start
    # Of the length that its rows have in an identity, so that the rate of learning means the same for every start.
    origin = matrix / matrix.norm() * len(matrix) ** 0.5
    weights = origin.clone().requires_grad_()
    parts = [torch.from_numpy(part).float() - mean for part in views]
    optimizer = torch.optim.Adam([weights])
    for step in range(settings["steps"]):
        for group in optimizer.param_groups:
            group["lr"] = settings["learning_rate"] * (1 - step / settings["steps"])
        vectors, photos = draw(parts, settings["photos_per_part"])
        loss = loss_of(functional.normalize(vectors @ weights, dim=1), photos, settings) + settings["stay"] * (weights - origin).pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return mean, weights.detach()


def draw(parts: list[torch.Tensor], count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Two views of `count` photos of each part → vectors, and which photo each shows."""
    vectors, photos, first = [], [], 0
    for part in parts:
        chosen = torch.randperm(len(part))[:count]
        for _ in range(2):
            vectors.append(part[chosen, torch.randint(part.shape[1], (len(chosen),))])
            photos.append(chosen + first)
        first += len(part)
    return torch.cat(vectors), torch.cat(photos)


def loss_of(vectors: torch.Tensor, photos: torch.Tensor, settings: dict) -> torch.Tensor:
    similarity = vectors @ vectors.T
    same, itself = photos[:, None] == photos[None], torch.eye(len(vectors), dtype=torch.bool)
    logits = (similarity / settings["temperature"]).masked_fill(itself, -1e4)
    together = -((logits - logits.logsumexp(1, keepdim=True)) * (same & ~itself)).sum() / len(vectors)
    # What the benchmark asks about, and a mean hides: the very highest of the false pairs.
    highest = similarity.masked_fill(same, -1).flatten().topk(settings["highest"]).values
    return together + settings["highest_weight"] * torch.relu(highest - settings["highest_allowed"]).mean()
