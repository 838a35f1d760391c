"""People, their posts and deputies, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import today
from app.db import Base, one_of
from app.units.models import Unit

POST_KINDS = ("head", "member", "inspector", "reviewer", "leader")
SUPERVISING = frozenset({"inspector", "reviewer", "leader"})


@dataclass(frozen=True)
class Seat:
    """A post that a person fills today, her own or as somebody's deputy."""

    kind: str
    unit_id: int
    unit_name: str
    path: str
    reach: str
    title: str
    for_id: int | None = None
    for_name: str | None = None


class Person(Base):
    """Somebody who signs in; what she may see and do comes from her seats."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    password_changed_at: Mapped[datetime | None]
    activation_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    activation_until: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(String(8), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    wishes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default=text("'{}'"))

    posts: Mapped[list[Post]] = relationship(back_populates="person", order_by="Post.id")
    deputising: Mapped[list[Deputy]] = relationship(
        back_populates="deputy", foreign_keys="Deputy.deputy_id", order_by="Deputy.id"
    )

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The posts she fills today, those she deputises last."""
        own = [post.seat() for post in self.posts if post.holds_on(today())]
        return (*own, *(seat for d in self.deputising if d.holds_on(today()) for seat in d.seats()))

    @cached_property
    def identities(self) -> frozenset[int]:
        """Herself and everybody she deputises today."""
        return frozenset({self.id, *(d.person_id for d in self.deputising if d.holds_on(today()))})

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units in which she sits."""
        return frozenset(seat.unit_id for seat in self.seats)

    def sits(self, kind: str, unit_id: int | None) -> bool:
        """Whether she fills that post in that unit today."""
        return any(seat.kind == kind and seat.unit_id == unit_id for seat in self.seats)

    def supervises(self, path: str) -> bool:
        """Whether one of her supervising posts reaches `path`."""
        return any(seat.kind in SUPERVISING and path.startswith(seat.reach) for seat in self.seats)

    def acts_for(self, task: object) -> bool:
        """Whether she acts for a unit that has no account of its own 代签收/代报."""
        unit: Unit | None = getattr(task, "unit", None)
        return bool(unit and not unit.has_account and unit.id not in self.unit_ids and self.supervises(unit.path))

    # Flask-Login
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """The token of this sign-in; Flask-Login keeps it in the signed cookie."""
        return str(self.__dict__.get("sign_in_token", ""))


class Post(Base):
    """Who holds which post in which unit, from when to when."""

    __tablename__ = "posts"
    __table_args__ = (
        one_of("kind", POST_KINDS),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        Index("ix_posts_unit_kind", "unit_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(60), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def seat(self, standing_in_for: Person | None = None) -> Seat:
        """This post as a seat, for somebody or in her own name."""
        unit = self.unit
        reach = unit.reach if self.kind in SUPERVISING else unit.path
        name = standing_in_for.name if standing_in_for else None
        return Seat(
            self.kind, unit.id, unit.name, unit.path, reach, self.title,
            standing_in_for.id if standing_in_for else None, name,
        )  # fmt: skip


class Deputy(Base):
    """Who stands in for whom, from when to when."""

    __tablename__ = "deputies"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("person_id <> deputy_id", name="two_persons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person] = relationship(back_populates="deputising", foreign_keys=[deputy_id])

    def holds_on(self, day: date) -> bool:
        """Whether the deputyship holds on that day."""
        return self.starts_on <= day <= self.ends_on

    def seats(self) -> list[Seat]:
        """The absent person's own posts of today, filled by the deputy."""
        return [post.seat(self.person) for post in self.person.posts if post.holds_on(today())]


class SignIn(Base):
    """One signed-in browser; ended rows open nothing any more."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ip: Mapped[str] = mapped_column(String(45), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Attempt(Base):
    """One try to sign in, kept outside the request's rollback."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_login_at", "login", "at"), Index("ix_attempts_ip_at", "ip", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60))
    ip: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime]
    succeeded: Mapped[bool]
