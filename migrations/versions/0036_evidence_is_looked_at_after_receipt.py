"""Evidence is looked at soon after it was received: what is still due, and what cannot be opened."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("sight", sa.String(length=8), server_default="clear", nullable=False))
        batch.add_column(sa.Column("looking_until", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch.create_check_constraint(op.f("ck_evidence_sight"), "sight IN ('broken', 'clear', 'due')")
        batch.create_check_constraint(op.f("ck_evidence_looking"), "sight = 'due' OR looking_until IS NULL")
    due = sa.text("sight = 'due'")
    op.create_index("ix_evidence_due", "evidence", ["id"], postgresql_where=due, sqlite_where=due)


def downgrade() -> None:
    op.drop_index("ix_evidence_due", table_name="evidence")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("ck_evidence_looking"), type_="check")
        batch.drop_constraint(op.f("ck_evidence_sight"), type_="check")
        for column in ("looks", "looking_until", "sight"):
            batch.drop_column(column)
