"""Checking rows of units against what is there and against each other."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.people import vocabulary
from app.people.importing import Row
from app.people.planning import UnitLine
from app.units.models import Unit

Called = dict[str, list[Unit]]
Near = dict[str, str]  # the names that were looked for among similar ones, and what was found
LOOKED_FOR = 100  # so many names at most: each is held against everything a unit is called
LIMITS = {"name": 120, "code": 40, "aliases": 390}


def planned(rows: list[Row], called: Called, near: Near) -> list[UnitLine]:
    """One line per row; rows may stand in any order, a unit above may come further down."""
    lines = [UnitLine(row, row.get("name")) for row in rows]
    by_name: dict[str, list[UnitLine]] = {}
    for line in lines:
        by_name.setdefault(line.what, []).append(line)
    for line in lines:
        line.says += _said(line)
        _hang(line, by_name, called, near)
    for line in lines:
        _compare(line, called)
    _find_twins(lines)
    _find_circles(lines)
    return lines


def _said(line: UnitLine) -> list[Any]:
    row, says = line.row, []
    if not line.what:
        says.append(_l("The name is missing."))
    for column, limit in LIMITS.items():
        if len(row.get(column)) > limit:
            says.append(_l("“%(start)s…” is longer than %(max)d characters.", start=row.get(column)[:12], max=limit))
    line.kind = vocabulary.unit_kind(row.get("kind"), line.what)
    if not line.kind:
        says.append(_l("The kind of unit is not clear: write 教育局, 科室, 学区, 学校 or 其他."))
    account = vocabulary.yes_or_no(row.get("account"))
    if account is None:
        says.append(_l("Whether it has an account is not clear: write 有 or 无."))
    line.account = account is not False
    return says


def _hang(line: UnitLine, by_name: dict[str, list[UnitLine]], called: Called, near: Near) -> None:
    name = line.row.get("parent")
    if name:
        line.above, says = found(name, by_name, called, near)
        line.says += says


def found(
    name: str, by_name: dict[str, list[UnitLine]], called: Called, near: Near
) -> tuple[Unit | UnitLine | None, list[Any]]:
    """The one unit of that name, there already or in the table; otherwise why not, with the nearest name."""
    there: list[Any] = called.get(name) or by_name.get(name, [])
    if len(there) == 1:
        return there[0], []
    if there:
        return None, [_l("Several units are called “%(name)s”; write the code instead.", name=name)]
    if name not in near and len(near) < LOOKED_FOR:
        near[name] = vocabulary.nearest(name, [*called, *by_name])
    if near.get(name):
        return None, [_l("No unit is called “%(name)s”. Did you mean “%(near)s”?", name=name, near=near[name])]
    return None, [_l("No unit is called “%(name)s”. Add a row for it, or correct the name.", name=name)]


def _compare(line: UnitLine, called: Called) -> None:
    """Whether it is there already: by code, or by name below the same unit; nothing is overwritten."""
    code = line.row.get("code")
    coded = [unit for unit in called.get(code, []) if unit.code == code] if code else []
    if coded and line.what not in {coded[0].name, *coded[0].other_names}:
        line.says.append(_l("The code %(code)s belongs to %(name)s already.", code=code, name=coded[0].name))
    alike = coded or [u for u in called.get(line.what, []) if u.name == line.what and _same_place(u, line)]
    if alike:
        line.unit, line.known = alike[0], True


def _same_place(unit: Unit, line: UnitLine) -> bool:
    if isinstance(line.above, UnitLine):
        return line.above.unit is not None and unit.parent_id == line.above.unit.id
    return unit.parent_id == (line.above.id if line.above else None) or not line.row.get("parent")


def _find_twins(lines: list[UnitLine]) -> None:
    seen: dict[Any, UnitLine] = {}
    for line in lines:
        code = line.row.get("code")
        for key in [("code", code)] * bool(code) + [("name", line.what, line.row.get("parent"))]:
            first = seen.setdefault(key, line)
            if first is not line and line.what:
                line.says.append(_l("The same as row %(row)d; delete one of the two.", row=first.row.number))
                break


def _find_circles(lines: list[UnitLine]) -> None:
    for line in lines:
        above, steps = line.above, 0
        while isinstance(above, UnitLine) and above is not line and steps <= len(lines):
            above, steps = above.above, steps + 1
        if above is line:
            line.says.append(_l("It stands below itself; correct the unit above."))
