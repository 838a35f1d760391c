"""Uploads may repeat a piece that stands there already: the same file sent twice is kept once."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

REPEATS = sa.text("repeats_id IS NOT NULL")


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it.
    op.execute(
        "ALTER TABLE uploads ADD COLUMN repeats_id INTEGER CONSTRAINT fk_uploads_repeats_id REFERENCES evidence (id)"
    )
    op.create_index("ix_uploads_repeats", "uploads", ["repeats_id"], postgresql_where=REPEATS, sqlite_where=REPEATS)


def downgrade() -> None:
    op.drop_index("ix_uploads_repeats", "uploads")
    op.drop_column("uploads", "repeats_id")
