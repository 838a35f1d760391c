"""Evidence says what it shows: a photo, minutes, an invoice, a rule or a sign-in sheet; a measure asks for some."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PROOFS = "'invoice', 'minutes', 'photo', 'rule', 'sign_in'"


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it.
    for name in ("evidence", "uploads"):
        op.execute(
            f"ALTER TABLE {name} ADD COLUMN proof VARCHAR(8) DEFAULT '' NOT NULL "
            f"CONSTRAINT ck_{name}_proof CHECK (proof IN ('', {PROOFS}))"
        )
    op.execute("UPDATE evidence SET proof = 'photo' WHERE media_type LIKE 'image/%' AND kind <> 'scan'")
    op.create_table(
        "proofs_asked",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(length=8), nullable=False),
        sa.CheckConstraint(f"proof IN ({PROOFS})", name=op.f("ck_proofs_asked_proof")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_proofs_asked_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", "proof", name=op.f("pk_proofs_asked")),
    )


def downgrade() -> None:
    op.drop_table("proofs_asked")
    for name in ("uploads", "evidence"):
        op.drop_column(name, "proof")
