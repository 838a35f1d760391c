"""Forms for those who keep the list of people."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.clock import today
from app.db import db
from app.forms import Form, not_blank, stripped
from app.people import queries, queries_staff
from app.people.models import POST_KINDS, Person, Post
from app.units.queries import all_open

PLEASE = _l("Please fill this in.")
TOO_LONG = _l("At most %(max)d characters.")
POST_LABELS = {
    "head": _l("Head of the unit"), "member": _l("Member (may own findings)"),
    "inspector": _l("Inspector (finds and issues)"), "reviewer": _l("Reviewer (agrees and verifies)"),
    "leader": _l("Leader in charge (reads, decides)"),
}  # fmt: skip


def _asked(*more: Any) -> list[Any]:
    return [InputRequired(PLEASE), *more]


class PersonForm(Form):
    """Who somebody is."""

    name = StringField(
        _l("Full name"), filters=[stripped], validators=_asked(not_blank, Length(max=60, message=TOO_LONG))
    )
    login = StringField(
        _l("Login"), filters=[stripped], description=_l("Letters, digits, dot, dash; a phone number will do."),
        validators=_asked(
            Length(max=60, message=TOO_LONG), Regexp(r"[\w.@-]+$", message=_l("Letters, digits, dot, dash and @ only."))
        ),
    )  # fmt: skip
    phone = StringField(
        _l("Phone"), filters=[stripped],
        validators=[Optional(), Regexp(r"[\d +-]{5,30}$", message=_l("5 to 30 digits."))],
    )  # fmt: skip
    email = StringField(
        _l("Mail address"), filters=[stripped],
        validators=[Optional(), Length(max=120, message=TOO_LONG),
                    Regexp(r"[^@\s]+@[^@\s]+$", message=_l("A mail address has one @, like name@example.org."))],
    )  # fmt: skip
    is_admin = BooleanField(
        _l("Administrator"), description=_l("Keeps units, people and calendars; sees no findings by that.")
    )

    def __init__(self, person: Person | None = None, **given: Any) -> None:
        super().__init__(obj=person, **given)
        self.person = person

    def validate_login(self, field: StringField) -> None:
        """No two people share a login."""
        other = queries.by_login(field.data or "")
        if other and other is not self.person:
            raise ValidationError(_l("%(name)s signs in with this name already.", name=other.name))

    def validate_is_admin(self, field: BooleanField) -> None:
        """Somebody must be left who can undo a mistake."""
        leaves = self.person is not None and self.person.is_admin and self.person.active and not field.data
        if leaves and queries_staff.administrators() <= 1:
            raise ValidationError(_l("This is the last administrator; name another one first."))


class PostForm(Form):
    """A post and from when to when it is held."""

    unit = SelectField(_l("Unit"), validators=_asked())
    kind = SelectField(
        _l("Post"), validators=_asked(), choices=[SelectChoice(value=k, label=POST_LABELS[k]) for k in POST_KINDS]
    )
    title = StringField(_l("Job title"), filters=[stripped], validators=[Optional(), Length(max=60, message=TOO_LONG)])
    starts_on = DateField(_l("First day"), validators=_asked())
    ends_on = DateField(_l("Last day"), validators=[Optional()])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        rows = db.session.scalars(all_open())
        self.unit.choices = [
            SelectChoice(value="", label="—"),
            *(SelectChoice(value=str(unit.id), label="　" * unit.depth + unit.name) for unit in rows),
        ]
        if self.starts_on.raw_data is None:
            self.starts_on.data = today()

    def validate_ends_on(self, field: DateField) -> None:
        """From before until."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("This lies before the first day."))


class EndForm(Form):
    """The last day of a post."""

    ends_on = DateField(_l("Last day"), validators=_asked())

    def __init__(self, post: Post, **given: Any) -> None:
        super().__init__(**given)
        self.post = post
        if self.ends_on.raw_data is None:
            self.ends_on.data = today()

    def validate_ends_on(self, field: DateField) -> None:
        """A post does not end before it begins."""
        if field.data and field.data < self.post.starts_on:
            raise ValidationError(_l("This lies before the first day."))


class DeputyForm(Form):
    """Who stands in, and on which days."""

    deputy = StringField(
        _l("Deputy"), filters=[stripped], validators=_asked(Length(max=60, message=TOO_LONG)),
        description=_l("Login, or the full name where only one person has it."),
    )  # fmt: skip
    starts_on = DateField(_l("First day"), validators=_asked())
    ends_on = DateField(_l("Last day"), validators=_asked())

    def __init__(self, person: Person, **given: Any) -> None:
        super().__init__(**given)
        self.person = person
        self.chosen: Person | None = None

    def validate_deputy(self, field: StringField) -> None:
        """One known, active person other than herself."""
        found = queries_staff.named(field.data or "")
        if len(found) > 1:
            raise ValidationError(_l("Several people are called that; give the login."))
        if not found or not found[0].active:
            raise ValidationError(_l("Nobody who may sign in is called that."))
        if found[0] is self.person:
            raise ValidationError(_l("Nobody stands in for herself."))
        self.chosen = found[0]

    def validate_ends_on(self, field: DateField) -> None:
        """From before until, and not all of it past."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("This lies before the first day."))
        if field.data and field.data < today():
            raise ValidationError(_l("This date has already passed."))


class CardsForm(Form):
    """Whose activation codes are printed."""

    person = SelectMultipleField(_l("People"), coerce=int, validate_choice=False)

    def validate_person(self, field: SelectMultipleField) -> None:
        """At least one, and no more than a page of the list."""
        if not field.data or len(field.data) > queries_staff.PER_PAGE:
            raise ValidationError(_l("Choose 1 to %(max)d people.", max=queries_staff.PER_PAGE))


class ActForm(Form):
    """A button and nothing else."""
