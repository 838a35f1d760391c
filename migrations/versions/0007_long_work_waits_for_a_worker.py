"""Long work waits for a worker: who asked, how far it is, and the file it made."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=1000), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("phase IN ('cancelled', 'done', 'failed', 'queued', 'running')", name=op.f("ck_jobs_phase")),
        sa.CheckConstraint("(phase = 'running') = (locked_until IS NOT NULL)", name=op.f("ck_jobs_lease")),
        sa.CheckConstraint("(phase IN ('queued', 'running')) = (ended_at IS NULL)", name=op.f("ck_jobs_ended")),
        sa.CheckConstraint("sha256 IS NULL OR phase = 'done'", name=op.f("ck_jobs_file")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_jobs_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    for name, columns, condition in INDEXES:
        where = {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)} if condition else {}
        op.create_index(name, "jobs", columns, **where)


INDEXES = (
    ("ix_jobs_waiting", ["id"], "ended_at IS NULL"),
    ("ix_jobs_person", ["person_id", "id"], ""),
    ("ix_jobs_kept", ["expires_at"], "sha256 IS NOT NULL"),
    ("ix_jobs_sha256", ["sha256"], ""),
)


def downgrade() -> None:
    op.drop_table("jobs")
