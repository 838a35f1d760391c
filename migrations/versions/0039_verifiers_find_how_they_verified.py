"""Verifiers find how they verified last: the method stands ready for the next one."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_verifications_person", "verifications", ["person_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_verifications_person", "verifications")
