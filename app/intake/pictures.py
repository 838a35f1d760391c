"""Photos that lie in the rows of a workbook: received like any evidence, files first and rows afterwards."""

from __future__ import annotations

import io
import zipfile

from app.evidence.actions import Stored
from app.evidence.faults import Refused
from app.evidence.receiving import receive_seen, storage
from app.evidence.storage import Storage
from app.intake.models import Preview
from app.intake.reading import Reading

MOST = 500
LARGEST = 20 * 1024 * 1024


def keep_pictures(preview: Preview, reading: Reading) -> dict[str, Stored]:
    """The pictures of all rows, stored, by their part of the file; what is no photo we take is left in the file."""
    parts = list(dict.fromkeys(part for found in reading.findings for part in found.pictures))[:MOST]
    if not parts or not preview.is_file:
        return {}
    with storage().as_file(Storage.original_key(preview.sha256)) as path, zipfile.ZipFile(path) as package:
        kept = {part: _kept(package, part) for part in parts}
    return {part: stored for part, stored in kept.items() if stored}


def _kept(package: zipfile.ZipFile, part: str) -> Stored | None:
    try:
        with package.open(part) as picture:
            content = picture.read(LARGEST + 1)
        return receive_seen(io.BytesIO(content), part.rsplit("/", 1)[-1]) if len(content) <= LARGEST else None
    except (Refused, KeyError, zipfile.BadZipFile, OSError):
        return None
