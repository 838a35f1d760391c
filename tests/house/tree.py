"""Rules about the tree: what may stand where, what has a namesake, which names say nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import imports
from tests.house.rule import TreeRule

SHARED = {"layouts", "shared", "mail", "handbook"}
LADDER = ("models", "queries", "actions", "forms", "views")
DRAWERS = re.compile(rf"__init__|commands|models|({'|'.join(LADDER[1:])})(_\w+)?")
# What does not fit the drawers, by room and by name: the door, the bytes, the readers, the keys to the house.
OWN_DRAWERS = {
    "analysis": r"charts(_\w+)?|drawing|glance|keeping|lens|narrowing|scope|tables",
    "calendars": "lists",
    "tasks": ".*",
    "steps": ".*",
    "evidence": "|".join(
        (
            "storage|folder|s3|faults|receipt|names|kinds|strangers|pixels|documents|pictures|shrink",
            "brought|receiving|serving|sweeping|deriving|arriving|parts|tus|darkroom|links|glance|looks|prints|traces|trust|likeness|looking|rechecking|proving|sealed|reporting|hashing|spans|alone|repeats|ours|clearing",
        )
    ),
    "demo": ".*",
    "escalations": (
        r"alerting|auditing|beating|checks(_\w+)?|explaining|hearing|looking|previewing|refilling|speaking|sweeping|vouching|watches"
    ),
    "findings": "batch|chain|filters|ledger|narrowing|notices|origins|proofs|rows|sheet|vacancies|wishes",
    "intake": ".*",
    "jobs": "kinds|lease|rechecking|shown|work|working",
    "draws": "lots",
    "orders": "addressing|showing|telling|wording",
    "notices": "carriers|delivering|gathering|health|keys|lease|leaving|letters|sweeping|weekly|when",
    "overview": "coverage|desk|digest|frame|needs|search|settings",
    "papers": ".*",
    "people": r"codes|importing|lockout|passwords|planning(_\w+)?|sessions|staging|template|vocabulary|workbooks",
    "reports": "asking",
}
EMPTY = "helpers?|utils?|managers?|services?|handlers?|data|infos?|process|misc"
SAYS_NOTHING = re.compile(rf"(^|_)({EMPTY})(_|$)")


def _folders(root: Path) -> list[Path]:
    hidden = ("_", ".")
    return sorted(path for path in root.glob("*") if path.is_dir() and not path.name.startswith(hidden))


def strange_drawers(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("app/*/*.py")):
        allowed = OWN_DRAWERS.get(path.parent.name, "$^")
        if not DRAWERS.fullmatch(path.stem) and not re.fullmatch(allowed, path.stem):
            yield str(path.relative_to(root))


def _height(drawer: str) -> int:
    """How high a drawer hangs; -1 for one that is not on the ladder."""
    kind = drawer.split("_")[0]
    return LADDER.index(kind) if kind in LADDER else -1


def drawers_that_reach_up(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("app/*/*.py")):
        room, height = f"app.{path.parent.name}", _height(path.stem)
        for line, name in imports(path.read_text(encoding="utf-8")):
            above = [_height(word) for word in name.removeprefix(f"{room}.").split(".")[:1]]
            if name.startswith(f"{room}.") and height >= 0 and max(above) > height:
                yield f"{path.relative_to(root)}:{line}: {name}"


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
        "inside a room each drawer uses those below it, split or not",
        "hang the shared thing lower: " + " < ".join(LADDER),
        drawers_that_reach_up,
        planted={"app/units/queries_tree.py": "from app.units.actions_tree import grow"},
        sound={"app/units/views_tree.py": "from app.units.actions_tree import grow\nimport app.units.models"},
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
