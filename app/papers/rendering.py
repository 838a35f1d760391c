"""The templates as they are shipped, each built by code when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from app.papers import shipped_forms, shipped_letters, shipped_plan, shipped_surveys
from app.papers.filling import render

__all__ = ["MEDIA_TYPE", "SHIPPED", "render", "shipped"]
SHIPPED: dict[str, Callable[[], bytes]] = {
    "notice": shipped_letters.notice, "opinion": shipped_letters.opinion, "plan": shipped_plan.plan,
    "report": shipped_letters.report, "application": shipped_forms.application, "order": shipped_forms.order,
    "talk": shipped_forms.talk, "extension": shipped_forms.extension, "circular": shipped_surveys.circular,
    "monthly": shipped_surveys.monthly,
}  # fmt: skip
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def shipped(kind: str) -> bytes:
    """The template as we ship it."""
    return SHIPPED[kind]()
