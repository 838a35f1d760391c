"""Leaders write orders, circulars and talks; each covers the tasks it speaks of."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KINDS = {"extension", "finding", "inspection", "measure", "report"}
STATES = {
    "asked", "cancelled", "closed", "concluded", "contested", "done", "draft", "dropped", "filed", "granted", "issued",
    "lapsed", "plan_review", "planned", "planning", "reading", "recording", "rectifying", "refused", "verifying",
    "withdrawn", "writing",
}
NEW_KINDS, NEW_STATES = {"circular", "order", "talk"}, {"accepted", "answered", "answering"}


def among(column, names):
    return f"{column} IN ({', '.join(repr(name) for name in sorted(names))})"


def allow(column, before, after):
    """Another CHECK on tasks; SQLite would have to rebuild the table that everything refers to, so its text is changed."""
    name = f"ck_tasks_{column}"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(name), "tasks", type_="check")
        op.create_check_constraint(op.f(name), "tasks", among(column, after))
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'tasks' AND instr(sql, ?) > 0",
        (among(column, before), among(column, after), among(column, before)),
    )
    assert changed.rowcount == 1, f"the CHECK {name} is not what it was"
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")


def upgrade() -> None:
    allow("kind", KINDS, KINDS | NEW_KINDS)
    allow("state", STATES, STATES | NEW_STATES)
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("light", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.CheckConstraint("light IN ('', 'blue', 'orange', 'red', 'yellow')", name=op.f("ck_orders_light")),
        sa.CheckConstraint("(held_on IS NULL) = (minutes = '')", name=op.f("ck_orders_held")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_orders_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("task_id", name=op.f("uq_orders_task_id")),
    )
    op.create_table(
        "order_tasks",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_tasks_order_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_order_tasks_task_id")),
        sa.PrimaryKeyConstraint("order_id", "task_id", name=op.f("pk_order_tasks")),
    )
    op.create_index("ix_order_tasks_task_id", "order_tasks", ["task_id"])


def downgrade() -> None:
    op.drop_table("order_tasks")
    op.drop_table("orders")
    allow("state", STATES | NEW_STATES, STATES)
    allow("kind", KINDS | NEW_KINDS, KINDS)
