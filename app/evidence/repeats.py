"""A file that comes once more to the task it stands on: it is kept once, and its sender is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from app.clock import day_of
from app.evidence.models import Evidence, Upload
from app.words import told
from workflows.grammar import say


def remark(piece: Evidence) -> str:
    """What is said of a piece that stood there before its file was sent."""
    day = day_of(piece.uploaded_at).isoformat()
    return told(say("This file is here already as “%(name)s”, sent on %(day)s. It is kept once.",
                    name=piece.name, day=day))  # fmt: skip


def header(upload: Upload) -> dict[str, Any]:
    """The same for a phone."""
    return {"upload_remark": quote(remark(upload.repeats))} if upload.repeats else {}
