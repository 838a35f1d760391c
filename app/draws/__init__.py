"""Looking back (回头看): closed findings drawn by lot for re-inspection, and whether they held."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let the page of a closed finding say when it was looked at again."""
    from app.draws import queries  # the app is being joined: models are loaded only now

    app.jinja_env.globals["drawn_of"] = queries.drawn_of
