"""Adding, replacing and removing evidence; what a verdict rests on is frozen by the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from app.db import db
from app.entering import enter
from app.evidence import actions_alike as alike
from app.evidence import queries
from app.evidence.alone import spare
from app.evidence.looks import Look
from app.evidence.models import CLEAR, DUE, PROOFS, Evidence, resting_on
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.tasks.record import record
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import Standing, described, roles_of
from app.tasks.touching import flush, touch
from app.tasks.undoing import undoes
from workflows.grammar import State, say
from workflows.roles import Role


@dataclass(frozen=True)
class Stored:
    """A file that lies safely in the storage: what a row of evidence needs to say of it.

    It was looked at already, or it is still due to be.
    """

    name: str
    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None
    look: Look | None = None
    is_due: bool = False


@dataclass(frozen=True)
class Came:
    """How a file came and what it shows, as its sender says: from camera or album, reduced, with what covered."""

    proof: str = ""
    source: str = ""
    reduced: bool = False
    boxes: list[list[float]] | None = None


PLAINLY = Came()
FILE = ("name", "sha256", "size", "media_type", "width", "height")


def kinds_taken(task: Task, actor: Any) -> list[str]:
    """The kinds of evidence that `actor` may add as the task stands, the one that is missed first."""
    roles = set(roles_of(actor, task))
    kinds: list[str] = [taking.kind for taking in _state(task).takes if roles & taking.by]
    return sorted(kinds, key=lambda kind: kind != "scan") if misses_a_scan(task, actor) else kinds


def misses_a_scan(task: Task, actor: Any) -> bool:
    """Whether `actor` acts for a unit without an account and has not shown its signed paper yet."""
    return bool(actor.acts_for(task)) and not task.unused_scans


def is_taken(task: Task, kind: str) -> bool:
    """Whether somebody may add that kind as the task stands."""
    return any(taking.kind == kind for taking in _state(task).takes)


def check_may_add(task: Task, actor: Any, kind: str) -> Standing:
    """How `actor` stands when adding that kind; raises OutOfTurn or NotYours."""
    takings = [taking for taking in _state(task).takes if taking.kind == kind]
    if not takings:
        raise OutOfTurn(say("No evidence of this kind can be added as it stands: %(state)s.",
                            state=say(_state(task).label)))  # fmt: skip
    roles = roles_of(actor, task)
    role = next((role for taking in takings for role in Role if role in taking.by and role in roles), None)
    if role is None:
        raise NotYours(say("Somebody else adds this evidence."))
    return described(actor, task, role, roles[role])


def _state(task: Task) -> State:
    return task.workflow.state(task.state)


def add_to_new(task: Task, actor: Person, kind: str, files: Sequence[Stored], *, now: datetime) -> None:
    """Put stored files on a task that this transaction has made or holds; nothing rests on it yet."""
    stands = check_may_add(task, actor, kind)
    for stored in files:
        _written(task, "add_evidence", actor, stands, now, _put(task, actor, kind, stored, now, "", PLAINLY), [task])


def add(task: Task, actor: Person, kind: str, stored: Stored, *, now: datetime, caption: str = "",
        replaces: Evidence | None = None, how: Came = PLAINLY) -> Evidence:  # fmt: skip
    """Put a stored file on the task, once; one that it replaces is superseded, never overwritten."""
    together = queries.held_together(task)  # two photos at once wait instead of one being turned away
    stands = check_may_add(task, actor, kind)
    if replaces is None and (there := _there_already(task, kind, stored, caption, how)):
        return there
    piece = _put(task, actor, kind, stored, now, caption, how)
    if replaces is not None:
        _superseded(replaces, task, piece)
    _written(task, "add_evidence", actor, stands, now, piece, together)
    return piece


def _there_already(task: Task, kind: str, stored: Stored, caption: str, how: Came) -> Evidence | None:
    """The piece that is this very file and says the same of it; each act of a unit without an account has its scan."""
    said = {"proof": how.proof or shown_by(kind, stored.media_type), "caption": caption}
    return queries.standing(task, kind=kind, sha256=stored.sha256, **said) if kind != "scan" else None


def _put(task: Task, actor: Person, kind: str, stored: Stored, now: datetime, caption: str, how: Came) -> Evidence:
    """The row of a stored file; what was looked at already is compared at once."""
    said = {name: getattr(stored, name) for name in FILE} | asdict(how)
    said["proof"] = how.proof or shown_by(kind, stored.media_type)
    said["sight"] = DUE if stored.is_due else CLEAR
    spare(stored.sha256)
    piece = Evidence(task_id=task.id, kind=kind, caption=caption, uploaded_by_id=actor.id, uploaded_at=now, **said)
    flush()
    enter(piece)
    set_committed_value(piece, "task", task)
    set_committed_value(piece, "uploaded_by", actor)
    db.session.expire(task, ["evidence"])
    if not stored.is_due:
        alike.remember(piece, stored.look, now=now)
    return piece


def shown_by(kind: str, media_type: str) -> str:
    """What a piece shows of which nothing was said: a picture is a photo; of a paper nothing is presumed."""
    return "photo" if media_type.startswith("image/") and kind != "scan" else ""


def say_what_it_shows(piece: Evidence, proof: str, actor: Person, *, now: datetime) -> None:
    """Say that it is minutes, an invoice …, for the list of what the measure asks; while it may still be added to."""
    stands = check_may_add(piece.task, actor, piece.kind)
    if proof not in PROOFS:
        raise NotYet(say("Say which kind of evidence it is."))
    if proof != piece.proof:
        piece.proof = proof
        noted(piece.task, "say_proof", actor, stands, now, piece, proof=proof)


def _superseded(old: Evidence, task: Task, new: Evidence) -> None:
    if old.task_id != task.id or old.superseded_by_id or old.removed_at or old.erased_at:
        raise NotYet(say("The photo to be replaced does not stand on this task any more."))
    old.superseded_by_id = new.id


def remove(piece: Evidence, actor: Person, *, now: datetime) -> None:
    """Take a piece off the task while it may still be added to; the file and the row are kept."""
    stands = check_may_add(piece.task, actor, piece.kind)
    if piece.removed_at or piece.superseded_by_id or piece.erased_at:
        raise OutOfTurn(say("It was already removed or replaced."))
    piece.removed_at = now
    noted(piece.task, "remove_evidence", actor, stands, now, piece)


@undoes("remove_evidence", say("The piece was taken off; the file itself is kept."), "finding", "measure")
def restored(entry: Entry, actor: Person, *, now: datetime) -> None:
    """Undo a removal that was just made."""
    piece = db.session.get_one(Evidence, entry.facts["evidence"])
    put_back(piece, actor, now=now, undoes=entry.seq)


def put_back(piece: Evidence, actor: Person, *, now: datetime, **facts: Any) -> None:
    """Undo a removal."""
    stands = check_may_add(piece.task, actor, piece.kind)
    if piece.removed_at is None or piece.erased_at:
        raise OutOfTurn(say("It stands on the task already, or its content was erased."))
    piece.removed_at = None
    noted(piece.task, "put_back_evidence", actor, stands, now, piece, **facts)


def noted(task: Task, step: str, actor: Person, stands: Standing, now: datetime, piece: Evidence,
          said: dict[str, str] | None = None, tells: tuple[Role, ...] = (), **more: Any) -> int:  # fmt: skip
    """Write down what was done with a piece, and let every task that rests on it know; returns the entry's id."""
    return _written(task, step, actor, stands, now, piece, resting_on(task), said, tells, **more)


def _written(task: Task, step: str, actor: Person, stands: Standing, now: datetime, piece: Evidence,
             together: list[Task], said: dict[str, str] | None = None, tells: tuple[Role, ...] = (),
             **more: Any) -> int:  # fmt: skip
    """What it is called is free text like what is said of it: a name may be personal, and can be erased then."""
    facts = {**more, "evidence": piece.id, "kind": piece.kind, "sha256": piece.sha256}
    words = {"name": piece.name} | (said or {})
    entry_id = record(task, step, actor, stands, now, from_state=task.state, facts=facts, said=words, tells=tells)
    touch(other for other in together if other is not task)
    return entry_id
