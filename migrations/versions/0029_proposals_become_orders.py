"""Proposals know what became of them: the order, circular or talk that was signed instead of the draft."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposals") as table:
        table.add_column(sa.Column("order_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_proposals_order_id"), "orders", ["order_id"], ["id"])
        table.create_check_constraint(op.f("ck_proposals_adopted"), "order_id IS NULL OR outcome = 'adopted'")
    op.create_index("ix_proposals_order_id", "proposals", ["order_id"])


def downgrade() -> None:
    op.drop_index("ix_proposals_order_id", "proposals")
    with op.batch_alter_table("proposals") as table:
        table.drop_constraint(op.f("ck_proposals_adopted"), type_="check")
        table.drop_constraint(op.f("fk_proposals_order_id"), type_="foreignkey")
        table.drop_column("order_id")
