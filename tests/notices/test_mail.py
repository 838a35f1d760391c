"""Mail: at once what is for her to do, everything else once a day, in her language, straight to the task."""

from __future__ import annotations

import re
import ssl
import subprocess
from datetime import timedelta

import pytest

from app.db import db, unit_of_work
from app.escalations.beating import BEGINNING
from app.escalations.watches import Gap
from app.notices import letters
from app.notices.models import Channel, Notice, Wish
from app.steps.actions import take
from app.tasks.entries import Listener
from tests import story
from tests.escalations.scenes import at, promised, ticked
from tests.notices.catchers import mail_catcher
from tests.notices.scenes import delivered, messages, minute, swept


def to(post, login):
    return [mail for mail in post.mail.mails if mail["To"].addresses[0].addr_spec == f"{login}@example.org"]


def words(mail):
    return mail.get_body(("plain",)).get_content()


def test_an_assignment_goes_at_once_and_the_actor_is_not_told(cast, post):
    finding = story.issued(cast, at=at(9, 1, 10))
    minute(at(9, 1, 10, 1))
    assert {mail["To"].addresses[0].username for mail in post.mail.mails} == {"head"}
    mail = to(post, "head")[0]
    assert finding.task.number in mail["Subject"]
    assert f"https://zhenggai.example.org/tasks/{finding.task.id}" in words(mail)
    assert f'href="https://zhenggai.example.org/tasks/{finding.task.id}"' in mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe"] is None
    assert "下达" in words(mail)
    assert minute(at(9, 1, 10, 2)) == 0


def test_everything_else_waits_for_one_digest_at_her_hour(cast, post):
    with unit_of_work():
        db.session.add(Wish(person_id=cast.inspector.id, digest_hour=10))
    for hour in (13, 14):
        story.planning(cast, at=at(9, 1, hour))
        minute(at(9, 1, hour, 1))
    assert len(to(post, "owner")) == 2
    assert to(post, "inspector") == []
    minute(at(9, 2, 9))
    assert to(post, "inspector") == []
    minute(at(9, 2, 10, 5))
    digest = to(post, "inspector")
    assert len(digest) == 1
    assert "2" in digest[0]["Subject"]
    assert digest[0]["List-Unsubscribe"].startswith("<https://zhenggai.example.org/unsubscribe/")


def test_quiet_hours_and_rest_days_hold_back_and_nothing_is_lost(cast, post):
    with unit_of_work():
        db.session.add(Wish(person_id=cast.head.id, quiet_from=18, quiet_until=9))
    story.issued(cast, at=at(9, 18, 19))  # a Friday evening
    story.issued(cast, at=at(9, 18, 19), unit="willow")
    minute(at(9, 18, 19, 1))
    assert (len(to(post, "head")), len(to(post, "neighbour"))) == (0, 1)
    story.issued(cast, at=at(9, 19, 11, 59), unit="willow")
    for moment in (at(9, 19, 12), at(9, 20, 12), at(9, 21, 6, 59)):
        minute(moment)
    assert len(to(post, "neighbour")) == 1
    minute(at(9, 21, 7))
    assert (len(to(post, "head")), len(to(post, "neighbour"))) == (0, 2)
    minute(at(9, 21, 9))
    assert len(to(post, "head")) == 1


def test_her_language_decides_and_free_text_never_leaves_the_house(cast, post):
    with unit_of_work():
        cast.head.locale = "en"
    finding = story.issued(cast, at=at(9, 1, 10), text="围墙开裂\n学生赵小明在墙边玩耍，家住石桥村")
    take(finding.task, "comment", cast.inspector, now=at(9, 1, 10), text="赵小明的家长联系了吗？")
    minute(at(9, 1, 10, 1))
    mail = to(post, "head")[0]
    assert "Issue" in mail["Subject"]
    assert "清河县第一小学" in words(mail)
    for part in (words(mail), mail.get_body(("html",)).get_content()):  # what stands around it, too
        assert "Everything that was told to you" in part
        assert "查看全部消息" not in part
    assert "家住石桥村" not in mail.as_string()
    assert "家长" not in words(mail)


