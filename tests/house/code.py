"""Rules about Python: who may change what, who asks the time, how long things may grow."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator

from tests.house.rule import Rule

Finder = Callable[[str], Iterator[int]]
VIEWS = ("app/*/views*.py", "app/views*.py")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
    "func": {"now", "current_timestamp", "current_date"},
}


def _name(node: ast.AST) -> str:
    """The last word of `a.b.c` or `c`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _calls(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def imports(text: str) -> Iterator[tuple[int, str]]:
    """Every imported name with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def writes(column: str) -> Finder:
    """Lines that assign `.column`, by name, by setattr or in an UPDATE."""

    def find(text: str) -> Iterator[int]:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr == column and isinstance(node.ctx, ast.Store):
                yield node.lineno
        for call in _calls(text):
            updated = _name(call.func) in {"values", "update"} and column in {word.arg for word in call.keywords}
            if updated or (_name(call.func) == "setattr" and repr(column) in map(ast.unparse, call.args)):
                yield call.lineno

    return find


def commits(text: str) -> Iterator[int]:
    return (call.lineno for call in _calls(text) if _name(call.func) == "commit")


def asks_the_time(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(_name(node.value), ()):
            yield node.lineno
    yield from (line for line, name in imports(text) if name in {"time.time", "time.time_ns"})


def long_functions(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS) and (node.end_lineno or 0) - node.lineno >= 30:
            yield node.lineno


def longer_than(limit: int) -> Finder:
    def find(text: str) -> Iterator[int]:
        if text.count("\n") > limit:
            yield limit + 1

    return find


def opens_silently(text: str) -> Iterator[int]:
    opening = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    if not opening.endswith((".", "?", "!", ".)")):
        yield 1


def selects(text: str) -> Iterator[int]:
    asked = {"select", "scalars", "scalar", "execute"}
    return (call.lineno for call in _calls(text) if _name(call.func) in asked)


def imports_views(text: str) -> Iterator[int]:
    return (line for line, name in imports(text) if ".views" in name and name.startswith("app."))


def leaves_the_standard_library(text: str) -> Iterator[int]:
    known = sys.stdlib_module_names | {"workflows"}
    return (line for line, name in imports(text) if name.split(".")[0] not in known)


RULES = [
    Rule(
        "only the door changes a state",
        "call perform(task, step, actor, …); it checks, writes the entry and starts the next wait",
        writes("state"),
        bad=(
            'task.state = "closed"',
            'update(Task).values(state="closed")',
            'setattr(task, "state", "closed")',
        ),
        fine=('if task.state == "closed": pass', 'Task(state="draft")'),
        but=("app/tasks/perform.py",),
    ),
    Rule(
        "only reschedule writes due dates",
        "call app.tasks.reschedule: it keeps the original and says why the date moved",
        writes("due_on"),
        bad=("task.due_on = day", "update(Task).values(due_on=day)"),
        fine=("print(task.due_on)",),
        but=("app/tasks/reschedule.py",),
    ),
    Rule(
        "only db commits",
        "a request commits by itself; a command says `with unit_of_work():`; what must survive: aside()",
        commits,
        bad=("db.session.commit()",),
        fine=("db.session.flush()",),
        but=("app/db.py",),
    ),
    Rule(
        "only the clock asks the time",
        "take `now` as an argument; at the edge call app.clock.now() or today()",
        asks_the_time,
        bad=("datetime.now(UTC)", "x = dt.date.today()", "default(datetime.utcnow)", "from time import time"),
        fine=("clock.now()", "time.monotonic()", "from app.clock import now\nnow()"),
        but=("app/clock.py",),
    ),
    Rule(
        "a function fits on a card (30 lines)",
        "give each step of it a name; callers above the called",
        long_functions,
        bad=("def long():\n" + "    pass\n" * 30,),
        fine=("def short():\n" + "    pass\n" * 29,),
        among=("app/**/*.py", "workflows/**/*.py", "bench/**/*.py", "config.py", "wsgi.py"),
    ),
    Rule(
        "a file fits in the head (200 lines)",
        "split it by meaning; the drawers say how",
        longer_than(200),
        bad=("pass\n" * 201,),
        fine=("pass\n" * 200,),
        among=("app/**/*.py", "workflows/**/*.py", "bench/**/*.py", "config.py", "wsgi.py"),
    ),
    Rule(
        "every module opens with one sentence",
        "say in a docstring what the room or drawer is for",
        opens_silently,
        bad=("import os", '"""utils"""', ""),
        fine=('"""Who answers: the tree of units."""', '"""One.\n\nMore, without an end"""'),
        among=("app/**/*.py", "workflows/**/*.py", "bench/**/*.py", "config.py", "wsgi.py", "tests/**/*.py"),
    ),
    Rule(
        "a view asks no database",
        "put the SELECT into the room's queries.py, where it is always 'visible to viewer'",
        selects,
        bad=("rows = db.session.scalars(query)", "select(Finding)"),
        fine=("queries.get(current_user, 1)",),
        among=VIEWS,
    ),
    Rule(
        "nobody builds on a view",
        "move the shared thing to actions.py or queries.py; app/__init__.py alone joins the views",
        imports_views,
        bad=("from app.findings.views import page", "import app.units.views_import"),
        fine=("from app.findings.queries import get",),
        among=("app/**/*.py",),
        but=("app/__init__.py", "app/*/__init__.py", *VIEWS),
    ),
    Rule(
        "the law needs only the standard library",
        "hand the fact in as an argument",
        leaves_the_standard_library,
        bad=("import flask", "from app.tasks import task"),
        fine=("from workflows.grammar import say", "import datetime"),
        among=("workflows/**/*.py",),
    ),
]
