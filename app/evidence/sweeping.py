"""Keeping the storage true: files that no row names are cleared away, and every file is still what was received."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from flask import current_app

from app.db import db, release, unit_of_work
from app.evidence import parts, queries
from app.evidence.alone import alone, let_go
from app.evidence.models import Upload
from app.evidence.ours import storage
from app.evidence.receiving import waiting_room

AGE = timedelta(hours=24)
BATCH = 500


def sweep(now: datetime) -> int:
    """Once an hour: delete files older than a day that no row names; returns how many."""
    return sweep_now(now) if now.minute == 0 else 0


def sweep_now(now: datetime) -> int:
    """The same at once."""
    return (
        _forget_received(now)
        + _forget_parts(now)
        + sum(_forget_unnamed(keys, now) for keys in _in_batches("originals"))
    )


def _forget_received(now: datetime) -> int:
    old = [path for path in waiting_room().iterdir() if _age(path, now) > AGE]
    for path in old:
        if path.is_dir():  # what a large export had beside it when its process died
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)


def _forget_parts(now: datetime) -> int:
    """Announced files of which nothing more came for a week, and bytes that nobody announced."""
    with unit_of_work():
        wanted = {upload.part for upload in queries.unfinished() if not _is_given_up(upload, now)}
    old = [path for path in parts.everything() if path.stem not in wanted and _age(path, now) > AGE]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_given_up(upload: Upload, now: datetime) -> bool:
    """Whether it was left out, or so long silent that it is forgotten; its phone may announce it anew."""
    if upload.dropped_at:
        return True
    kept = timedelta(days=current_app.config["UPLOAD_DAYS"])
    silent = now - max(upload.announced_at, parts.touched_at(upload.part) or upload.announced_at)
    if silent > kept:
        db.session.delete(upload)
    return silent > kept


def _age(path: Path, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - path.stat().st_mtime)


def _in_batches(folder: str) -> Iterator[list[str]]:
    keys = storage().list_keys(folder)
    while batch := list(islice(keys, BATCH)):
        yield batch


def _forget_unnamed(keys: list[str], now: datetime) -> int:
    by_hash = {key.rsplit("/", 1)[1]: key for key in keys}
    lost = set(by_hash) - queries.named(list(by_hash))
    gone = [key for sha256, key in by_hash.items() if sha256 in lost and _let_go(sha256, key, now)]
    if gone:
        current_app.logger.info("swept %d files that no row names", len(gone))
    return len(gone)


def _let_go(sha256: str, key: str, now: datetime) -> bool:
    """Asked once more right before: the same file may have come anew meanwhile, and then it is wanted again.

    Nobody takes it up between the question and the end of it: who would waits, finds it gone and stores it anew.
    """
    with alone():
        release()
        return storage().exists(key) and now - storage().written_at(key) > AGE and let_go(sha256)


def unsound() -> Iterator[str]:
    """SHA-256 of every original that is missing or no longer what was received."""
    for sha256, size in queries.originals():
        if not storage().is_sound(sha256, size):
            yield sha256
