"""The pages of people: getting in, and (for administrators) who there is."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("people", __name__)

# Each page hangs itself onto `bp` when it is loaded.
from app.people import views_access, views_account, views_admin, views_cards, views_import  # noqa: E402, F401
