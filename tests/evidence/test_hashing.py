"""The hash of a file is that of all its bytes, whatever came in between; what its disk says is heard."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
from collections import OrderedDict
from threading import Thread

import pytest

from app.evidence import hashing
from app.evidence.faults import StorageFull
from app.evidence.receipt import AHEAD, Landing


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """Nothing is known from the test before."""
    monkeypatch.setattr(hashing, "_known", OrderedDict())


def wrong(path, content):
    return hashing.sha256_of(path) != hashlib.sha256(content).hexdigest()


def test_goes_on_from_where_the_last_piece_ended(tmp_path):
    part, content = tmp_path / "x.part", os.urandom(700_000)
    for end in (1, 300_000, 700_000):
        part.write_bytes(content[:end])
        hashing.begin(part, end)
    whole = part.rename(tmp_path / "x.whole")
    assert not wrong(whole, content)
    assert not wrong(whole, content)  # and once more, with nothing known


def test_hashes_no_further_than_what_was_acknowledged(tmp_path):
    part = tmp_path / "x.part"
    part.write_bytes(b"kept, and half of a block")
    hashing.begin(part, 4)
    hashing._background().submit(lambda: None).result()
    part.write_bytes(b"kept as it came")
    assert not wrong(part, b"kept as it came")


def test_another_file_under_the_same_name_begins_anew(tmp_path):
    part = tmp_path / "x.part"
    part.write_bytes(b"bent on its way")
    hashing.begin(part, 4)
    part.unlink()
    part.write_bytes(b"sent again")
    assert not wrong(part, b"sent again")


def test_two_who_bring_the_end_at_once_both_get_it(tmp_path):
    part, content, told = tmp_path / "x.part", os.urandom(3_000_000), []
    part.write_bytes(content)
    hashing.begin(part, 2_000_000)
    threads = [Thread(target=lambda: told.append(wrong(part, content))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [False] * 4


def test_remembers_the_beginnings_of_so_many_files_only(tmp_path):
    for number in range(hashing.MOST + 5):
        part = tmp_path / f"{number}.part"
        part.write_bytes(b"begun")
        hashing.begin(part, 5)
    assert len(hashing._known) == hashing.MOST
    assert not wrong(tmp_path / "0.part", b"begun")
    for number in range(1, hashing.MOST + 5):
        assert not wrong(tmp_path / f"{number}.part", b"begun")
    assert not hashing._known


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, StorageFull), (errno.EIO, OSError)])
def test_what_the_disk_says_while_it_is_hashed_is_heard(tmp_path, monkeypatch, number, said):
    def fails(_path):
        raise OSError(number, os.strerror(number))

    part = tmp_path / "x.part"
    part.write_bytes(b"kept?")
    monkeypatch.setattr(hashing, "fsync", fails)
    with pytest.raises(said):
        hashing.sha256_of(part)


def test_a_form_that_is_given_up_leaves_neither_its_file_nor_the_beginning_of_a_hash(tmp_path):
    with Landing(tmp_path) as landing:
        landing.write(bytes(AHEAD))
        assert list(hashing._known) == [landing.path.stem]
    assert not hashing._known
    assert not list(tmp_path.iterdir())


def test_a_process_that_was_forked_hashes_with_threads_of_its_own(tmp_path):
    part = tmp_path / "x.part"
    part.write_bytes(b"kept")
    assert not wrong(part, b"kept")  # this process has its threads now
    child = os.fork()
    if not child:
        signal.alarm(20)
        os._exit(wrong(part, b"kept"))
    assert os.waitpid(child, 0)[1] == 0
