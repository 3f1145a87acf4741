"""Mounts a folder once more, read-only, where each opening and each read takes a while, as on a share: what `slow-reader.mjs` does to the
program's own calls, this does to the file system.

    python bench/slow_share.py <folder> <mount point> [milliseconds an opening=30] [milliseconds a read=8]

Needs Linux, FUSE 2 and the package fusepy. Files are read by at most 128 kB at once. Ends with `fusermount -u <mount point>`.
"""

import os
import sys
import time

from fuse import FUSE, FuseOSError, Operations

KEPT = ("st_atime", "st_ctime", "st_gid", "st_ino", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid")


class SlowShare(Operations):
    def __init__(self, folder: str, opening: float, reading: float) -> None:
        self.folder, self.opening, self.reading = folder, opening, reading

    def getattr(self, path: str, fh: int | None = None) -> dict[str, float]:
        try:
            found = os.lstat(self.folder + path)
        except OSError as error:
            raise FuseOSError(error.errno) from error
        return {name: getattr(found, name) for name in KEPT}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *os.listdir(self.folder + path)]

    def open(self, path: str, flags: int) -> int:
        time.sleep(self.opening)
        return os.open(self.folder + path, os.O_RDONLY)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        time.sleep(self.reading)
        return os.pread(fh, size, offset)

    def release(self, path: str, fh: int) -> None:
        os.close(fh)


if __name__ == "__main__":
    source, mount_point, *waits = sys.argv[1:]
    opening, reading = (float(wait) / 1000 for wait in (waits + ["30", "8"][len(waits) :]))
    FUSE(SlowShare(os.path.realpath(source), opening, reading), mount_point, foreground=True, ro=True, use_ino=True)
