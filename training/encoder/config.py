"""Reads config.toml, and the folders that every stage is told on its command line."""

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """One stage's way into its surroundings."""

    config: dict
    # Holds what the stages hand to each other; may be deleted at any time.
    work: Path
    # Holds one folder for each entry of config["photos"].
    photos: Path
    # The teacher's ONNX file.
    teacher: Path
    # Another encoder to measure beside, or None.
    peer: Path | None

    @property
    def size(self) -> int:
        """Input edge in pixels that the training ends with: what the encoder is exported and measured for."""
        return self.config["train"]["sizes"][-1][1]


def take_file(option: str) -> Path | None:
    """A file that only one stage is told of; None where it is not named."""
    return next(iter(take_files(option)), None)


def take_files(option: str) -> list[Path]:
    """Files that only one stage is told of: taken off the command line before `parse` reads the rest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument(option, type=Path, action="append", default=[], dest="files")
    known, sys.argv[1:] = parser.parse_known_args(sys.argv[1:])
    return known.files


def parse(description: str) -> Run:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--photos", type=Path, default=HERE / "photos")
    parser.add_argument("--teacher", type=Path, default=HERE / "teacher" / "sscd.onnx")
    parser.add_argument("--peer", type=Path, default=None, help="ONNX file measured beside ours, with the teacher's form of input")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    config = tomllib.loads(arguments.config.read_text())
    return Run(config, arguments.work, arguments.photos, arguments.teacher, arguments.peer)
