"""The storage keeps what it was given, once, under the name of its hash, in a folder and on S3."""

import errno
import hashlib
import os
import secrets
import shutil
from pathlib import Path

import pytest

from app.evidence import folder
from app.evidence.kinds import Refused
from app.evidence.storage import Missing, Storage, StorageAway, StorageFull, open_storage


def arrived(storage: Storage, content: bytes) -> tuple[Path, str]:
    path = storage.incoming / f"in-{secrets.token_hex(4)}"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def content_of(storage: Storage, key: str) -> bytes:
    return b"".join(storage.open_read(key).chunks)


@pytest.mark.parametrize("size", [0, 1, 300_000, 9_500_000])
def test_what_was_kept_comes_back_byte_by_byte(storage: Storage, size: int):
    content = secrets.token_bytes(size)
    path, sha256 = arrived(storage, content)
    key = storage.put_file(path, sha256)
    assert key == f"originals/{sha256[:2]}/{sha256}"
    chunks, told_size = storage.open_read(key)
    assert (told_size, b"".join(chunks)) == (size, content)
    assert storage.is_sound(sha256, size)


def test_the_same_file_twice_is_kept_once(storage: Storage):
    first, sha256 = arrived(storage, b"the same photo")
    again, _ = arrived(storage, b"the same photo")
    assert storage.put_file(first, sha256) == storage.put_file(again, sha256)
    assert list(storage.list_keys("originals")) == [storage.original_key(sha256)]


@pytest.mark.parametrize("damaged", [b"the wh", b"the whole phoT0"])
def test_a_file_cut_short_or_rotten_is_put_right_by_the_next_upload(storage: Storage, damaged: bytes):
    path, sha256 = arrived(storage, b"the whole photo")
    key = storage.original_key(sha256)
    storage.put_bytes(key, damaged)
    assert not storage.is_sound(sha256, 15)
    storage.put_file(path, sha256)
    assert content_of(storage, key) == b"the whole photo"


def test_a_sound_original_is_never_written_again(storage: Storage):
    path, sha256 = arrived(storage, b"a photo")
    key = storage.put_file(path, sha256)
    before = storage.store.__class__, list(_written(storage, key))
    storage.put_file(arrived(storage, b"a photo")[0], sha256)
    assert (storage.store.__class__, list(_written(storage, key))) == before


def _written(storage: Storage, key: str):
    import obstore

    meta = obstore.head(storage.store, key)
    yield from (meta["last_modified"], meta["e_tag"])


def test_a_derived_copy_may_be_replaced_and_deleted(storage: Storage):
    key = storage.derived_key("ab" * 32, 320)
    assert key == f"derived/{'ab' * 32}/320.jpg"
    assert not storage.exists(key)
    storage.put_bytes(key, b"old")
    storage.put_bytes(key, b"new one")
    assert (content_of(storage, key), storage.size(key)) == (b"new one", 7)
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)


def test_what_is_not_there_is_missing(storage: Storage):
    with pytest.raises(Missing):
        storage.open_read("derived/nothing/320.jpg")
    assert storage.size("derived/nothing/320.jpg") is None
    assert list(storage.list_keys("nothing")) == []


def test_every_original_is_listed_and_nothing_else(storage: Storage):
    shas = []
    for n in range(5):
        path, sha256 = arrived(storage, b"photo %d" % n)
        storage.put_file(path, sha256)
        shas.append(sha256)
    storage.put_bytes(storage.derived_key(shas[0], 320), b"copy")
    assert sorted(storage.list_keys("originals")) == sorted(map(storage.original_key, shas))


def test_a_file_can_be_read_by_path_wherever_it_lies(storage: Storage):
    path, sha256 = arrived(storage, b"a photo")
    key = storage.put_file(path, sha256)
    with storage.as_file(key) as there:
        assert there.read_bytes() == b"a photo"
    assert not list(storage.incoming.glob("out-*"))


@pytest.mark.parametrize("key", ["../secret", "ab/../../x", "AB" * 32, "ab" * 31, "", "ab" * 32 + "\n"])
def test_only_a_hash_makes_a_key(key: str):
    with pytest.raises(ValueError):
        Storage.original_key(key)
    with pytest.raises(ValueError):
        Storage.derived_key(key, 320)


def test_a_folder_gives_no_path_outside_itself(tmp_path: Path):
    (tmp_path / "secret").write_text("x")
    storage = open_storage(tmp_path / "store")
    assert storage.local_path("../secret") is None
    with pytest.raises(ValueError):
        storage.open_read("../secret")


def test_a_folder_may_be_named_as_path_or_address(tmp_path: Path):
    one, other = open_storage(tmp_path / "a b"), open_storage(f"file://{tmp_path}/a%20b")
    one.put_bytes("derived/x/1.jpg", b"x")
    assert other.local_path("derived/x/1.jpg") == tmp_path / "a b/derived/x/1.jpg"
    with pytest.raises(ValueError):
        open_storage("ftp://somewhere/x")


