"""Pictures are recognised: hashes in bands, what a photo says of itself, and which others are like it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_hashes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("h", sa.BigInteger(), nullable=False),
        *(sa.Column(f"b{band}", sa.Integer(), nullable=False) for band in range(4)),
        sa.CheckConstraint("kind IN ('d', 'p')", name=op.f("ck_picture_hashes_kind")),
        sa.CheckConstraint("part IN ('framed', 'inner1', 'inner2', 'whole')", name=op.f("ck_picture_hashes_part")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_picture_hashes_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_hashes")),
        sa.UniqueConstraint("evidence_id", "kind", "part", name=op.f("uq_picture_hashes_evidence_id")),
    )
    for band in range(4):
        op.create_index(f"ix_picture_hashes_b{band}", "picture_hashes", [f"b{band}", "kind"])
    op.create_table(
        "photo_facts",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("is_plain", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("software", sa.String(length=80), nullable=False),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_photo_facts_place")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_photo_facts_evidence_id")),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_photo_facts")),
    )
    op.create_table(
        "likenesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.CheckConstraint("kind IN ('alike', 'exact')", name=op.f("ck_likenesses_kind")),
        sa.CheckConstraint("evidence_id <> other_id", name=op.f("ck_likenesses_two")),
        sa.CheckConstraint(
            "(dismissed_at IS NULL) = (dismissed_by_id IS NULL)", name=op.f("ck_likenesses_dismissed")
        ),
        sa.CheckConstraint("dismissed_at IS NULL OR remark <> ''", name=op.f("ck_likenesses_remark")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_likenesses_evidence_id")),
        sa.ForeignKeyConstraint(["other_id"], ["evidence.id"], name=op.f("fk_likenesses_other_id")),
        sa.ForeignKeyConstraint(["dismissed_by_id"], ["persons.id"], name=op.f("fk_likenesses_dismissed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likenesses")),
        sa.UniqueConstraint("evidence_id", "other_id", name=op.f("uq_likenesses_evidence_id")),
    )
    op.create_index("ix_likenesses_other", "likenesses", ["other_id"])


def downgrade() -> None:
    for table in ("likenesses", "photo_facts", "picture_hashes"):
        op.drop_table(table)
