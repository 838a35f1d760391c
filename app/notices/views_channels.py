"""Channels: mail and the robots of groups, kept and tried by administrators; addresses and secrets are never shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json
from app.notices import actions, keys, lease
from app.notices import queries_pages as queries
from app.notices.forms import LABELS, ChannelForm
from app.notices.health import standing
from app.notices.models import Channel
from app.notices.views import bp
from app.units import queries as units
from app.words import told


@bp.get("/channels")
@for_administrators
def channels() -> Any:
    """Every channel, how its last test went, and a form for a new robot."""
    if wants_json():
        return answer_json(channels=[_shown(channel) for channel in queries.channels()])
    return _page(ChannelForm(_units(), formdata=None, data={"instant": True}))


def _page(form: ChannelForm, status: int = 200) -> Any:
    shown = [_shown(channel) for channel in queries.channels()]
    return page("notices/channels.html", status, form=form, channels=shown, well=standing(now()))


def _units() -> list[Any]:
    return units.listed([units.EVERYWHERE], limit=2000)


def _shown(channel: Channel) -> dict[str, Any]:
    """What may be known of a channel: of its address the host only."""
    last, lost = queries.last_test(channel.id), keys.are_lost(channel)
    return {
        "id": channel.id, "kind": channel.kind, "label": str(LABELS[channel.kind]), "active": channel.active,
        "name": channel.name if channel.is_robot else str(LABELS["mail"]),
        "unit": channel.unit.name if channel.unit else "", "host": _host(channel),
        "instant": channel.instant, "rests_until": channel.rests_until,
        "lost": told(keys.LOST) if lost else "",
        "signed": channel.is_robot and not lost and bool(keys.of(channel).secret), "test": last and {
            "at": last.made_at, "phase": last.phase, "why": told(lease.read(last.said)) if last.said else ""},
    }  # fmt: skip


def _host(channel: Channel) -> str:
    if channel.is_robot:
        return urlsplit(channel.address).hostname or ""
    host = current_app.config["SMTP_HOST"]
    return f"{host}:{current_app.config['SMTP_PORT']}" if host else ""


@bp.post("/channels")
@for_administrators
def add() -> Any:
    """A new robot."""
    form = ChannelForm(_units())
    if not form.validate():
        return _page(form, 422)
    given = form.given | {"locale": form.locale.data or ""}
    channel = actions.add(kind=given.pop("kind"), unit_id=given.pop("unit"), now=now(), **given)
    _keep("make", channel)
    flash(_("%(name)s is a channel now. Send a test.", name=channel.name))
    return back_to(url_for(".channels"))


@bp.get("/channels/<int:channel_id>")
@for_administrators
def channel(channel_id: int) -> Any:
    """A robot to be changed."""
    found = _found(channel_id)
    return page("notices/channel.html", channel=_shown(found), form=ChannelForm.of(found, _units()))


@bp.post("/channels/<int:channel_id>")
@for_administrators
def change(channel_id: int) -> Any:
    """Change it; an empty address or secret stays as it was."""
    found = _found(channel_id)
    form = ChannelForm(_units(), found)
    if not form.validate():
        return page("notices/channel.html", 422, channel=_shown(found), form=form)
    given = form.given | {"locale": form.locale.data or ""}
    actions.change(found, unit_id=given.pop("unit"), **given)
    _keep("edit", found, address="changed" if given["address"] else "", secret="changed" if given["secret"] else "")
    flash(_("Saved."))
    return back_to(url_for(".channels"))


@bp.post("/channels/<int:channel_id>/test")
@for_administrators
def test(channel_id: int) -> Any:
    """Send a test through it."""
    found = queries.channel(channel_id) or abort(404)
    only_a_button()
    actions.test(found, current_user._get_current_object(), now=now())
    _keep("test", found)
    flash(_("A test is on its way; look here again in a few seconds for how it went."))
    return back_to(url_for(".channels"))


@bp.post("/channels/<int:channel_id>/pause")
@for_administrators
def pause(channel_id: int) -> Any:
    """Stop sending there, or go on."""
    found = queries.channel(channel_id) or abort(404)
    only_a_button()
    actions.pause(found)
    _keep("resume" if found.active else "pause", found)
    return back_to(url_for(".channels"))


@bp.post("/channels/<int:channel_id>/remove")
@for_administrators
def remove(channel_id: int) -> Any:
    """Take a robot away for good."""
    found = _found(channel_id)
    only_a_button()
    _keep("remove", found)
    actions.retire(found, now=now())
    return back_to(url_for(".channels"))


def _found(channel_id: int) -> Channel:
    found = queries.channel(channel_id)
    return found if found and found.is_robot else abort(404)


def _keep(what: str, kept: Channel, **more: str) -> None:
    """In the record of administration stands the host, never the address."""
    said = {"kind": kept.kind, "host": _host(kept), **{name: value for name, value in more.items() if value}}
    acts.note(what, "channel", kept.name, current_user, now=now(), about_id=kept.id, after=said)
