"""Units know where they stand, so that a photo taken elsewhere is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("units") as table:
        table.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        table.add_column(sa.Column("longitude", sa.Double(), nullable=True))
        table.create_check_constraint(op.f("ck_units_position"), "(latitude IS NULL) = (longitude IS NULL)")


def downgrade() -> None:
    with op.batch_alter_table("units") as table:
        table.drop_constraint(op.f("ck_units_position"), type_="check")
        table.drop_column("longitude")
        table.drop_column("latitude")
