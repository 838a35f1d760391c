"""Waits are settings: so many days for a state, by track and weight, each with its source."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("track", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.String(length=10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("days BETWEEN 1 AND 365", name=op.f("ck_clocks_days")),
        sa.CheckConstraint("unit IN ('calendar', 'working')", name=op.f("ck_clocks_unit")),
        sa.CheckConstraint("track IN ('', 'deadline', 'immediate', 'long_term')", name=op.f("ck_clocks_track")),
        sa.CheckConstraint("weight IN ('', 'major', 'ordinary', 'serious')", name=op.f("ck_clocks_weight")),
        sa.ForeignKeyConstraint(["set_by_id"], ["persons.id"], name=op.f("fk_clocks_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint("kind", "state", "track", "weight", name=op.f("uq_clocks_kind")),
    )


def downgrade() -> None:
    op.drop_table("clocks")
