"""Official papers out: letters, forms, ledgers and evidence packs, in the form that offices expect."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let every page offer the papers of what it shows."""
    from app.papers import forgetting, offering  # noqa: F401  the app is being joined: models are loaded only now

    app.jinja_env.globals["papers_of_finding"] = offering.for_finding
    app.jinja_env.globals["papers_of_visit"] = offering.for_visit
    app.jinja_env.globals["papers_of_unit"] = offering.for_unit
