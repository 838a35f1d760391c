"""The sweep: from what people were told in the house to the outbox, each entry once for a person and a channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from flask import current_app

from app.clock import day_of
from app.db import db, unit_of_work
from app.notices import queries
from app.notices.models import MAIL, Notice
from app.notices.when import LADDERS, LATE, Quiet, Times, is_urgent, times
from app.pouring import pour_new

BATCH = 5_000  # seals swept in one transaction
AS_ALWAYS = ["inbox", "mail"]


class Hours(NamedTuple):
    """When somebody wants the digest, and when nothing."""

    digest_hour: int | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None


THE_GROUP = Hours()  # a group has one digest a day, at the house's hour, whoever's names are in it


def sweep(now: datetime) -> int:
    """Put everything newly heard into the outbox; returns how many notices that were."""
    new = queries.is_anything_new()
    db.session.rollback()
    if not new:
        return 0
    count, town = 0, Town(now)
    while True:
        with unit_of_work():
            mark = queries.mark()
            last = min(queries.last_seal(), mark.number + BATCH)
            if last <= mark.number:
                return count
            count += _put_out(queries.heard(mark.number, last, mark.since), town)
            mark.number = last


def _put_out(rows: list[Any], town: Town) -> int:
    town.meet(row.person_id for row in rows)
    notices = [notice for row in rows for notice in town.notices(row)]
    pour_new(Notice, notices)
    return len(notices)


class Town:
    """Who is told where and when; each person is asked for once a sweep."""

    def __init__(self, now: datetime) -> None:
        self.now, self.day = now, day_of(now)
        self.times: Times = times()
        channels = queries.channels()  # a paused one too: its notices wait
        self.mails = bool(current_app.config["SMTP_HOST"]) and any(channel.id == MAIL for channel in channels)
        self.robots = [(c.id, c.kind, c.unit_id, c.instant) for c in channels if c.is_robot]
        self.met: set[int] = set()
        self.people: dict[int, Any] = {}
        self.lines: dict[int, list[list[int]]] = {}
        self.moments: dict[tuple[Any, ...], datetime] = {}

    def meet(self, persons: Iterable[int]) -> None:
        """Ask for those that are not known yet."""
        strangers = set(persons) - self.met
        if strangers:
            self.people |= {row.id: row for row in queries.wishes(strangers)}
            self.lines |= queries.lines_of(strangers, self.day) if self.robots else {}
            self.met |= strangers

    def notices(self, row: Any) -> Iterator[dict[str, Any]]:
        """The rows of the outbox for one entry and one who was told of it."""
        person = self.people.get(row.person_id)
        if person is None:
            return
        urgent = is_urgent(row.kind, row.step, row.facts, row.person_id)
        late = bool(row.facts.get("caught_up")) or self.now - row.at > LATE
        duty = urgent or row.step in LADDERS  # asks something of her, so she cannot ask to be spared
        for channel_id in self._where(row, person, urgent, duty):
            due_at = self._due(person if channel_id == MAIL else THE_GROUP, urgent or late)
            yield {"entry_id": row.entry_id, "person_id": row.person_id, "channel_id": channel_id,
                   "task_id": row.task_id, "urgent": urgent, "duty": duty, "late": late, "due_at": due_at,
                   "skipped": ""}  # fmt: skip

    def _due(self, person: Any, at_once: bool) -> datetime:
        key = at_once, person.digest_hour, person.quiet_from, person.quiet_until
        if key not in self.moments:
            quiet = None if person.quiet_from is None else quiet_of(person)
            ask = self.times
            self.moments[key] = (
                ask.may_go(self.now, quiet) if at_once else ask.digest_after(self.now, person.digest_hour, quiet)
            )
        return self.moments[key]

    def _where(self, row: Any, person: Any, urgent: bool, duty: bool) -> Iterator[int]:
        named = row.facts.get("channels", AS_ALWAYS) if row.step in LADDERS else AS_ALWAYS
        if self.mails and person.email and "mail" in named and (duty or person.news is not False):
            yield MAIL
        if self.robots and person.groups is not False:
            yield from self._groups(row.person_id, "robot" in named, urgent)

    def _groups(self, person_id: int, by_ladder: bool, urgent: bool) -> Iterator[int]:
        """The robots of her nearest unit that has any, and every webhook from there upward."""
        found: set[int] = set()
        for line in self.lines.get(person_id, []):
            placed = [(line.index(robot[2]), robot) for robot in self.robots if robot[2] in line]
            nearest = min((height for height, robot in placed if robot[1] != "webhook"), default=-1)
            found |= {
                robot[0] for height, robot in placed
                if (height == nearest or robot[1] == "webhook") and (by_ladder or (urgent and robot[3]))
            }  # fmt: skip
        yield from sorted(found)


def quiet_of(person: Any) -> Quiet:
    """Her own quiet hours."""
    return Quiet(time(person.quiet_from), time(person.quiet_until))
