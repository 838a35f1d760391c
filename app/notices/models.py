"""The outbox: channels, one notice for an entry, a person and a channel, and the messages that carry them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.units.models import Unit

KINDS = ("mail", "wecom", "dingtalk", "feishu", "webhook")
PHASES = ("waiting", "sent", "given_up")
MAIL = 1  # the one channel that the migration enters
TRIES = 7
SKIPPED = ("", "read", "over")


class Channel(Base):
    """One way out of the house: mail, or the robot of a unit's group; retired rather than deleted.

    Of a robot's address only scheme and host stand here; the whole of it and its secret are concealed in `sealed`.
    """

    __tablename__ = "channels"
    __table_args__ = (
        one_of("kind", KINDS),
        CheckConstraint("(kind = 'mail') = (unit_id IS NULL)", name="unit"),
        CheckConstraint("(kind = 'mail') = (address = '')", name="address"),
        Index("uq_channels_mail", "kind", unique=True, **where("kind = 'mail'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    address: Mapped[str] = mapped_column(String(1000), default="")
    sealed: Mapped[str] = mapped_column(Text, default="", server_default="")
    instant: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(String(8), default="")
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship()

    @property
    def is_robot(self) -> bool:
        """Whether a group hears it rather than one person."""
        return self.kind != "mail"


class Message(Base):
    """What goes out at once to one person or one group; it keeps its number however often it is tried."""

    __tablename__ = "messages"
    __table_args__ = (
        one_of("kind", ("news", "weekly", "test")),
        one_of("phase", PHASES),
        CheckConstraint("(phase = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("(locked_until IS NULL) = (worker = '')", name="locked"),
        CheckConstraint(f"tries BETWEEN 0 AND {TRIES}", name="tries"),
        UniqueConstraint("channel_id", "person_id", "key"),
        Index("ix_messages_due", "channel_id", "try_at", **where("phase = 'waiting'")),
        Index("ix_messages_phase", "phase", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str] = mapped_column(String(8), default="news")
    key: Mapped[str | None] = mapped_column(String(20))
    made_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[str] = mapped_column(String(10), default="waiting")
    try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    copies: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(String(80), default="")
    sent_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(String(300), default="")

    channel: Mapped[Channel] = relationship()
    person: Mapped[Person | None] = relationship()
    notices: Mapped[list[Notice]] = relationship(back_populates="message", order_by="Notice.entry_id")


class Notice(Base):
    """One entry for one person on one channel: waits until it is due, then goes out in a message."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("skipped", SKIPPED),
        CheckConstraint("skipped = '' OR message_id IS NULL", name="skipped_or_sent"),
        UniqueConstraint("entry_id", "person_id", "channel_id"),
        Index("ix_outbox_due", "due_at", **where("message_id IS NULL AND skipped = ''")),
        Index("ix_outbox_message", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    urgent: Mapped[bool]
    duty: Mapped[bool]
    late: Mapped[bool]
    due_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    skipped: Mapped[str] = mapped_column(String(6), default="")

    entry: Mapped[Entry] = relationship()
    person: Mapped[Person] = relationship()
    channel: Mapped[Channel] = relationship()
    task: Mapped[Task] = relationship()
    message: Mapped[Message | None] = relationship(back_populates="notices")


class Wish(Base):
    """How somebody wants to be told; who wishes nothing is told as the house tells."""

    __tablename__ = "notice_wishes"
    __table_args__ = (
        CheckConstraint("digest_hour IS NULL OR digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
        CheckConstraint("quiet_from IS NULL OR quiet_from BETWEEN 0 AND 23", name="quiet_from"),
        CheckConstraint("quiet_until IS NULL OR quiet_until BETWEEN 0 AND 23", name="quiet_until"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    news: Mapped[bool] = mapped_column(default=True)
    weekly: Mapped[bool] = mapped_column(default=True)
    groups: Mapped[bool] = mapped_column(default=True)
    digest_hour: Mapped[int | None]
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]


class Swept(Base):
    """How far listeners have been swept: the number of the last seal; what is older than `since` was never meant."""

    __tablename__ = "swept"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    since: Mapped[datetime]
