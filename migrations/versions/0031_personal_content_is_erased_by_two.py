"""Personal content is erased by two: proposed with a reason, confirmed by another; hash and tombstone stay."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OPEN = sa.text("outcome = 'open'")


def upgrade() -> None:
    op.add_column("evidence", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome IN ('erased', 'kept', 'open')", name=op.f("ck_erasures_outcome")),
        sa.CheckConstraint("(evidence_id IS NULL) <> (entry_id IS NULL)", name=op.f("ck_erasures_subject")),
        sa.CheckConstraint(
            "(outcome = 'open') = (decided_at IS NULL) AND (outcome = 'open') = (decided_by_id IS NULL)",
            name=op.f("ck_erasures_decided"),
        ),
        sa.CheckConstraint(
            "outcome <> 'erased' OR decided_by_id <> proposed_by_id", name=op.f("ck_erasures_two_persons")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_erasures_evidence_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_erasures_entry_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["persons.id"], name=op.f("fk_erasures_proposed_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["persons.id"], name=op.f("fk_erasures_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    for column in ("evidence_id", "entry_id"):
        name = f"ix_erasures_open_{column}"
        op.create_index(name, "erasures", [column], unique=True, postgresql_where=OPEN, sqlite_where=OPEN)


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_column("evidence", "erased_at")
