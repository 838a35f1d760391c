"""Batches remember their file: its name, what was set aside or changed, and that they were undone."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

UNIQUE = "uq_intake_batches_inspection_id"
STANDING = "undone_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("intake_batches") as batch:
        batch.drop_constraint(UNIQUE, type_="unique")
        batch.add_column(sa.Column("name", sa.String(length=255), nullable=False, server_default=""))
        batch.add_column(sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("source", sa.String(length=255), nullable=False, server_default=""))
        batch.add_column(sa.Column("preview_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("set_aside", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_intake_batches_undone_by_id"), "persons", ["undone_by_id"], ["id"])
        batch.create_check_constraint(
            op.f("ck_intake_batches_undone"), "(undone_at IS NULL) = (undone_by_id IS NULL)"
        )
    op.create_index(
        UNIQUE, "intake_batches", ["inspection_id", "sha256"], unique=True,
        postgresql_where=sa.text(STANDING), sqlite_where=sa.text(STANDING),
    )


def downgrade() -> None:
    op.execute("DELETE FROM intake_batches WHERE undone_at IS NOT NULL")
    op.drop_index(UNIQUE, "intake_batches")
    with op.batch_alter_table("intake_batches") as batch:
        batch.drop_constraint(op.f("ck_intake_batches_undone"), type_="check")
        batch.drop_constraint(op.f("fk_intake_batches_undone_by_id"), type_="foreignkey")
        for name in ("undone_by_id", "undone_at", "changes", "set_aside", "preview_id", "source", "size", "name"):
            batch.drop_column(name)
        batch.create_unique_constraint(UNIQUE, ["inspection_id", "sha256"])
