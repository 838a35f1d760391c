"""A made-up county with as many findings as asked for; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.db import db
from app.folding import fold
from app.people.models import Person, Post
from app.tasks.models import NO_DATE
from app.units.models import Unit
from bench.loading import load, numbered, settle

DISTRICTS, SCHOOLS = 10, 100
SUPERVISOR, HEAD = "bench-supervisor", "bench-head"
TITLES = ("围墙开裂，有倒塌危险", "消防通道堆放杂物", "食堂留样记录不完整", "功能室仪器配备不足", "教师流动档案缺失")
CLAUSES = ("安全 3.2", "办学 12", "食品 7.1", "装备 4", "")
CATEGORIES = ("校园安全", "规范办学", "食品卫生", "办学条件", "队伍建设")
STATES = ("issued", "planning", "rectifying", "rectifying", "verifying", "closed", "closed", "closed")
WAITS = {"issued": "head", "planning": "owner", "rectifying": "owner", "verifying": "verifier"}
TASK = (
    "id", "kind", "number", "title", "folded", "unit_id", "unit_path", "inspected_unit_id", "issuer_unit_id",
    "parent_id", "category", "clause", "weight", "track", "state", "level", "levels", "due_on", "due_key", "open",
    "owner_id", "found_on", "created_at", "issued_at", "submitted_at", "closed_at", "returns", "entry_seq",
    "entry_head", "version",
)  # fmt: skip


def county(count: int, today: date, schools: int = SCHOOLS) -> None:
    """Units, people and `count` findings of one visit, each with its parties and its open wait."""
    bureau = _unit("bench-bureau", "bureau", "清河县教育局", None)
    office = _unit("bench-office", "department", "清河县教育督导室", bureau)
    districts = [_unit(f"bench-d{n}", "district", f"第{n + 1}学区", bureau) for n in range(DISTRICTS)]
    below = [_unit(f"bench-s{n}", "school", f"清河县第{n + 1}小学", districts[n % DISTRICTS]) for n in range(schools)]
    people = {SUPERVISOR: _person(SUPERVISOR, "许文清", "inspector", office, today)}
    for n, s in enumerate(below):
        _person(HEAD if n == 0 else f"bench-h{n}", "李秀云", "head", s, today)
    owners = [_person(f"bench-o{n}", "张明远", "member", school, today) for n, school in enumerate(below)]
    db.session.flush()
    seats = [(school.id, school.path, owners[n].id) for n, school in enumerate(below)]
    _findings(count, today, office.id, people[SUPERVISOR].id, seats)


def _unit(code: str, kind: str, name: str, parent: Unit | None) -> Unit:
    unit = Unit(code=code, kind=kind, name=name, parent=parent, path="", folded=fold(name))
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    return unit


def _person(login: str, name: str, kind: str, unit: Unit, today: date) -> Person:
    moment = _at(today, 400)
    person = Person(login=login, name=name, folded=fold(f"{name} {login}"), created_at=moment, activated_at=moment)
    db.session.add(Post(person=person, unit=unit, kind=kind, title="", starts_on=today - timedelta(days=400)))
    return person


def _findings(count: int, today: date, office: int, inspector: int, seats: list[tuple[int, str, int]]) -> None:
    visit = (1, "inspection", "BENCH-V", "专项检查", "", office, "/1/2/", None, office, None, "", "", "ordinary",
             "deadline", "recording", 1, 1, None, NO_DATE, True, None, today, _at(today, 99), _at(today, 99), None,
             None, 0, 0, "", 1)  # fmt: skip
    load("tasks", TASK, [visit])
    load("inspections", ("id", "task_id", "kind", "purpose", "place", "starts_on", "ends_on", "last_seq"),
         [(1, 1, "special", "校园安全专项检查", "", today, today, count)])  # fmt: skip
    load("tasks", TASK, (_task(n, today, office, seats) for n in range(count)))
    load("findings", ("id", "task_id", "inspection_id", "seq", "text", "place", "basis", "demand", "protection",
                      "deadline_raw", "extra"),
         ((n + 1, n + 2, 1, n + 1, TITLES[n % 5], "", "", "", "", "", "{}") for n in range(count)))  # fmt: skip
    load("waits", ("id", "task_id", "state", "level", "role", "unit_id", "post", "person_id", "started_at", "until"),
         numbered(wait for n in range(count) for wait in _wait(n, today, seats)))  # fmt: skip
    load("parties", ("id", "task_id", "role", "level", "unit_id", "post", "person_id", "since"),
         numbered(p for n in range(count) for p in _parties(n, today, office, inspector, seats)))  # fmt: skip
    settle(("tasks", "inspections", "findings", "waits", "parties"))


def _task(n: int, today: date, office: int, seats: list[tuple[int, str, int]]) -> tuple[Any, ...]:
    unit, path, owner = seats[n % len(seats)]
    state, title = _state(n), f"{TITLES[n % 5]}（{n}）"
    due = today + timedelta(days=(n * 7919) % 240 - 120)
    closed = state == "closed"
    submitted = _at(today, 3) if state in ("verifying", "closed") else None
    return (
        n + 2, "finding", f"BENCH-{n:06d}", title, fold(f"bench-{n:06d} {title}"), unit, path, unit, office, 1,
        CATEGORIES[n % 5], CLAUSES[n % 5], "ordinary", "deadline", state, 1, 2, due, due, not closed,
        None if state == "issued" else owner, today, _at(today, 60), _at(today, 60), submitted,
        _at(today, 1) if closed else None, int(n % 17 == 0), 1, "", 1,
    )  # fmt: skip


def _state(n: int) -> str:
    return STATES[(n // SCHOOLS + n) % len(STATES)]


def _wait(n: int, today: date, seats: list[tuple[int, str, int]]) -> Iterator[tuple[Any, ...]]:
    state = _state(n)
    if state == "closed":
        return
    unit, path, owner = seats[n % len(seats)]
    role = WAITS[state]
    district = int(path.split("/")[2])
    holder = {"head": (unit, "head", None), "owner": (unit, None, owner), "verifier": (district, "reviewer", None)}
    yield (n + 2, state, 1, role, *holder[role], _at(today, 5), _at(today, -5))


def _parties(n: int, today: date, office: int, inspector: int,
             seats: list[tuple[int, str, int]]) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    unit, path, owner = seats[n % len(seats)]
    district, since = int(path.split("/")[2]), _at(today, 60)
    yield (n + 2, "inspector", 0, office, "inspector", None, since)
    yield (n + 2, "inspector", 0, office, None, inspector, since)
    yield (n + 2, "head", 0, unit, "head", None, since)
    yield (n + 2, "owner", 0, unit, None, owner, since)
    yield (n + 2, "reviewer", 0, district, "reviewer", None, since)
    yield (n + 2, "verifier", 1, district, "reviewer", None, since)
    yield (n + 2, "verifier", 2, office, "inspector", None, since)
    if n < 4000 and n % 400 == 7:
        yield (n + 2, "supporter", 0, seats[0][0], "head", None, since)


def _at(today: date, days_ago: int) -> datetime:
    return datetime(today.year, today.month, today.day, 8, tzinfo=UTC) - timedelta(days=days_ago)
