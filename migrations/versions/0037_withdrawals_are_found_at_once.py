"""Proposed withdrawals, few among all findings, are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

PROPOSED = sa.text("withdrawal_by_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_tasks_withdrawal", "tasks", ["withdrawal_by_id"], postgresql_where=PROPOSED, sqlite_where=PROPOSED
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_withdrawal", "tasks")