def test_a_digest_leaves_out_what_was_read_and_what_is_over(cast, post):
    finding = promised(cast)
    minute(at(9, 1, 9, 1))
    minute(at(9, 2, 9))
    ticked(at(9, 15, 9))
    swept(at(9, 15, 9, 1))
    story.done(finding.measures[0], cast, at=at(9, 15, 9, 2))
    take(finding.task, "report_done", cast.owner, now=at(9, 15, 9, 2))
    with unit_of_work():
        db.session.query(Listener).filter_by(person_id=cast.district.id).update({"read_at": at(9, 15, 9, 3)})
    post.mail.mails.clear()
    minute(at(9, 15, 9, 4))
    assert minute(at(9, 16, 8, 6)) >= 1
    assert to(post, "district") == []
    assert "read" in {row.skipped for row in db.session.query(Notice).filter_by(person_id=cast.district.id)}


def test_after_a_gap_one_message_says_that_it_is_late_and_why(cast, post):
    tasks = [promised(cast).task for _n in range(3)]
    minute(at(9, 1, 9, 1))
    minute(at(9, 2, 9))
    post.mail.mails.clear()
    with unit_of_work():
        db.session.add(Gap(from_at=at(9, 14), until_at=at(9, 28, 10)))
    take(tasks[0], "comment", cast.inspector, now=at(9, 20), text="进展如何")
    ticked(at(9, 28, 10))
    for minutes in range(1, 30):
        minute(at(9, 28, 10, minutes))
    minute(at(9, 29, 9))
    mine = to(post, "head")
    assert len(mine) == 1
    assert "2026-09-14 09:00" in words(mine[0])
    assert "2026-09-28 10:00" in words(mine[0])
    assert [words(mine[0]).count(task.number) for task in tasks] == [1, 1, 1], "a line for each matter"
    assert re.search(rf"催办（另有1项）\s+{re.escape(tasks[0].number)}", words(mine[0])), "the strongest word"
    with unit_of_work():
        db.session.query(Gap).update({"from_at": BEGINNING})
    (said, *_rest) = letters.write(next(message for message in messages(kind="news") if message.late)).intro
    assert ("首次运行" in said, "2000" in said) == (True, False)  # before the first tick nothing stood still


def test_what_was_said_of_a_task_arrives_in_order(cast, post):
    finding = story.issued(cast, at=at(9, 1, 10))
    post.mail.refuses = "451 later"
    minute(at(9, 1, 10, 1))
    post.mail.refuses = ""
    take(finding.task, "transfer", cast.inspector, now=at(9, 1, 10, 1), unit=cast.units["willow"], reason="划转")
    take(finding.task, "transfer", cast.inspector, now=at(9, 1, 10, 1), unit=cast.units["first"], reason="转回")
    minute(at(9, 1, 10, 1) + timedelta(seconds=10))
    assert to(post, "head") == []
    minute(at(9, 1, 10, 3))
    minute(at(9, 1, 10, 20))
    assert [mail["Subject"].split(":")[0].split()[-1] for mail in to(post, "head")] == ["下达", "转办"]
    assert [message.tries for message in messages(person_id=cast.head.id)] == [2, 1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine that nobody trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made = [f"{folder}/certificate.pem", f"{folder}/key.pem"]
    asked = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", made[0], "-keyout", made[1]]
    subprocess.run([*asked, *named], check=True, capture_output=True)
    return made


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_by_tls_and_never_to_a_server_whose_certificate_nobody_vouches_for(
    app, cast, post, monkeypatch, certificate, security
):
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secured.load_cert_chain(*certificate)
    how = {"ssl_context": secured} if security == "tls" else {"tls_context": secured, "require_starttls": True}
    story.issued(cast, at=at(9, 1, 10))
    with mail_catcher(**how) as catcher:
        for name, value in {"SMTP_PORT": catcher.port, "SMTP_SECURITY": security, "SEND_SECONDS": 5}.items():
            monkeypatch.setitem(app.config, name, value)
        minute(at(9, 1, 10, 1))
        kept = messages()[0]
        assert (catcher.mails, kept.phase, kept.in_doubt) == ([], "waiting", False)
        assert "certificate" in kept.said
        monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
        delivered(max(kept.try_at, db.session.get(Channel, kept.channel_id).rests_until or kept.try_at))
        assert [mail["To"].addresses[0].username for mail in catcher.mails] == ["head"]
    if security == "starttls":  # and in the open it says nothing: a server that cannot is refused
        post.mail.mails.clear()
        monkeypatch.setitem(app.config, "SMTP_PORT", post.mail.port)
        story.issued(cast, at=at(9, 1, 11))
        minute(at(9, 1, 11, 1))
        assert post.mail.mails == []
