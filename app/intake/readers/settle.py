"""Turn entries into findings and measures: owners, dates and units from their labelled values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.intake.readers import acts, in_words, informal
from app.intake.readers.blocks import Field
from app.intake.readers.called import as_written, persons_in
from app.intake.readers.dates import read_date
from app.intake.readers.due import deadline_in, of_a_measure
from app.intake.readers.entries import Entry
from app.intake.readers.lines import fold
from app.intake.readers.people import is_nobody
from app.intake.readers.rules import rule
from app.intake.reading import Link, Meaning, ReadDate, ReadFinding, ReadMeasure
from workflows.grammar import say

_DEMAND = rule(
    r"[,;。](?=(?:(?:督查|检查|督导|巡查|评估)组|我们?|现场|当场)?已?(?:当场|现场)?(?:要求|建议|责令)(?!不|过|偏|较|低|高|模糊|未|没))"
    r"|[,;。](?=请(?:学校|你校|该校|立即|尽快|于|在|及时|限|\d|安排|增|补|按|重新|更换|清理|加|拆|修|落实|完善|整改|总务处|食堂))"
    r"|[,;](?=(?:应|须|需)(?:当|立即|尽快|及时|于|在|按|增|补|设|配|由|更换|加|保持|做到|每|清|停|拆|修|安|重|落|完|建|制|严|\d))"
)
_ASKING = rule("[求议議责責请請应應須须需]")
DEMAND = "整改要求"
LOOKED_AGAIN = ("回头看", "回头看情况", "复查情况", "复核情况", "核查情况", "现场核查", "复查结果", "复核结果")
_EXTRA = ("demand", "target", "cause", "leader", "partner", "site", "other", "measure", "problem")


@dataclass(frozen=True)
class Told:
    """What the labelled values of one entry say."""

    unit: str | None
    owner: str | None
    owner_raw: str
    dates: tuple[ReadDate, ...]
    extra: dict[str, str]


NOTHING = Told(None, None, "", (), {})


def _first(fields: list[Field], kind: str) -> Field | None:
    return next((field for field in fields if field.kind == kind and field.value.plain), None)


def told_by(fields: list[Field], year: int | None) -> Told:
    """Read labelled values; what is no person, unit or date stays in `extra` under its own label."""
    extra: dict[str, str] = {}
    for field in fields:
        if field.kind in _EXTRA and field.value.plain:
            before = extra.get(field.label)
            extra[field.label] = f"{before}\n{field.value.raw}" if before else field.value.raw
    owner = _first(fields, "owner") or _first(fields, "leader")
    site, unit = _first(fields, "site"), _first(fields, "unit")
    if site and unit:
        extra[unit.label] = unit.value.raw
    named = site or unit
    return Told(
        None if named is None or is_nobody(named.value.plain) else named.value.raw,
        None if owner is None else as_written(persons_in(owner.value.plain), owner.value),
        "" if owner is None else owner.value.raw,
        tuple(
            read_date(field.value.raw, field.value.plain, field.kind, year)
            for field in fields
            if field.kind in ("planned", "done", "unknown") and field.value.plain
        ),
        _with_roles(extra, fields),
    )


def _with_roles(extra: dict[str, str], fields: list[Field]) -> dict[str, str]:
    for field in fields:
        is_role = not persons_in(field.value.plain) and not is_nobody(field.value.plain)
        is_another = field is not _first(fields, field.kind) and field.value.raw not in extra.get(field.label, "")
        if field.kind == "owner" and field.value.plain and (is_role or is_another):
            extra[field.label] = field.value.raw
    return extra


def merged(first: Told, second: Told) -> Told:
    """What the finding says, completed by what stands under its measure."""
    return Told(
        first.unit or second.unit,
        first.owner or second.owner,
        first.owner_raw or second.owner_raw,
        first.dates or second.dates,
        {**second.extra, **first.extra},
    )


def _due(dates: tuple[ReadDate, ...]) -> ReadDate | None:
    return next((when for when in dates if when.meaning == "planned"), None) or next(
        (when for when in dates if when.meaning == "unknown"), None
    )


@lru_cache(maxsize=1024)
def split_demand(text: str) -> tuple[str, str]:
    hit = _DEMAND.search(fold(text)) if _ASKING.search(text) else None
    if not hit or hit.start() < 4:
        return text, ""
    return text[: hit.start()] + "。", text[hit.end() :]


def not_before(when: ReadDate | None, written: date | None) -> ReadDate | None:
    """A deadline whose year was completed cannot lie well before the paper that sets it."""
    if when and when.on and when.inferred and written and (written - when.on).days > 60:
        return ReadDate(when.raw, None, when.meaning)
    return when


def _is_still_open(asked: Field) -> bool:
    """“回头看:未整改,限5月18日前排干”: who looked again set another day."""
    return asked.label in LOOKED_AGAIN and not _IS_DONE.match(asked.value.plain)


def _asked_for(entry: Entry, year: int | None) -> ReadDate | None:
    """The day in what is asked for beside the problem."""
    asked = (one.value for one in entry.fields if one.kind == "demand" or _is_still_open(one))
    return next((due for said in asked if (due := deadline_in(said.raw, said.plain, year))), None)


def finding_of(entry: Entry, told: Told, year: int | None, written: date | None, common: str) -> ReadFinding:
    """One finding; its deadline is the labelled one, else one in the sentence, else the one for all."""
    text, demand = acts.split(entry.text)
    due = _due(told.dates) or in_words.of_it(entry.text, text, year, written)
    if due is None and common:
        due = read_date(common, fold(common), "planned", year)
    due = due or _asked_for(entry, year) or in_words.soon(demand)
    if not told.owner_raw and (who := informal.who_acts(fold(demand))):
        told = replace(told, owner=who, owner_raw=who)
    due = not_before(due, written)
    extra = dict(told.extra)
    if demand and demand not in extra.get(DEMAND, ""):
        extra[DEMAND] = "\n".join(filter(None, (extra.get(DEMAND), demand)))
    if entry.category and entry.category != "unit":
        extra.setdefault("类别", entry.category)
    meaning: Meaning = due.meaning if due else "planned"
    return ReadFinding(
        text,
        entry.number,
        told.unit or entry.unit,
        told.owner,
        told.owner_raw,
        due.on if due else None,
        due.raw if due else "",
        meaning,
        bool(due and due.inferred),
        entry.line,
        extra,
    )


def measure_of(entry: Entry, told: Told, year: int | None, answered: list[int]) -> ReadMeasure:
    """One measure; `answered` are the findings under which the text itself puts it."""
    dates, plain = told.dates, fold(entry.text)
    if not dates and (when := of_a_measure(entry.text, plain, year)):
        dates = (replace(when, meaning="done") if _IS_DONE.match(plain) else when,)
    links = tuple(Link(at, True, say("The text puts the measure under this problem.")) for at in answered)
    return ReadMeasure(
        entry.text,
        entry.number,
        told.unit or entry.unit,
        told.owner,
        told.owner_raw,
        dates,
        links,
        entry.line,
        told.extra,
    )


def date_by(findings: list[ReadFinding], measures: list[ReadMeasure], written: date | None, common: set[str]) -> None:
    """What is due by the day its only dated measure names is due by then, whatever is said of all in `common`."""
    days: dict[int, list[ReadDate]] = defaultdict(list)
    for one in measures:
        for link in one.links if one.due else ():
            days[link.finding].append(one.due)  # type: ignore[arg-type]
    for at, named in days.items():
        found, due = findings[at], not_before(named[0], written)
        foreseen = any(word in fold(named[0].raw) for word in ("预计", "验收"))  # when it may be, no promise
        own = found.deadline_raw and found.deadline_raw not in common
        if not (own or foreseen) and len(named) == 1 and due and due.meaning == "planned":
            found.deadline, found.deadline_raw, found.deadline_inferred = due.on, due.raw, due.inferred


_IS_DONE = rule(r"\s*(?:已经?|均已|全部)(?:整改|完成|落实|办结|解决|销号)")
