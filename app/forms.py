"""The ground of every form: unknown fields are refused, and what was typed is kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import abort, current_app, request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import Form as PlainForm
from wtforms import IntegerField, StringField, ValidationError
from wtforms.i18n import get_translations
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

ALWAYS = {"csrf_token", "seen"}
csrf = CSRFProtect()


def check_csrf() -> None:
    """For views that look at permissions before the body is read: refuse a form that is not ours."""
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


@lru_cache
def _sentences(locale: str) -> Any:
    return get_translations([locale])


class Form(FlaskForm):
    """A form that takes exactly the fields it has."""

    class Meta(FlaskForm.Meta):
        """With the sentences of WTForms read once for each language, not anew for each form."""

        def get_translations(self, form: Any) -> Any:
            return _sentences(str(get_locale()))

    seen = IntegerField(validators=[Optional()], widget=HiddenInput(), default=None, render_kw={})

    @property
    def unknown(self) -> list[str]:
        """Names that were sent but that this form does not have."""
        sent = set(request.form) | set(request.files)
        own = {field.name for field in self} | ALWAYS
        return sorted(name for name in sent if name not in own and not self._is_part(name))

    def _is_part(self, name: str) -> bool:
        return any(name.startswith(f"{field.name}-") for field in self if field.type in ("FieldList", "FormField"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything sent is known and right; one sentence per field otherwise."""
        valid = super().validate(extra_validators)
        if self.unknown:
            self.form_errors.append(
                _l("Unknown fields were sent: %(names)s. Nothing was saved.", names=", ".join(self.unknown))
            )
            return False
        if any("\x00" in text for texts in request.form.listvalues() for text in texts):
            self.form_errors.append(_l("Some signs in the text cannot be stored. Type it anew."))
            return False
        return valid

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, without the form's own fields; a text that was not sent is empty."""
        own = (field for field in self if field.name not in ALWAYS)
        return {f.name: "" if f.data is None and isinstance(f, StringField) else f.data for f in own}


class Part(PlainForm):
    """A line of a form with several; its sentences are in the reader's language, too."""

    class Meta:
        """As a form's."""

        def get_translations(self, form: Any) -> Any:
            return _sentences(str(get_locale()))


def only_a_button() -> None:
    """For a button without fields: refuse whatever else was sent."""
    if not Form().validate():
        abort(422)


def stripped(value: str | None) -> str | None:
    """Text without blanks around it."""
    return value.strip() if isinstance(value, str) else value


def not_blank(_form: Form, field: StringField) -> None:
    """Refuse a text of nothing but blanks."""
    if not (field.data or "").strip():
        raise ValidationError(_l("Please fill this in."))
