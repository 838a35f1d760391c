"""What a leader decides on what stays late: supervision orders, circulars and talks, their receipts and answers."""

from flask import Flask
from flask_babel import lazy_gettext as _l


def init_app(app: Flask) -> None:
    """Let the page of whatever is covered show its orders, and circulars and talks have addresses of their own."""
    from app.findings import batch
    from app.orders import queries, showing, views  # the app is being joined: models are loaded only now

    app.register_blueprint(views.circulars)
    app.register_blueprint(views.talks)
    orders = batch.Beside(_l("Write orders"), frozenset(queries.ORDERING), "orders.many")
    batch.BESIDE[:] = [orders]
    app.jinja_env.globals["orders_of"] = showing.orders_of
    app.jinja_env.globals["orders_from_ledger"] = showing.orders_from_ledger
