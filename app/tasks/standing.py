"""Who stands where: the roles of an actor in a task, who may verify, and whom it waits on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.people import queries as people
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Party, Task
from workflows.grammar import Step
from workflows.roles import Role

ON_BEHALF = frozenset({Role.HEAD, Role.OWNER})


class TheClock:
    """The machine as an actor: it has a role and a name, but no posts."""

    id = None
    name = "系统"
    identities: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    seats: tuple[Any, ...] = ()

    def acts_for(self, task: object) -> bool:
        """The machine acts for nobody."""
        return False

    def sits(self, kind: str, unit_id: int | None) -> bool:
        """The machine holds no post."""
        return False


CLOCK = TheClock()
Actor = Person | TheClock


@dataclass(frozen=True)
class Standing:
    """In which role an actor takes a step, and for whom when not in her own name."""

    role: Role
    post: str = ""
    unit: str = ""
    for_id: int | None = None
    for_name: str = ""


def parties_now(task: Task, role: Role) -> list[Party]:
    """Who stands in that relation now; a verifier only at the task's level."""
    return [party for party in task.parties_as(role) if _counts(party, task)]


def _counts(party: Party, task: Task) -> bool:
    return party.role != Role.VERIFIER or party.level == task.level


def roles_of(actor: Actor, task: Task) -> dict[Role, Party | None]:
    """The roles `actor` has in `task` now, each with the party it comes from."""
    if isinstance(actor, TheClock):
        return {Role.CLOCK: None}
    found: dict[Role, Party | None] = {}
    for party in task.parties:
        if party.until is None and _counts(party, task) and party.is_filled_by(actor):
            found[Role(party.role)] = party
    if actor.acts_for(task):
        found = dict.fromkeys(ON_BEHALF) | found
    return found


def standing_for(actor: Actor, task: Task, step: Step) -> Standing | None:
    """The standing in which `actor` may take `step`, or None."""
    roles = roles_of(actor, task)
    role = next((role for role in Role if role in step.by and role in roles), None)
    return None if role is None else described(actor, task, role, roles[role])


def described(actor: Actor, task: Task, role: Role, party: Party | None) -> Standing:
    """How `actor` stands in that role, and for whom when a party or a unit without an account is meant."""
    if isinstance(actor, TheClock):
        return Standing(role)
    seat = next(iter(sorted(actor.seats, key=lambda s: _distance(s, party))), None)
    if seat is None:
        return Standing(role)
    for_id, for_name = seat.for_id, seat.for_name or ""
    if party is not None and party.person_id not in (None, actor.id) and party.person:
        for_id, for_name = party.person_id, party.person.name
    if party is None and task.unit:
        for_name = task.unit.name
    return Standing(role, seat.title or seat.kind, seat.unit_name, for_id, for_name)


def onlooker(actor: Person) -> Standing:
    """How somebody stands who sees a task and has no part in it."""
    seat = next(iter(actor.seats), None)
    return Standing(Role.LEADER, seat.title or seat.kind, seat.unit_name) if seat else Standing(Role.LEADER)


def as_before(entry: Entry) -> Standing:
    """How the actor of `entry` stood when it was written."""
    return Standing(Role.OWNER, entry.actor_post, entry.actor_unit, entry.on_behalf_id, entry.on_behalf_name)


def _distance(seat: Any, party: Party | None) -> tuple[bool, bool, bool]:
    if party is None:
        return (False, False, seat.for_id is not None)
    fits = seat.unit_id == party.unit_id and party.post in (None, seat.kind)
    principal = party.person_id is not None and seat.for_id == party.person_id
    return (not fits, not principal and seat.for_id is not None, False)


def eligible_verifiers(task: Task, level: int, but: frozenset[int] = frozenset()) -> list[Person]:
    """Who could verify at `level`: people there today who are neither doers nor verified an earlier level.

    `but` are the ids of whoever is taking the step that leads there: her entry is not written yet.
    """
    parties = [p for p in task.parties_as(Role.VERIFIER) if p.level == level]
    return eligible(parties, task.subject.doers | task.subject.passed_by | but)


def eligible(parties: list[Party], barred: frozenset[int]) -> list[Person]:
    """Who is one of those parties today without being barred, in her own name or by whom she stands in for."""
    return [person for person in people.filling(parties) if not (person.identities & barred)]
