"""Drawing closed findings by lot, and saying of each whether it held; what came back becomes a new finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import day_of
from app.db import db
from app.draws import lots, queries
from app.draws.models import Draw, Drawn
from app.findings import actions as findings
from app.findings.models import Finding
from app.inspections.actions import next_number, record_visit
from app.inspections.models import Inspection
from app.people.models import Person
from app.tasks.record import record
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import described, roles_of
from app.units.models import Unit
from workflows.asks import REMARK
from workflows.grammar import Step, say
from workflows.roles import HEAD, INSPECTOR, OWNER, REVIEWER

# Closed stays closed: nothing moves. It is written down and told like a step.
LOOKED = Step("looked_back", "Looked at again after closing", ("closed",), None, frozenset({INSPECTOR, REVIEWER}),
              asks=(REMARK,), tells=(OWNER, HEAD, INSPECTOR))  # fmt: skip


def draw(unit: Unit, actor: Person, *, now: datetime, seed: str, size: int, criteria: Mapping[str, Any],
         at: datetime | None = None) -> Draw:  # fmt: skip
    """Draw `size` of what was closed at or below `unit` by `at` and keep the list with all that made it."""
    if not actor.supervises(unit.path):
        raise NotYours(say("Only whoever supervises a unit draws from what it closed."))
    moment = at or now
    if moment > now:
        raise NotYet(say("That moment is still ahead; nobody knows what will be closed then."))
    asked = {name: value for name, value in criteria.items() if value}
    found, population = lots.drawn_from(queries.closed(unit.path, asked, moment), seed, size)
    if not found:
        raise NotYet(say("Nothing that was closed there fits; widen what you look for."))
    made = Draw(
        number=next_number("CQ", day_of(now).year), unit_id=unit.id, seed=seed, size=size, criteria=asked, at=moment,
        population=population, person_id=actor.id,
        drawn=[Drawn(finding_id=finding_id, place=n) for n, (finding_id, _number) in enumerate(found, start=1)],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def again(of: Draw) -> tuple[list[int], int]:
    """The same draw once more: the ids in order, and from how many."""
    found, population = lots.drawn_from(queries.closed(of.unit.path, of.criteria, of.at), of.seed, of.size)
    return [finding_id for finding_id, _number in found], population


def may_look(finding: Finding, actor: Person) -> bool:
    """An inspector who supervises the unit and took no part in putting it right."""
    inspects = any(s.kind == "inspector" and finding.task.unit_path.startswith(s.reach) for s in actor.seats)
    return inspects and not (finding.doers & actor.identities)


def passed(one: Drawn, actor: Person, remark: str, *, now: datetime) -> None:
    """It has held."""
    _must_look(one, actor)
    _looked(one, actor, "passed", remark, now)


def rebound(one: Drawn, actor: Person, remark: str, *, now: datetime) -> Finding:
    """It has come back (反弹): a new finding linked to the old one, drafted in the look-back's own visit."""
    _must_look(one, actor)
    old = one.finding
    visit = _visit(one.draw, old, actor, now)
    fields = {name: getattr(old.task, name) for name in findings.OF_TASK}
    fields |= {name: getattr(old, name) for name in ("text", "place", "basis", "demand", "protection")}
    new = findings.draft(visit, actor, now=now, unit=old.task.unit, recurs=old, **fields)
    db.session.flush()
    one.rebound = new
    _looked(one, actor, "rebound", remark, now)
    return new


def _must_look(one: Drawn, actor: Person) -> None:
    if one.result is not None:
        raise OutOfTurn(say("The result was recorded already. Nothing was changed."))
    if not may_look(one.finding, actor):
        raise NotYours(say("An inspector who took no part in it looks at it again."))


def _looked(one: Drawn, actor: Person, result: str, remark: str, now: datetime) -> None:
    one.result, one.remark, one.looked_at, one.looked_by_id = result, remark, now, actor.id
    task = one.finding.task
    role, party = next(iter(roles_of(actor, task).items()), (INSPECTOR, None))
    facts = {"looked": result, "draw": one.draw.number} | (
        {"came_back_as": one.rebound.task.number} if one.rebound else {})  # fmt: skip
    record(task, LOOKED.name, actor, described(actor, task, role, party), now, from_state=task.state, step=LOOKED,
           given={"remark": remark}, facts=facts)  # fmt: skip
    db.session.flush()


def _visit(of: Draw, old: Finding, actor: Person, now: datetime) -> Inspection:
    """The look-back visit of the draw, or a new one where that has ended or is another unit's."""
    visit = of.inspection
    if visit is not None and visit.task.open and INSPECTOR in roles_of(actor, visit.task):
        return visit
    seat = next(s for s in actor.seats if s.kind == "inspector" and old.task.unit_path.startswith(s.reach))
    today = day_of(now)
    of.inspection = record_visit(
        actor, db.session.get_one(Unit, seat.unit_id), now=now, kind="look_back", purpose=f"回头看（{of.number}）",
        place="", starts_on=today, ends_on=today, levels=[(level.by, level.unit_id) for level in old.inspection.levels],
    )  # fmt: skip
    return of.inspection
