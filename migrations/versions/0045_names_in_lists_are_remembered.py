"""What an issuing unit means by a name in its lists is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_names",
        sa.Column("issuer_unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer_unit_id", "name", name="pk_intake_names"),
        sa.ForeignKeyConstraint(["issuer_unit_id"], ["units.id"], name="fk_intake_names_issuer_unit_id_units"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_intake_names_unit_id_units"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_intake_names_person_id_persons"),
    )
    op.create_index("ix_intake_names_unit_id", "intake_names", ["unit_id"])


def downgrade() -> None:
    op.drop_table("intake_names")
