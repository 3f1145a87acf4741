"""The five losses of a step, as train.py names them."""

import math

import torch
import torch.nn.functional as functional


def losses(
    e: torch.Tensor, mapped: torch.Tensor, numbers: torch.Tensor, known: torch.Tensor, teacher: torch.Tensor, config: dict
) -> dict[str, torch.Tensor]:
    """`e` [views, dimensions] unit vectors, `mapped` the same behind the last map; `numbers` [views] photo of each;
    `known` [views], whether the teacher has seen what the view shows; `teacher` [photos, dimensions]."""
    weights, same_at = config["loss"], config["train"]["same_picture"]
    target = teacher[numbers]
    likeness = target @ teacher.T
    own = torch.zeros_like(likeness, dtype=torch.bool).scatter_(1, numbers[:, None], True)
    logits = (e @ teacher.T / weights["proxy_temperature"]).masked_fill((likeness >= same_at) & ~own, -math.inf)

    same_photo = numbers[:, None] == numbers[None]
    itself = torch.eye(len(e), dtype=torch.bool, device=e.device)
    same_picture = (target @ target.T >= same_at) & ~same_photo
    similarity = mapped @ mapped.T
    between = (similarity / weights["instance_temperature"]).masked_fill(itself | same_picture, -1e4)
    log_share = between - between.logsumexp(1, keepdim=True)
    partners = same_photo & ~itself

    others = similarity.masked_fill(same_photo | same_picture, -1)
    highest = others.flatten().topk(weights["highest_pairs"]).values
    nearest = (2 - 2 * others.max(1).values).clamp(min=1e-6).sqrt()
    return {
        "teacher": (1 - (e * target).sum(1))[known].mean(),
        "proxies": functional.cross_entropy(logits[known], numbers[known]),
        "instances": -(log_share * partners).sum(1).div(partners.sum(1)).mean(),
        "entropy": -nearest.log().mean(),
        "highest": torch.relu(highest - weights["highest_allowed"]).mean(),
    }
