"""The handbook: short chapters for each kind of user, and the law as it stands, drawn from its tables."""

from __future__ import annotations

from typing import Any

from app.htmx import page
from app.overview.views import bp
from app.people.sessions import open_to_all
from workflows.book import WORKFLOWS
from workflows.roles import LABELS


@bp.get("/help")
@open_to_all
def handbook() -> Any:
    """Everything on one page, to be printed or searched."""
    return page("handbook/index.html", workflows=WORKFLOWS.values(), roles=LABELS)
