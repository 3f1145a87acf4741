"""Stage 3, train: teaches the encoder to give every edit of a photo the vector the teacher gives the photo itself.

    python train.py [--start ENCODER]

ENCODER is what train.py or mean.py wrote, or an ONNX file that export.py wrote; without it the trunk has ImageNet's weights.

Each batch holds groups of photos that the encoder itself confuses most (found in a memory of its own latest vectors),
each in several freshly edited views. Five losses, weighted in config.toml:
  teacher    1 - cosine to the teacher's vector of the clean photo
  proxies    cross-entropy against the teacher's vectors of all photos: the right one among thirty thousand
  instances  cross-entropy between the views of a batch (van den Oord, Li, Vinyals 2018)
  entropy    nearest neighbours of other photos pushed apart (Sablayrolles et al. 2019, as SSCD itself was trained)
  highest    the highest similarities between other photos pushed down
Those between views, and the search for what is confused, are behind the last map where the start is an export that has one:
there photos will be told apart. The first two leave out photos in a pattern the teacher has not seen them in: with the plain
photo's vector for an aim every garment of one cut would become the same picture, whatever it is made of.

Writes work/checkpoint.pt every few minutes and goes on from it; work/encoder.pt, the moving average, at the end.
"""

import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch.utils.data import DataLoader

from batches import Batches, normalise
from config import Run, parse, take_file
from losses import losses
from network import Encoder, Map, exported_map, freeze, freeze_scales, keep_statistics, load_encoder, new_encoder_on_imagenet, no_map, through
from photos import Photos
from quick import quicken
from validation import embed, pictures_for_statistics, validate, validation_views

BATCHES_PER_MEMO = 25


