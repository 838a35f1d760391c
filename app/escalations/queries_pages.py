"""What the pages of the ladder ask; tasks only as the viewer may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, literal, null, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.db import db
from app.escalations.models import Climb, Ladder, LadderChoice, Proposal
from app.escalations.watches import Alert, Gap, SetAside, Watch
from app.orders.models import Covered, Order
from app.people.models import Person
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import visible_to
from workflows.sentence import Sentence, say


def ladder(ladder_id: int) -> Ladder | None:
    """The ladder with that id."""
    return db.session.get(Ladder, ladder_id)


def choice(choice_id: int) -> LadderChoice | None:
    """Where some ladder holds."""
    return db.session.get(LadderChoice, choice_id)


def choices() -> list[LadderChoice]:
    """Where each ladder holds, the whole house first."""
    found = select(LadderChoice).options(joinedload(LadderChoice.unit))
    return list(db.session.scalars(found.order_by(LadderChoice.unit_id.is_not(None), LadderChoice.unit_id)))


def climbs(task: Task) -> list[Climb]:
    """Every rung that came for a task, in order."""
    found = select(Climb).where(Climb.task_id == task.id).options(joinedload(Climb.held_by))
    return list(db.session.scalars(found.order_by(Climb.fired_at, Climb.days)))


ENDED = say("It has ended; nothing follows.")
MOVED = say("It moved on before anybody decided.")
REDATED = say("It was given another date before anybody decided.")
ORDERED = say("Another paper of this kind about it was signed meanwhile.")
STALE = (
    (ENDED, ~Task.open),
    (MOVED, Wait.ended_at.is_not(None)),
    (REDATED, Wait.until.is_distinct_from(Climb.until)),
)


def _signed_otherwise() -> Any:
    """A leader wrote the same kind of paper about it by hand."""
    paper = aliased(Task)
    signed = select(Covered.task_id).join(Order, Order.id == Covered.order_id).join(paper, paper.id == Order.task_id)
    since = paper.kind == Proposal.kind, paper.issued_at >= Proposal.made_at
    return signed.where(Covered.task_id == Proposal.task_id, *since).correlate(Proposal).exists()


def why_stale() -> Any:
    """Why a proposal is over, as far as nobody decided it; null while it is not."""
    said = ((condition, literal(str(why))) for why, condition in (*STALE, (ORDERED, _signed_otherwise())))
    return case(*said, else_=null())


def stale(limit: int = 500) -> list[Row[Any]]:
    """Proposals that nobody decided and nobody needs to decide any more, each with the reason."""
    found = (
        select(Proposal.id, why_stale().label("why"))
        .join(Task, Task.id == Proposal.task_id)
        .join(Climb, Climb.id == Proposal.climb_id)
        .join(Wait, Wait.id == Climb.wait_id)
        .where(Proposal.decided_at.is_(None), why_stale().is_not(None))
    )
    return list(db.session.execute(found.limit(limit)))


def why_over(one: Proposal) -> Sentence | None:
    """Why nobody needs to decide that one any more."""
    found = select(why_stale()).select_from(Proposal).join(Task, Task.id == Proposal.task_id)
    found = found.join(Climb, Climb.id == Proposal.climb_id).join(Wait, Wait.id == Climb.wait_id)
    said = db.session.scalar(found.where(Proposal.id == one.id))
    return say(said) if said else None


def lapsed(viewer: Person, since: datetime, limit: int = 20) -> list[Proposal]:
    """What left her list undecided since then, the latest first."""
    hers = (
        select(Proposal)
        .join(Task, Task.id == Proposal.task_id)
        .where(Proposal.outcome == "lapsed", Proposal.decided_at >= since)
        .where(Proposal.decider_id.in_(viewer.identities), visible_to(viewer))
        .options(joinedload(Proposal.task).joinedload(Task.unit), joinedload(Proposal.climb))
    )
    return list(db.session.scalars(hers.order_by(Proposal.decided_at.desc(), Proposal.id.desc()).limit(limit)))


def proposals(viewer: Person, limit: int = 100) -> list[Proposal]:
    """Papers that wait for her decision, the oldest first."""
    hers = (
        select(Proposal)
        .join(Task, Task.id == Proposal.task_id)
        .join(Climb, Climb.id == Proposal.climb_id)
        .join(Wait, Wait.id == Climb.wait_id)
        .where(Proposal.decided_at.is_(None), Proposal.decider_id.in_(viewer.identities), visible_to(viewer))
        .where(why_stale().is_(None))
        .options(joinedload(Proposal.task).joinedload(Task.unit), joinedload(Proposal.climb))
    )
    return list(db.session.scalars(hers.order_by(Proposal.made_at, Proposal.id).limit(limit)))


ALREADY = say("This was decided already. Nothing was changed.")


def proposal(viewer: Person, proposal_id: int) -> Proposal | None:
    """The paper with that id if she decides it and may see what it is about, decided or not."""
    found = (
        select(Proposal)
        .join(Task, Task.id == Proposal.task_id)
        .where(Proposal.id == proposal_id, Proposal.decider_id.in_(viewer.identities), visible_to(viewer))
        .options(
            contains_eager(Proposal.task).options(joinedload(Task.unit), selectinload(Task.waits), _parties()),
            joinedload(Proposal.climb),
        )
    )
    return db.session.scalar(found)


def _parties() -> Any:
    return selectinload(Task.parties).options(joinedload(Party.unit), joinedload(Party.person))


def beside(viewer: Person, one: Proposal) -> list[int]:
    """Tasks of the same unit for which the same kind of paper waits for her."""
    same = Proposal.kind == one.kind, Proposal.decided_at.is_(None), Proposal.decider_id.in_(viewer.identities)
    found = select(Task.id).join(Proposal, Proposal.task_id == Task.id)
    return list(db.session.scalars(found.where(*same, Task.open, Task.unit_id == one.task.unit_id).limit(50)))


def alerts(limit: int = 100) -> list[Alert]:
    """What administrators must know and nobody settled, the newest first."""
    found = select(Alert).where(Alert.settled_at.is_(None)).order_by(Alert.last_at.desc(), Alert.id)
    return list(db.session.scalars(found.limit(limit)))


def over_by_themselves(since: datetime, limit: int = 20) -> list[Alert]:
    """What settled itself after that moment, the newest first."""
    found = select(Alert).where(Alert.kind == "vacancy", Alert.settled_at > since).order_by(Alert.settled_at.desc())
    return [one for one in db.session.scalars(found.limit(limit)) if "over" in one.given]


def alert(alert_id: int) -> Alert | None:
    """The alert with that id."""
    return db.session.get(Alert, alert_id)


def alerting() -> int:
    """How many alerts are not settled."""
    return db.session.scalar(select(func.count()).select_from(Alert).where(Alert.settled_at.is_(None))) or 0


def set_aside() -> list[SetAside]:
    """Tasks that broke the tick."""
    return list(db.session.scalars(select(SetAside).options(joinedload(SetAside.task)).order_by(SetAside.since)))


def gaps(limit: int = 20) -> list[Gap]:
    """The last times in which nobody ticked."""
    return list(db.session.scalars(select(Gap).order_by(Gap.until_at.desc()).limit(limit)))


def watch(name: str) -> Watch | None:
    """When something last ran, and what it found."""
    return db.session.get(Watch, name)
