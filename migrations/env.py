"""Runs migrations on the application's own engine; SQLite tables are rebuilt in batches."""

from alembic import context
from flask import current_app

from app.db import Base, UtcDateTime


def render(kind, item, _context):
    """Write moments as plain timestamps, so that a migration does not depend on the code of its day."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Upgrade or downgrade over one connection, each migration in its own transaction."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
