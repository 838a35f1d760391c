"""Originals in a local folder: on the disk, file and folder entry, before anybody is told that they are kept."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from obstore.store import LocalStore

from app.evidence.faults import Missing, disk_may_be_full
from app.evidence.storage import LEFT, Alone, Storage, fsync

SHELVES = [f"{number:02x}" for number in range(256)]
LINKLESS = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}


class FolderStorage(Storage):
    """The default: everything below `root`."""

    is_near = True

    def __init__(self, root: Path, incoming: Path | None = None) -> None:
        root.mkdir(parents=True, exist_ok=True)
        super().__init__(LocalStore(root), incoming or root / "incoming")
        self.root, self.own = root, root / "incoming"
        self.own.mkdir(exist_ok=True)
        self.settled: set[Path] = set()  # what lies in a folder whose entry of it is on the disk
        self._put_up_shelves(root / "originals")

    def _put_up_shelves(self, originals: Path) -> None:
        """Every folder an original may lie in, on the disk before the first one comes: it waits for its own only."""
        originals.mkdir(exist_ok=True)
        for missing in sorted(set(SHELVES) - set(os.listdir(originals))):
            (originals / missing).mkdir(exist_ok=True)
        for folder in (originals, self.root):
            fsync(folder)
        self.settled |= {originals, *(originals / shelf for shelf in SHELVES)}

    def local_path(self, key: str) -> Path | None:
        """Where the file lies, if it is there; never outside `root`."""
        path = (self.root / key).resolve()
        return path if path.is_relative_to(self.root.resolve()) and path.is_file() else None

    def exists(self, key: str) -> bool:
        """Whether something lies there."""
        return (self.root / key).is_file()

    def put_file(self, path: Path, sha256: str, alone: Alone = nullcontext) -> str:
        """Link the received file to its name, which fails when the name is taken; then remove the old name."""
        key = self.original_key(sha256)
        with disk_may_be_full(), self._near(path) as source:
            os.utime(source)  # its last byte may have come days ago, and the name takes over its age
            fsync(source)
            self._make_room(self.root / key)
            if not _placed(source, self.root / key) and not self._is_fresh(source, self.root / key, sha256):
                with alone():
                    self._take_up(source, self.root / key, sha256)
            self._settle((self.root / key).parent)
        path.unlink(missing_ok=True)
        return key

    def _is_fresh(self, source: Path, target: Path, sha256: str) -> bool:
        """Whether it lies there whole, and so young that no sweep takes it."""
        with suppress(FileNotFoundError, Missing):  # swept this very moment
            young = source.stat().st_mtime - target.stat().st_mtime <= LEFT
            return young and self.is_sound(sha256, source.stat().st_size)
        return False

    def _take_up(self, source: Path, target: Path, sha256: str) -> None:
        """What was left behind is new again, so that no sweep takes it before its row is written."""
        with suppress(FileNotFoundError, Missing):
            if self.is_sound(sha256, source.stat().st_size):
                os.utime(target)
                return
        os.replace(source, target)  # what lay there was swept, cut short or rotten

    def put_bytes(self, key: str, content: bytes) -> None:
        """Write beside, then rename: a reader sees the old copy or the new one, never half of one."""
        with disk_may_be_full(), self._temporary() as temporary:
            temporary.write_bytes(content)
            fsync(temporary)
            self._make_room(self.root / key)
            os.replace(temporary, self.root / key)
            self._settle((self.root / key).parent)

    def _make_room(self, target: Path) -> None:
        above = set(target.parents)
        self.settled -= {folder for folder in above & self.settled if not folder.is_dir()}
        target.parent.mkdir(parents=True, exist_ok=True)

    def _settle(self, folder: Path) -> None:
        """The folder, and above it every entry that this process has not seen on the disk yet.

        One made by a process that was killed may be missing there.
        """
        fsync(folder)
        above = set()
        while folder != self.root and folder not in self.settled:
            above.add(folder)
            folder = folder.parent
            fsync(folder)
        self.settled |= above

    @contextmanager
    def _near(self, path: Path) -> Iterator[Path]:
        """The file itself, or a copy of it on our own filesystem, which alone can be linked."""
        if path.stat().st_dev == self.root.stat().st_dev:
            yield path
            return
        with self._temporary() as copy:
            shutil.copyfile(path, copy)
            yield copy

    @contextmanager
    def _temporary(self) -> Iterator[Path]:
        descriptor, name = tempfile.mkstemp(dir=self.own, prefix="put-")
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)


def _placed(source: Path, target: Path) -> bool:
    """Give `source` the name `target` unless something has it."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in LINKLESS or target.exists():
            raise
        os.replace(source, target)  # a filesystem without links: the name is a hash, so a race is harmless
    return True
