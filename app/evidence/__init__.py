"""Photos and papers that prove it: content-addressed, superseded, never overwritten."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let every page show the evidence of its task."""
    from app.evidence.receiving import Request  # the app is being joined: models are loaded only now
    from app.evidence.serving import panel

    app.request_class = Request
    app.jinja_env.globals["evidence_panel"] = panel
