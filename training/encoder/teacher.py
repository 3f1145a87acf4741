"""Stage 2, teacher vectors: what SSCD makes of every clean photo.

    python teacher.py --teacher sscd.onnx

Writes work/teacher.npy, float32 [photos, 512], rows of unit length in the order of photos.json. Goes on where an
interrupted run stopped: rows that are zero are still to be made.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from config import Run, parse
from photos import Photos
from runtime import embed, open_session

DIMENSIONS = 512


def main(run: Run) -> None:
    photos = Photos(run.work)
    path = run.work / "teacher.npy"
    shape = (len(photos), DIMENSIONS)
    if not path.exists() or np.load(path, mmap_mode="r").shape != shape:
        np.lib.format.open_memmap(path, "w+", np.float32, shape).flush()
    vectors = np.lib.format.open_memmap(path, "r+")
    todo = np.flatnonzero(~vectors.any(axis=1))
    session, size, begun = open_session(run.teacher), run.config["teacher"]["size"], time.time()

    def fill(index: int) -> None:
        vectors[index] = embed(session, photos.image(index), size)

    with ThreadPoolExecutor() as pool:
        for done, _ in enumerate(pool.map(fill, todo), 1):
            if done % 1000 == 0 or done == len(todo):
                vectors.flush()
                print(f"{done} of {len(todo)}, {done / (time.time() - begun):.1f} photos/s", flush=True)


if __name__ == "__main__":
    main(parse(__doc__))
