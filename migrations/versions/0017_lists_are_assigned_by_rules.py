"""Lists are assigned by rules: days by weight, owners by unit and category, and what columns are taken for."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WEIGHTS = ("ordinary", "serious", "major")


def upgrade() -> None:
    op.create_table(
        "intake_days",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        *(sa.Column(weight, sa.Integer(), nullable=False) for weight in WEIGHTS),
        *(sa.CheckConstraint(f"{weight} BETWEEN 1 AND 730", name=op.f(f"ck_intake_days_{weight}")) for weight in WEIGHTS),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_intake_days_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_intake_days")),
    )
    op.create_table(
        "intake_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_unit_id"], ["units.id"], name=op.f("fk_intake_assignments_issuer_unit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_intake_assignments_unit_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_intake_assignments_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_assignments")),
        sa.UniqueConstraint(
            "issuer_unit_id", "unit_id", "category", name=op.f("uq_intake_assignments_issuer_unit_id")
        ),
    )
    for column in ("unit_id", "owner_id"):
        op.create_index(f"ix_intake_assignments_{column}", "intake_assignments", [column])
    op.create_table(
        "intake_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("meanings", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_intake_columns_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_intake_columns_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_columns")),
        sa.UniqueConstraint("unit_id", "headings", name=op.f("uq_intake_columns_unit_id")),
    )


def downgrade() -> None:
    for table in ("intake_columns", "intake_assignments", "intake_days"):
        op.drop_table(table)
