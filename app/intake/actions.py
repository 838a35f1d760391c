"""Taking a list in: all its drafts in one transaction, with the record of where they came from; and undoing it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.db import db
from app.evidence import actions as evidence
from app.evidence.actions import Stored
from app.evidence.alone import spare
from app.findings import actions as findings
from app.findings.actions_many import Drafted, draft_all
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.intake import queries, queries_undoing
from app.intake.differing import source_of
from app.intake.models import Batch, Preview, Taken
from app.people.models import Person
from app.pouring import pour
from app.steps.actions import take
from app.tasks.alike import end_all
from app.tasks.perform import perform
from app.tasks.refusals import NotYet
from app.units.models import Unit
from workflows.grammar import Sentence, say
from workflows.roles import Role

UNDONE = say("The list it came from was taken back.")
NAMED = 20  # of what moved on
FROM_LIST = "清单所附照片"  # the caption of a photo that lay in a row; in the file it is called image7.jpeg
GONE = say("It no longer stands in the list.")


@dataclass(frozen=True)
class Sent:
    """What was sent: a pasted text, or a file that lies in the storage."""

    sha256: str
    text: str = ""
    name: str = ""
    size: int = 0


@dataclass(frozen=True)
class Row:
    """One row that is taken: the finding it makes, or the one it changes, and what the list said."""

    drafted: Drafted
    number: str
    said: dict[str, str]
    changes: int | None = None
    fields: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Harvest:
    """All that is taken of a list at once, and what is set aside with its reason."""

    rows: Sequence[Row]
    left_out: int = 0
    set_aside: Sequence[dict[str, Any]] = ()
    gone: Sequence[int] = field(default_factory=tuple)


def digest(text: str) -> str:
    """What makes a text the same list: its words, whatever its line ends and outer blanks."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def open_preview(
    visit: Inspection, actor: Person, sent: Sent, *, now: datetime, rule: dict[str, Any], columns: dict[str, str]
) -> Preview:  # fmt: skip
    """Lay a list on the table; one that lies there already is gone on with."""
    preview = queries.preview_of(actor, visit, sent.sha256)
    if preview is None:
        preview = Preview(inspection=visit, person=actor, sha256=sent.sha256, corrections={}, columns=columns, mark="")
        preview.against = queries.of_source(visit, source_of(sent.name)) if sent.name else None
        db.session.add(preview)
    preview.at, preview.rule, preview.text, preview.name, preview.size = now, rule, sent.text, sent.name, sent.size
    if preview.is_file:
        spare(sent.sha256)
    db.session.flush()
    return preview


