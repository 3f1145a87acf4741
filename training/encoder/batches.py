"""What a training step sees: photos that the encoder confuses, each in several freshly edited views."""

import random

import numpy as np
import torch
from PIL import Image
from torch.utils.data import IterableDataset, get_worker_info

from config import Run
from edits import blend_with, overlay, passed_on, patterned_cloth, random_edits, shrink_unsmoothed
from network import MEAN, STD
from photos import Photos


class Batches(IterableDataset):
    """Endless batches of edited views: photo numbers, whether each photo is as the teacher saw it, and pixels, uint8
    [photos * views, size, size, 3], the views of one photo after those of the other."""

    def __init__(self, run: Run, photos: list[int], memory: torch.Tensor, teacher: torch.Tensor, size: torch.Tensor, step: int):
        self.run, self.photos, self.memory, self.teacher, self.size, self.step = run, photos, memory, teacher, size, step

    def __iter__(self):
        settings = self.run.config["train"]
        worker = get_worker_info().id
        dice = random.Random(f"{settings['seed']}/{self.step}/{worker}")
        torch.set_num_threads(1)
        packed = Photos(self.run.work)
        anchors = self.anchors(packed)
        patterned = self.of_each_set("patterned", settings["patterned"])
        while True:
            chosen = look_alikes(dice, anchors, self.memory, self.teacher, settings)
            size = int(self.size.item())
            looks = [dice.random() for _ in range(settings["overlay_looks"])]
            cloths = {i: dice.random() for i in chosen if dice.random() < patterned[packed.entries[self.photos[i]].set]}
            views = [self.view(packed, i, dice, size, looks, cloths.get(i)) for i in chosen for _ in range(settings["views_per_photo"])]
            yield torch.tensor(chosen), torch.tensor([i not in cloths for i in chosen]), torch.from_numpy(np.stack(views))

    def anchors(self, packed: Photos) -> list[int]:
        """Numbers of the photos that a group may begin with, those of a set that comes `often` as often as it says."""
        often = self.of_each_set("often", 1)
        return [number for number, i in enumerate(self.photos) for _ in range(often[packed.entries[i].set])]

    def of_each_set(self, setting: str, otherwise: float) -> dict:
        return {photo_set["name"]: photo_set.get(setting, otherwise) for photo_set in self.run.config["photos"]}

    def view(self, packed: Photos, photo: int, dice: random.Random, size: int, looks: list[float], cloth: float | None) -> np.ndarray:
        """`looks` seed the overlays of a batch: other photos with the same letters have to be told apart. `cloth` seeds the stripes,
        checks or dots that a photo wears in all its views, every second of them made small so that others come out."""
        settings = self.run.config["train"]
        image = packed.image(self.photos[photo])
        if cloth is not None:
            image = patterned_cloth(image, random.Random(cloth))
            if dice.random() < 0.5:
                image = shrink_unsmoothed(image, dice)
        if dice.random() < settings["blends"]:
            image = blend_with(image, packed.image(dice.choice(self.photos)), dice.uniform(0.1, 0.35))
        image = (passed_on if dice.random() < settings["passed_on"] else random_edits)(image, dice)
        if dice.random() < settings["overlays"]:
            image = overlay(image, random.Random(dice.choice(looks)))
        return np.asarray(image.resize((size, size), Image.Resampling.BICUBIC))


def look_alikes(dice: random.Random, anchors: list[int], memory: torch.Tensor, teacher: torch.Tensor, settings: dict) -> list[int]:
    """Numbers of distinct photos: some drawn at random from `anchors`, each followed by neighbours that are other pictures."""
    group = settings["neighbours"] + 1
    chosen: dict[int, None] = {}
    while len(chosen) < settings["photos_per_batch"]:
        anchor = dice.choice(anchors)
        near = (memory @ memory[anchor]).masked_fill(teacher @ teacher[anchor] >= settings["same_picture"], -1)
        pool = near.topk(settings["neighbour_pool"]).indices.tolist()
        for photo in [anchor, *dice.sample(pool, group - 1)]:
            if len(chosen) < settings["photos_per_batch"]:
                chosen[photo] = None
    return list(chosen)


def normalise(pixels: torch.Tensor) -> torch.Tensor:
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) * 255 for v in (MEAN, STD))
    x = pixels.permute(0, 3, 1, 2).float()
    return ((x - mean.to(x.device)) / std.to(x.device)).contiguous(memory_format=torch.channels_last)
