"""Acts of administration, one row each; the database refuses to change or delete them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, one_of

KINDS = ("unit", "person", "post", "deputy", "calendar", "ladder", "paper", "clock", "channel")


class Act(Base):
    """Somebody changed how the house is set up; without `actor_id` it was whoever runs the machine."""

    __tablename__ = "acts"
    __table_args__ = (one_of("about", KINDS), Index("ix_acts_about", "about", "about_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    actor_name: Mapped[str] = mapped_column(String(60), default="")
    what: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(16))
    about_id: Mapped[int | None]
    about_name: Mapped[str] = mapped_column(String(120))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
