"""Pages of analysis: the list of charts; each chart with its drawing, its table, its definition and its workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required

from app.analysis import keeping, lens, scope
from app.analysis.charts import CHARTS, Chart, seen_by
from app.analysis.drawing import draw
from app.analysis.keeping import Counted
from app.analysis.scope import Scope
from app.analysis.tables import Cell, Table, lay
from app.clock import now, today
from app.evidence.names import content_disposition
from app.evidence.receiving import waiting_room
from app.evidence.reporting import is_read_by
from app.htmx import answer_json, page, wants_json
from app.papers import table_sheet
from app.papers.exporting import XLSX, Blocks
from app.words import moment, told

bp = Blueprint("analysis", __name__)
SHOWN = 100  # rows on the page; the workbook holds all
SECTIONS = (
    (_l("What is open now"), ("units", "ladder", "stuck", "vacant", "returned", "hints", "ageing")),
    (_l("How it went"), ("rates", "long_term", "waits", "flow", "first_pass", "recurrences")),
)
OTHER = _l("What it is about")

# Each page hangs itself onto `bp` when it is loaded.
from app.analysis import views_wall  # noqa: E402, F401


@bp.get("/analysis")
@login_required
def index() -> Any:
    """Every chart with the question it answers."""
    seen = seen_by(lens.of(current_user))
    if wants_json():
        return answer_json(charts=[{"name": one.name, "label": told(one.label), "url": _address(one)} for one in seen])
    return page("analysis/index.html", sections=_sections(seen), address=_address, keeping=is_read_by(current_user))


def _sections(seen: Sequence[Chart]) -> list[tuple[Any, list[Chart]]]:
    """What stands open, how it went, and the rest."""
    named = {name for _label, names in SECTIONS for name in names}
    rest = [one.name for one in seen if one.name not in named]
    found = {one.name: one for one in seen}
    listed = [(label, [found[name] for name in names if name in found]) for label, names in (*SECTIONS, (OTHER, rest))]
    return [(label, charts) for label, charts in listed if charts]


def _address(chart: Chart, within: Scope | None = None, end_point: str = ".show") -> str:
    url = url_for(end_point, chart=chart.name)
    return f"{url}?{within.address}" if within and within.address else url


@bp.get("/analysis/<chart>")
@login_required
def show(chart: str) -> Any:
    """One chart."""
    one, within = _chart(chart), scope.read(request.args, today())
    counted = keeping.counted(one, lens.of(current_user), within, now())
    table = lay(one, counted.rows, within, None if wants_json() else SHOWN)
    sentence = told(one.says(counted.rows, within)) if counted.rows else ""
    if wants_json():
        return answer_json(chart=chart, says=sentence, as_of=counted.at.isoformat(), heads=table.heads,
                           rows=[_as_json(row) for row in table.rows], sums=_as_json(table.sums),
                           means=[told(line) for line in one.means])  # fmt: skip
    return page("analysis/show.html", chart=one, table=table, sentence=sentence, counted=counted, scope=within,
                drawing=draw(one, counted.rows, within), shown=SHOWN, others=seen_by(lens.of(current_user)),
                workbook=_address(one, within, ".workbook"), address=_address)  # fmt: skip


def _chart(name: str) -> Chart:
    """The chart of that name if she may see it."""
    chart = CHARTS.get(name)
    if chart is None or chart not in seen_by(lens.of(current_user)):
        abort(404)
    return chart


def _as_json(row: list[Cell]) -> list[dict[str, Any]]:
    return [{"text": cell.text, "number": cell.number, "url": cell.url or None, "few": cell.few} for cell in row]


@bp.get("/analysis/<chart>/workbook")
@login_required
def workbook(chart: str) -> Any:
    """The whole table as a workbook."""
    one, within = _chart(chart), scope.read(request.args, today())
    counted = keeping.counted(one, lens.of(current_user), within, now())
    with tempfile.NamedTemporaryFile(dir=waiting_room(), prefix="table-", suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    try:
        _write(path, one, lay(one, counted.rows, within), counted, within)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    answer = Response(Blocks(path), mimetype=XLSX)
    said = f"{told(one.label)} {within.day.isoformat()}.xlsx"
    answer.headers["Content-Disposition"] = content_disposition(said, inline=False)
    return answer


def _write(path: Path, chart: Chart, table: Table, counted: Counted, within: Scope) -> None:
    first, last = within.period
    about = _("As of %(at)s", at=moment(counted.at))
    if chart.dated or chart.asks:
        about += f"  {first.isoformat()} – {last.isoformat()}"
    sentence = told(chart.says(counted.rows, within)) if counted.rows else ""
    rows = [[cell.text if cell.number is None else cell.number for cell in row] for row in (*table.rows, table.sums)]
    table_sheet.write(path, told(chart.label), [about, sentence], table.heads, rows, [told(m) for m in chart.means])