def take_in(preview: Preview, visit: Inspection, actor: Person, harvest: Harvest, *,
            now: datetime, seen: int | None, pictures: Mapping[str, Stored] | None = None) -> Batch:  # fmt: skip
    """Write every row down as a draft of the visit, and change the drafts that changed; all of it or nothing."""
    new = [row for row in harvest.rows if row.changes is None]
    facts = {"sha256": preview.sha256, "name": preview.name, "taken": len(harvest.rows), "left_out": harvest.left_out}
    perform(visit, "paste", actor, now=now, seen=seen, through="intake", facts=facts)
    batch = Batch(
        inspection=visit, person=actor, at=now, text=preview.text, sha256=preview.sha256, name=preview.name,
        size=preview.size, preview_id=preview.id, source=source_of(preview.name), taken=len(new),
        left_out=harvest.left_out, set_aside=list(harvest.set_aside), changes=[],
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    for row in new:
        row.drafted.extra["batch"] = batch.id
    made = draft_all(visit, actor, [row.drafted for row in new], now=now)
    pour(Taken, [{"finding_id": finding_id, "batch_id": batch.id, "number": row.number[:60], "said": row.said}
                 for finding_id, row in zip(made, new, strict=True)])  # fmt: skip
    _show({at: row for at, row in zip(made, new, strict=True) if row.pictures}, pictures or {}, actor, now)
    batch.changes = _changed(harvest, actor, now)
    db.session.delete(preview)
    db.session.flush()
    return batch


def _show(rows: dict[int, Row], pictures: Mapping[str, Stored], actor: Person, now: datetime) -> None:
    """What lay in a row as a photo shows how it was found."""
    for at, finding in queries.with_ids(rows).items():
        for part in rows[at].pictures:
            if part in pictures:
                evidence.add(finding.task, actor, "before", pictures[part], now=now, caption=FROM_LIST)


def _changed(harvest: Harvest, actor: Person, now: datetime) -> list[dict[str, Any]]:
    """Change and discard what came of earlier versions of the list; what was there before is kept for undoing."""
    rows = {row.changes: row for row in harvest.rows if row.changes is not None}
    there, taken = queries.with_ids({*rows, *harvest.gone}), queries.rows_of(rows)
    changes = [_change(there[number], taken[number], row, actor, now) for number, row in rows.items()]
    for number in harvest.gone:
        take(there[number].task, "discard", actor, now=now, reason=GONE)
        changes.append({"finding": number, "what": "gone"})
    return changes


def _change(finding: Finding, taken: Taken, row: Row, actor: Person, now: datetime) -> dict[str, Any]:
    before = _as_it_stands(finding, taken)
    _edit(finding, actor, now, row.drafted.unit, row.drafted.fields)
    finding.extra = finding.extra | row.drafted.extra
    taken.number, taken.said = row.number[:60], row.said
    return {"finding": finding.id, "what": "changed", "fields": list(row.fields), "before": before}


def _edit(finding: Finding, actor: Person, now: datetime, unit: Any, fields: dict[str, Any]) -> None:
    supporters = [party.unit for party in finding.task.parties_as(Role.SUPPORTER) if party.unit]
    findings.edit(finding, actor, now=now, seen=None, unit=unit, supporters=supporters, **fields)


def _as_it_stands(finding: Finding, taken: Taken) -> dict[str, Any]:
    on = finding.deadline_on
    words = {name: getattr(finding, name) for name in findings.OF_FINDING if name != "deadline_on"}
    words |= {name: getattr(finding.task, name) for name in findings.OF_TASK}
    return {"fields": words, "deadline_on": on.isoformat() if on else None, "unit": finding.task.unit_id,
            "extra": finding.extra, "number": taken.number, "said": taken.said}  # fmt: skip


def undo(batch: Batch, visit: Inspection, actor: Person, *, now: datetime, seen: int | None = None) -> int:
    """Discard every draft that came of a batch and put back what it changed; refused once anything moved on."""
    drafts = queries_undoing.drafts_to_end(batch)
    must_be_whole(batch)
    perform(visit, "undo_batch", actor, now=now, seen=seen, through="intake", facts={"batch": batch.id})
    end_all(drafts, "discard", actor, now=now, reason=UNDONE)
    _put_back(batch, actor, now)
    batch.undone_at, batch.undone_by = now, actor
    db.session.flush()
    return len(drafts)


def must_be_whole(batch: Batch) -> None:
    """Raises NotYet where the list was taken back before, or something of it moved on."""
    if batch.undone_at is not None:
        raise NotYet(say("This list was taken back already."))
    many, first = queries_undoing.moved_on(batch, NAMED)
    if many:
        raise NotYet(*_why(many, first))


def _why(many: int, first: Sequence[Finding]) -> list[Sentence]:
    why = [say("It cannot be taken back as a whole any more: %(n)d of its findings have moved on.", n=many)]
    why += [
        say("%(number)s stands at: %(state)s.", number=finding.task.number,
            state=say(finding.task.workflow.state(finding.task.state).label))
        for finding in first
    ]  # fmt: skip
    return [*why, say("… and %(n)d more.", n=many - len(first))] if many > len(first) else why


def _put_back(batch: Batch, actor: Person, now: datetime) -> None:
    """What the batch changed in drafts says again what it said before."""
    changed = {one["finding"]: one["before"] for one in batch.changes if one["what"] == "changed"}
    there, taken = queries.with_ids(changed), queries.rows_of(changed)
    for number, before in changed.items():
        finding = there[number]
        if finding.task.state != "draft":
            continue
        on = before["deadline_on"]
        fields = before["fields"] | {"deadline_on": date.fromisoformat(on) if on else None}
        _edit(finding, actor, now, db.session.get(Unit, before["unit"]) if before["unit"] else None, fields)
        finding.extra = before["extra"]
        taken[number].number, taken[number].said = before["number"], before["said"]
