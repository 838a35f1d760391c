"""Robots: each platform's own signature, text by bytes, never too many a minute, never at full and half hours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from app.db import db, unit_of_work
from app.notices import carriers
from app.notices.channels import Letter, Line
from app.notices.channels.robots import cut
from app.notices.models import Channel, Message, Wish
from app.notices.when import AT_ONCE, PROPOSES, off_the_hour
from app.steps.actions import take
from app.tasks import chronicle
from app.tasks.chronicle import Note
from tests import story
from tests.escalations.scenes import at
from tests.notices.scenes import delivered, messages, minute
from workflows.book import WORKFLOWS

NOW = datetime(2026, 9, 1, 4, 10, tzinfo=UTC)


def letter(lines: int = 1, title: str = "围墙开裂，有倒塌危险") -> Letter:
    line = Line("退回", "2026-ZX-0001-01", title, "清河县第一小学", "", "https://z.example/tasks/1", "2026-09-01 12:10")
    return Letter(
        7, "news", NOW, "", "群", "zh_CN", "[整改通] 退回", (), (line,) * lines, "", "https://z.example/inbox"
    )


def sent(post, kind, secret="", of=None):
    carriers.ROBOTS[kind](f"{post.http.at}/robot?key=K", secret).carry(of or letter(), NOW)
    return post.http.calls[-1]


def test_each_platform_is_spoken_to_in_its_own_way_and_signed_as_it_wants(inside, post):
    path, _headers, body = sent(post, "wecom")
    assert (path, body["msgtype"]) == ("/robot?key=K", "markdown")
    assert "[2026-ZX-0001-01](https://z.example/tasks/1)" in body["markdown"]["content"]
    path, _headers, body = sent(post, "dingtalk", "SEC1")
    asked = parse_qs(urlsplit(path).query)
    stamp = str(int(NOW.timestamp() * 1000))
    made = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert (asked["timestamp"], asked["sign"]) == ([stamp], [base64.b64encode(made).decode()])
    assert body["markdown"]["title"] == "[整改通] 退回"
    _path, _headers, body = sent(post, "feishu", "SEC2")
    stamp = str(int(NOW.timestamp()))
    made = hmac.new(f"{stamp}\nSEC2".encode(), b"", hashlib.sha256).digest()
    assert (body["timestamp"], body["sign"]) == (stamp, base64.b64encode(made).decode())
    assert "https://z.example/tasks/1" in body["content"]["text"]


def test_a_webhook_is_signed_over_time_and_body(inside, post):
    _path, headers, body = sent(post, "webhook", "0123456789abcdef")
    raw = json.dumps(body, ensure_ascii=False).encode()
    made = hmac.new(b"0123456789abcdef", headers["X-Rectify-Timestamp"].encode() + b"." + raw, hashlib.sha256)
    assert headers["X-Rectify-Signature"] == f"sha256={made.hexdigest()}"
    assert (body["number"], body["lines"][0]["number"]) == ("R000007", "2026-ZX-0001-01")


def test_a_long_message_is_cut_by_bytes_and_says_how_many_lines_are_missing(inside, post):
    for kind, limit in {"wecom": 4096, "dingtalk": 20_000, "feishu": 20_000}.items():
        _path, _headers, body = sent(post, kind, of=letter(lines=400, title="围墙" * 60))
        inside = body.get("markdown") or body["content"]
        said = inside.get("content") or inside["text"]
        assert limit * 0.7 < len(said.encode()) <= limit
        shown = said.count("2026-ZX-0001-01")
        assert f"+{400 - shown}" in said
    assert cut("围墙开裂", 7) == "围…"


def test_what_a_title_says_is_no_markup_and_calls_on_nobody(inside, post):
    _path, _headers, body = sent(post, "wecom", of=letter(title="<@all> [点我](http://evil) **大**"))
    content = body["markdown"]["content"]
    assert "<@all>" not in content
    assert "](http://evil)" not in content


def test_robots_keep_away_from_full_and_half_hours():
    for minutes in range(60):
        moved = off_the_hour("feishu", NOW.replace(minute=minutes, second=30))
        assert moved.minute % 30 not in (28, 29, 0, 1, 2)
        assert timedelta(0) <= moved - NOW.replace(minute=minutes, second=30) <= timedelta(minutes=5)
    assert off_the_hour("mail", NOW.replace(minute=0)) == NOW.replace(minute=0)


def test_a_robot_never_hears_more_than_twenty_messages_in_any_minute(cast, post):
    robot = post.robot("dingtalk", cast.units["first"], NOW)
    with unit_of_work():
        for _n in range(60):
            db.session.add(Message(channel_id=robot.id, kind="test", made_at=NOW, try_at=NOW))
    moments, now = [], NOW
    while messages(phase="waiting"):
        before = len(post.http.calls)
        delivered(now)
        moments += [now] * (len(post.http.calls) - before)
        now += timedelta(seconds=2)
    assert len(moments) == 60
    assert max(sum(start <= one < start + timedelta(minutes=1) for one in moments) for start in moments) <= 20
    post.http.behaves = "too_often"
    with unit_of_work():
        db.session.add(Message(channel_id=robot.id, kind="test", made_at=now, try_at=now))
        db.session.get(Channel, robot.id).kind = "wecom"
    delivered(now + timedelta(seconds=5))
    assert db.session.get(Channel, robot.id).rests_until == now + timedelta(seconds=65)


def test_many_events_become_one_digest_a_day_for_a_group_whenever_its_people_want_theirs(cast, post):
    post.robot("wecom", cast.units["first"], NOW)
    for person, hour in ((cast.owner, 10), (cast.head, 17)):
        db.session.add(Wish(person_id=person.id, digest_hour=hour, quiet_from=8, quiet_until=hour))
    finding = story.rectifying(cast, at=at(9, 1, 9))
    task = finding.task
    minute(at(9, 1, 9, 40))  # what is told at once
    post.http.calls.clear()
    facts = {"channels": ["inbox", "robot"], "rule": {"ladder": "Plain", "kind": "urging", "days": 1, "light": "red"}}
    for n in range(120):
        head, seq = db.session.execute(
            text("SELECT entry_head, entry_seq FROM tasks WHERE id = :id"), {"id": task.id}
        ).one()
        moment = at(9, 3, 12) + timedelta(seconds=n)
        told = [cast.owner.id, cast.head.id]
        chronicle.append([Note(task.id, task.state, 1, seq, head, "urge", facts, told)], moment)
    for hour in (12, 32, 34, 41, 44):
        minute(at(9, 3 + hour // 24, hour % 24, 10))
    assert len(post.http.calls) == 1
    content = post.http.calls[-1][2]["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert "李秀云" in content


def test_a_group_hears_its_nearest_unit_and_only_what_it_is_meant_to(cast, post):
    bureau = post.robot("feishu", cast.units["bureau"], NOW)
    school = post.robot("wecom", cast.units["first"], NOW, instant=False)
    hook = post.robot("webhook", cast.units["bureau"], NOW, secret="0123456789abcdef")
    finding = story.plan_review(cast, at=at(9, 1, 12))
    minute(at(9, 1, 12, 1))
    take(finding.task, "return_plan", cast.district, now=at(9, 1, 12, 2), reason="再细化")
    minute(at(9, 1, 12, 3))
    heard = {channel.id: {m.phase for m in messages(channel_id=channel.id)} for channel in (bureau, school, hook)}
    assert heard[school.id] == heard[bureau.id] == set()
    assert heard[hook.id] == {"sent"}


def test_every_step_that_is_told_at_once_is_in_the_law():
    assert all(WORKFLOWS[kind].steps_called(step) for kind, step in AT_ONCE)
    assert not {step for _kind, step in AT_ONCE} & PROPOSES
