"""What else a step changes on the task: stamp, count, clear; in memory only."""

from __future__ import annotations

from workflows.grammar import Case
from workflows.roles import Role


def stamp_issued(case: Case) -> None:
    """Remember when it was first issued."""
    case.task.issued_at = case.task.issued_at or case.now


def stamp_submitted(case: Case) -> None:
    """The unit's clock stops here; verification begins where it was left."""
    case.task.submitted_at = case.now
    case.task.level = case.task.resume_level or 1


def clear_submitted(case: Case) -> None:
    """The unit's clock runs again."""
    case.task.submitted_at = None


def count_return(case: Case) -> None:
    """Count the return and remember the level that sent it back."""
    case.task.returns += 1
    case.task.resume_level = case.task.level


def climb_a_level(case: Case) -> None:
    """Verification goes on one level up."""
    case.task.level += 1


def remember_proposer(case: Case) -> None:
    """Remember who proposed the withdrawal, so that another confirms it."""
    case.task.withdrawal_by_id = case.actor.id


def forget_proposer(case: Case) -> None:
    """The proposal to withdraw is off the table."""
    case.task.withdrawal_by_id = None


def name_owner(case: Case) -> None:
    """The named person becomes the owner; the one before stays on record."""
    case.task.give(Role.OWNER, person=case.given["owner"], now=case.now)
    case.task.owner_id = case.given["owner"].id


def note_block(case: Case) -> None:
    """Note what blocks it and since when; nothing clears both."""
    by = case.given.get("blocked_by") or None
    case.task.blocked_since = (case.task.blocked_since or case.now) if by else None
    case.task.blocked_by = by


def note_finished(case: Case) -> None:
    """Keep the result and the day on which a measure was finished."""
    case.subject.result = case.given["result"]
    case.subject.finished_on = case.given["finished_on"]


def note_progress(case: Case) -> None:
    """Keep the progress reported for the month."""
    case.subject.text = case.given["text"]
    case.subject.percent = case.given["percent"]


def note_answer(case: Case) -> None:
    """Keep what the unit answered last."""
    case.subject.answer = case.given["text"]


def note_explanation(case: Case) -> None:
    """Keep how the unit explains itself."""
    case.subject.explanation = case.given["text"]


def note_talk(case: Case) -> None:
    """Keep the minutes of a talk, its day, and what was promised."""
    case.subject.minutes, case.subject.promise = case.given["minutes"], case.given["promise"]
    case.subject.held_on = case.given["held_on"]
