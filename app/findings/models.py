"""What was found wrong, and what follows from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.inspections.models import Inspection
from app.tasks.models import Task
from workflows.roles import Role

if TYPE_CHECKING:
    from app.measures.models import Measure
    from app.tasks.entries import Entry

DOING = frozenset({"submit_plan", "report_done", "finish"})
SUBMITTING = "report_done"


class Finding(Base):
    """A problem found (问题): where, against what, and what is demanded."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("inspection_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120), default="")
    basis: Mapped[str] = mapped_column(String(200), default="")
    demand: Mapped[str] = mapped_column(Text, default="")
    protection: Mapped[str] = mapped_column(Text, default="")
    deadline_on: Mapped[date | None]
    deadline_raw: Mapped[str] = mapped_column(String(120), default="")
    group_key: Mapped[str | None] = mapped_column(String(32), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))
    recurs_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    task: Mapped[Task] = relationship(back_populates="finding")
    inspection: Mapped[Inspection] = relationship(back_populates="findings")
    merged_into: Mapped[Finding | None] = relationship(remote_side=[id], foreign_keys=[merged_into_id])
    merged: Mapped[list[Finding]] = relationship(foreign_keys=[merged_into_id], order_by="Finding.id", viewonly=True)
    recurs: Mapped[Finding | None] = relationship(remote_side=[id], foreign_keys=[recurs_id])
    # What hangs on a finding is named here and modelled in its own room above.
    verifications = relationship("Verification", back_populates="finding", order_by="Verification.id")
    extensions = relationship("Extension", back_populates="finding", order_by="Extension.id")
    reports = relationship("Report", back_populates="finding", order_by="Report.id")
    links = relationship("MeasureLink", back_populates="finding", order_by="MeasureLink.measure_id")

    @property
    def measures(self) -> list[Measure]:
        """Everything planned about it, dropped measures included."""
        return [link.measure for link in self.links]

    @property
    def live_measures(self) -> list[Measure]:
        """The measures that count."""
        return [measure for measure in self.measures if measure.task.state != "dropped"]

    @property
    def proposed_owner_id(self) -> int | None:
        """Whom the list, or the rule for it, named as owner; the unit's head decides."""
        return self.extra.get("owner_id")

    @property
    def is_self_check(self) -> bool:
        return self.inspection.is_self_check

    @property
    def doers(self) -> frozenset[int]:
        """Everybody who took part in putting it right: owners, submitters, uploaders, both sides of a deputyship."""
        tasks = [self.task, *(measure.task for measure in self.measures)]
        return frozenset(person for task in tasks for person in doers_of(task))

    @property
    def passed_by(self) -> frozenset[int]:
        """Who passed it on at an earlier level since it was last submitted."""
        since = max((e.seq for e in self.task.entries if e.step == SUBMITTING), default=0)
        passed = [e for e in self.task.entries if e.step == "pass_on" and e.seq > since]
        return frozenset(person for e in passed for person in (e.actor_id, e.on_behalf_id) if person)

    @property
    def returned_at(self) -> datetime | None:
        """When verification last sent it back."""
        return max((e.at for e in self.task.entries if e.step == "send_back"), default=None)

    @property
    def undecided_extensions(self) -> list[Task]:
        """Requests for more time still being decided."""
        return [child for child in self.task.children if child.kind == "extension" and child.open]

    @property
    def open_children(self) -> list[Task]:
        """What ends with it: its requests, its reports, and the measures that serve no other open finding."""
        own = [m.task for m in self.measures if m.task.open and m.serves_only(self)]
        return [child for child in self.task.children if child.open] + own


def doers_of(task: Task) -> set[int]:
    """Owners past and present, who submitted or finished, and who uploaded evidence of the result."""
    owners = {p.person_id for p in task.parties if p.role == Role.OWNER}
    takers = {who for e in task.entries if _is_doing(e) for who in (e.actor_id, e.on_behalf_id)}
    uploaders = {e.uploaded_by_id for e in task.evidence if e.kind != "before"}
    return {person for person in owners | takers | uploaders if person is not None}


def _is_doing(entry: Entry) -> bool:
    return entry.step in DOING or (entry.step == "add_evidence" and entry.facts.get("kind") != "before")
