"""A file arrives whole, hashed and on the disk, or not at all."""

import hashlib
import io
import os
import resource
import secrets
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import now
from app.evidence.receipt import TooLarge, forget_abandoned, receive
from app.evidence.storage import StorageFull

MEGABYTE = 1024 * 1024


class Slow(io.RawIOBase):
    """A stream that hands out what it has in odd portions, and may break off."""

    def __init__(self, portions: list[bytes | Exception]) -> None:
        self.portions = portions

    def read(self, _size: int = -1) -> bytes:
        portion = self.portions.pop(0) if self.portions else b""
        if isinstance(portion, Exception):
            raise portion
        return portion


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 256 * 1024 + 1, 3 * MEGABYTE])
def test_what_arrives_is_hashed_on_the_way_and_kept_byte_by_byte(tmp_path: Path, size: int):
    content = secrets.token_bytes(size)
    came = receive(io.BytesIO(content), tmp_path, 4 * MEGABYTE)
    assert (came.size, came.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert came.path.parent == tmp_path
    assert came.path.read_bytes() == content
    assert came.path.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"


def test_odd_portions_make_the_same_file(tmp_path: Path):
    came = receive(Slow([b"a", b"bc" * 5000, b"d"]), tmp_path, MEGABYTE)
    assert came.path.read_bytes() == b"a" + b"bc" * 5000 + b"d"


def test_a_file_may_have_exactly_the_limit_and_not_one_byte_more(tmp_path: Path):
    assert receive(io.BytesIO(bytes(MEGABYTE)), tmp_path, MEGABYTE).size == MEGABYTE
    with pytest.raises(TooLarge) as why:
        receive(io.BytesIO(bytes(MEGABYTE + 1)), tmp_path, MEGABYTE)
    assert why.value.status == 413
    assert str(why.value.args[0]).startswith("The file is larger than 1 MB.")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stream_without_end_is_stopped_at_the_limit(tmp_path: Path):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return bytes(size)

    stream = Endless()
    with pytest.raises(TooLarge):
        receive(stream, tmp_path, MEGABYTE)
    assert stream.given <= 2 * MEGABYTE


def test_a_connection_that_breaks_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(ConnectionResetError):
        receive(Slow([b"half", ConnectionResetError()]), tmp_path, MEGABYTE)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_plainly_and_leaves_nothing_behind(tmp_path: Path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, before[1]))
    try:
        with pytest.raises(StorageFull):
            receive(io.BytesIO(b"a photo"), tmp_path, MEGABYTE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


def test_what_was_abandoned_a_day_ago_is_forgotten_and_what_is_arriving_is_not(tmp_path: Path):
    old = receive(io.BytesIO(b"old"), tmp_path, MEGABYTE).path
    new = receive(io.BytesIO(b"new"), tmp_path, MEGABYTE).path
    yesterday = (now() - timedelta(hours=25)).timestamp()
    os.utime(old, (yesterday, yesterday))
    assert forget_abandoned(tmp_path, now()) == 1
    assert list(tmp_path.iterdir()) == [new]
