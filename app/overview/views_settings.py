"""One page with every default, for administrators."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.guard import for_administrators
from app.htmx import answer_json, page, wants_json
from app.overview import settings as defaults
from app.overview.views import bp


@bp.get("/settings")
@for_administrators
def settings() -> Any:
    """What holds, where it comes from, and who changed it when."""
    found = [(one, url_for(one.page) if one.page else "") for one in defaults.listed()]
    if wants_json():
        return answer_json(settings=[
            {"name": one.name, "value": one.value, "source": one.source, "url": url or None,
             "changed_by": one.act.actor_name if one.act else None,
             "changed_at": one.act.at.isoformat() if one.act else None} for one, url in found
        ])  # fmt: skip
    return page("overview/settings.html", settings=found)
