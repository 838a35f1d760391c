"""Rules about the tree: what may stand where, what has a namesake, which names say nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rule import TreeRule

SHARED = {"layouts", "shared", "mail", "handbook"}
DRAWERS = re.compile(r"(__init__|(models|queries|actions|forms|views)(_\w+)?)\.py")
# Rooms whose work does not fit the drawers, each named in architecture: the door, the bytes, the readers.
OWN_DRAWERS = {
    "tasks": ".*",
    "evidence": "(storage|pictures|kinds)",
    "intake": ".*",
    "steps": ".*",
    "people": "(sessions|passwords|lockout|commands)",
}
EMPTY = "helpers?|utils?|managers?|services?|handlers?|data|infos?|process|misc"
SAYS_NOTHING = re.compile(rf"(^|_)({EMPTY})(_|$)")


def _folders(root: Path) -> list[Path]:
    hidden = ("_", ".")
    return sorted(path for path in root.glob("*") if path.is_dir() and not path.name.startswith(hidden))


def strange_drawers(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("app/*/*.py")):
        allowed = OWN_DRAWERS.get(path.parent.name, "$^")
        if not DRAWERS.fullmatch(path.name) and not re.fullmatch(allowed, path.stem):
            yield str(path.relative_to(root))


def templates_without_a_room(root: Path) -> Iterator[str]:
    for folder in _folders(root / "templates"):
        room = root / "app" / folder.name
        if folder.name not in SHARED and not room.is_dir() and not room.with_suffix(".py").exists():
            yield f"templates/{folder.name}"


def empty_names(root: Path) -> Iterator[str]:
    for top in ("app", "workflows", "tests", "bench"):
        for path in sorted((root / top).rglob("*.py")):
            if any(SAYS_NOTHING.search(word) for word in (*path.parent.relative_to(root).parts, path.stem)):
                yield str(path.relative_to(root))


def _functions(path: Path) -> list[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]


def _public(path: Path) -> list[str]:
    if not path.exists():
        return []
    module = ast.parse(path.read_text(encoding="utf-8"))
    defined = [node.name for node in module.body if isinstance(node, ast.FunctionDef)]
    return [name for name in defined if not name.startswith("_")]


def untested_law(root: Path) -> Iterator[str]:
    tested = [name for path in root.glob("tests/workflows/**/*.py") for name in _functions(path)]
    for drawer in ("conditions.py", "effects.py"):
        for name in _public(root / "workflows" / drawer):
            if not any(re.match(rf"test_{name}(_|$)", test) for test in tested):
                yield f"workflows/{drawer}: {name}"


CONDITION = {"workflows/conditions.py": "def has_a_measure(case): ..."}
EFFECT = {"workflows/effects.py": "def stamp_closed(case): ..."}

RULES = [
    TreeRule(
        "a room has drawers and nothing else: models, queries, actions, forms, views",
        "put the line into the drawer it speaks for; named exceptions stand in tests/house/tree.py",
        strange_drawers,
        planted={"app/units/helpers.py": "", "app/evidence/tools.py": ""},
        sound={"app/units/views_import.py": "", "app/evidence/storage.py": "", "app/tasks/perform.py": ""},
    ),
    TreeRule(
        "templates mirror the rooms",
        "name the folder as its room is named",
        templates_without_a_room,
        planted={"templates/things/index.html": ""},
        sound={"templates/units/index.html": "", "app/units/views.py": "", "templates/shared/_x.html": ""},
    ),
    TreeRule(
        "a name says what is inside (never helper, util, manager, service, handler, data, info, process)",
        "name it by the noun it holds or the verb it does",
        empty_names,
        planted={"app/findings/finding_utils.py": ""},
        sound={"app/findings/queries.py": "", "app/dates.py": ""},
    ),
    TreeRule(
        "every condition and effect of the law has its namesake test",
        "write test_<its name>… in tests/workflows; an effect that did nothing survived everything else",
        untested_law,
        planted={**CONDITION, **EFFECT, "tests/workflows/test_a.py": "def test_has_a_measurement(): ..."},
        sound={**CONDITION, "tests/workflows/test_a.py": "def test_has_a_measure_or_waits(): ..."},
    ),
]
