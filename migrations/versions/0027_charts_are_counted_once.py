"""Charts are counted once where that takes long, and shown as of then; moments that charts ask for are indexed."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("chart", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=600), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_counts_whose")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_counts_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_counts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counts")),
        sa.UniqueConstraint("key", "chart", "asked", name=op.f("uq_counts_key")),
    )
    op.create_index("ix_counts_looked_at", "counts", ["looked_at"])
    op.create_index("ix_tasks_issued", "tasks", ["kind", "issued_at"])
    op.create_index("ix_tasks_closed", "tasks", ["kind", "closed_at"])
    op.create_index("ix_waits_ended", "waits", ["ended_at"])


def downgrade() -> None:
    op.drop_index("ix_waits_ended", "waits")
    op.drop_index("ix_tasks_closed", "tasks")
    op.drop_index("ix_tasks_issued", "tasks")
    op.drop_index("ix_counts_looked_at", "counts")
    op.drop_table("counts")