class Student:
    """The encoder in training, with all that a checkpoint holds."""

    def __init__(self, encoder: Encoder, last_map: Map, config: dict, device: str) -> None:
        settings = config["train"]
        self.encoder, self.config, self.device = encoder.to(device, memory_format=torch.channels_last), config, device
        self.last_map = tuple(part.to(device) for part in last_map)
        self.frozen = config["network"]["frozen"]
        freeze(encoder, self.frozen)
        if settings["keep_statistics"]:
            freeze_scales(encoder)
        if settings["bits"] == 16 and device == "cpu":
            quicken(encoder)
        head = [p for n, p in encoder.named_parameters() if not n.startswith("trunk")]
        body = [p for n, p in encoder.named_parameters() if n.startswith("trunk") and p.requires_grad]
        self.rates = [settings["head_learning_rate"], settings["learning_rate"]]
        self.optimizer = torch.optim.AdamW([{"params": head}, {"params": body}], weight_decay=settings["weight_decay"])
        self.step = 0
        # Moving average of the weights: what is kept in the end.
        self.average = {key: value.clone() for key, value in encoder.state_dict().items()}

    def save(self, path: Path) -> None:
        state = {"encoder": self.encoder.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save({**state, "average": self.average, "step": self.step}, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def go_on_from(self, path: Path) -> None:
        saved = torch.load(path, map_location=self.device, weights_only=True)
        self.encoder.load_state_dict(saved["encoder"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.average, self.step = saved["average"], saved["step"]

    def learn(self, pixels: torch.Tensor, numbers: torch.Tensor, known: torch.Tensor, teacher: torch.Tensor) -> tuple[torch.Tensor, dict[str, float]]:
        """One step on a batch → the views' vectors behind the last map, and each loss."""
        settings = self.config["train"]
        share = learning_rate_share(self.step, settings["steps"], settings["warm_up_steps"])
        for group, rate in zip(self.optimizer.param_groups, self.rates):
            group["lr"] = rate * share
        self.encoder.train(not settings["keep_statistics"])
        keep_statistics(self.encoder, self.frozen)
        with torch.autocast(self.device, torch.bfloat16, enabled=settings["bits"] == 16):
            last, side = self.encoder.stages(normalise(pixels.to(self.device)))
        vectors = self.encoder.pooled(last.float(), side.float())
        mapped = through(self.last_map, vectors)
        parts = losses(vectors, mapped, numbers, known, teacher, self.config)
        self.optimizer.zero_grad()
        sum(self.config["loss"][name] * value for name, value in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self._follow(min(settings["average"], self.step / (self.step + 20)))
        return mapped.detach().cpu(), {name: value.item() for name, value in parts.items()}

    def _follow(self, decay: float) -> None:
        for key, value in self.encoder.state_dict().items():
            if value.dtype.is_floating_point:
                self.average[key].mul_(decay).add_(value, alpha=1 - decay)
            else:
                self.average[key].copy_(value)


def learning_rate_share(step: int, steps: int, warm_up: int) -> float:
    return min(1, (step + 1) / warm_up) * (0.5 * (1 + math.cos(math.pi * step / steps)) + 0.003)


def size_at(step: int, settings: dict) -> int:
    return next(edge for share, edge in reversed(settings["sizes"]) if step >= share * settings["steps"])


class Memos:
    """A line now and then: the mean of each loss, and how fast it goes."""

    def __init__(self) -> None:
        self.sums: dict[str, float] = {}
        self.begun = time.time()

    def add(self, step: int, steps: int, pixels: torch.Tensor, parts: dict[str, float]) -> None:
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0) + value / BATCHES_PER_MEMO
        if step % BATCHES_PER_MEMO == 0:
            shown = ", ".join(f"{name} {value:.3f}" for name, value in self.sums.items())
            speed = BATCHES_PER_MEMO * len(pixels) / (time.time() - self.begun)
            print(f"step {step} of {steps}, {pixels.shape[1]} px, {speed:.0f} views/s: {shown}", flush=True)
            self.sums, self.begun = {}, time.time()


def main(run: Run, start: Path | None) -> None:
    config = run.config
    torch.manual_seed(config["seed"])
    packed, all_teacher = Photos(run.work), np.load(run.work / "teacher.npy")
    photos = packed.training()
    checked = validation_views(run, packed, run.size)
    network = config["network"]
    encoder = new_encoder_on_imagenet(network) if start is None else load_encoder(start, network, pictures_for_statistics(checked[1]))
    last_map = exported_map(start) if start is not None and start.suffix == ".onnx" else no_map(network)
    student = Student(encoder, last_map, config, "cuda" if torch.cuda.is_available() else "cpu")
    checkpoint = run.work / "checkpoint.pt"
    if checkpoint.exists():
        student.go_on_from(checkpoint)
        print(f"goes on at step {student.step}", flush=True)
    print(f"{len(photos)} photos, on {student.device}; before: {validate(encoder, *checked, all_teacher, student.device)}", flush=True)
    learn_all(run, student, packed, photos, torch.from_numpy(all_teacher[photos]), checkpoint)
    encoder.load_state_dict(student.average)
    torch.save(encoder.state_dict(), run.work / "encoder.pt")
    print(json.dumps(validate(encoder, *checked, all_teacher, student.device)))


def learn_all(run: Run, student: Student, packed: Photos, photos: list[int], teacher: torch.Tensor, checkpoint: Path) -> None:
    """Every step that is still to do. The memory, the teacher's vectors and the size are shared with those who make views."""
    settings = run.config["train"]
    size = torch.tensor([size_at(student.step, settings)]).share_memory_()
    vectors = embed(student.encoder, map(packed.image, photos), int(size.item()), student.device)
    memory = through([part.cpu() for part in student.last_map], vectors).share_memory_()
    batches = Batches(run, photos, memory, teacher.share_memory_(), size, student.step)
    loader = iter(DataLoader(batches, batch_size=None, num_workers=2, prefetch_factor=3))
    teacher_here, memos, saved = teacher.to(student.device), Memos(), time.time()
    while student.step < settings["steps"]:
        size[0] = size_at(student.step, settings)
        chosen, known, pixels = next(loader)
        numbers, known = (of_photos.repeat_interleave(settings["views_per_photo"]).to(student.device) for of_photos in (chosen, known))
        vectors, parts = student.learn(pixels, numbers, known, teacher_here)
        memory[chosen] = functional.normalize(vectors.view(len(chosen), -1, vectors.shape[1]).mean(1), dim=1)
        memos.add(student.step, settings["steps"], pixels, parts)
        if time.time() - saved > settings["checkpoint_seconds"] or student.step == settings["steps"]:
            student.save(checkpoint)
            saved = time.time()


if __name__ == "__main__":
    start = take_file("--start")
    main(parse(__doc__), start)
