"""Pictures of minors are kept with care: labelled, and who looked at them or exported evidence is written down."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SENTENCE = "accesses are append-only"


def upgrade() -> None:
    op.add_column("evidence", sa.Column("shows_minors", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('export', 'view')", name=op.f("ck_accesses_what")),
        sa.CheckConstraint("(what = 'view') = (evidence_id IS NOT NULL)", name=op.f("ck_accesses_piece")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_accesses_evidence_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_accesses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
    )
    op.create_index("ix_accesses_at", "accesses", ["at"])
    _guard()


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER accesses_no_{act.lower()} BEFORE {act} ON accesses "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_accesses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER accesses_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON accesses "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_accesses()"
    )


def downgrade() -> None:
    op.drop_table("accesses")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_accesses()")
    op.drop_column("evidence", "shows_minors")
