"""The wall display: four panels about one unit, without names, until it is revoked; and the page of all settings."""

from __future__ import annotations

from datetime import timedelta

from app.analysis import views_wall
from app.clock import now
from app.db import unit_of_work
from tests import story
from tests.cast import PEOPLE, UNITS, Cast

JSON = {"Accept": "application/json"}


def test_a_screen_shows_one_units_numbers_without_names_until_it_is_revoked(app, sign_in, client, monkeypatch):
    with app.app_context(), unit_of_work():
        cast = Cast()
        story.rectifying(cast, at=now() - timedelta(days=45))
        story.issued(cast, unit="north")
        story.draft(cast)
        east = cast.units["east"].id
    admin = sign_in("admin")
    assert admin.post("/screens", data={"name": " ", "unit": east}).status_code == 422
    made = admin.post("/screens", data={"name": "门厅", "unit": east})
    address = made.text.split('<code class="wall-address">')[1].split("</code>")[0].split("localhost")[1]
    shown = client.get(address)
    assert shown.headers["Refresh"] == "60"
    said = client.get(address, headers=JSON).json
    assert [said[name] for name in ("open", "overdue", "due_this_week")] == [1, 1, 0]
    names = [name for name, *_post in PEOPLE.values()] + [u[1] for code, u in UNITS.items() if code != "east"]
    assert not [name for name in names if name in shown.text]
    assert "/findings" not in shown.text
    assert "<img" not in shown.text
    assert "wall-stale-now" not in shown.text
    monkeypatch.setattr(views_wall, "STALE", timedelta(seconds=-1))
    assert "wall-stale-now" in client.get(address).text
    assert client.get(address + "x").status_code == 404
    admin.post("/screens/1/revoke")
    assert client.get(address).status_code == 404
    assert address.rsplit("/", 1)[1] not in admin.get("/screens").text


def test_every_default_says_where_it_comes_from_and_leads_to_where_it_is_changed(app, sign_in):
    admin = sign_in("admin")
    admin.post("/screens", data={"name": "门厅", "unit": "1"})
    said = admin.get("/settings", headers=JSON).json["settings"]
    assert len(said) >= 10
    assert all(one["source"] and one["value"] for one in said)
    assert [one for one in said if one["url"] and admin.get(one["url"]).status_code != 200] == []
    assert "MAX_FILE_MB" in admin.get("/settings").text
    assert sign_in("leader").get("/settings").status_code == 403
