"""Pictures are found in the index alone: each band's index carries what a look-up reads."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BEFORE, AFTER = ("kind",), ("kind", "h", "evidence_id", "part")


def upgrade() -> None:
    _index(AFTER)


def downgrade() -> None:
    _index(BEFORE)


def _index(behind: tuple[str, ...]) -> None:
    for band in range(4):
        op.drop_index(f"ix_picture_hashes_b{band}", "picture_hashes")
        op.create_index(f"ix_picture_hashes_b{band}", "picture_hashes", [f"b{band}", *behind])
