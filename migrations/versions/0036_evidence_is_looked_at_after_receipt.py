"""Evidence is looked at soon after it was received: what is still due, and what cannot be opened."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it, or be refused for it.
    moment = sa.DateTime(timezone=True).compile(dialect=op.get_bind().dialect)
    op.execute(
        "ALTER TABLE evidence ADD COLUMN sight VARCHAR(8) DEFAULT 'clear' NOT NULL "
        "CONSTRAINT ck_evidence_sight CHECK (sight IN ('broken', 'clear', 'due'))"
    )
    op.execute(
        f"ALTER TABLE evidence ADD COLUMN looking_until {moment} "
        "CONSTRAINT ck_evidence_looking CHECK (sight = 'due' OR looking_until IS NULL)"
    )
    op.add_column("evidence", sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False))
    due = sa.text("sight = 'due'")
    op.create_index("ix_evidence_due", "evidence", ["id"], postgresql_where=due, sqlite_where=due)


def downgrade() -> None:
    op.drop_index("ix_evidence_due", table_name="evidence")
    for column in ("looks", "looking_until", "sight"):
        op.drop_column("evidence", column)
