"""Pages of papers: the register, one paper, and making one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_login import current_user, login_required

from app.clock import now, today
from app.db import aside
from app.evidence.actions_sealing import carried_out
from app.evidence.names import content_disposition
from app.evidence.ours import storage
from app.evidence.storage import Missing, Storage
from app.htmx import answer_json, back_to, number, page, wants_json
from app.papers import actions, pdf, queries
from app.papers.forms import VoidForm, asked_by
from app.papers.gathering import Gathered, gather
from app.papers.kinds import KINDS, Kind
from app.papers.models import Paper
from app.papers.printing import Unfilled
from app.papers.rendering import MEDIA_TYPE
from app.papers.reserving import write_out

bp = Blueprint("papers", __name__)
PDF = "application/pdf"


@bp.get("/papers")
@login_required
def index() -> Any:
    """The register of papers as far as she may read it, newest first."""
    found = queries.register(current_user, request.args.get("before", type=number))
    rows, more = found[: queries.PER_PAGE], len(found) > queries.PER_PAGE
    following = url_for(".index", before=rows[-1].id) if more else None
    if wants_json():
        return answer_json(papers=[as_json(paper) for paper in rows], next=following)
    return page("papers/index.html", papers=rows, kinds=KINDS, next_url=following)


def as_json(paper: Paper) -> dict[str, Any]:
    """One row of the register for machines."""
    return {
        "id": paper.id, "kind": paper.kind, "number": paper.text, "title": paper.title, "unit": paper.unit.name,
        "about": paper.about_unit.name, "at": paper.at.isoformat(), "person": paper.person.name,
        "sha256": paper.sha256 or None, "voided": paper.voided_at is not None,
        "url": url_for(".show", paper_id=paper.id),
    }  # fmt: skip


@bp.get("/papers/<int:paper_id>")
@login_required
def show(paper_id: int) -> Any:
    """One numbered paper: whose, when, for what, its files."""
    paper = queries.get(current_user, paper_id) or abort(404)
    with suppress(Unfilled):  # the page says why there is no file yet, and the paper can be voided
        write_out(paper)
    return answer_json(**as_json(paper)) if wants_json() else _shown(paper, VoidForm(formdata=None))


def _written(paper_id: int) -> Paper:
    """The paper, if she may read it; its file is written now if nobody has opened it yet."""
    paper = queries.get(current_user, paper_id) or abort(404)
    write_out(paper)
    return paper


def _shown(paper: Paper, form: VoidForm, status: int = 200) -> Any:
    may_void = paper.voided_at is None and actions.may_void(paper, current_user)
    return page("papers/show.html", status, paper=paper, kind=KINDS[paper.kind], has_pdf=pdf.is_available(),
                form=form if may_void else None,
                back=url_for(".make", kind=paper.kind, subject_id=paper.subject_id))  # fmt: skip


@bp.post("/papers/<int:paper_id>/void")
@login_required
def void(paper_id: int) -> Any:
    """Say that a paper does not hold; the number stays taken."""
    paper = queries.get(current_user, paper_id) or abort(404)
    form = VoidForm()
    actions.must_be_issuer(paper, current_user)
    if not form.validate():
        return _shown(paper, form, 422)
    actions.void(paper, current_user, form.reason.data or "", now=now())
    return back_to(url_for(".show", paper_id=paper.id))


@bp.get("/papers/<int:paper_id>/file.<ending>")
@login_required
def file(paper_id: int, ending: str) -> Any:
    """The kept file, byte for byte what was issued; its PDF is made once and kept beside."""
    if ending not in ("docx", "pdf"):
        abort(404)
    paper = _written(paper_id)
    try:
        content = b"".join(storage().open_read(Storage.original_key(paper.sha256)).chunks)
    except Missing:
        abort(404)
    if ending == "pdf":
        content = _pdf_of(paper.sha256, content)
    return carried(content, paper.name, ending, len(paper.tasks))


def _pdf_of(sha256: str, content: bytes) -> bytes:
    key = f"derived/{sha256}/paper.pdf"
    try:
        return b"".join(storage().open_read(key).chunks)
    except Missing:
        made = pdf.converted(content)
        storage().put_bytes(key, made)
        return made


def carried(content: bytes, name: str, ending: str, count: int) -> Response:
    """The same, written down like every export: who took which paper out, about how many findings."""
    answer = sent(content, name, ending)
    said = f"{name.removesuffix('.docx')}.{ending}"
    aside(partial(carried_out, current_user.id, said, count, now()))
    return answer


def sent(content: bytes, name: str, ending: str) -> Response:
    """A file as a download."""
    answer = Response(content, mimetype=PDF if ending == "pdf" else MEDIA_TYPE)
    answer.headers["Content-Disposition"] = content_disposition(f"{name.removesuffix('.docx')}.{ending}", inline=False)
    return answer


def gathered(kind: str, subject_id: int, said: Mapping[str, str] | None = None) -> Gathered:
    """What that paper would say; 404 for a kind nobody knows and for what she may not see."""
    if kind not in KINDS:
        abort(404)
    return gather(kind, subject_id, current_user, today(), said or {}) or abort(404)


@bp.get("/papers/<kind>/<int:subject_id>")
@login_required
def make(kind: str, subject_id: int) -> Any:
    """What the paper is about, what it asks beside the records, and the numbers it was given before."""
    return making(gathered(kind, subject_id), asked_by(KINDS[kind], formdata=None))


def making(found: Gathered, form: Any, status: int = 200) -> Any:
    """The page on which a paper is looked at and numbered."""
    kind: Kind = found.kind
    return page("papers/make.html", status, found=found, kind=kind, form=form, has_pdf=pdf.is_available(),
                may_number=found.is_ripe and found.may_number(current_user), decide=_decide(found),
                given=queries.given(current_user, kind.name, found.subject_id))  # fmt: skip


def _decide(found: Gathered) -> str:
    """Where a leader decides what the paper says, as long as nobody has."""
    if found.is_ripe:
        return ""
    kind = found.kind.name
    if found.tasks:
        return url_for("orders.about_task", task_id=found.tasks[0], kind=kind)
    return url_for("orders.late", kind=kind)


@bp.get("/papers/<kind>/<int:subject_id>/draft.<ending>")
@login_required
def draft(kind: str, subject_id: int, ending: str) -> Any:
    """The paper as it would be, without a number; what was typed stands in the address."""
    found = gathered(kind, subject_id, request.args)
    if ending not in ("docx", "pdf"):
        abort(404)
    content = actions.draft(found)
    whole = pdf.converted(content) if ending == "pdf" else content
    return carried(whole, f"{found.title}{actions.DRAFT}", ending, len(found.tasks))


@bp.post("/papers/<kind>/<int:subject_id>")
@login_required
def issue(kind: str, subject_id: int) -> Any:
    """Give the paper its number."""
    found, form = gathered(kind, subject_id), asked_by(KINDS[kind])
    found.must_be_numbered_by(current_user)
    if not form.validate():
        return making(found, form, 422)
    person, said = current_user.id, {name: value or "" for name, value in form.given.items()}
    paper = actions.issue(lambda: gather(kind, subject_id, current_user, today(), said), person, now=now())
    return answer_json(201, **as_json(paper)) if wants_json() else back_to(url_for(".show", paper_id=paper.id))


# The room's further pages hang themselves into the same blueprint.
from app.papers import views_ledger, views_templates  # noqa: E402, F401
