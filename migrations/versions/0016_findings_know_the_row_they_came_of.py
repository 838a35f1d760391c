"""Findings know the row they came of, so that a batch can be undone and a changed list compared."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    taken = op.create_table(
        "intake_taken",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_intake_taken_finding_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["intake_batches.id"], name=op.f("fk_intake_taken_batch_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_intake_taken")),
    )
    op.create_index("ix_intake_taken_batch_id", "intake_taken", ["batch_id"])
    rows = _known()
    if rows:
        op.bulk_insert(taken, rows)


def _known() -> list[dict[str, object]]:
    """Pasted lists wrote their number into the findings that came of them."""
    connection = op.get_bind()
    batches = set(connection.execute(sa.text("SELECT id FROM intake_batches")).scalars())
    found = connection.execute(sa.text("SELECT id, text, extra FROM findings"))
    extras = [(row.id, row.text, json.loads(row.extra) if isinstance(row.extra, str) else row.extra) for row in found]
    return [
        {"finding_id": number, "batch_id": extra["batch"], "number": str(extra.get("number", ""))[:60],
         "said": {"text": text}}
        for number, text, extra in extras if (extra or {}).get("batch") in batches
    ]


def downgrade() -> None:
    op.drop_table("intake_taken")
