"""Lists are read from their indexes: SQLite sees through `open = 1` only, and parties are found by role."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = {
    "ix_tasks_open_due": ["kind", "due_key", "id"],
    "ix_tasks_unit_due": ["unit_id", "kind", "due_key", "id"],
    "ix_tasks_alarm": ["alarm_at"],
}


def _open_ones(condition: str) -> None:
    """SQLite uses a partial index only when the query says its condition letter for letter."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, columns in OPEN.items():
        op.drop_index(name, "tasks")
        op.create_index(name, "tasks", columns, sqlite_where=sa.text(condition))


def upgrade() -> None:
    _open_ones("open = 1")
    op.drop_index("ix_parties_unit_post", "parties")
    op.create_index("ix_parties_unit_post", "parties", ["unit_id", "post", "role", "task_id"])


def downgrade() -> None:
    _open_ones("open")
    op.drop_index("ix_parties_unit_post", "parties")
    op.create_index("ix_parties_unit_post", "parties", ["unit_id", "post", "task_id"])
