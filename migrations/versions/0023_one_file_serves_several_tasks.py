"""One file serves several tasks, openly: a row of its own names the first."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it.
    op.execute(
        "ALTER TABLE evidence ADD COLUMN shared_from_id INTEGER "
        "CONSTRAINT fk_evidence_shared_from_id REFERENCES evidence (id)"
    )
    op.create_index("ix_evidence_shared_from_id", "evidence", ["shared_from_id"])


def downgrade() -> None:
    op.drop_index("ix_evidence_shared_from_id", "evidence")
    op.drop_column("evidence", "shared_from_id")
