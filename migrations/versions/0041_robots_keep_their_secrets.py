"""Robots keep their secrets: address and secret are concealed under the house's own; only the host stays readable."""

import json
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

from app.secrecy import Unreadable, conceal, reveal

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

USE = "channels"


def upgrade() -> None:
    op.add_column("channels", sa.Column("sealed", sa.Text(), nullable=False, server_default=""))
    for number, address, secret in _all("address", "secret"):
        parts = urlsplit(address)
        sealed = conceal(USE, json.dumps([address, secret]))
        _set(number, address=f"{parts.scheme}://{parts.hostname}", sealed=sealed)
    op.drop_column("channels", "secret")


def downgrade() -> None:
    """What can no longer be read keeps its host and waits for somebody to enter the rest."""
    op.add_column("channels", sa.Column("secret", sa.String(200), nullable=False, server_default=""))
    for number, sealed in _all("sealed"):
        try:
            address, secret = json.loads(reveal(USE, sealed))
        except Unreadable:
            continue
        _set(number, address=address, secret=secret)
    op.drop_column("channels", "sealed")


def _all(*columns: str) -> list[sa.Row]:
    channels = sa.table("channels", sa.column("id"), sa.column("kind"), *map(sa.column, columns))
    robots = sa.select(channels.c.id, *(channels.c[name] for name in columns)).where(channels.c.kind != "mail")
    return list(op.get_bind().execute(robots))


def _set(number: int, **values: str) -> None:
    channels = sa.table("channels", sa.column("id"), *map(sa.column, values))
    op.get_bind().execute(sa.update(channels).where(channels.c.id == number).values(**values))
