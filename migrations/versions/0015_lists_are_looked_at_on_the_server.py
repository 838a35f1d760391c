"""Lists are looked at on the server: what was sent and what was corrected so far stays between two looks."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_intake_previews_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_intake_previews_person_id")),
        sa.ForeignKeyConstraint(["against_id"], ["intake_batches.id"], name=op.f("fk_intake_previews_against_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_previews")),
        sa.UniqueConstraint("inspection_id", "person_id", "sha256", name=op.f("uq_intake_previews_inspection_id")),
        sqlite_autoincrement=True,
    )
    for column in ("inspection_id", "person_id", "sha256"):
        op.create_index(f"ix_intake_previews_{column}", "intake_previews", [column])


def downgrade() -> None:
    op.drop_table("intake_previews")
