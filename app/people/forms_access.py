"""The forms of getting in."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from app.forms import Form, not_blank, stripped
from app.people import codes, passwords
from app.people.models import Person

MOST_UNITS = 200
FILLED = InputRequired(_l("Please fill this in."))
TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
LOGIN = re.compile(r"[\w.@+-]+")


def short(length: int) -> Length:
    """At most that many characters."""
    return Length(max=length, message=_l("At most %(max)d characters, please."))


def half_width(value: str | None) -> str:
    """What a Chinese keyboard types full-width, as it is printed on the slip."""
    return passwords.plain(value or "").strip()


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        _l("Login"), [FILLED, short(60)], filters=[stripped], render_kw={"autocomplete": "username", **TYPED}
    )
    password = PasswordField(
        _l("Password"), [FILLED, short(passwords.LONGEST)], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class DemoForm(Form):
    """One of the demo people."""

    login = StringField(validators=[FILLED])
    next = HiddenField()


class LanguageForm(Form):
    """The language of the screen, and the page to come back to."""

    locale = StringField(validators=[FILLED])
    next = StringField()


def new_password() -> PasswordField:
    """The field for a password of one's own choice."""
    checks, words = [FILLED, short(passwords.LONGEST)], {"autocomplete": "new-password"}
    return PasswordField(_l("New password"), checks, description=passwords.RULE, render_kw=words)


def typed_again() -> PasswordField:
    """The same once more, against slips of the finger."""
    same = EqualTo("password", _l("The two differ. Type the same password twice."))
    return PasswordField(_l("New password again"), [FILLED, same], render_kw={"autocomplete": "new-password"})


class OwnPassword(Form):
    """What is true of every form with a new password."""

    names: tuple[str, ...] = ()

    def of(self, person: Person) -> Any:
        """The form for that person, whose names must not stand in the password."""
        self.names = (person.login, person.name, person.phone)
        return self

    def validate_password(self, field: PasswordField) -> None:
        if why := passwords.why_poor(field.data or "", self.names):
            raise ValidationError(why)


class PasswordForm(OwnPassword):
    """The present password and a new one."""

    current = PasswordField(
        _l("Present password"), [FILLED, short(passwords.LONGEST)], render_kw={"autocomplete": "current-password"}
    )
    password, again = new_password(), typed_again()


class ActivationForm(OwnPassword):
    """A printed code and the password of one's own choice."""

    code = StringField(
        _l("Activation code"), [FILLED, short(40)], filters=[half_width],
        description=_l("It stands on the slip from your administrator, for example 7KMP-Q2XD-9HTA."),
        render_kw={"autocomplete": "one-time-code", **TYPED, "autocapitalize": "characters"},
    )  # fmt: skip
    password, again = new_password(), typed_again()


class SetUpForm(OwnPassword):
    """The first administrator, the first bureau and a few units."""

    code = StringField(
        _l("Set-up code"), [FILLED, short(40)], filters=[half_width],
        description=_l("It stands in the terminal in which Rectify was started; “flask people setup-code” prints it "
                       "again. So no stranger can claim this house."),
        render_kw={"autocomplete": "one-time-code", **TYPED, "autocapitalize": "characters"},
    )  # fmt: skip
    name = StringField(
        _l("Your name"), [FILLED, not_blank, short(60)], filters=[stripped], render_kw={"autocomplete": "name"}
    )
    login = StringField(
        _l("Login"), [FILLED, short(60)], filters=[stripped],
        description=_l("What you type to sign in: letters, digits, dot or dash."),
        render_kw={"autocomplete": "username", **TYPED},
    )  # fmt: skip
    password, again = new_password(), typed_again()
    bureau = StringField(
        _l("Your bureau"), [FILLED, not_blank, short(120)], filters=[stripped],
        render_kw={"autocomplete": "organization"},
    )  # fmt: skip
    units = TextAreaField(
        _l("First units"), [short(20_000)],
        description=_l("One a line: districts, departments, schools. Their kinds are read from their names; "
                       "all of it can be changed later."),
    )  # fmt: skip

    @property
    def is_ours(self) -> bool:
        """Whether the code is the one of this house."""
        return codes.is_for_set_up(self.code.data or "", current_app.config["SECRET_KEY"])

    def validate_code(self, field: StringField) -> None:
        if not self.is_ours:
            raise ValidationError(_l("This is not the code that was printed at the start."))

    def validate_login(self, field: StringField) -> None:
        if not LOGIN.fullmatch(field.data or ""):
            raise ValidationError(_l("Only letters, digits, dot, dash, underline, plus and @."))

    def validate_password(self, field: PasswordField) -> None:
        self.names = (self.login.data or "", self.name.data or "")
        super().validate_password(field)

    def validate_units(self, field: TextAreaField) -> None:
        if len(self.unit_names) > MOST_UNITS or any(len(name) > 120 for name in self.unit_names):
            raise ValidationError(_l("At most 200 lines of 120 characters each; import longer lists later."))

    @property
    def unit_names(self) -> list[str]:
        """The units that were typed, each once, without the bureau itself."""
        lines = (line.strip() for line in (self.units.data or "").splitlines())
        return [name for name in dict.fromkeys(lines) if name and name != self.bureau.data]
