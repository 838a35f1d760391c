"""Notices leave the house: channels, the outbox, the messages that carry it, and how each wants to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
ALERTS = "kind IN ('audit', 'gap', {}'set_aside', 'vacancy')"


def upgrade() -> None:
    _channels()
    _messages()
    _outbox()
    _wishes()
    _alerts("'notices', ")
    moment = sa.func.now() if op.get_bind().dialect.name == "postgresql" else sa.func.strftime("%Y-%m-%d %H:%M:%f", "now")
    bind = op.get_bind()
    channels, swept, seals = (sa.table(name, *map(sa.column, columns)) for name, columns in (
        ("channels", ("id", "kind", "name", "address", "secret", "instant", "locale", "active", "made_at")),
        ("swept", ("id", "number", "since")), ("seals", ("number",)),
    ))
    bind.execute(sa.insert(channels).from_select(
        ["id", "kind", "name", "address", "secret", "instant", "locale", "active", "made_at"],
        sa.select(sa.literal(1), sa.literal("mail"), sa.literal("Mail"), sa.literal(""), sa.literal(""), sa.true(),
                  sa.literal(""), sa.true(), moment),
    ))
    if bind.dialect.name == "postgresql":
        bind.execute(sa.text("SELECT setval(pg_get_serial_sequence('channels', 'id'), 1)"))
    last = sa.select(sa.func.coalesce(sa.func.max(seals.c.number), 0)).scalar_subquery()
    bind.execute(sa.insert(swept).from_select(["id", "number", "since"], sa.select(sa.literal(1), last, moment)))


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("instant", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('dingtalk', 'feishu', 'mail', 'webhook', 'wecom')", name=op.f("ck_channels_kind")),
        sa.CheckConstraint("(kind = 'mail') = (unit_id IS NULL)", name=op.f("ck_channels_unit")),
        sa.CheckConstraint("(kind = 'mail') = (address = '')", name=op.f("ck_channels_address")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_channels_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    only_mail = sa.text("kind = 'mail'")
    op.create_index("uq_channels_mail", "channels", ["kind"], unique=True, postgresql_where=only_mail, sqlite_where=only_mail)


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.CheckConstraint("kind IN ('news', 'test', 'weekly')", name=op.f("ck_messages_kind")),
        sa.CheckConstraint("phase IN ('given_up', 'sent', 'waiting')", name=op.f("ck_messages_phase")),
        sa.CheckConstraint("(phase = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_messages_sent")),
        sa.CheckConstraint("(locked_until IS NULL) = (worker = '')", name=op.f("ck_messages_locked")),
        sa.CheckConstraint("tries BETWEEN 0 AND 7", name=op.f("ck_messages_tries")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_messages_channel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_messages_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("channel_id", "person_id", "key", name=op.f("uq_messages_channel_id")),
    )
    waiting = sa.text("phase = 'waiting'")
    op.create_index("ix_messages_due", "messages", ["channel_id", "try_at"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_index("ix_messages_phase", "messages", ["phase", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.String(length=6), nullable=False),
        sa.CheckConstraint("skipped IN ('', 'over', 'read')", name=op.f("ck_outbox_skipped")),
        sa.CheckConstraint("skipped = '' OR message_id IS NULL", name=op.f("ck_outbox_skipped_or_sent")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_outbox_channel_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_outbox_entry_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_outbox_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_outbox_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_outbox_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("entry_id", "person_id", "channel_id", name=op.f("uq_outbox_entry_id")),
    )
    coming = sa.text("message_id IS NULL AND skipped = ''")
    op.create_index("ix_outbox_due", "outbox", ["due_at"], postgresql_where=coming, sqlite_where=coming)
    op.create_index("ix_outbox_message", "outbox", ["message_id"])


def _wishes() -> None:
    op.create_table(
        "notice_wishes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("groups", sa.Boolean(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.CheckConstraint("digest_hour IS NULL OR digest_hour BETWEEN 0 AND 23", name=op.f("ck_notice_wishes_digest_hour")),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_notice_wishes_quiet")),
        sa.CheckConstraint("quiet_from IS NULL OR quiet_from BETWEEN 0 AND 23", name=op.f("ck_notice_wishes_quiet_from")),
        sa.CheckConstraint("quiet_until IS NULL OR quiet_until BETWEEN 0 AND 23", name=op.f("ck_notice_wishes_quiet_until")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notice_wishes_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_wishes")),
    )
    op.create_table(
        "swept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_swept_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swept")),
    )


def _alerts(more: str) -> None:
    with op.batch_alter_table("alerts") as table:
        table.drop_constraint(op.f("ck_alerts_kind"), type_="check")
        table.create_check_constraint(op.f("ck_alerts_kind"), ALERTS.format(more))


def downgrade() -> None:
    op.execute("DELETE FROM alerts WHERE kind = 'notices'")
    _alerts("")
    for name in ("swept", "notice_wishes", "outbox", "messages", "channels"):
        op.drop_table(name)
