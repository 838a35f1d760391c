"""Desks, counts and charts: what waits on me, what is late; read-only."""

from __future__ import annotations

from flask import Flask

from app.overview import frame


def init_app(app: Flask) -> None:
    """Give every page of the house its frame."""
    frame.init_app(app)
