"""Stage 1, data: finds the photos, splits them, and packs them small into one file.

    python photos.py --photos FOLDER

Writes work/photos.bin (RGB bytes of one photo after the other) and work/photos.json (where each lies, what it is, and
whether it is held out). Which photos are held out follows from their names and the seed alone, so that it stays the
same whatever else is added.
"""

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from config import Run, parse

SUFFIXES = {".jpg", ".jpeg", ".png"}


@dataclass(frozen=True)
class PackedPhoto:
    set: str
    # Path below the set's folder.
    name: str
    held_out: bool
    # Where its bytes begin in photos.bin; height * width * 3 of them.
    offset: int
    height: int
    width: int


class Photos:
    """All packed photos, read from disk as they are asked for."""

    def __init__(self, work: Path):
        self.entries = [PackedPhoto(**entry) for entry in json.loads((work / "photos.json").read_text())]
        self._bytes = np.memmap(work / "photos.bin", np.uint8, "r")
        trained_on = {entry.set for entry in self.entries if not entry.held_out}
        self._tuning = {i for i, e in enumerate(self.entries) if e.held_out and e.set in trained_on and _tunes(e.set, e.name)}

    def __len__(self) -> int:
        return len(self.entries)

    def image(self, index: int) -> Image.Image:
        entry = self.entries[index]
        end = entry.offset + entry.height * entry.width * 3
        return Image.fromarray(self._bytes[entry.offset : end].reshape(entry.height, entry.width, 3))

    def training(self) -> list[int]:
        return [i for i, e in enumerate(self.entries) if not e.held_out]

    def tuning(self) -> list[int]:
        """Half of what is held out of the sets that are trained on: the last map is learned and chosen on it."""
        return sorted(self._tuning)

    def measuring(self, sets: set[str]) -> list[int]:
        """What nothing is trained or chosen on."""
        return [i for i, e in enumerate(self.entries) if e.held_out and i not in self._tuning and e.set in sets]


def is_held_out(seed: int, set_name: str, name: str, share: float) -> bool:
    digest = hashlib.sha256(f"{seed}/{set_name}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < share


def _tunes(set_name: str, name: str) -> bool:
    return hashlib.sha256(f"tuning/{set_name}/{name}".encode()).digest()[0] < 128


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
                held_out = is_held_out(run.config["seed"], photo_set["name"], name, photo_set["held_out"])
                packed.append(PackedPhoto(photo_set["name"], name, held_out, offset, *pixels.shape[:2]))
                out.write(pixels.tobytes())
                offset += pixels.nbytes
            print(f"{photo_set['name']}: {len(paths) - left_out} photos, {left_out} left out", flush=True)
    (run.work / "photos.json").write_text(json.dumps([asdict(entry) for entry in packed]))
    held = sum(entry.held_out for entry in packed)
    print(f"{len(packed)} photos, {held} of them held out, {offset / 1e9:.2f} GB")


if __name__ == "__main__":
    main(parse(__doc__))
