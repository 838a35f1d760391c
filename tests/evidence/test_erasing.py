"""Personal content is erased by two persons: nothing of it is left, hash and chain stay, and the audit agrees."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, text

from app.clock import now
from app.db import db, table_of, unit_of_work
from app.evidence import actions_erasing, clearing, sweeping
from app.evidence.actions import add
from app.evidence.actions_sharing import share
from app.evidence.models import Evidence
from app.evidence.ours import storage
from app.evidence.receiving import receive_seen as receive
from app.evidence.sealed import Erasure
from app.evidence.traces import PhotoFacts, PictureHash
from app.extensions.actions import ask
from app.extensions.models import Extension
from app.findings.actions import correct
from app.findings.models import Finding
from app.people.models import Person
from app.reports import asking
from app.reports.models import Report
from app.steps.actions import take
from app.tasks import auditing
from app.tasks.entries import Entry, EntryText, Listener
from app.tasks.models import Task
from app.tasks.sealing import seal
from app.verifications.actions import frozen
from bench.scenes import scene
from tests import story
from tests.cast import Cast
from tests.evidence.pictures import saved

JSON = {"Accept": "application/json"}
WHY = {"reason": "家长要求删除"}


@pytest.fixture
def house(app) -> dict[str, int]:
    """A photo that openly serves two findings, one of them being verified; the same file at another school, too."""
    with app.app_context(), unit_of_work():
        cast, content = Cast(), saved(scene(5), "JPEG")
        first, second = (story.rectifying(cast).measures[0] for _time in range(2))
        piece = add(first.task, cast.owner, "after", receive(BytesIO(content), "王小明.jpg"), now=now(), caption="小明")
        other = share(piece, second.task, cast.owner, now=now())
        take(first.task, "finish", cast.owner, now=now(), result="已整改", finished_on=now().date())
        take(first.findings[0].task, "report_done", cast.owner, now=now())
        theirs = add(story.draft(cast, "north").task, cast.inspector, "before",
                     receive(BytesIO(saved(scene(6), "JPEG")), "别的.jpg"), now=now())  # fmt: skip
        found = first.findings[0]
        return {"piece": piece.id, "other": other.id, "theirs": theirs.id, "finding": found.id, "task": found.task.id,
                "hash": frozen(found)}  # fmt: skip


def proposed(browser, address) -> str:
    return f"/erasures/{browser.post(f'{address}/erasure', data=WHY, headers=JSON).json['id']}"


def test_one_proposes_another_confirms_and_nothing_is_left_but_the_hash(app, sign_in, house):
    people = {login: sign_in(login) for login in ("owner", "head", "inspector", "colleague")}
    address = f"/evidence/{house['piece']}"
    assert people["inspector"].get(f"{address}/320").mimetype == "image/jpeg"
    assert people["owner"].post(f"{address}/erasure", data=WHY).status_code == 403
    assert people["head"].post(f"{address}/erasure", data={"reason": " "}).status_code == 422
    erasure = proposed(people["inspector"], address)
    assert people["head"].post(f"{address}/erasure", data=WHY).status_code == 409
    assert people["inspector"].post(f"{erasure}/confirm").status_code == 403, "nobody confirms her own"
    assert people["head"].post(f"{erasure}/confirm").status_code == 403
    assert "永久删除" in people["colleague"].get(erasure).text
    with app.app_context():
        seal(now())
        sha256 = db.session.get(Evidence, house["piece"]).sha256
    assert people["colleague"].post(f"{erasure}/confirm").status_code == 303
    assert people["colleague"].post(f"{erasure}/confirm").status_code == 409
    with app.app_context():
        gone = [db.session.get(Evidence, house[name]) for name in ("piece", "other")]
        assert all(piece.erased_at and piece.sha256 == sha256 and not piece.name + piece.caption for piece in gone)
        for model in (PictureHash, PhotoFacts):
            assert {row.evidence_id for row in db.session.query(model)} == {house["theirs"]}
        keys = [key for folder in ("originals", "derived") for key in storage().list_keys(folder)]
        assert [key for key in keys if sha256 in key] == []
        assert list(sweeping.unsound()) == []
        assert "王小明" not in "".join(row.content for row in db.session.query(EntryText))
        finding = db.session.get(Finding, house["finding"])
        assert frozen(finding) == house["hash"], "the verdict's ground is still known"
        assert [measure.task.live_evidence for measure in finding.measures] == [[]], "it proves nothing any more"
        seal(now())
        assert list(auditing.faults()) == []
    assert {people["owner"].get(f"{address}/{size}").status_code for size in (320, 1600)} == {404}
    assert people["inspector"].post(f"{address}/original", data={"reason": "看"}).status_code == 404
    page = people["inspector"].get(f"/findings/{house['finding']}").text
    assert "已删除" in page
    assert sha256 in people["inspector"].get(address).text


def test_what_is_not_confirmed_stays_and_may_be_proposed_again(app, sign_in, house):
    head, inspector, address = sign_in("head"), sign_in("inspector"), f"/evidence/{house['other']}"
    erasure = proposed(head, address)
    assert "已提出删除" in inspector.get(address).text
    assert sign_in("owner").post(f"{erasure}/keep").status_code == 403
    assert inspector.post(f"{erasure}/keep").status_code == 303
    assert inspector.post(f"{erasure}/confirm").status_code == 409
    assert inspector.get(f"{address}/320").status_code == 200
    again = proposed(inspector, address)
    assert inspector.post(f"{again}/keep", headers=JSON).json["outcome"] == "kept"


def test_the_words_of_an_entry_go_wherever_they_stand_and_the_seal_holds(app, sign_in, house):
    with app.app_context(), unit_of_work():
        finding = db.session.get(Finding, house["finding"])
        take(finding.task, "pass_on", Cast().district, now=now(), method="papers", remark="王小明的家长已确认")
    with app.app_context():
        seal(now())
        entry = db.session.query(Entry).filter_by(step="pass_on").one().id
    inspector = sign_in("inspector")
    assert "删除这段文字" in inspector.get(f"/findings/{house['finding']}").text
    assert sign_in("stranger").post(f"/entries/{entry}/erasure", data=WHY).status_code == 404
    erasure = proposed(inspector, f"/entries/{entry}")
    assert sign_in("colleague").post(f"{erasure}/confirm").status_code == 303
    page = inspector.get(f"/findings/{house['finding']}").text
    assert "王小明" not in page
    assert "此处文字已于" in page
    assert inspector.post(f"/entries/{entry}/erasure", data=WHY).status_code == 409
    with app.app_context():
        assert "王小明" not in db.session.get(Finding, house["finding"]).verifications[0].remark
        seal(now())
        assert list(auditing.faults()) == []
        last = db.session.query(Entry).filter_by(step="erase").one().id
    assert inspector.post(f"/entries/{last}/erasure", data=WHY).status_code == 409, "why it went stays"


def test_whoever_may_confirm_is_told_of_a_report_as_of_its_finding_and_once(app, sign_in):
    with app.app_context():
        with unit_of_work():
            finding = story.rectifying(Cast(), track="long_term")
        asking.ask_for_this_month(now())
        with unit_of_work():
            report = db.session.query(Report).one().task
            take(report, "hand_in", Cast().owner, now=now(), text="王小明家已搬走", percent=20)
        tasks = [finding.task_id, finding.measures[0].task_id, report.id]
    for task in tasks:
        with app.app_context():
            first = db.session.query(Entry).filter_by(task_id=task, step="begin").one().id
        erasure = proposed(sign_in("head"), f"/entries/{first}")
        assert sign_in("colleague").get(erasure).status_code == 200
        assert told(app, task) == ["colleague", "inspector", "leader"], task


def told(app, task) -> list[str]:
    """Who hears that an erasure was proposed on that task."""
    asked = select(table_of(Person).c.login).join_from(table_of(Person), table_of(Listener)).join(table_of(Entry))
    with app.app_context():
        return sorted(db.session.scalars(asked.where(Entry.task_id == task, Entry.step == "propose_erasure")))


def test_a_text_that_is_gone_without_a_record_is_named_by_the_audit(app, house):
    with app.app_context():
        with unit_of_work():
            db.session.execute(text("UPDATE entry_texts SET content = '', erased_at = :at"), {"at": "2026-03-05 00:00"})
        faults = list(auditing.faults())
        assert any("nothing says that it was erased" in fault for fault in faults), faults


def test_a_killed_process_leaves_nothing_behind_for_long_and_other_owners_of_the_file_keep_it(app, house, monkeypatch):
    """The rows are committed first; the bytes go by the tick when the request died before."""
    with app.app_context():
        with unit_of_work():
            cast, piece = Cast(), db.session.get(Evidence, house["piece"])
            twin = story.evidence(story.draft(cast, "north").task, cast.inspector, "before", piece.sha256)
            twin_id, key = twin.id, storage().original_key(piece.sha256)
            erasure = actions_erasing.propose(piece, cast.inspector, "家长要求", now=now())
            actions_erasing.confirm(erasure, cast.colleague, now=now())
        assert clearing.clear(now()) == 0
        assert storage().exists(key), "the same file was received for another school"
        with unit_of_work():
            db.session.get(Evidence, twin_id).erased_at = now()
        assert clearing.clear(now()) == 1
        assert not storage().exists(key)
        clearing.clear(now() + timedelta(minutes=3))
        assert db.session.query(Erasure).one().cleared_at


def test_what_a_record_itself_says_goes_with_its_first_entry_and_what_hangs_on_it(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.rectifying(cast, text="王小明的家长反映围墙开裂", place="王小明家门口")
        finding.extra = {"number": "7", "联系人": "王小明"}
        later = finding.task.due_on + timedelta(days=9)
        asked = ask(finding, cast.owner, now=now(), reason="王小明家正在协商", proposed_on=later)
        correct(finding, cast.inspector, now=now(), seen=None, text="王小明的家长反映围墙倾斜")
        tasks = finding.task, asked.task
        firsts = [next(entry.id for entry in task.entries if entry.step == "begin") for task in tasks]
        addresses = [f"/findings/{finding.id}", f"/extensions/{asked.id}"]
    inspector, colleague = sign_in("inspector"), sign_in("colleague")
    assert "王小明的家长反映围墙开裂" in inspector.get(addresses[0]).text
    for first, address in zip(reversed(firsts), reversed(addresses), strict=True):
        assert f"/entries/{first}/erasure" in inspector.get(address).text
        assert "王小明" in inspector.get(f"/entries/{first}/erasure").text
        assert colleague.post(f"{proposed(inspector, f'/entries/{first}')}/confirm").status_code == 303
        assert inspector.post(f"/entries/{first}/erasure", data=WHY).status_code == 409
    for address in addresses:
        assert "王小明" not in inspector.get(address).text
    with app.app_context():
        for table in (Finding, Extension, Task, Entry, EntryText):
            told = str(db.session.execute(select(table_of(table))).all())
            assert "王小明" not in told, table
        seal(now())
        assert list(auditing.faults()) == []
