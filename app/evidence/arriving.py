"""An announced file that is all there goes the way of every other: hashed, looked at, stored; then it is evidence."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Response

from app.evidence import hashing, parts
from app.evidence.actions import Stored
from app.evidence.faults import Fault, disk_may_be_full
from app.evidence.models import Upload, part_of
from app.evidence.receipt import Received
from app.evidence.receiving import kept
from workflows.grammar import say


class Bent(Fault):
    """What arrived is not what was sent: it is thrown away and asked for again."""

    status = 460

    def __init__(self) -> None:
        super().__init__(say("The file was changed on its way. It is sent again."))


@dataclass(frozen=True)
class Coming:
    """What is known of an upload while no transaction is open."""

    part: str
    name: str
    length: int
    sha256: str

    @classmethod
    def of(cls, upload: Upload) -> Coming:
        return cls(upload.part, upload.name, upload.length, upload.sha256)

    @classmethod
    def announced(cls, person_id: int, client_id: str, said: dict[str, Any]) -> Coming:
        """The same before there is a row for it."""
        return cls(part_of(person_id, client_id), said["name"], said["length"], said["sha256"])


def stored(coming: Coming) -> Stored:
    """Hash what has arrived and keep it; raises Bent, Refused or StorageFull. Doing it twice does no harm."""
    path = parts.complete(coming.part)
    sha256 = hashing.sha256_of(path)
    if coming.sha256 and sha256 != coming.sha256:
        parts.forget(coming.part)
        raise Bent
    return kept(Received(_second_name(path), sha256, coming.length), coming.name)


def rest(coming: Coming) -> None:
    """More of it comes with another request; what is here is on the disk, or its sender's hash will tell."""
    if not coming.sha256:
        parts.settle(coming.part)


def hashed_on(answer: Response, part: str, arrived: int) -> Response:
    """Once the answer is on its way, what has arrived is hashed while the next piece travels."""
    answer.call_on_close(partial(hashing.begin, parts.begun(part), arrived))
    return answer


def offset(upload: Upload) -> int:
    """How many of its bytes are here."""
    return upload.length if upload.became_id else min(parts.arrived(upload.part), upload.length)


def _second_name(path: Path) -> Path:
    """Another name for the same bytes: storing uses one up, and a process may be killed before its row is written."""
    name = path.with_suffix(f".{secrets.token_hex(8)}")
    with disk_may_be_full():
        os.link(path, name)
    return name
