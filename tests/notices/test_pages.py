"""The pages: what waits and why, channels whose secrets nobody sees, one's own wishes, and the way out."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import db, unit_of_work
from app.escalations.looking import house
from app.notices import health, keys, leaving
from app.notices.models import Channel, Message, Wish
from tests import story
from tests.cast import Cast
from tests.escalations.scenes import at
from tests.notices.scenes import delivered, messages, minute
from tests.statements import counted

JSON = {"Accept": "application/json"}


def test_administrators_see_what_was_given_up_and_why_and_send_it_again(app, sign_in, post):
    with app.app_context():
        with unit_of_work():
            story.issued(Cast(), at=at(9, 1, 10))
        post.mail.refuses = "550 no such user"
        minute(at(9, 1, 10, 1))
        while (message := messages()[0]).phase == "waiting":
            delivered(message.try_at)
        number = message.id
    admin = sign_in("admin")
    told = admin.get("/notices?tab=given_up", headers=JSON).json
    assert (told["counts"]["given_up"], told["messages"][0]["tries"]) == (1, 7)
    assert "550" in told["messages"][0]["why"]
    page = admin.get("/notices?tab=given_up").text
    assert "李秀云" in page
    assert "550" in page
    assert admin.post(f"/notices/{number}/again").status_code == 303
    assert admin.post(f"/notices/{number}/again").status_code == 409
    post.mail.refuses = ""
    with app.app_context():
        delivered(at(12, 30, 10))
        assert messages()[0].phase == "sent"
    assert [mail["To"].addresses[0].username for mail in post.mail.mails] == ["head"]


def test_a_list_of_fifty_costs_no_more_statements_than_one_of_one(app, sign_in):
    admin, costs = sign_in("admin"), []
    for count in (1, 60):
        with app.app_context(), unit_of_work():
            said = {"channel_id": 1, "person_id": Cast().head.id, "made_at": at(9, 1), "try_at": at(9, 1)}
            db.session.add_all([Message(**said) for _ in range(count)])
        with counted(app) as sent:
            assert admin.get("/notices").status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 12
    assert admin.get("/notices").text.count("R0000") == 50


def test_a_channel_is_added_tried_paused_and_removed_and_its_secrets_are_never_shown(app, sign_in, post):
    admin = sign_in("admin")
    with app.app_context():
        unit = Cast().units["first"].id
    typed = {"kind": "wecom", "name": "一小整改群", "unit": unit, "secret": "GEHEIMNIS", "instant": "y"}
    for address in ("https://10.1.2.3/x", "http://qyapi.weixin.qq.com/x", "javascript:alert(1)", ""):
        refused = admin.post("/channels", data=typed | {"address": address})
        assert (refused.status_code, f'value="{address}"' in refused.text, "GEHEIMNIS" in refused.text) == (
            422,
            True,
            True,
        )
    hook = typed | {"kind": "webhook", "address": f"{post.http.at}/x", "secret": "short"}
    assert admin.post("/channels", data=hook).status_code == 422
    assert admin.post("/channels", data=typed | {"address": f"{post.http.at}/x?key=SECRETKEY"}).status_code == 303
    assert admin.post("/channels", data=hook | {"secret": "0123456789abcdef"}).status_code == 303
    shown = admin.get("/channels").text + admin.get("/channels/2").text + admin.get("/acts").text
    shown += admin.get("/channels", headers=JSON).text + admin.get("/acts", headers=JSON).text
    assert "127.0.0.1" in shown
    assert not [secret for secret in ("SECRETKEY", "GEHEIMNIS", "0123456789abcdef") if secret in shown]
    changed = {name: value for name, value in typed.items() if name not in ("kind", "secret")}
    assert admin.post("/channels/2", data=changed | {"name": "新群"}).status_code == 303
    assert kept(app) == ("新群", "SECRETKEY", "GEHEIMNIS")
    with app.app_context():  # nor does a failed statement tell them to the log
        db.session.add(Channel(kind="mail", name="x", address="SECRETKEY", sealed="GEHEIMNIS", made_at=now()))
        with pytest.raises(IntegrityError) as broken:
            db.session.flush()
    assert not [secret for secret in ("SECRETKEY", "GEHEIMNIS") if secret in str(broken.value)]
    admin.post("/channels/2/test")
    with app.app_context():
        delivered(messages(kind="test")[0].try_at)
    assert "测试" in post.http.calls[-1][2]["markdown"]["content"]
    assert admin.get("/channels", headers=JSON).json["channels"][1]["test"]["phase"] == "sent"
    admin.post("/channels/2/pause")
    admin.post("/channels/2/test")
    with app.app_context():
        assert delivered(at(12, 31)) == 0
    admin.post("/channels/2/remove")
    with app.app_context():
        assert messages()[-1].phase == "given_up"
    with app.app_context():
        assert db.session.get(Channel, 2).sealed == ""
    assert admin.get("/channels/2").status_code == 404


def kept(app):
    with app.app_context():
        robot = db.session.get(Channel, 2)
        address, secret = keys.of(robot)
        return robot.name, address[-9:], secret


def test_secrets_lie_concealed_and_are_asked_for_again_when_the_house_has_a_new_one(app, sign_in, post, monkeypatch):
    with app.app_context():
        unit = Cast().units["first"]
        typed, number = {"name": "新群", "unit": unit.id}, post.robot("webhook", unit, now(), SIGNS).id
        lies = str(db.session.execute(text("SELECT * FROM channels")).all())
    assert "127.0.0.1" in lies
    assert not [word for word in ("SECRETKEY", SIGNS) if word in lies]
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "n" * 40)
    with app.app_context():
        assert app.test_cli_runner().invoke(args=["deliver", "--once"]).exit_code == 0
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert LOST not in sign_in("admin").get("/channels").text
    monkeypatch.setitem(app.config, "SECRET_KEY", "m" * 40)  # and the former one was not kept
    admin = sign_in("admin")
    admin.post(f"/channels/{number}/test")
    with app.app_context():
        health.look(at(12, 30, 10, 0))
        assert delivered(messages(kind="test")[0].try_at) == 1
    assert post.http.calls == []
    assert admin.get("/channels").text.count(LOST) == 2  # the robot, and how its test went
    assert LOST in admin.get("/watch").text
    again = {"address": f"{post.http.at}/webhook", "secret": SIGNS}
    for half in ({}, {"address": again["address"]}, {"secret": again["secret"]}):
        assert admin.post(f"/channels/{number}", data=typed | half).status_code == 422
    assert admin.post(f"/channels/{number}", data=typed | again).status_code == 303
    admin.post(f"/channels/{number}/test")
    with app.app_context():
        delivered(messages(kind="test")[-1].try_at)
    assert post.http.calls
    assert LOST not in admin.get("/channels").text


SIGNS, LOST = "GEHEIMNIS0123456", "系统密钥已更换"


def test_somebody_chooses_her_hours_and_language_and_bad_ones_change_nothing(app, sign_in):
    head = sign_in("head")
    typed = {"news": "y", "groups": "y", "digest_hour": "10", "quiet_from": "18", "quiet_until": "8", "locale": "en"}
    assert head.post("/me/notices", data=typed).status_code == 303
    for wrong in ({"quiet_until": ""}, {"quiet_until": "18"}, {"digest_hour": "24"}, {"locale": "xx"}):
        assert head.post("/me/notices", data=typed | wrong).status_code == 422
    told = head.get("/me/notices", headers=JSON).json
    assert (told["digest_hour"], told["quiet_from"], told["quiet_until"], told["locale"]) == (10, 18, 8, "en")
    assert (told["news"], told["weekly"]) == (True, False)


def test_the_way_out_works_without_signing_in_and_only_with_its_own_link(app, client):
    with app.app_context():
        link = f"/unsubscribe/{leaving.mark(Cast().owner.id, 'news')}"
    assert "张明远" in client.get(link).text
    assert wishes(app) == []
    assert client.post(link).status_code == 200
    assert wishes(app) == [False]
    assert client.get(link[:-2] + "xx").status_code == 404
    assert client.post("/unsubscribe/abc").status_code == 404


def wishes(app):
    with app.app_context():
        return [wish.news for wish in db.session.query(Wish)]


def test_hours_are_settings_with_their_source(app, sign_in):
    admin = sign_in("admin")
    typed = {"name": "office", "starts": "09:00", "ends": "17:30", "source": "县督办〔2026〕5号"}
    assert admin.post("/hours", data=typed).status_code == 303
    assert opens(app) == [False, True]
    for wrong in ({"ends": "08:00"}, {"ends": ""}, {"source": " "}, {"name": "lunch"}, {"starts": "25:00"}):
        assert admin.post("/hours", data=typed | wrong).status_code == 422
    assert admin.post("/hours", data=typed | {"name": "digest", "ends": ""}).status_code == 303
    assert admin.get("/hours", headers=JSON).json["hours"]["digest"]["starts"] == "09:00"
    assert "县督办〔2026〕5号" in admin.get("/hours").text
    admin.post("/hours/office/remove")
    assert opens(app) == [True, True]


def opens(app):
    """Whether the ladder speaks at half past eight and at nine."""
    with app.app_context():
        office = house(at(9, 1)).office
        return [office.is_open(at(9, 1, 8, 30)), office.is_open(at(9, 1, 9))]
