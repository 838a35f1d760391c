"""Who signs in, and which posts they hold from when to when."""

import click
import sqlalchemy as sa
from flask import Flask

from app.db import db
from config import Unsafe


def init_app(app: Flask) -> None:
    """Tie Flask-Login to the table of sign-ins; in production nobody invented may be in the house."""
    from app.people import sessions  # the app is being joined: models are loaded only now

    sessions.init_app(app)
    # The commands still work, or nobody could migrate or put it right.
    if app.config["PRODUCTION"] and click.get_current_context(silent=True) is None:
        refuse_demo_people(app)


def refuse_demo_people(app: Flask) -> None:
    """Demo people are signed in by one tap; with one of them in the database production does not start."""
    with app.app_context():
        if not sa.inspect(db.engine).has_table("persons"):
            return
        found = sa.text("SELECT login FROM persons WHERE is_demo ORDER BY id LIMIT 1")
        with db.engine.connect() as connection:
            login = connection.scalar(found)
    if login:
        raise Unsafe(
            f"The database holds demo people (such as {login}). Rectify does not start with them in production: "
            "point DATABASE_URL and DATA_DIR at a database of your own and start again."
        )
