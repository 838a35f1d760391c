"""Nobody takes it: later again, given up after seven tries with the reason, never lost and never in a storm."""

from __future__ import annotations

import time
from datetime import timedelta

from flask import current_app

from app.db import db, unit_of_work
from app.escalations.watches import Alert
from app.notices import keys, lease
from app.notices.delivering import Deliverer
from app.notices.models import Channel
from app.steps.actions import take
from tests import story
from tests.escalations.scenes import at
from tests.notices.scenes import delivered, messages, minute, swept

NOON = at(9, 1, 12, 10)
DOUBTFUL = {"hang": True, "slowly": True, "500": True, "broken": True, "silent": True, "list": True,
            "429": False, "errcode": False, "code": False, "too_often": False, "404": False,
            "to http://127.0.0.1:1/": False}  # fmt: skip


def returned(cast, post, kind="wecom"):
    """A robot of the school and a finding that came back, swept for it."""
    robot = post.robot(kind, cast.units["first"], NOON, secret="GEHEIM")
    finding = story.plan_review(cast, at=at(9, 1, 11, 50))
    minute(at(9, 1, 12))
    delivered(at(9, 1, 12, 4))
    post.http.calls.clear()
    take(finding.task, "return_plan", cast.district, now=NOON, reason="再细化")
    return robot, finding


def test_a_robot_that_misbehaves_is_tried_again_and_a_doubtful_message_is_marked(cast, post):
    robot, _finding = returned(cast, post)
    post.http.behaves = "hang"
    minute(NOON)
    for behaves, doubtful in DOUBTFUL.items():
        afresh(robot)
        post.http.behaves = behaves
        delivered(NOON)
        message = messages(channel_id=robot.id)[-1]
        assert (message.phase, message.tries, message.in_doubt) == ("waiting", 1, doubtful), behaves
        assert NOON + timedelta(seconds=48) <= message.try_at <= NOON + timedelta(seconds=72)
        assert "SECRETKEY" not in message.said
        post.http.calls.clear()
        post.http.behaves = "well"
        delivered(NOON + timedelta(minutes=11))
        message = messages(channel_id=robot.id)[-1]
        assert (message.phase, len(post.http.calls), message.said) == ("sent", 1, "")
        content = post.http.calls[-1][2]["markdown"]["content"]
        assert ("补发" in content) is doubtful, behaves
        assert f"R{message.id:06d}" in content


def afresh(robot):
    """Its last message as it was before the first try."""
    with unit_of_work():
        message = messages(channel_id=robot.id)[-1]
        message.channel.rests_until = None
        message.phase, message.tries, message.in_doubt, message.copies = "waiting", 0, False, 0
        message.sent_at, message.said, message.try_at = None, "", NOON


def test_a_robot_that_refuses_connections_is_left_alone_for_a_minute(cast, post):
    robot, _finding = returned(cast, post)
    with unit_of_work():
        keys.keep(robot, "http://127.0.0.1:9/x", "")
        current_app.config["NOTICE_GATEWAYS"].append("127.0.0.1")
    minute(NOON)
    message = messages(channel_id=robot.id)[-1]
    assert (message.tries, message.in_doubt) == (1, False)
    assert db.session.get(Channel, robot.id).rests_until == NOON + timedelta(seconds=60)


def test_seven_tries_over_eighteen_hours_then_given_up_shown_and_sent_again(cast, post):
    story.issued(cast, at=at(9, 1, 10))
    post.mail.refuses = "550 no such user"
    now, waits = at(9, 1, 10, 1), []
    minute(now)
    while (message := messages()[0]).phase == "waiting":
        waits.append((message.try_at - now) / timedelta(minutes=1))
        now = message.try_at
        delivered(now)
    assert message.tries == 7
    assert all(0.8 * step <= wait <= 1.2 * step for step, wait in zip((1, 5, 15, 60, 240, 720), waits, strict=True))
    assert (lease.read(message.said).values, message.in_doubt) == ({"code": 550}, False)
    assert [alert.kind for alert in db.session.query(Alert)] == ["notices"]
    assert len(post.mail.mails) == 0


def test_a_hanging_robot_delays_neither_mail_nor_the_sweep(app, cast, post):
    robot, _finding = returned(cast, post)
    db.session.query(Channel).filter_by(id=robot.id).update({"rests_until": None})
    post.http.behaves = "hang"
    start = time.monotonic()
    swept(NOON)
    assert post.http.calls == []
    with unit_of_work():
        pass
    before = len(post.mail.mails)
    Deliverer(app).run(once=True)
    assert time.monotonic() - start < 5
    assert len(post.mail.mails) == before + 2
    assert [message.phase for message in messages(channel_id=1)][-2:] == ["sent", "sent"]
    assert messages(channel_id=robot.id)[-1].phase == "waiting"
