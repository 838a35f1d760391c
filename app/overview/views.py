"""Desks and pages that look across the rooms; read-only."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("overview", __name__)

# Each page hangs itself onto `bp` when it is loaded.
from app.overview import views_coverage, views_desk, views_handover, views_help, views_inbox  # noqa: E402, F401, I001
from app.overview import views_search, views_settings, views_unit, views_week  # noqa: E402, F401
