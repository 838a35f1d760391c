"""Desks and pages that look across the rooms; read-only."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("overview", __name__)

# Each page hangs itself onto `bp` when it is loaded.
from app.overview import (  # noqa: E402, F401  # noqa: E402, F401
    views_coverage,
    views_desk,
    views_handover,
    views_help,
    views_inbox,
    views_search,
    views_unit,
    views_week,
)
