"""Photos that come with a form: kept before anything is written, and offered again when the form comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from app.evidence import receiving
from app.evidence.actions import FILE, Stored
from app.evidence.faults import Refused
from app.evidence.names import display_name
from app.evidence.ours import storage
from app.evidence.storage import Storage
from workflows.grammar import Sentence, say

OFFERED_FOR = timedelta(hours=12)  # files that no row names are swept after a day
GONE = say("A photo that was kept from the last try is not there any more. Choose it again.")


@dataclass
class Brought:
    """The files of somebody's form that are fit, and why others are not."""

    person_id: int = 0
    until: int = 0
    kept: list[Stored] = field(default_factory=list)
    refused: list[Sentence] = field(default_factory=list)

    @cached_property
    def offered(self) -> dict[str, Stored]:
        """Each under the mark by which the form offers it again, to the same person and not for ever."""
        return {_signer().dumps([_said(stored), self.person_id, self.until]): stored for stored in self.kept}


def brought(files: Iterable[FileStorage], marks: Iterable[str], person_id: int, now: datetime) -> Brought:
    """Store what is fit of what came now, and take what was kept before; call it while no transaction is open."""
    came = Brought(person_id, int((now + OFFERED_FOR).timestamp()))
    for mark in dict.fromkeys(marks):
        stored = _read(mark, person_id, now)
        if stored is None or not storage().exists(Storage.original_key(stored.sha256)):
            came.refused.append(GONE)
        else:
            came.kept.append(stored)
    for file in files:
        try:
            came.kept.append(receiving.receive(file.stream, file.filename or ""))
        except Refused as why:
            came.refused.append(say("%(name)s: %(why)s", name=display_name(file.filename or ""), why=why.sentences[0]))
    return came


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="brought-photo")


def _said(stored: Stored) -> dict[str, Any]:
    return {name: getattr(stored, name) for name in FILE}


def _read(mark: str, person_id: int, now: datetime) -> Stored | None:
    """The file under a mark of hers; None when it was made up, is another's or too old."""
    try:
        said, whose, until = _signer().loads(mark)
    except (BadSignature, ValueError, TypeError):
        return None
    return Stored(**said, is_due=True) if whose == person_id and now.timestamp() < until else None
