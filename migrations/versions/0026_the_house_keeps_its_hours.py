"""The house keeps its hours: when it speaks, when it is quiet, when the day's digest leaves, each with its source."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hours",
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("name IN ('digest', 'office', 'quiet')", name=op.f("ck_hours_name")),
        sa.CheckConstraint("starts BETWEEN 0 AND 1439", name=op.f("ck_hours_starts")),
        sa.CheckConstraint("ends BETWEEN 0 AND 1439", name=op.f("ck_hours_ends")),
        sa.CheckConstraint("name <> 'office' OR starts < ends", name=op.f("ck_hours_office")),
        sa.CheckConstraint("name <> 'digest' OR starts = ends", name=op.f("ck_hours_digest")),
        sa.ForeignKeyConstraint(["set_by_id"], ["persons.id"], name=op.f("fk_hours_set_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hours")),
    )


def downgrade() -> None:
    op.drop_table("hours")
