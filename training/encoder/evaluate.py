"""Stage 4, evaluate: a benchmark of config.toml, all encoders on the same pictures in one run.

    python evaluate.py [--benchmark NAME] --encoder NAME FILE SIZE [--encoder …] [--peer FILE]

The teacher is always measured; --peer names another encoder with the teacher's form of input. Prints a table and writes
work/evaluation-NAME.json.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import benchmark
from config import Run, parse
from photos import Photos
from runtime import embed, open_session

# Similarities at which look-alikes are counted beside the bar of each encoder.
FLOORS = [0.3, 0.4, 0.5, 0.6, 0.7]


@dataclass(frozen=True)
class Measured:
    name: str
    file: Path
    size: int


def embed_all(measured: Measured, images: list[Image.Image]) -> tuple[np.ndarray, float]:
    """→ unit vectors [images, dimensions], and pictures a second on all processors without decoding."""
    session, begun = open_session(measured.file), time.time()
    with ThreadPoolExecutor() as pool:
        vectors = np.stack(list(pool.map(lambda image: embed(session, image, measured.size), images)))
    return vectors, len(images) / (time.time() - begun)


def evaluate(run: Run, name: str, encoders: list[Measured]) -> list[dict]:
    photos, settings = Photos(run.work), run.config["benchmark"]
    teacher = np.load(run.work / "teacher.npy")
    made = benchmark.versions(photos, teacher, run.config, name)
    hard = {set_name: photos.measuring(set_name) for set_name in settings[name]["hard_negatives"]}
    # Photos of a set whose members resemble each other set the bar of the whole; without them it is that of unlike photos.
    unlike = [row for row, version in enumerate(made) if photos.entries[version.photo].set not in hard]
    rows = []
    for measured in encoders:
        vectors, speed = embed_all(measured, [version.image for version in made])
        result = benchmark.figures(vectors, made, settings["false_pairs"])
        among_unlike = benchmark.figures(vectors[unlike], [made[row] for row in unlike], settings["false_pairs"])
        bar = result.bar[settings["false_pairs"][len(settings["false_pairs"]) // 2]]
        alike = {}
        for set_name, indices in hard.items():
            vectors, _ = embed_all(measured, [photos.image(i) for i in indices])
            pairs, counts = benchmark.look_alikes(vectors, teacher[indices], settings["same_picture"], [bar, *FLOORS])
            alike[set_name] = {"pairs": pairs, "at the bar": counts[0], **{str(f): c for f, c in zip(FLOORS, counts[1:])}}
        about = {"name": measured.name, "size": measured.size, "bytes": measured.file.stat().st_size, "photos a second": speed}
        rows.append({**about, **asdict(result), "unlike": asdict(among_unlike), "look-alikes": alike})
        print(show(rows[-1]), flush=True)
    return rows


def show(row: dict) -> str:
    edits = "\n".join(f"    {name:<16} {share:.3f}  {row['unlike']['by_edit'][name]:.3f}" for name, share in row["by_edit"].items())
    alike = "\n".join(f"    {name}: {counts}" for name, counts in row["look-alikes"].items())
    head = f"{row['name']}, {row['size']} px, {row['bytes'] / 1e6:.2f} MB, {row['photos a second']:.0f} photos/s"
    return f"{head}\n  all: {show_recall(row)}\n  unlike: {show_recall(row['unlike'])}\n{edits}\n{alike}"


def show_recall(figures: dict) -> str:
    recall = "  ".join(f"@{count} {share:.4f}" for count, share in figures["recall"].items())
    bars = "  ".join(f"{bar:.3f}" for bar in figures["bar"].values())
    return f"recall {recall}   bars {bars}   of {figures['false_pairs']} false pairs"


def take_own(arguments: list[str]) -> tuple[str, list[Measured], list[str]]:
    """→ the benchmark's name, the encoders, and the arguments that every stage has."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--encoder", nargs=3, action="append", default=[], metavar=("NAME", "FILE", "SIZE"))
    parser.add_argument("--benchmark", default="edits")
    known, rest = parser.parse_known_args(arguments)
    return known.benchmark, [Measured(name, Path(file), int(size)) for name, file, size in known.encoder], rest


if __name__ == "__main__":
    name, ours, sys.argv[1:] = take_own(sys.argv[1:])
    run = parse(__doc__)
    size = run.config["teacher"]["size"]
    peers = [Measured("peer", run.peer, size)] if run.peer is not None else []
    rows = evaluate(run, name, [*ours, *peers, Measured("teacher", run.teacher, size)])
    (run.work / f"evaluation-{name}.json").write_text(json.dumps(rows, indent=1))
