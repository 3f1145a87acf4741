"""Stage 3, train: teaches the encoder to give every edit of a photo the vector the teacher gives the photo itself.

    python train.py [--start CHECKPOINT]

Each batch holds groups of photos that the encoder itself confuses most (found in a memory of its own latest vectors),
each in several freshly edited views. Four losses, weighted in config.toml:
  teacher    1 - cosine to the teacher's vector of the clean photo
  proxies    cross-entropy against the teacher's vectors of all photos: the right one among fifteen thousand
  instances  cross-entropy between the views of a batch (van den Oord, Li, Vinyals 2018)
  entropy    nearest neighbours of other photos pushed apart (Sablayrolles et al. 2019, as SSCD itself was trained)

Writes work/checkpoint.pt every few minutes and goes on from it; work/encoder.pt, the moving average, at the end.
"""

import json
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from config import Run, parse
from edits import random_edits
from network import MEAN, STD, Encoder, freeze, imagenet_trunk, keep_statistics
from photos import Photos

BATCHES_PER_MEMO = 25


class Batches(IterableDataset):
    """Endless batches of edited views: (photo numbers, uint8 pixels [photos * views, size, size, 3])."""

    def __init__(self, run: Run, photos: list[int], memory: torch.Tensor, teacher: torch.Tensor, size: torch.Tensor, step: int):
        self.run, self.photos, self.memory, self.teacher, self.size, self.step = run, photos, memory, teacher, size, step

    def __iter__(self):
        settings = self.run.config["train"]
        worker = get_worker_info().id
        dice = random.Random(f"{self.run.config['seed']}/{self.step}/{worker}")
        torch.set_num_threads(1)
        packed = Photos(self.run.work)
        while True:
            chosen = look_alikes(dice, self.memory, self.teacher, settings)
            size = int(self.size.item())
            views = [view(packed.image(self.photos[i]), dice, size) for i in chosen for _ in range(settings["views_per_photo"])]
            yield torch.tensor(chosen), torch.from_numpy(np.stack(views))


def view(image: Image.Image, dice: random.Random, size: int) -> np.ndarray:
    return np.asarray(random_edits(image, dice).resize((size, size), Image.Resampling.BICUBIC))


def look_alikes(dice: random.Random, memory: torch.Tensor, teacher: torch.Tensor, settings: dict) -> list[int]:
    """Numbers of distinct photos: some drawn at random, each followed by neighbours that are other pictures."""
    group = settings["neighbours"] + 1
    chosen: dict[int, None] = {}
    while len(chosen) < settings["photos_per_batch"]:
        anchor = dice.randrange(len(memory))
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


def losses(e: torch.Tensor, numbers: torch.Tensor, teacher: torch.Tensor, config: dict) -> dict[str, torch.Tensor]:
    """`e` [views, dimensions] unit vectors; `numbers` [views] photo of each; `teacher` [photos, dimensions]."""
    weights, same_at = config["loss"], config["train"]["same_picture"]
    target = teacher[numbers]
    likeness = target @ teacher.T
    own = torch.zeros_like(likeness, dtype=torch.bool).scatter_(1, numbers[:, None], True)
    logits = (e @ teacher.T / weights["proxy_temperature"]).masked_fill((likeness >= same_at) & ~own, -math.inf)

    same_photo = numbers[:, None] == numbers[None]
    itself = torch.eye(len(e), dtype=torch.bool, device=e.device)
    same_picture = (target @ target.T >= same_at) & ~same_photo
    between = (e @ e.T / weights["instance_temperature"]).masked_fill(itself | same_picture, -1e4)
    log_share = between - between.logsumexp(1, keepdim=True)
    partners = same_photo & ~itself

    others = (e @ e.T).masked_fill(same_photo | same_picture, -1)
    nearest = (2 - 2 * others.max(1).values).clamp(min=1e-6).sqrt()
    return {
        "teacher": (1 - (e * target).sum(1)).mean(),
        "proxies": functional.cross_entropy(logits, numbers),
        "instances": -(log_share * partners).sum(1).div(partners.sum(1)).mean(),
        "entropy": -nearest.log().mean(),
    }


def embed_photos(encoder: Encoder, packed: Photos, photos: list[int], size: int, device: str) -> torch.Tensor:
    """Clean photos → unit vectors, on the processor."""
    encoder.eval()
    vectors = []
    with torch.inference_mode():
        for start in range(0, len(photos), 64):
            images = [packed.image(i).resize((size, size), Image.Resampling.BICUBIC) for i in photos[start : start + 64]]
            vectors.append(encoder(normalise(torch.from_numpy(np.stack(images)).to(device))).cpu())
    return torch.cat(vectors).clone()


def validation_views(run: Run, packed: Photos, size: int) -> tuple[list[int], torch.Tensor]:
    """The same views of held-out photos at every call: a clean one and two edited ones of each."""
    held_out = packed.indices(held_out=True, sets={s["name"] for s in run.config["photos"] if s["held_out"] < 1})
    dice = random.Random(f"{run.config['seed']}/validation")
    photos = sorted(dice.sample(held_out, min(400, len(held_out))))
    edited = [random_edits(packed.image(i), dice) for i in photos for _ in range(2)]
    images = [packed.image(i) for i in photos] + edited
    pixels = np.stack([np.asarray(image.resize((size, size), Image.Resampling.BICUBIC)) for image in images])
    return photos, torch.from_numpy(pixels)


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


