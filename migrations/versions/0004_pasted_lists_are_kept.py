"""Pasted lists are kept: word for word, once for each visit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_intake_batches_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_intake_batches_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_batches")),
        sa.UniqueConstraint("inspection_id", "sha256", name=op.f("uq_intake_batches_inspection_id")),
    )
    op.create_index("ix_intake_batches_person_id", "intake_batches", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_intake_batches_person_id", "intake_batches")
    op.drop_table("intake_batches")
