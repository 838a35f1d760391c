"""What a request asks of a list on the table: its rows, its page, its suggestion, and JSON for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Request, abort, url_for
from flask_babel import gettext as _

from app.forms import ALWAYS
from app.htmx import answer_json, number
from app.intake.columns import shown_columns
from app.intake.fields import own_names
from app.intake.forms import RULE, RuleForm
from app.intake.looking import Look, Problem
from app.intake.previewing import Table

PAGE_FIELDS = {"do", "page", "show", "gone", "mark", "shown", "shown_measures", *RULE, "past", *ALWAYS}
NAME_FIELD = re.compile(r"name-[0-9a-f]{8}")
SUGGESTED = re.compile(r"rows-(\d{1,6})-(unit|owner):(.{1,120})", re.S)


def unknown(asked: Request, table: Table) -> list[str]:
    """Names that no row and no field of this page has."""
    own = PAGE_FIELDS | own_names("rows", range(len(table.first_rows)))
    own |= own_names("measures", range(len(table.first_measures))) | {one.name for one in shown_columns(table)}
    own |= {name for name in asked.form if NAME_FIELD.fullmatch(name)}
    signs = any("\x00" in text for texts in asked.form.listvalues() for text in texts)
    return sorted((set(asked.form) | set(asked.files)) - own) + (["\\0"] if signs else [])


def places(form: Any, table: Table) -> tuple[list[int], list[int]]:
    """The rows and the measures a page shows; a page that is not one of this list is refused."""
    rows, measures = _listed(form.get("shown", "")), _listed(form.get("shown_measures", ""))
    rows |= _named(form, "rows")
    measures |= _named(form, "measures")
    fits = all(at < len(table.first_rows) for at in rows) and all(at < len(table.first_measures) for at in measures)
    if not fits or form.get("mark", table.preview.mark) != table.preview.mark:
        abort(422, _("The rows are not those of the list that was sent with them. Nothing was saved; "
                     "go back and read the list again."))  # fmt: skip
    return sorted(rows), sorted(measures)


def _listed(said: str) -> set[int]:
    return {int(part) for part in said.split(",") if part.isdecimal() and len(part) < 7}


def _named(form: Any, kind: str) -> set[int]:
    return {int(parts[1]) for name in form if (parts := name.split("-"))[0] == kind and parts[1].isdecimal()}


def turned_to(values: Any) -> int:
    """The page that is asked for."""
    return values.get("page", 1, type=number) or 1


def address(table: Table, number: int, **more: Any) -> str:
    """Where a page of the list is found."""
    return url_for("intake.preview", task_id=table.visit.task_id, preview_id=table.preview.id, page=number, **more)


def suggestion(what: str, table: Table) -> tuple[int, str, str]:
    """The row, the field and the value of a suggestion that was pressed."""
    found = SUGGESTED.fullmatch(what)
    if found is None or int(found[1]) >= len(table.first_rows):
        abort(422, _("No button of this page was pressed. Nothing was saved."))
    return int(found[1]), found[2], found[3]


def rule_faults(form: RuleForm) -> list[dict[str, Any]]:
    """What is wrong in the rule."""
    return [
        {"id": field.id, "kind": "rule", "n": 0, "row": 0, "sheet": "", "field": str(field.label.text),
         "said": str(field.errors[0])}
        for field in form if field.errors
    ]  # fmt: skip


def rows_as_json(seen: Look) -> list[dict[str, Any]]:
    """Every row as it stands, with its file row, what is wrong and what it was before."""
    return list(_rows(seen))


def _rows(seen: Look) -> Iterator[dict[str, Any]]:
    for one in seen.problems:
        yield one.said | {
            "n": one.number, "row": one.found.row, "sheet": one.found.sheet, "wrong": one.wrong,
            "unit_how": how_of_unit(one), "change": one.change.what, "lacks": one.lacks,
            "before": {field.field: field.before for field in one.change.fields},
        }  # fmt: skip


def how_of_unit(one: Problem) -> str:
    """How the unit was found: by its name, by an alias, or not at all."""
    if one.unit is None:
        return "unmatched" if one.said["unit"] else "none"
    return "alias" if one.by_alias else "exact"


def answer(
    table: Table, seen: Look, status: int, form: RuleForm, wrong: list[dict[str, Any]], more: dict[str, Any]
) -> Any:
    """The list as JSON: its rows, and each fault by its field."""
    said = [str(sentence) for sentence in form.form_errors] + [one["said"] for one in wrong]
    said += [str(sentence) for sentence in more.get("missing", ())]
    body: dict[str, Any] = {"preview": table.preview.id, "version": table.visit.task.version,
            "rows": rows_as_json(seen), "fields": {one["id"]: one["said"] for one in wrong},
            "sentences": said}  # fmt: skip
    return answer_json(status, error=" ".join(said[:1]), **body) if status >= 400 else answer_json(**body)