def learning_rate_share(step: int, progress: float, warm_up: int) -> float:
    return min(1, (step + 1) / warm_up) * (0.5 * (1 + math.cos(math.pi * progress)) + 0.003)


def load_start(encoder: Encoder, start: Path | None, trunk: str) -> None:
    """From the trunk's published weights, or from an encoder to go on with (also one of version 1's form)."""
    if start is None:
        imagenet_trunk(encoder.trunk, trunk)
        return
    state = torch.load(start, map_location="cpu", weights_only=True)
    renamed = {"p": "pool.p", "proj.weight": "project.weight", "proj.bias": "project.bias"}
    encoder.load_state_dict({renamed.get(key, key): value for key, value in state.items()}, strict=False)


def main(run: Run, start: Path | None) -> None:
    config, settings = run.config, run.config["train"]
    torch.manual_seed(config["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    packed = Photos(run.work)
    photos = packed.indices(held_out=False)
    all_teacher = np.load(run.work / "teacher.npy")
    teacher = torch.from_numpy(all_teacher[photos]).share_memory_()
    network = config["network"]
    encoder = Encoder(network["trunk"], network["dimensions"], network["side_stage"])
    load_start(encoder, start, network["trunk"])
    encoder.to(device, memory_format=torch.channels_last)
    freeze(encoder, network["frozen"])
    head = [p for n, p in encoder.named_parameters() if not n.startswith("trunk")]
    body = [p for n, p in encoder.named_parameters() if n.startswith("trunk") and p.requires_grad]
    rates = [settings["head_learning_rate"], settings["learning_rate"]]
    optimizer = torch.optim.AdamW([{"params": head}, {"params": body}], weight_decay=settings["weight_decay"])

    step, spent, average = 0, 0.0, {k: v.clone() for k, v in encoder.state_dict().items()}
    checkpoint = run.work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
        encoder.load_state_dict(saved["encoder"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent, average = saved["step"], saved["spent"], saved["average"]
        print(f"goes on at step {step}, {spent / 60:.0f} minutes in", flush=True)

    sizes = settings["sizes"]
    memory = embed_photos(encoder, packed, photos, sizes[0][1], device).share_memory_()
    size = torch.tensor([sizes[0][1]]).share_memory_()
    checked = validation_views(run, packed, sizes[-1][1])
    print(f"{len(photos)} photos, on {device}; before: {validate(encoder, *checked, all_teacher, device)}", flush=True)
    batches = Batches(run, photos, memory, teacher, size, step)
    loader = iter(DataLoader(batches, batch_size=None, num_workers=2, prefetch_factor=3))
    teacher_here = teacher.to(device)
    budget, last_checkpoint, last = settings["minutes"] * 60, time.time(), time.time()
    sums: dict[str, float] = {}
    while spent < budget:
        progress = spent / budget
        size[0] = next(edge for share, edge in reversed(sizes) if progress >= share)
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * learning_rate_share(step, progress, settings["warm_up_steps"])
        encoder.train()
        keep_statistics(encoder, network["frozen"])
        chosen, pixels = next(loader)
        numbers = chosen.repeat_interleave(settings["views_per_photo"]).to(device)
        e = encoder(normalise(pixels.to(device)))
        parts = losses(e, numbers, teacher_here, config)
        loss = sum(config["loss"][name] * value for name, value in parts.items())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        step += 1
        memory[chosen] = functional.normalize(e.detach().cpu().view(len(chosen), -1, e.shape[1]).mean(1), dim=1)
        decay = min(settings["average"], step / (step + 20))
        for key, value in encoder.state_dict().items():
            if value.dtype.is_floating_point:
                average[key].mul_(decay).add_(value, alpha=1 - decay)
            else:
                average[key].copy_(value)
        for name, value in parts.items():
            sums[name] = sums.get(name, 0) + value.item() / BATCHES_PER_MEMO
        now = time.time()
        spent, last = spent + now - last, now
        if step % BATCHES_PER_MEMO == 0:
            shown = ", ".join(f"{name} {value:.3f}" for name, value in sums.items())
            speed = step * len(pixels) / spent
            print(f"step {step}, {spent / 60:.1f} min, {pixels.shape[1]} px, {speed:.0f} views/s: {shown}", flush=True)
            sums = {}
        if now - last_checkpoint > settings["checkpoint_seconds"] or spent >= budget:
            last_checkpoint = now
            state = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step, "spent": spent}
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    encoder.load_state_dict(average)
    torch.save(encoder.state_dict(), run.work / "encoder.pt")
    print(json.dumps(validate(encoder, *checked, all_teacher, device)))


if __name__ == "__main__":
    start = Path(sys.argv.pop(sys.argv.index("--start") + 1)) if "--start" in sys.argv else None
    if start is not None:
        sys.argv.remove("--start")
    main(parse(__doc__), start)
