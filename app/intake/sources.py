"""Where a preview's reading comes from: the text or the file that was sent, read once and kept beside it."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import tempfile
from collections import OrderedDict
from functools import cache
from pathlib import Path

from flask import current_app

from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.intake.files import Meanwhile, Unreadable, read_file, restored
from app.intake.models import Preview
from app.intake.readers import read_text
from app.intake.reading import Reading

KEPT, IN_MIND = 200, 4  # readings kept on disk and in this process; older ones are read anew when asked for
_read: OrderedDict[str, Reading] = OrderedDict()


def reading_of(preview: Preview, year: int, meanwhile: Meanwhile = lambda: None) -> Reading:
    """What the list says; raises Unreadable where it cannot be read. `meanwhile` is called while a file is read."""
    mark = _mark(preview, year)
    if mark not in _read:
        _read[mark] = _kept(mark) or _anew(preview, year, mark, meanwhile)
        while len(_read) > IN_MIND:
            _read.popitem(last=False)
    _read.move_to_end(mark)
    return _read[mark]


def is_read(preview: Preview, year: int) -> bool:
    """Whether what the list says is known already."""
    mark = _mark(preview, year)
    return mark in _read or (_folder() / mark).exists()


def fingerprint(reading: Reading) -> str:
    """What tells whether corrections still fit: the problems and measures in their order."""
    texts = [one.text for one in reading.findings] + [one.text for one in reading.measures]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def _anew(preview: Preview, year: int, mark: str, meanwhile: Meanwhile) -> Reading:
    if not preview.is_file:
        reading = read_text(preview.text, year)
    else:
        with storage().as_file(Storage.original_key(preview.sha256)) as path:
            reading = read_file(path, preview.name, year=year, columns=preview.columns or None, meanwhile=meanwhile)
    _keep(mark, reading)
    return reading


def _mark(preview: Preview, year: int) -> str:
    asked = [preview.sha256, preview.is_file, preview.name.rsplit(".", 1)[-1], year, sorted(preview.columns.items())]
    return hashlib.sha256(json.dumps([_readers(), asked]).encode()).hexdigest()


@cache
def _readers() -> str:
    """What the readers are made of: another release may read otherwise."""
    folder, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted([*folder.glob("readers/*.py"), folder / "reading.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _folder() -> Path:
    folder = Path(current_app.config["DATA_DIR"]) / "readings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept(mark: str) -> Reading | None:
    try:
        return restored((_folder() / mark).read_bytes())
    except (OSError, Unreadable):
        return None  # it is only a copy: what cannot be used is read anew


def _keep(mark: str, reading: Reading) -> None:
    folder = _folder()
    descriptor, name = tempfile.mkstemp(dir=folder, prefix="new-")
    with os.fdopen(descriptor, "wb") as file:
        pickle.dump(reading, file, protocol=5)
    os.replace(name, folder / mark)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
