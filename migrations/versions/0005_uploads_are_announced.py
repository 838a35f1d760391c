"""Uploads are announced: what a phone sends piece by piece is known before it has arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
AWAITED = sa.text("evidence_id IS NULL AND dropped_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("reduced", sa.Boolean(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('after', 'before', 'paper', 'scan')", name=op.f("ck_uploads_kind")),
        sa.CheckConstraint("source IN ('', 'album', 'camera')", name=op.f("ck_uploads_source")),
        sa.CheckConstraint("length > 0", name=op.f("ck_uploads_length")),
        sa.CheckConstraint("evidence_id IS NULL OR dropped_at IS NULL", name=op.f("ck_uploads_one_end")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_uploads_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_uploads_task_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_uploads_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("person_id", "client_id", name=op.f("uq_uploads_person_id")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_uploads_evidence_id")),
    )
    op.create_index("ix_uploads_awaited", "uploads", ["task_id"], postgresql_where=AWAITED, sqlite_where=AWAITED)


def downgrade() -> None:
    op.drop_index("ix_uploads_awaited", "uploads")
    op.drop_table("uploads")
