"""From the wire into the storage: hashed, judged by its structure, fsynced; only then is it somebody's evidence."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO

import flask
from flask import current_app

from app.clock import zone
from app.evidence import looks
from app.evidence.actions import Stored
from app.evidence.alone import alone
from app.evidence.kinds import kind_of
from app.evidence.names import display_name
from app.evidence.ours import storage
from app.evidence.pictures import check
from app.evidence.receipt import Landing, Received
from app.evidence.receipt import receive as received

IN_MEMORY = 500 * 1024  # bytes of a whole request


class Request(flask.Request):
    """A request whose files land where they are stored from, hashed on the way: nothing is written twice."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        if total_content_length is not None and total_content_length <= IN_MEMORY:
            return BytesIO()
        return Landing(waiting_room())


def waiting_room() -> Path:
    """Where files lie until they are known to be good."""
    folder = Path(current_app.config["DATA_DIR"]) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(path: Path, sha256: str) -> str:
    """Keep a file as an original, safe from a sweep until its row is written; returns its key."""
    return storage().put_file(path, sha256, alone)


def keep(stream: IO[bytes], limit_bytes: int) -> Received:
    """Store a file of any kind as an original, for a room that reads it; raises TooLarge or StorageFull."""
    came = received(stream, waiting_room(), limit_bytes)
    try:
        put(came.path, came.sha256)
    finally:
        came.path.unlink(missing_ok=True)
    return came


def receive(stream: IO[bytes], filename: str) -> Stored:
    """Take one file in; raises TooLarge, Refused or StorageFull, and leaves nothing behind then.

    It is judged by its structure, not decoded: `looking` does that soon after.
    """
    return kept(_received(stream), filename)


def receive_seen(stream: IO[bytes], filename: str) -> Stored:
    """The same, and looked at before it is kept; for loads that nobody waits for."""
    came = _received(stream)
    try:
        kind = kind_of(came.path, display_name(filename))
        told = check(came.path, display_name(filename)) if kind.is_picture else b""
    except BaseException:
        came.path.unlink(missing_ok=True)
        raise
    return replace(kept(came, filename), look=looks.of(told, zone()), is_due=False)


def _received(stream: IO[bytes]) -> Received:
    return received(stream, waiting_room(), current_app.config["MAX_FILE_BYTES"])


def kept(came: Received, filename: str) -> Stored:
    """Put a file that has arrived whole into the storage, when it is fit; the path it came by is used up."""
    try:
        kind = kind_of(came.path, display_name(filename))
        put(came.path, came.sha256)
    finally:
        came.path.unlink(missing_ok=True)
    name = display_name(filename, kind.extension)
    return Stored(name, came.sha256, came.size, kind.media_type, kind.width, kind.height, is_due=True)
