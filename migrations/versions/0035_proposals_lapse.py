"""Proposals lapse when what they are about has moved on; nobody decided them, and the reason is kept."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

OUTCOME = "outcome IS NULL OR outcome IN ('adopted', 'dismissed'{})"
BY_SOMEBODY = "(outcome IS NULL{}) = (decided_by_id IS NULL)"


def upgrade() -> None:
    _allow(", 'lapsed'", " OR outcome = 'lapsed'")


def downgrade() -> None:
    op.execute("DELETE FROM proposals WHERE outcome = 'lapsed'")
    _allow("", "")


def _allow(outcome: str, nobody: str) -> None:
    with op.batch_alter_table("proposals") as table:
        table.drop_constraint(op.f("ck_proposals_outcome"), type_="check")
        table.drop_constraint(op.f("ck_proposals_by_somebody"), type_="check")
        table.create_check_constraint(op.f("ck_proposals_outcome"), OUTCOME.format(outcome))
        table.create_check_constraint(op.f("ck_proposals_by_somebody"), BY_SOMEBODY.format(nobody))
