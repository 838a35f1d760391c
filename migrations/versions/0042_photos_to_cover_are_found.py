"""Photos that were sent back to be covered are found at once, few as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

WAITS = sa.text("cover_asked_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_evidence_to_cover", "evidence", ["task_id"], postgresql_where=WAITS, sqlite_where=WAITS)


def downgrade() -> None:
    op.drop_index("ix_evidence_to_cover", "evidence")
