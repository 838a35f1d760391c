"""Photos that come with a form: kept before anything is written, and offered again when the form comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from app.evidence import receiving
from app.evidence.actions import FILE, Stored
from app.evidence.faults import Refused
from app.evidence.names import display_name
from workflows.grammar import Sentence, say

OFFERED_FOR = timedelta(hours=12)  # files that no row names are swept after a day
GONE = say("A photo that was kept from the last try is not there any more. Choose it again.")


@dataclass
class Brought:
    """The files of a form that are fit, each under a mark by which the form offers it again, and why others are not."""

    kept: dict[str, Stored] = field(default_factory=dict)
    refused: list[Sentence] = field(default_factory=list)


def brought(files: Iterable[FileStorage], marks: Iterable[str], person_id: int, now: datetime) -> Brought:
    """Store what is fit of what came now, and take what was kept before; call it while no transaction is open."""
    came = Brought()
    for mark in dict.fromkeys(marks):
        stored = _read(mark, person_id, now)
        if stored is None:
            came.refused.append(GONE)
        else:
            came.kept[mark] = stored
    for file in files:
        try:
            stored = receiving.receive(file.stream, file.filename or "")
            came.kept[_marked(stored, person_id, now)] = stored
        except Refused as why:
            came.refused.append(say("%(name)s: %(why)s", name=display_name(file.filename or ""), why=why.sentences[0]))
    return came


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="brought-photo")


def _marked(stored: Stored, person_id: int, now: datetime) -> str:
    said = {name: value for name, value in asdict(stored).items() if name in FILE}
    return str(_signer().dumps([said, person_id, int((now + OFFERED_FOR).timestamp())]))


def _read(mark: str, person_id: int, now: datetime) -> Stored | None:
    """The file under a mark of hers; None when it was made up, is another's or too old."""
    try:
        said, whose, until = _signer().loads(mark)
    except (BadSignature, ValueError, TypeError):
        return None
    return Stored(**said, is_due=True) if whose == person_id and now.timestamp() < until else None
