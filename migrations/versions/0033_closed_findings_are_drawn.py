"""Closed findings are drawn by lot for re-inspection; what made the draw is kept with its results."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("size BETWEEN 1 AND 200", name=op.f("ck_draws_size")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_draws_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_draws_person_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_draws_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("number", name=op.f("uq_draws_number")),
    )
    op.create_index("ix_draws_unit_id", "draws", ["unit_id"])
    op.create_table(
        "drawn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by_id", sa.Integer(), nullable=True),
        sa.Column("rebound_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("result IN ('passed', 'rebound')", name=op.f("ck_drawn_result")),
        sa.CheckConstraint("(result IS NULL) = (looked_at IS NULL)", name=op.f("ck_drawn_looked")),
        sa.CheckConstraint("(result IS NULL) = (looked_by_id IS NULL)", name=op.f("ck_drawn_by_somebody")),
        sa.CheckConstraint(
            "(rebound_id IS NOT NULL) = (result IS NOT NULL AND result = 'rebound')", name=op.f("ck_drawn_rebound")
        ),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_drawn_draw_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_drawn_finding_id")),
        sa.ForeignKeyConstraint(["looked_by_id"], ["persons.id"], name=op.f("fk_drawn_looked_by_id")),
        sa.ForeignKeyConstraint(["rebound_id"], ["findings.id"], name=op.f("fk_drawn_rebound_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn")),
        sa.UniqueConstraint("draw_id", "finding_id", name=op.f("uq_drawn_draw_id")),
    )
    for column in ("finding_id", "rebound_id"):
        op.create_index(f"ix_drawn_{column}", "drawn", [column])


def downgrade() -> None:
    op.drop_table("drawn")
    op.drop_table("draws")
