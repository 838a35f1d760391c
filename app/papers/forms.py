"""What papers ask of people."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms import Form, not_blank, stripped
from app.papers.kinds import Kind

TOO_LONG = _l("At most %(max)d characters.")


def asked_by(kind: Kind, **given: Any) -> Form:
    """The form for what that paper says beside the records; every field may stay empty."""

    class AskedForm(Form):
        pass

    for asked in kind.asks:
        field, limit = (TextAreaField, 2000) if asked.is_long else (StringField, 120)
        rules = [Optional(), Length(max=limit, message=TOO_LONG)]
        setattr(AskedForm, asked.name, field(asked.label, filters=[stripped], validators=rules))
    return AskedForm(**given)


class VoidForm(Form):
    """Why a paper does not hold."""

    reason = StringField(
        _l("Reason"), filters=[stripped],
        validators=[InputRequired(_l("Please fill this in.")), not_blank, Length(max=200, message=TOO_LONG)],
    )  # fmt: skip


class TemplateForm(Form):
    """Another template."""

    file = FileField(_l("Template (.docx)"), validators=[FileRequired(_l("Choose a file first."))])


class MarkForm(Form):
    """What stands before the year in a unit's numbers."""

    mark = StringField(
        _l("Mark before the year"), filters=[stripped], validators=[Optional(), Length(max=20, message=TOO_LONG)]
    )
