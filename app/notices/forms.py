"""Forms for channels and for how somebody wants to be told."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import PasswordInput

from app.forms import Form, not_blank, stripped
from app.notices import keys
from app.notices.channels import guard
from app.notices.models import Channel, Wish
from app.words import LOCALES, told

PLEASE = _l("Please fill this in.")
LONGEST = _l("At most %(max)d characters.")
ROBOTS = {
    "wecom": _l("WeCom group robot"), "dingtalk": _l("DingTalk group robot"), "feishu": _l("Feishu group robot"),
    "webhook": _l("Webhook of your own"),
}  # fmt: skip
LABELS = {"mail": _l("Mail"), **ROBOTS}
AS_THE_HOUSE = _l("as the house has it")


class ChannelForm(Form):
    """A robot; once kept its address and secret are never shown again, and until then nothing typed is lost."""

    kind = SelectField(_l("Kind"), validators=[InputRequired(PLEASE)],
                       choices=[SelectChoice(value=kind, label=label) for kind, label in ROBOTS.items()])  # fmt: skip
    name = StringField(_l("Name of the group"), filters=[stripped],
                       validators=[InputRequired(PLEASE), not_blank, Length(max=60, message=LONGEST)])  # fmt: skip
    unit = SelectField(
        _l("Unit"), coerce=int, validators=[InputRequired(PLEASE)],
        description=_l("The group hears what concerns people of this unit and of those below without a group."),
    )  # fmt: skip
    address = PasswordField(_l("Address"), filters=[stripped], widget=PasswordInput(hide_value=False),
                            validators=[Length(max=1000, message=LONGEST)])  # fmt: skip
    secret = PasswordField(
        _l("Secret"), filters=[stripped], widget=PasswordInput(hide_value=False),
        validators=[Length(max=200, message=LONGEST)],
        description=_l("DingTalk: 加签. Feishu: 签名校验. A webhook’s signature is made with it."),
    )  # fmt: skip
    instant = BooleanField(_l("Also assignments, returns and orders, at once"))
    locale = SelectField(_l("Language"), validators=[Optional()])

    def __init__(self, units: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.channel = channel
        self.unit.choices = [SelectChoice(value=unit.id, label=unit.name) for unit in units]
        self.locale.choices = _languages()
        self.address.flags.required = channel is None
        if channel is not None:
            self.kind.data = channel.kind
            self.address.description = _l("An address is kept and never shown. Leave it empty and it stays.")
            del self.kind

    @classmethod
    def of(cls, channel: Channel, units: Any) -> ChannelForm:
        """The form filled with what may be shown of a channel."""
        known = {"name": channel.name, "unit": channel.unit_id, "instant": channel.instant, "locale": channel.locale}
        return cls(units, channel, formdata=None, data=known)

    def validate_address(self, field: PasswordField) -> None:
        """One that may be sent to; a new channel needs one."""
        kind = self.channel.kind if self.channel else str(self.kind.data)
        if not field.data:
            if self.channel is None:
                raise ValidationError(PLEASE)
            if keys.are_lost(self.channel):
                raise ValidationError(told(keys.LOST))
            return
        try:
            guard.check(kind, field.data)
        except guard.Barred as barred:
            raise ValidationError(told(barred.why)) from None

    def validate_secret(self, field: PasswordField) -> None:
        """A webhook signs with it, so it needs one that cannot be guessed."""
        needed = self._is_webhook() and (not self.channel or keys.are_lost(self.channel))
        if (needed or (field.data and self._is_webhook())) and len(field.data or "") < 16:
            raise ValidationError(_l("A webhook needs a secret of at least 16 characters; both sides keep it."))

    def _is_webhook(self) -> bool:
        return (self.channel.kind if self.channel else self.kind.data) == "webhook"


class WishForm(Form):
    """How somebody wants to be told."""

    news = BooleanField(
        _l("By mail: what happened, once a day"),
        description=_l("What asks something of you comes in any case: assignments, returns, orders, reminders."),
    )
    weekly = BooleanField(_l("By mail: the week in a few lines, for leaders"))
    groups = BooleanField(_l("My name may stand in messages of my unit’s group"))
    digest_hour = SelectField(_l("Hour of the daily digest"), validators=[Optional()])
    quiet_from = SelectField(_l("Quiet from"), validators=[Optional()])
    quiet_until = SelectField(_l("Quiet until"))
    locale = SelectField(_l("Language"), validators=[Optional()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in (self.digest_hour, self.quiet_from, self.quiet_until):
            field.choices = [SelectChoice(value="", label=AS_THE_HOUSE), *_hours()]
        self.locale.choices = _languages()

    @classmethod
    def of(cls, wish: Wish, locale: str) -> WishForm:
        """The form filled with what she wishes."""
        hours = {name: "" if getattr(wish, name) is None else str(getattr(wish, name)) for name in HOURS}
        return cls(formdata=None, data={"news": wish.news, "weekly": wish.weekly, "groups": wish.groups,
                                        "locale": locale, **hours})  # fmt: skip

    def validate_quiet_until(self, field: SelectField) -> None:
        """Both hours or neither, and some of the day left."""
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError(_l("Choose both hours or neither."))
        if field.data and field.data == self.quiet_from.data:
            raise ValidationError(_l("These hours leave nothing quiet; choose two different ones."))

    @property
    def wishes(self) -> dict[str, Any]:
        """What was chosen, hours as numbers."""
        hours = {name: int(self[name].data) if self[name].data else None for name in HOURS}
        return {"news": self.news.data, "weekly": self.weekly.data, "groups": self.groups.data, **hours}


HOURS = ("digest_hour", "quiet_from", "quiet_until")


def _hours() -> list[Any]:
    return [SelectChoice(value=str(hour), label=f"{hour:02d}:00") for hour in range(24)]


def _languages() -> list[Any]:
    return [SelectChoice(value="", label=AS_THE_HOUSE)] + [SelectChoice(value=v, label=n) for v, n in LOCALES.items()]
