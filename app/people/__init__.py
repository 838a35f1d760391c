"""Who signs in, and which posts they hold from when to when."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Tie Flask-Login to the table of sign-ins."""
    from app.people import sessions  # the app is being joined: models are loaded only now

    sessions.init_app(app)
