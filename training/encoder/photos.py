"""Stage 1, data: finds the photos, splits them, and packs them small into one file.

    python photos.py --photos FOLDER

Writes work/photos.bin (RGB bytes of one photo after the other) and work/photos.json (where each lies, what it is, and
what it is for). What a photo is for follows from its name and the seed alone, so that it stays the same whatever else
is added.
"""

import hashlib
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from config import Run, parse

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}

# The encoder learns on `training`; the last map is learned and chosen on `tuning`; nothing sees `measuring` but the benchmark.
Part = Literal["training", "tuning", "measuring"]


@dataclass(frozen=True)
class PackedPhoto:
    set: str
    # Path below the set's folder.
    name: str
    part: Part
    # Where its bytes begin in photos.bin; height * width * 3 of them.
    offset: int
    height: int
    width: int


class Photos:
    """All packed photos, read from disk as they are asked for."""

    def __init__(self, work: Path):
        self.entries = [PackedPhoto(**entry) for entry in json.loads((work / "photos.json").read_text())]
        self._bytes = np.memmap(work / "photos.bin", np.uint8, "r")

    def __len__(self) -> int:
        return len(self.entries)

    def image(self, index: int) -> Image.Image:
        entry = self.entries[index]
        end = entry.offset + entry.height * entry.width * 3
        return Image.fromarray(self._bytes[entry.offset : end].reshape(entry.height, entry.width, 3))

    def training(self) -> list[int]:
        return self._of("training")

    def tuning(self) -> list[int]:
        return self._of("tuning")

    def measuring(self, set_name: str) -> list[int]:
        return [i for i in self._of("measuring") if self.entries[i].set == set_name]

    def _of(self, part: Part) -> list[int]:
        return [i for i, entry in enumerate(self.entries) if entry.part == part]


def part_of(seed: int, photo_set: dict, name: str) -> Part:
    """Sets that are `only_for` one part go there whole; half of what is held out of the others tunes, half measures."""
    if "only_for" in photo_set:
        return photo_set["only_for"]
    held_out = int.from_bytes(_digest(f"{seed}/{photo_set['name']}/{name}")[:8], "big") / 2**64 < photo_set["held_out"]
    if not held_out:
        return "training"
    return "tuning" if _digest(f"tuning/{photo_set['name']}/{name}")[0] < 128 else "measuring"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def shrink(task: tuple[Path, int]) -> np.ndarray | None:
    """Decodes upright, at most `edge` pixels on its longest side; None for what is no photo."""
    path, edge = task
    try:
        image = Image.open(path)
        image.draft("RGB", (edge * 2, edge * 2))
        image = on_white(ImageOps.exif_transpose(image))
    except (OSError, Image.DecompressionBombError):
        return None
    if min(image.size) < 64:
        return None
    image.thumbnail((edge, edge), Image.Resampling.BICUBIC)
    return np.asarray(image)


def on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    above = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", above.size, "white"), above).convert("RGB")


def files_of(photo_set: dict, folder: Path) -> list[Path]:
    """What is packed of a set: the pictures in its folder, but for the subfolders it is taken `without`."""
    paths = (p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    left_out = photo_set.get("without", [])
    return sorted(p for p in paths if not any(p.is_relative_to(folder / part) for part in left_out))


def main(run: Run) -> None:
    packed: list[PackedPhoto] = []
    offset = 0
    with open(run.work / "photos.bin", "wb") as out, ProcessPoolExecutor() as pool:
        for photo_set in run.config["photos"]:
            folder = run.photos / photo_set["folder"]
            if not folder.is_dir():
                raise SystemExit(f"{folder} is missing: put there {photo_set['source']}")
            paths = files_of(photo_set, folder)
            left_out = 0
            edge = run.config["pack"]["longest_edge"]
            for path, pixels in zip(paths, pool.map(shrink, [(p, edge) for p in paths], chunksize=64)):
                if pixels is None:
                    left_out += 1
                    continue
                name = str(path.relative_to(folder))
                part = part_of(run.config["seed"], photo_set, name)
                packed.append(PackedPhoto(photo_set["name"], name, part, offset, *pixels.shape[:2]))
                out.write(pixels.tobytes())
                offset += pixels.nbytes
            print(f"{photo_set['name']}: {len(paths) - left_out} photos, {left_out} left out", flush=True)
    (run.work / "photos.json").write_text(json.dumps([asdict(entry) for entry in packed]))
    parts = Counter(entry.part for entry in packed)
    print(f"{len(packed)} photos ({', '.join(f'{count} for {part}' for part, count in parts.items())}), {offset / 1e9:.2f} GB")


if __name__ == "__main__":
    main(parse(__doc__))
