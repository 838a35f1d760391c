"""Handing evidence out: derived copies for the eye, originals as downloads, nothing that a browser would run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import lazy_gettext as _l

from app.evidence import parts, spans
from app.evidence.actions import kinds_taken
from app.evidence.deriving import Copied, derived
from app.evidence.faults import Missing, Unreadable
from app.evidence.models import PROOFS, Evidence, Upload
from app.evidence.names import content_disposition
from app.evidence.ours import storage
from app.evidence.proving import checklist
from app.evidence.queries_sharing import elsewhere
from app.evidence.storage import Storage
from app.tasks.models import Task
from app.words import told
from workflows.grammar import say

SIZES = (320, 1600)
LABELS = {
    "before": _l("Photos of how it was found"), "after": _l("Photos of how it looks now"),
    "paper": _l("Papers"), "scan": _l("Scan of the signed paper"),
}  # fmt: skip
HIDDEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240"><rect width="320" height="240" fill="#e3e5e1"/>'
    '<rect x="110" y="60" width="100" height="120" rx="8" fill="#2b2f36"/></svg>'
)
SEALED = "default-src 'none'; sandbox"


def shown(piece: Evidence) -> dict[str, Any]:
    """A piece as pages and JSON show it."""
    address: dict[str, Any] = {"evidence_id": piece.id}
    look = address | ({"v": piece.cover} if piece.cover else {})  # a browser that kept the uncovered copy asks anew
    is_shown = piece.is_picture and not piece.is_broken
    plain = url_for("evidence.show" if piece.is_picture else "evidence.file", **address)
    full = url_for("evidence.picture", size=1600, **look) if is_shown else plain
    return {
        "id": piece.id, "name": piece.name, "kind": piece.kind, "caption": piece.caption, "proof": piece.proof,
        "shows": told(PROOFS.get(piece.proof, "")) if piece.proof != "photo" else "",
        "url": full, "size": size_in_words(piece.size),
        "reduced": piece.reduced, "waits": piece.cover_asked_at is not None,
        "page": url_for("evidence.show", **address),
        "thumb": url_for("evidence.picture", size=320, **look) if is_shown else None,
        "sight": piece.sight,
        "original": url_for("evidence.open_original" if piece.is_picture else "evidence.file", **address),
        "minors": piece.shows_minors, "erased": piece.erased_at, "remove": url_for("evidence.remove", **address),
    }  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """What a page shows of a task's evidence: the pieces that stand, and the kinds its viewer may add."""

    pieces: list[dict[str, Any]]
    checked: list[dict[str, Any]]
    ways: list[tuple[str, Any]]
    awaited: list[dict[str, Any]]

    @property
    def may_share(self) -> bool:
        """Whether a file that stands elsewhere may serve this task, too."""
        return any(kind in ("after", "paper") for kind, _label in self.ways)

    def proofs(self, kind: str) -> dict[str, Any]:
        """What a file of that kind may be said to show: the usual first, then what the measure asks for."""
        usual = {"after": {"photo": PROOFS["photo"]}, "paper": {"": say("Another paper")}}.get(kind)
        if usual is None:
            return {}
        asked = {one["proof"]: one["label"] for one in self.checked if one["proof"] != "photo"}
        return usual | asked if asked else {}

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """The pieces of those kinds."""
        return [piece for piece in self.pieces if piece["kind"] in kinds]


def panel(task: Task, viewer: Any, known: dict[int, dict[str, Any]] | None = None) -> Panel:
    """The evidence of a task for its page; `known` is where else the files are used, when that was looked up."""
    taken, pieces = kinds_taken(task, viewer), [one for one in task.evidence if one.is_kept]
    asked = task.measure.proofs if task.kind == "measure" else []
    return Panel(
        _with_uses(pieces, viewer, known),
        checklist(asked, task.live_evidence),
        [(kind, LABELS[kind]) for kind in taken],
        [_coming(upload, upload.person_id == viewer.id or upload.kind in taken) for upload in task.awaited],
    )


def _with_uses(pieces: list[Evidence], viewer: Any, known: dict[int, dict[str, Any]] | None) -> list[dict[str, Any]]:
    if known is None:
        return also_used(pieces, viewer, {piece.id: shown(piece) for piece in pieces})
    return [shown(piece) | {"also": known.get(piece.id, {}).get("also")} for piece in pieces]


def also_used(pieces: list[Evidence], viewer: Any, said: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Under each piece where else its file is openly used."""
    uses = elsewhere(viewer, pieces)
    for piece_id, tasks in uses.items():
        said[piece_id]["also"] = [{"number": number, "url": url_for("steps.show", task_id=task_id)}
                                  for number, task_id in tasks]  # fmt: skip
    return list(said.values())


def _coming(upload: Upload, may_drop: bool) -> dict[str, Any]:
    """A file on its way, as the page shows it."""
    return {
        "client_id": upload.client_id, "name": upload.name, "who": upload.person.name,
        "size": size_in_words(upload.length), "percent": 100 * parts.arrived(upload.part) // upload.length,
        "drop": url_for("evidence.leave_out", upload_id=upload.id) if may_drop else "",
    }  # fmt: skip


def size_in_words(size: int) -> str:
    """1.4 MB, 230 KB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"


def picture(copied: Copied, size: int) -> Response:
    """The derived copy; made when it is first asked for."""
    mark = f"{copied.sha256[:32]}-{copied.cover}-{size}"
    if mark in request.if_none_match:
        return Response(status=304)
    try:
        content = derived(copied, size)
    except (Missing, Unreadable):
        abort(404)
    asked = spans.asked(mark)
    span = spans.within(asked, len(content)) if asked else None
    answer = Response(content[slice(*span)] if span else content, mimetype="image/jpeg")
    spans.say(answer, mark, len(content), span)
    return _sealed(answer, "private, no-cache")


def hidden() -> Response:
    """What others see of a photo that waits to be covered."""
    return _sealed(Response(HIDDEN, mimetype="image/svg+xml"), "private, no-store")


def original(piece: Evidence) -> Response:
    """The untouched original, streamed as a download."""
    return download(piece.name, piece.sha256, piece.media_type)


def download(name: str, sha256: str, media_type: str = "application/octet-stream") -> Response:
    """Any stored original, or the part of it that is asked for, streamed as a download; raises Missing."""
    key, asked = Storage.original_key(sha256), spans.asked(sha256)
    span = spans.within(asked, _size(key)) if asked else None
    chunks, size = storage().open_read(key, span)
    answer = Response(chunks, mimetype=media_type)
    spans.say(answer, sha256, size, span)
    answer.headers["Content-Disposition"] = content_disposition(name, inline=False)
    return _sealed(answer, "private, no-store")


def _size(key: str) -> int:
    size = storage().size(key)
    if size is None:
        raise Missing(key)
    return size


def _sealed(answer: Response, caching: str) -> Response:
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = caching
    return answer
