"""Saves photos with each named edit of theirs as files, for what is measured with the whole program: see bench/edits.mjs.

    python save_edits.py <folder of originals> <count> <folder of others> <count> <new folder>

Photos are drawn by the digest of their names and shrunk to at most 512 pixels, the size they are packed with here. Names say what a
picture is: "0007 captioned.jpg" shows original 7, "other 0012.jpg" another photo. An original as it is, and all others, are
saved as PNG, so that what differs is the edit and the JPEG that follows it.
"""

import hashlib
import random
import sys
from pathlib import Path

from PIL import Image, ImageOps

from named_edits import NAMED_EDITS

SUFFIXES = {".jpg", ".jpeg", ".png"}
EDGE = 512
QUALITY = 90


def drawn(folder: Path, count: int) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    found.sort(key=lambda path: hashlib.sha256(path.name.encode()).digest())
    if len(found) < count:
        raise SystemExit(f"{folder} holds {len(found)} photos, {count} were asked for")
    return found[:count]


def opened(path: Path) -> Image.Image:
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    return image


def save(originals: list[Path], others: list[Path], out: Path) -> None:
    out.mkdir(parents=True)
    for number, path in enumerate(originals):
        dice, image = random.Random(f"edits/{path.name}"), opened(path)
        image.save(out / f"{number:04d}.png")
        for name, edit in NAMED_EDITS.items():
            edit(image, dice).convert("RGB").save(out / f"{number:04d} {name}.jpg", quality=QUALITY)
    for number, path in enumerate(others):
        opened(path).save(out / f"other {number:04d}.png")


if __name__ == "__main__":
    originals_folder, original_count, others_folder, other_count, out_folder = sys.argv[1:]
    save(drawn(Path(originals_folder), int(original_count)), drawn(Path(others_folder), int(other_count)), Path(out_folder))
