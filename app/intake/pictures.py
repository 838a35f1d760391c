"""Photos that lie in the rows of a workbook: received like any evidence, files first and rows afterwards."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.evidence.actions import Stored
from app.evidence.faults import Refused
from app.evidence.ours import storage
from app.evidence.receiving import receive_seen
from app.evidence.storage import Storage
from app.intake.actions import Harvest
from app.intake.models import Preview
from app.intake.reading import ReadFinding, Reading

MOST = 2000
LARGEST = 20 * 1024 * 1024


def keep_pictures(preview: Preview, reading: Reading, harvest: Harvest) -> tuple[dict[str, Stored], Harvest]:
    """The pictures of the rows that are taken, by their part of the file; the harvest tells which stay in it."""
    parts = list(dict.fromkeys(part for row in harvest.rows for part in row.pictures))
    if not parts or not preview.is_file:
        return {}, harvest
    with storage().as_file(Storage.original_key(preview.sha256)) as path, zipfile.ZipFile(path) as package:
        tried = {part: _kept(package, part) for part in parts[:MOST]}
    kept = {part: stored for part, stored in tried.items() if stored}
    left = set(parts) - set(kept)
    told = [_left(found, len(left & set(found.pictures))) for found in reading.findings if left & set(found.pictures)]
    return kept, replace(harvest, set_aside=[*harvest.set_aside, *told])


def _left(found: ReadFinding, many: int) -> dict[str, Any]:
    """What the sheet of what was not taken in says of the pictures of a row."""
    return {"row": found.row, "sheet": found.sheet, "raw": found.text,
            "why": ngettext("%(num)d photo of this row is of a kind or size that is not taken, or one too many.",
                            "%(num)d photos of this row are of a kind or size that is not taken, or too many.", many),
            "advice": _("Save them from the file as JPEG and add them to the finding.")}  # fmt: skip


def _kept(package: zipfile.ZipFile, part: str) -> Stored | None:
    try:
        with package.open(part) as picture:
            content = picture.read(LARGEST + 1)
        return receive_seen(io.BytesIO(content), part.rsplit("/", 1)[-1]) if len(content) <= LARGEST else None
    except (Refused, KeyError, zipfile.BadZipFile, OSError):
        return None
