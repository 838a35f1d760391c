"""How an issuing unit assigns its lists: days by weight, owners by unit and category, and what names stand for."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_login import current_user, login_required
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from app.findings.queries import units_to_choose
from app.forms import Form
from app.htmx import BEYOND, answer_json, back_to, page, wants_json
from app.intake import actions_rules, queries
from app.intake.forms import AssignmentForm, KeptDaysForm
from app.intake.models import USUAL_DAYS
from app.intake.queries_names import names_kept
from app.intake.views import bp
from app.tasks.refusals import NotYours
from app.units import queries as units
from app.units.models import Unit
from workflows.grammar import say


@bp.route("/intake/rules/<int:unit_id>", methods=["GET", "POST"])
@login_required
def rules(unit_id: int) -> Any:
    """Look at the rules of an issuing unit and change them."""
    issuer, sent = _hers(unit_id), request.form if request.method == "POST" else None
    do = request.form.get("do", "")
    days, line = _days(issuer, sent if do == "days" else None), _line(issuer, sent if do == "add" else None)
    gone, unnamed = Gone(), Unnamed()
    if sent is None:
        return _shown(issuer, days, line)
    if not {"days": days, "add": line, "unname": unnamed}.get(do, gone).validate():
        return _shown(issuer, days, line, 422)
    if do == "days":
        actions_rules.keep_days(unit_id, **{weight: days[weight].data for weight in USUAL_DAYS})
    elif do == "add":
        actions_rules.assign(unit_id, line.chosen[0], line.category.data or "", line.chosen[1])
    elif do == "unname":
        actions_rules.forget_name(unit_id, unnamed.name.data or "")
    else:
        actions_rules.forget(unit_id, gone.line.data or 0)
    return answer_json(**_as_json(issuer)) if wants_json() else back_to(url_for("intake.rules", unit_id=unit_id))


class Gone(Form):
    """The line that is to be forgotten."""

    line = IntegerField(validators=[InputRequired(), NumberRange(1, BEYOND - 1)])
    do = StringField()


class Unnamed(Form):
    """The name that is to stand for nothing any more."""

    name = StringField(validators=[InputRequired(), Length(max=actions_rules.LONGEST_NAME)])
    do = StringField()


def _hers(unit_id: int) -> Unit:
    issuer = units.get(unit_id)
    if issuer is None or not current_user.supervises(issuer.path):
        abort(404)
    if not current_user.sits("inspector", unit_id):
        raise NotYours(say("Only inspectors of the issuing unit change how its lists are assigned."))
    return issuer


def _days(issuer: Unit, sent: Any) -> KeptDaysForm:
    kept = queries.days_of(issuer.id)
    usual = {weight: getattr(kept, weight, usual) for weight, usual in USUAL_DAYS.items()}
    return KeptDaysForm(formdata=sent, data=usual)


def _line(issuer: Unit, sent: Any) -> AssignmentForm:
    form = AssignmentForm(formdata=sent)
    form.offer(units_to_choose(issuer), queries.holders_below(issuer))
    return form


def _shown(issuer: Unit, days: KeptDaysForm, line: AssignmentForm, status: int = 200) -> Any:
    if wants_json():
        errors = {
            name: [str(one) for one in said] for form in (days, line) for name, said in form.errors.items() if name
        }
        return answer_json(status, **_as_json(issuer), fields=errors)
    return page("intake/rules.html", status, issuer=issuer, days=days, line=line,
                owners=queries.assignments(issuer.id), names=names_kept(issuer.id))  # fmt: skip


def _as_json(issuer: Unit) -> dict[str, Any]:
    kept = queries.days_of(issuer.id)
    return {
        "days": {weight: getattr(kept, weight, usual) for weight, usual in USUAL_DAYS.items()},
        "owners": [{"line": one.id, "unit": one.unit.name, "category": one.category, "owner": one.owner.name}
                   for one in queries.assignments(issuer.id)],
        "names": [{"name": one.name, "unit": one.unit.name} for one in names_kept(issuer.id)],
    }  # fmt: skip
