"""How phones and servers speak of an upload: the headers of tus 1.0 (https://tus.io), read and written."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from datetime import datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from typing import IO, Any

from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest, LengthRequired, PreconditionFailed, RequestEntityTooLarge

from app.evidence.arriving import Bent
from app.evidence.models import KINDS, PROOFS, SOURCES
from app.evidence.names import display_name
from app.evidence.receipt import MEGABYTE
from app.tasks.refusals import NotYet
from workflows.grammar import say

VERSION, EXTENSIONS = "1.0.0", "creation,creation-with-upload,expiration,checksum,termination"
CHUNK = "application/offset+octet-stream"
DIGESTS = ("sha256", "sha1", "md5")
MOST_CHECKED = 2 * MEGABYTE  # a chunk with its own sum is held in memory until the sum is known
KNOWN = {"client_upload_id", "filename", "kind", "caption", "proof", "source", "reduced", "boxes", "sha256", "filetype"}
MOST_BOXES = 40
STALLED = 60  # seconds without a byte, then the connection is given up


def check_version() -> None:
    """Refuse another protocol than ours; 412 names the one that is spoken here."""
    if request.headers.get("Tus-Resumable", VERSION) != VERSION:
        raise PreconditionFailed(response=answered(412))


def announced() -> tuple[str, dict[str, Any]]:
    """The phone's name for the file and what it says of it; raises NotYet with what is wrong."""
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    length = _number("Upload-Length")
    if not said.get("client_upload_id") or not said.get("filename") or said.get("kind") not in KINDS:
        raise NotYet(say("The file was announced without its name or kind. Nothing was saved."))
    if length is None:
        raise LengthRequired
    if length < 1:
        raise NotYet(say("The file is empty. Choose it again, or take the photo anew."))
    if length > current_app.config["MAX_FILE_BYTES"]:
        raise RequestEntityTooLarge
    return said["client_upload_id"][:64], {
        "kind": said["kind"], "name": display_name(said["filename"]), "length": length,
        "caption": said.get("caption", "").strip()[:200], "reduced": said.get("reduced") == "yes",
        "source": _one_of(said.get("source", ""), SOURCES), "proof": _one_of(said.get("proof", ""), tuple(PROOFS)),
        "sha256": _hash(said.get("sha256", "")), "boxes": boxes(said.get("boxes", "")),
    }  # fmt: skip


def _metadata(header: str) -> dict[str, str]:
    said = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _blank, value = pair.partition(" ")
        try:
            said[name] = base64.b64decode(value, validate=True).decode().replace("\0", "")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise BadRequest from error
    unknown = sorted(set(said) - KNOWN)
    if unknown:
        raise NotYet(say("Unknown fields were sent: %(names)s. Nothing was saved.", names=", ".join(unknown)))
    return said


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _hash(value: str) -> str:
    return value if len(value) == 64 and not set(value) - set("0123456789abcdef") else ""


def boxes(text: str) -> list[list[float]] | None:
    """What is covered, as shares of width and height from the upper left: [[x, y, width, height], …]."""
    if not text:
        return None
    try:
        drawn = [[round(float(share), 5) for share in box] for box in json.loads(text)]
    except (ValueError, TypeError, RecursionError) as error:
        raise NotYet(say("The covered places could not be understood. Draw them again.")) from error
    if len(drawn) > MOST_BOXES or not all(map(_is_box, drawn)):
        raise NotYet(say("The covered places could not be understood. Draw them again."))
    return drawn or None


def _is_box(box: list[float]) -> bool:
    return len(box) == 4 and all(0 <= share <= 1 for share in box) and box[2] > 0 and box[3] > 0


def brings_bytes() -> bool:
    """Whether the announcement brings the first of its bytes along."""
    return request.mimetype == CHUNK


def offset_asked() -> int:
    """Where the sender believes the file ends here."""
    if not brings_bytes():
        raise BadRequest
    offset = _number("Upload-Offset")
    if offset is None:
        raise LengthRequired
    return offset


def _number(header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def chunk() -> IO[bytes]:
    """The bytes that are sent; with a sum of their own they are looked at first, and refused when it is wrong."""
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return request.stream
    algorithm, _blank, expected = header.partition(" ")
    if algorithm not in DIGESTS:
        raise BadRequest
    content = request.stream.read(MOST_CHECKED + 1)
    if len(content) > MOST_CHECKED:
        raise RequestEntityTooLarge
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    if base64.b64encode(digest).decode() != expected.strip():
        raise Bent
    return BytesIO(content)


def give_up_when_stalled() -> None:
    """A phone that left without a word must not hold a thread for ever; its server knows the socket."""
    if socket := request.environ.get("gunicorn.socket"):
        socket.settimeout(STALLED)


def answered(status: int, offset: int | None = None, length: int | None = None, **more: str) -> Response:
    """An answer without a body."""
    answer = Response(status=status)
    answer.headers["Tus-Resumable"] = VERSION
    for name, value in (("Upload-Offset", offset), ("Upload-Length", length)):
        if value is not None:
            answer.headers[name] = str(value)
    for name, text in more.items():
        answer.headers[name.replace("_", "-").title()] = text
    return answer


def expires(announced_at: datetime) -> str:
    """When what has arrived is thrown away unless more comes."""
    return format_datetime(announced_at + timedelta(days=current_app.config["UPLOAD_DAYS"]), usegmt=False)
