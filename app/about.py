"""What machines ask of the house: whether it is well, and what it can do."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask
from sqlalchemy import text

from app.clock import now
from app.db import db
from app.escalations.vouching import vital_signs
from app.htmx import answer_json
from app.notices.health import standing
from app.steps.openapi import document
from config import VERSION

bp = Blueprint("about", __name__)


def init_app(app: Flask) -> None:
    """Hang in the two routes."""
    app.register_blueprint(bp)


@bp.get("/openapi.json")
def openapi() -> Any:
    """The OpenAPI document, drawn from the law."""
    return answer_json(**document(VERSION))


@bp.get("/healthz")
def healthz() -> Any:
    """Whether the database answers, how the tick and the deliverer fare; for proxies, monitors and `make run`."""
    db.session.execute(text("SELECT 1"))
    return answer_json(state="ok", version=VERSION, **vital_signs(now()), deliverer=standing(now()).as_json())
