"""Evidence remembers how it came: from the camera or the album, reduced or not, and what is covered on it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it.
    op.execute(
        "ALTER TABLE evidence ADD COLUMN source VARCHAR(8) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_evidence_source CHECK (source IN ('', 'album', 'camera'))"
    )
    op.add_column("evidence", sa.Column("reduced", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("evidence", sa.Column("boxes", sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("boxes", "reduced", "source"):
        op.drop_column("evidence", column)
