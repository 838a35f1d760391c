"""Rectify: the only place where the rooms of the house are joined."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import Flask, request
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

import config
from app import db as database
from app.forms import csrf
from app.guard import weigh_strangers
from app.htmx import BEYOND
from app.steps import unserved

# Bottom to top: a room may lean on those before it.
ROOMS = (
    "acts", "units", "people", "calendars", "tasks", "evidence", "jobs", "steps", "inspections", "findings", "measures",
    "verifications", "extensions", "reports", "draws", "intake", "papers", "orders", "escalations", "analysis",
    "overview", "notices",
)  # fmt: skip
FITTINGS = ("words", "guard", "pressing", "errors", "about", "catalogue", "demo", "cli", "scheduler")


class RowNumber(IntegerConverter):
    """A number that a row may have: an address with a larger one leads nowhere."""

    def __init__(self, map: Map, *args: Any, **how: Any) -> None:
        super().__init__(map, *args, **{"max": BEYOND - 1, **how})


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The whole application, joined; `settings` replace what the environment says."""
    app = Flask(__name__, template_folder="../templates")
    app.config.update(settings or config.from_environment())
    app.url_map.converters["int"] = RowNumber
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if app.config["BEHIND_PROXIES"]:
        hops = app.config["BEHIND_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.teardown_request(_let_go)
    app.before_request(weigh_strangers)  # before anything asks for the form
    database.init_app(app)
    csrf.init_app(app)
    Migrate(app, database.db, directory="migrations", render_as_batch=True)
    for name in (*ROOMS, *FITTINGS):
        _join(app, name)
    if steps := unserved():
        raise RuntimeError(f"steps that no room serves: {steps}")
    return app


def _let_go(_error: BaseException | None) -> None:
    """Close the temporary files in which the request's uploads came."""
    request.close()


def _join(app: Flask, name: str) -> None:
    """Load a room's actions, hang in its views and let it set itself up."""
    room = import_module(f"app.{name}")
    _drawer(name, "actions")
    views = _drawer(name, "views")
    if views is not None:
        app.register_blueprint(views.bp)
    if hasattr(room, "init_app"):
        room.init_app(app)


def _drawer(room: str, drawer: str) -> Any:
    try:
        return import_module(f"app.{room}.{drawer}")
    except ModuleNotFoundError as missing:
        if missing.name == f"app.{room}.{drawer}":
            return None
        raise


# The tables of all rooms refer to each other by name, so they are all known before anybody asks for one.
for _room in ROOMS:
    for _tables in ("models", "entries", "due", "clocks", "watches", "traces", "sealed"):
        _drawer(_room, _tables)
