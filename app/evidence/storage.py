"""Where the bytes lie: originals under the name of their own hash, in a local folder or on S3; written once."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.store import LocalStore, S3Store

from app.evidence.faults import Missing, StorageAway, StorageFull, store_may_fail

if TYPE_CHECKING:
    from obstore import BytesStream

__all__ = ["Missing", "Opened", "Storage", "StorageAway", "StorageFull", "open_storage"]
Alone = Callable[[], AbstractContextManager[None]]
BLOCK = 256 * 1024
LEFT = 3600  # seconds; younger ones are nobody's yet and are not swept
HASH = re.compile(r"[0-9a-f]{64}")


class Opened(NamedTuple):
    """A stored file on its way out: its blocks, read as they are asked for, and its size in bytes."""

    chunks: Iterator[bytes]
    size: int


class Storage(ABC):
    """What both kinds share; `incoming` is the folder for files that have no name of their own yet."""

    is_near = False  # whether asking it costs nothing

    def __init__(self, store: LocalStore | S3Store, incoming: Path) -> None:
        self.store, self.incoming = store, incoming
        incoming.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def original_key(sha256: str) -> str:
        """originals/ab/<sha256>: 256 folders, so that a million files are some thousands in each."""
        return f"originals/{_checked(sha256)[:2]}/{sha256}"

    @staticmethod
    def derived_key(sha256: str, size: int, cover: str = "") -> str:
        """derived/<sha256>/<size>.jpg, or <size>-<cover>.jpg where something is covered."""
        return f"derived/{_checked(sha256)}/{size:d}{'-' if cover else ''}{cover}.jpg"

    @abstractmethod
    def put_file(self, path: Path, sha256: str, alone: Alone = nullcontext) -> str:
        """Keep the file at `path` for good as the original `sha256`; may use it up. Returns its key.

        One that lies there already and may be swept any moment is made new again while whoever sweeps stands
        still, as `alone` sees to.
        """

    @abstractmethod
    def put_bytes(self, key: str, content: bytes) -> None:
        """Keep a derived copy; a later one replaces it."""

    def local_path(self, key: str) -> Path | None:
        """Where the file lies on this machine, if it does."""
        return None

    def open_read(self, key: str, span: tuple[int, int] | None = None) -> Opened:
        """The file under `key`, or its bytes from one place to before another, for a streaming answer; raises Missing.

        `size` is the whole file's in either case.
        """
        with store_may_fail():
            found = obstore.get(self.store, key, options={"range": span} if span else None)
            return Opened(_blocks(found.stream(min_chunk_size=BLOCK)), found.meta["size"])

    def exists(self, key: str) -> bool:
        """Whether something lies under `key`."""
        return self.size(key) is not None

    def size(self, key: str) -> int | None:
        """Bytes under `key`, or None."""
        try:
            with store_may_fail():
                return obstore.head(self.store, key)["size"]
        except Missing:
            return None

    def written_at(self, key: str) -> datetime:
        """When the file under `key` was written, in UTC; raises Missing."""
        with store_may_fail():
            return obstore.head(self.store, key)["last_modified"]

    def delete(self, key: str) -> None:
        """Forget the file; one that is not there stays not there."""
        try:
            with store_may_fail():
                obstore.delete(self.store, key)
        except Missing:
            return

    def list_keys(self, prefix: str) -> Iterator[str]:
        """Every key below the folder `prefix`."""
        with store_may_fail():
            for page in obstore.list(self.store, prefix, chunk_size=1000):
                yield from (meta["path"] for meta in page)

    def is_sound(self, sha256: str, size: int) -> bool:
        """Whether the original is there with exactly these bytes: the size first, then the hash."""
        key = self.original_key(sha256)
        return self.size(key) == size and _hash_of(self.open_read(key).chunks) == sha256

    @contextmanager
    def as_file(self, key: str) -> Iterator[Path]:
        """A local path to read `key` from; what had to be fetched is removed afterwards."""
        local = self.local_path(key)
        if local:
            yield local
            return
        with tempfile.NamedTemporaryFile(dir=self.incoming, prefix="out-") as fetched:
            fetched.writelines(self.open_read(key).chunks)
            fetched.flush()
            yield Path(fetched.name)


def open_storage(where: str | Path, incoming: Path | None = None, **options: str) -> Storage:
    """The storage at a path, `file:///path` or `s3://bucket/prefix?endpoint=…&region=…`.

    The keys of S3 come from RECTIFY_S3_ACCESS_KEY and RECTIFY_S3_SECRET_KEY; `options` go before the
    address (endpoint, region, access_key, secret_key).
    """
    from app.evidence.folder import FolderStorage  # each kind builds on Storage above
    from app.evidence.s3 import S3Storage

    address = urlsplit(str(where))
    if address.scheme == "s3":
        return S3Storage(address, incoming or Path(tempfile.gettempdir()) / "rectify-incoming", options)
    if address.scheme not in ("", "file"):
        raise ValueError(f"EVIDENCE_STORE is a folder or s3://…, not {address.scheme}://")
    root = Path(url2pathname(address.path)) if address.scheme else Path(where)
    return FolderStorage(root.absolute(), incoming)


def fsync(path: Path) -> None:
    """Have the file or folder on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _blocks(stream: BytesStream) -> Iterator[bytes]:
    with store_may_fail():
        for block in stream:
            yield bytes(block)


def _hash_of(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _checked(sha256: str) -> str:
    if not HASH.fullmatch(sha256):
        raise ValueError("A key is made of 64 lower-case hexadecimal digits.")
    return sha256