def test_file_and_folders_are_on_the_disk_before_the_name_is_acknowledged(tmp_path: Path, monkeypatch):
    storage = open_storage(tmp_path / "store")
    path, sha256 = arrived(storage, b"a photo")
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def named(descriptor: int) -> str:
        return str(Path(os.readlink(f"/proc/self/fd/{descriptor}")).relative_to(tmp_path))

    monkeypatch.setattr(os, "fsync", lambda fd: (done.append(f"fsync {named(fd)}"), fsync(fd))[1])
    monkeypatch.setattr(os, "link", lambda a, b: (done.append("link"), link(a, b))[1])
    storage.put_file(path, sha256)
    shelf = f"fsync store/originals/{sha256[:2]}"
    assert done == [f"fsync store/incoming/{path.name}", "link", shelf], "what lies above is on the disk already"
    shutil.rmtree(tmp_path / "store/originals")
    storage.put_file(arrived(storage, b"a photo")[0], sha256)
    assert done[-3:] == [shelf, "fsync store/originals", "fsync store"], "what was made anew is not"


def test_the_folders_of_originals_are_on_the_disk_before_the_first_comes(tmp_path: Path, monkeypatch):
    done: list[str] = []
    fsync, mkdir = os.fsync, os.mkdir
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append(os.readlink(f"/proc/self/fd/{fd}")), fsync(fd))[1])
    monkeypatch.setattr(os, "mkdir", lambda path, *mode: (done.append(str(path)), mkdir(path, *mode))[1])
    open_storage(tmp_path / "store")
    originals = str(tmp_path / "store/originals")
    assert done[-3:] == [f"{originals}/ff", originals, str(tmp_path / "store")]


def test_a_file_from_another_disk_is_copied_and_then_linked(tmp_path: Path, monkeypatch):
    storage = open_storage(tmp_path / "store")
    path, sha256 = arrived(storage, b"a photo")
    elsewhere = Path("/dev/shm") / f"rectify-{secrets.token_hex(4)}"
    shutil.move(path, elsewhere)
    try:
        key = storage.put_file(elsewhere, sha256)
    finally:
        elsewhere.unlink(missing_ok=True)
    assert content_of(storage, key) == b"a photo"
    assert not list(storage.incoming.iterdir())


def test_a_disk_without_links_keeps_files_as_well(tmp_path: Path, monkeypatch):
    def no_links(*_names):
        raise OSError(errno.EPERM, "no links here")

    storage = open_storage(tmp_path / "store")
    path, sha256 = arrived(storage, b"a photo")
    monkeypatch.setattr(folder.os, "link", no_links)
    assert content_of(storage, storage.put_file(path, sha256)) == b"a photo"


@pytest.mark.parametrize("call", ["link", "fsync", "open"])
def test_a_full_disk_is_said_plainly_and_leaves_no_name(tmp_path: Path, monkeypatch, call: str):
    def full(*_given, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    storage = open_storage(tmp_path / "store")
    path, sha256 = arrived(storage, b"a photo")
    monkeypatch.setattr(os, call, full)
    with pytest.raises(StorageFull) as why:
        storage.put_file(path, sha256)
    monkeypatch.undo()
    assert why.value.status == 507
    assert not isinstance(why.value, Refused), "a full disk is not the fault of the file"
    assert "full" in why.value.args[0]
    assert not storage.exists(storage.original_key(sha256))
    assert storage.put_file(path, sha256), "once there is room again, the same file is kept"


def test_wrong_keys_or_a_dead_server_are_not_called_missing(weed, tmp_path: Path):
    stranger = weed.storage(tmp_path, "strangers", secret_key="guessed")
    path, sha256 = arrived(stranger, b"a photo")
    with pytest.raises(StorageAway):
        stranger.put_file(path, sha256)
    with pytest.raises(StorageAway):
        stranger.exists("derived/x/320.jpg")
    nobody = open_storage("s3://rectify/x?endpoint=http://127.0.0.1:9", tmp_path, access_key="a", secret_key="b")
    with pytest.raises(StorageAway) as why:
        nobody.put_file(path, sha256)
    assert why.value.status == 503
    assert path.exists(), "what was received is not lost by the attempt"


def test_the_keys_of_s3_come_from_the_environment(weed, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("RECTIFY_S3_ACCESS_KEY", "fictional")
    monkeypatch.setenv("RECTIFY_S3_SECRET_KEY", "only-for-this-test-run")
    monkeypatch.setenv("RECTIFY_S3_ENDPOINT", f"http://127.0.0.1:{weed.ports['s3.port']}")
    storage = open_storage("s3://rectify/environment", tmp_path)
    storage.put_bytes("derived/x/1.jpg", b"x")
    assert storage.exists("derived/x/1.jpg")


def test_two_at_once_keep_one_whole_file(storage: Storage):
    from concurrent.futures import ThreadPoolExecutor

    content = secrets.token_bytes(500_000)
    files = [arrived(storage, content) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda file: storage.put_file(*file), files))
    assert len(keys) == 1
    assert content_of(storage, keys.pop()) == content
