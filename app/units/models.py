"""Units and their place in the tree."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, path_type

KINDS = ("bureau", "department", "district", "school", "other")


class Unit(Base):
    """A body that inspects, verifies or puts right; `path` lists its ancestors and itself."""

    __tablename__ = "units"
    __table_args__ = (
        one_of("kind", KINDS), CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    aliases: Mapped[str] = mapped_column(String(400), default="")
    folded: Mapped[str] = mapped_column(String(600), default="")
    path: Mapped[str] = mapped_column(path_type(), index=True)
    has_account: Mapped[bool] = mapped_column(default=True)
    closed_on: Mapped[date | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    parent: Mapped[Unit | None] = relationship(remote_side=[id])

    @property
    def parent_path(self) -> str:
        """The path of the unit above, "/" at the top."""
        return self.path[: self.path.rstrip("/").rfind("/") + 1]

    @property
    def reach(self) -> str:
        """What those who supervise from here see: a department reaches as far as its bureau."""
        return self.parent_path if self.kind == "department" and self.parent_id else self.path

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2

    @property
    def other_names(self) -> list[str]:
        """What else it is called; kept as |one|other| so that one name is found exactly."""
        return [name for name in self.aliases.split("|") if name]

    def covers(self, path: str) -> bool:
        """Whether `path` lies at or below this unit."""
        return path.startswith(self.path)


def end_of_range(path: str) -> str:
    """The first text after everything that starts with `path` ("/1/" → "/10")."""
    return path[:-1] + chr(ord(path[-1]) + 1)
