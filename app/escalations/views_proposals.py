"""What the ladder drafted, and its decider's page: send it out as it is, change it first, or decline it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.clock import now
from app.escalations import actions_proposals as actions
from app.escalations import queries_pages
from app.escalations.models import Proposal
from app.escalations.views import bp
from app.forms import Form, not_blank, stripped
from app.htmx import answer_json, back_to, page, wants_json
from app.orders import queries as orders
from app.orders.addressing import addressee
from app.orders.forms import OrderForm
from app.orders.views_writing import went_out, written_to
from app.orders.wording import lateness
from app.steps.unfit import unfit
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn
from app.words import told
from workflows.grammar import say
from workflows.rungs import LABELS

LATELY = timedelta(days=14)


class DeclineForm(Form):
    """Why nothing goes out."""

    reason = TextAreaField(
        _l("Reason"), filters=[stripped],
        validators=[InputRequired(_l("Please fill this in.")), not_blank,
                    Length(max=2000, message=_l("At most %(max)d characters."))],
    )  # fmt: skip


@bp.get("/proposals")
@login_required
def proposals() -> Any:
    """Papers that the ladder drafted and that wait for her decision."""
    found, over = queries_pages.proposals(current_user), queries_pages.lapsed(current_user, now() - LATELY)
    if wants_json():
        return answer_json(proposals=[as_json(one) for one in found],
                           lapsed=[as_json(one) | {"why": told(say(one.remark))} for one in over])  # fmt: skip
    lapsed = [(one, say(one.remark)) for one in over]
    return page("escalations/proposals.html", proposals=found, lapsed=lapsed, kinds=LABELS)


def as_json(one: Proposal) -> dict[str, Any]:
    """A proposal for machines."""
    return {"id": one.id, "task_id": one.task_id, "number": one.task.number, "kind": one.kind,
            "made_at": one.made_at.isoformat(), "url": url_for("escalations.proposal", proposal_id=one.id)}  # fmt: skip


@bp.get("/proposals/<int:proposal_id>")
@login_required
def proposal(proposal_id: int) -> Any:
    """One of them, filled in."""
    one = _found(proposal_id)
    if wants_json():
        return answer_json(**as_json(one))
    form, found = _form(one)
    return _shown(one, form, found, DeclineForm(formdata=None))


def _form(one: Proposal, **options: Any) -> tuple[OrderForm, list[Task]]:
    """What lies in the same hands and is proposed too; nothing else is in it without her doing."""
    beside = queries_pages.beside(current_user, one)
    found, to = orders.among(current_user, [one.task_id, *beside]), addressee(one.task)
    found = [task for task in found if task.id == one.task_id or addressee(task) == to]
    return OrderForm.about(found, one.kind, **options), found


def _shown(one: Proposal, form: OrderForm, found: list[Task], declining: DeclineForm, status: int = 200) -> Any:
    said = _around(one, form, found)
    return page("escalations/proposal.html", status, form=form, declining=declining, **said)


def _around(one: Proposal, form: OrderForm, found: list[Task]) -> dict[str, Any]:
    unit, _post = addressee(one.task)
    late = lateness(one.task, now())
    return written_to(unit or abort(404), found, form) | {
        "one": one, "label": told(LABELS[one.kind]), "late": late, "task": one.task, "choosing": True}  # fmt: skip


@bp.post("/proposals/<int:proposal_id>/adopt")
@login_required
def adopt(proposal_id: int) -> Any:
    """Sign it, as the ladder drafted it or changed."""
    one = _found(proposal_id)
    form, found = _form(one)
    unit, post = addressee(one.task)
    if not form.validate():
        said = _around(one, form, found)
        return unfit(form, "escalations/proposal.html", declining=DeclineForm(formdata=None), **said)
    chosen = [task for task in found if task.id in (form.tasks.data or ())]
    letter = form.letter(unit or abort(404), post, one.climb.rung.light)
    return went_out(actions.adopt(one, letter, chosen, current_user, now=now()))


@bp.post("/proposals/<int:proposal_id>/decline")
@login_required
def decline(proposal_id: int) -> Any:
    """Decide against it; the reason stays."""
    one, declining = _found(proposal_id), DeclineForm()
    if not declining.validate():
        form, found = _form(one, formdata=None)
        return unfit(declining, "") if wants_json() else _shown(one, form, found, declining, 422)
    actions.decline(one, current_user, declining.reason.data or "", now=now())
    if wants_json():
        return answer_json(declined=True)
    flash(_("Declined. The reason stands on the task."))
    return back_to(url_for(".proposals"))


def _found(proposal_id: int) -> Proposal:
    """Hers to decide, and not decided yet; what was decided meanwhile says so."""
    one = queries_pages.proposal(current_user, proposal_id) or abort(404)
    if one.outcome == "lapsed":
        raise OutOfTurn(say(one.remark))
    if one.decided_at is not None:
        raise OutOfTurn(queries_pages.ALREADY)
    if over := queries_pages.why_over(one):
        raise OutOfTurn(over)
    return one
