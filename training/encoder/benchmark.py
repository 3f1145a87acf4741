"""The benchmarks of config.toml: photos that no training saw, each in fourteen versions, among photos that are others.

`versions` makes the pictures; the rest turns an encoder's vectors into figures and knows no file.
"""

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image

from named_edits import NAMED_EDITS
from photos import Photos

AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Version:
    """One picture of the benchmark."""

    # Number in photos.json of the photo it shows.
    photo: int
    edit: str
    image: Image.Image


def draw(photos: Photos, teacher: np.ndarray, wanted: list, dice: random.Random, taken: list[int], related: float) -> list[int]:
    """Held-out photos of the sets asked for, none related to one that is taken already."""
    drawn: list[int] = []
    for set_name, count in wanted:
        candidates = photos.measuring(set_name)
        dice.shuffle(candidates)
        found = 0
        for index in candidates:
            known = taken + drawn
            if found < count and (not known or (teacher[known] @ teacher[index]).max() < related):
                drawn.append(index)
                found += 1
        if found < count:
            raise SystemExit(f"{set_name} holds {found} photos that can be used, {count} were asked for")
    return drawn


def versions(photos: Photos, teacher: np.ndarray, config: dict, name: str) -> list[Version]:
    """The originals of benchmark `name` with each of their edits, then the others as they are."""
    dice, wanted, related = random.Random(f"{config['seed']}/benchmark"), config["benchmark"][name], config["benchmark"]["related"]
    originals = draw(photos, teacher, wanted["originals"], dice, [], related)
    distractors = draw(photos, teacher, wanted["distractors"], dice, originals, related)
    made = []
    for index in originals:
        made.append(Version(index, AS_IT_IS, photos.image(index)))
        made += [Version(index, name, edit(photos.image(index), dice)) for name, edit in NAMED_EDITS.items()]
    return made + [Version(index, AS_IT_IS, photos.image(index)) for index in distractors]


@dataclass(frozen=True)
class Figures:
    # For each number of false pairs allowed: the share of true pairs above the bar that this sets.
    recall: dict[int, float]
    # For each number of false pairs allowed: the similarity that only so many false pairs exceed.
    bar: dict[int, float]
    # For each edit: the share of originals that lie above the bar of 3 (or the middle entry) with that edit of theirs.
    by_edit: dict[str, float]
    true_pairs: int
    false_pairs: int


def figures(vectors: np.ndarray, made: list[Version], allowed: list[int]) -> Figures:
    """`vectors` [versions, dimensions], unit rows."""
    photo = np.array([version.photo for version in made])
    similarity = vectors @ vectors.T
    upper = np.triu(np.ones(similarity.shape, bool), 1)
    same = photo[:, None] == photo[None]
    false = np.sort(similarity[upper & ~same])[::-1]
    true = similarity[upper & same]
    bar = {count: float(false[count]) for count in allowed}
    middle = bar[allowed[len(allowed) // 2]]
    original = {version.photo: row for row, version in enumerate(made) if version.edit == AS_IT_IS}
    by_edit = {}
    for name in NAMED_EDITS:
        rows = [(row, original[version.photo]) for row, version in enumerate(made) if version.edit == name]
        by_edit[name] = float(np.mean([similarity[row, own] > middle for row, own in rows]))
    return Figures({count: float((true > bar[count]).mean()) for count in allowed}, bar, by_edit, len(true), len(false))


def look_alikes(vectors: np.ndarray, teacher: np.ndarray, same_picture: float, levels: list[float]) -> tuple[int, list[int]]:
    """Pairs of different photos of one set: how many there are, and how many lie at or above each level."""
    upper = np.triu(teacher @ teacher.T < same_picture, 1)
    scores = (vectors @ vectors.T)[upper]
    return len(scores), [int((scores >= level).sum()) for level in levels]
