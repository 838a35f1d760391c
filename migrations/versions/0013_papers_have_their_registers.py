"""Papers have their registers, units their marks, and administrators their own templates."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
KINDS = "kind IN ('application', 'circular', 'extension', 'monthly', 'notice', 'opinion', 'order', 'plan', 'report', 'talk')"


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("about_unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_papers_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_papers_number")),
        sa.CheckConstraint("(voided_at IS NULL) = (voided_by_id IS NULL)", name=op.f("ck_papers_voided")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_papers_unit_id")),
        sa.ForeignKeyConstraint(["about_unit_id"], ["units.id"], name=op.f("fk_papers_about_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_papers_person_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["persons.id"], name=op.f("fk_papers_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("unit_id", "kind", "year", "number", name=op.f("uq_papers_unit_id")),
    )
    op.create_index("ix_papers_about", "papers", ["kind", "subject_id"])
    op.create_index("ix_papers_about_unit_id", "papers", ["about_unit_id"])
    op.create_index("ix_papers_sha256", "papers", ["sha256"])
    _beside()
    _templates()


def _beside() -> None:
    op.create_table(
        "paper_tasks",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_tasks_paper_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_paper_tasks_task_id")),
        sa.PrimaryKeyConstraint("paper_id", "task_id", name=op.f("pk_paper_tasks")),
    )
    op.create_index("ix_paper_tasks_task_id", "paper_tasks", ["task_id"])
    op.create_table(
        "paper_marks",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_paper_marks_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_paper_marks")),
    )


def _templates() -> None:
    op.create_table(
        "paper_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_paper_templates_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_paper_templates_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_templates")),
    )
    op.create_index("ix_paper_templates_sha256", "paper_templates", ["sha256"])
    current = {"postgresql_where": sa.text("ended_at IS NULL"), "sqlite_where": sa.text("ended_at IS NULL")}
    op.create_index("uq_paper_templates_kind", "paper_templates", ["kind"], unique=True, **current)


def downgrade() -> None:
    for table in ("paper_templates", "paper_marks", "paper_tasks", "papers"):
        op.drop_table(table)
