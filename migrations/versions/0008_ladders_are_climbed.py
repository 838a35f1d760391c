"""Ladders are climbed: their rungs as data, what was climbed, what is proposed to a named person."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LADDERS = (
    ("Plain", (
        (-3, "reminder", "yellow", ["holder"], ""),
        (-1, "reminder", "yellow", ["holder", "head"], ""),
        (1, "urging", "red", ["holder", "head"], ""),
        (3, "urging", "red", ["holder", "head", "reviewer", "inspector"], ""),
        (5, "order", "red", ["head", "inspector", "leader"], "leader"),
        (10, "circular", "red", ["head", "inspector", "leader", "above"], "leader"),
        (20, "talk", "red", ["head", "inspector", "leader", "above"], "leader"),
    )),
    ("Blue, orange, red", (
        (-3, "reminder", "blue", ["holder"], ""),
        (0, "reminder", "blue", ["holder", "head"], ""),
        (1, "urging", "orange", ["holder", "head", "inspector"], ""),
        (3, "order", "red", ["holder", "head", "inspector", "leader"], "leader"),
        (8, "circular", "red", ["head", "reviewer", "inspector", "leader", "above"], "leader"),
        (15, "talk", "red", ["head", "inspector", "leader", "above"], "leader"),
    )),
)


def _enter() -> None:
    """The two ladders that are shipped; the plain one holds everywhere until somebody chooses."""
    ladders = sa.table("ladders", sa.column("id"), sa.column("name"), sa.column("version"))
    rungs = sa.table(
        "rungs", sa.column("ladder_id"), sa.column("days"), sa.column("kind"), sa.column("light"),
        sa.column("hears", sa.JSON), sa.column("decides"), sa.column("channels", sa.JSON),
    )
    choices = sa.table("ladder_choices", sa.column("weight"), sa.column("ladder_id"))
    names = ("days", "kind", "light", "hears", "decides")
    for number, (name, steps) in enumerate(LADDERS, start=1):
        op.bulk_insert(ladders, [{"id": number, "name": name, "version": 1}])
        op.bulk_insert(rungs, [
            {"ladder_id": number, "channels": ["inbox", "mail"], **dict(zip(names, step, strict=True))} for step in steps
        ])
    op.bulk_insert(choices, [{"weight": "", "ladder_id": 1}])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('ladders', 'id'), 2)")


def upgrade() -> None:
    op.create_table('ladders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladders')),
    sa.UniqueConstraint('name', name=op.f('uq_ladders_name'))
    )
    op.create_table('ladder_choices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('weight', sa.String(length=10), nullable=False),
    sa.Column('ladder_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("weight IN ('', 'major', 'ordinary', 'serious')", name=op.f('ck_ladder_choices_weight')),
    sa.ForeignKeyConstraint(['ladder_id'], ['ladders.id'], name=op.f('fk_ladder_choices_ladder_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_ladder_choices_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_choices')),
    sa.UniqueConstraint('unit_id', 'weight', name=op.f('uq_ladder_choices_unit_id'))
    )
    with op.batch_alter_table('ladder_choices', schema=None) as batch_op:
        batch_op.create_index('uq_ladder_choices_house', ['weight'], unique=True, postgresql_where=sa.text('unit_id IS NULL'), sqlite_where=sa.text('unit_id IS NULL'))
    op.create_table('rungs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ladder_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('light', sa.String(length=8), nullable=False),
    sa.Column('hears', sa.JSON(), nullable=False),
    sa.Column('decides', sa.String(length=12), nullable=False),
    sa.Column('channels', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'reminder') = (days <= 0)", name=op.f('ck_rungs_side')),
    sa.CheckConstraint("(kind IN ('reminder', 'urging')) = (decides = '')", name=op.f('ck_rungs_decides')),
    sa.CheckConstraint("kind IN ('circular', 'order', 'reminder', 'talk', 'urging')", name=op.f('ck_rungs_kind')),
    sa.CheckConstraint("light IN ('blue', 'orange', 'red', 'yellow')", name=op.f('ck_rungs_light')),
    sa.ForeignKeyConstraint(['ladder_id'], ['ladders.id'], name=op.f('fk_rungs_ladder_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rungs'))
    )
    with op.batch_alter_table('rungs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rungs_ladder_id'), ['ladder_id'], unique=False)
        batch_op.create_index('uq_rungs_days', ['ladder_id', 'days'], unique=True, postgresql_where=sa.text('retired_at IS NULL'), sqlite_where=sa.text('retired_at IS NULL'))
    op.create_table('climbs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('wait_id', sa.Integer(), nullable=False),
    sa.Column('rung_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fired_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('caught_up', sa.Boolean(), nullable=False),
    sa.Column('grace_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('held_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(entry_id IS NOT NULL) = (outcome = 'spoke')", name=op.f('ck_climbs_spoke')),
    sa.CheckConstraint("outcome IN ('expired', 'skipped', 'spoke')", name=op.f('ck_climbs_outcome')),
    sa.CheckConstraint('(held_until IS NULL) = (held_at IS NULL)', name=op.f('ck_climbs_held')),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_climbs_entry_id')),
    sa.ForeignKeyConstraint(['held_by_id'], ['persons.id'], name=op.f('fk_climbs_held_by_id')),
    sa.ForeignKeyConstraint(['rung_id'], ['rungs.id'], name=op.f('fk_climbs_rung_id')),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_climbs_task_id')),
    sa.ForeignKeyConstraint(['wait_id'], ['waits.id'], name=op.f('fk_climbs_wait_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_climbs')),
    sa.UniqueConstraint('wait_id', 'rung_id', 'until', name=op.f('uq_climbs_wait_id'))
    )
    with op.batch_alter_table('climbs', schema=None) as batch_op:
        batch_op.create_index('ix_climbs_grace', ['grace_until'], unique=False, postgresql_where=sa.text('grace_until IS NOT NULL'), sqlite_where=sa.text('grace_until IS NOT NULL'))
        batch_op.create_index('ix_climbs_task', ['task_id'], unique=False)
    op.create_table('proposals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('climb_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('decider_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('circular', 'order', 'talk')", name=op.f('ck_proposals_kind')),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('adopted', 'dismissed')", name=op.f('ck_proposals_outcome')),
    sa.CheckConstraint('(outcome IS NULL) = (decided_at IS NULL)', name=op.f('ck_proposals_decided')),
    sa.CheckConstraint('(outcome IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_proposals_by_somebody')),
    sa.ForeignKeyConstraint(['climb_id'], ['climbs.id'], name=op.f('fk_proposals_climb_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['persons.id'], name=op.f('fk_proposals_decided_by_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['persons.id'], name=op.f('fk_proposals_decider_id')),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_proposals_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposals')),
    sa.UniqueConstraint('climb_id', name=op.f('uq_proposals_climb_id'))
    )
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.create_index('ix_proposals_decider', ['decider_id'], unique=False, postgresql_where=sa.text('decided_at IS NULL'), sqlite_where=sa.text('decided_at IS NULL'))
        batch_op.create_index('uq_proposals_open', ['task_id', 'kind'], unique=True, postgresql_where=sa.text('decided_at IS NULL'), sqlite_where=sa.text('decided_at IS NULL'))
    _enter()
    op.execute("UPDATE tasks SET alarm_at = created_at WHERE closed_at IS NULL")


def downgrade() -> None:
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_index('uq_proposals_open', postgresql_where=sa.text('decided_at IS NULL'), sqlite_where=sa.text('decided_at IS NULL'))
        batch_op.drop_index('ix_proposals_decider', postgresql_where=sa.text('decided_at IS NULL'), sqlite_where=sa.text('decided_at IS NULL'))
    op.drop_table('proposals')
    with op.batch_alter_table('climbs', schema=None) as batch_op:
        batch_op.drop_index('ix_climbs_task')
        batch_op.drop_index('ix_climbs_grace', postgresql_where=sa.text('grace_until IS NOT NULL'), sqlite_where=sa.text('grace_until IS NOT NULL'))
    op.drop_table('climbs')
    with op.batch_alter_table('rungs', schema=None) as batch_op:
        batch_op.drop_index('uq_rungs_days', postgresql_where=sa.text('retired_at IS NULL'), sqlite_where=sa.text('retired_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_rungs_ladder_id'))
    op.drop_table('rungs')
    with op.batch_alter_table('ladder_choices', schema=None) as batch_op:
        batch_op.drop_index('uq_ladder_choices_house', postgresql_where=sa.text('unit_id IS NULL'), sqlite_where=sa.text('unit_id IS NULL'))
    op.drop_table('ladder_choices')
    op.drop_table('ladders')
