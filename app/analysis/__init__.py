"""What the numbers say: charts and tables over all findings that somebody may see, each with its list behind it."""

from __future__ import annotations

from flask import Flask

from app.analysis import charts_course, charts_open, charts_rates, glance, narrowing  # noqa: F401  charts enter themselves


def init_app(app: Flask) -> None:
    """Answer the filters of the ledger that look further than findings."""
    narrowing.answer()
