"""Originals are sealed: opened with a reason; pictures of minors are seen by few, and each look is written down."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.db import db, unit_of_work
from app.evidence.models import Evidence
from app.evidence.sealed import Access
from app.findings.models import Finding
from app.tasks.entries import Entry
from app.tasks.models import Party
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def photo(app, sign_in) -> str:
    """The address of a photo that the owner sent for a measure; a teacher looks on."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        measure = story.rectifying(cast).measures[0]
        for task in (measure.task, measure.findings[0].task):
            db.session.add(Party(task=task, role="supporter", person_id=cast.teacher.id, since=now(), level=0))
        task_id = measure.task.id
    phone = Phone(sign_in("owner"), task_id, pictures.photo())
    announced = phone.announces()
    assert announced.status_code == 201, announced.text
    return f"/evidence/{phone.sends(0).headers['Upload-Evidence']}"


def test_an_original_is_opened_by_a_post_with_a_reason_and_leaves_an_entry(app, sign_in, photo):
    district, teacher = sign_in("district"), sign_in("teacher")
    assert district.get(f"{photo}/file").status_code == 403
    assert "打开原件" in district.get(photo).text
    assert district.post(f"{photo}/original", data={"reason": "  "}).status_code == 422
    assert teacher.get(f"{photo}/original").status_code == 403
    assert teacher.post(f"{photo}/original", data={"reason": "看看"}).status_code == 403
    link = district.post(f"{photo}/original", data={"reason": "核对拍摄时间"}, headers=JSON).json["url"]
    assert district.get(link).data == pictures.photo()
    assert sign_in("owner").get(link).status_code == 404
    with app.app_context():
        (entry,) = db.session.query(Entry).filter_by(step="open_original")
        assert (entry.actor_name, entry.said["reason"]) == ("郭学军", "核对拍摄时间")


def test_a_paper_lies_open_to_who_works_on_it_and_is_an_original_to_all_others_and_afterwards(app, sign_in, photo):
    people = {login: sign_in(login) for login in ("owner", "district", "teacher", "county")}
    with app.app_context(), unit_of_work():
        task = db.session.get(Evidence, int(photo.split("/")[-1])).task_id
        closed = story.closed(Cast())
        old = story.evidence(closed.measures[0].task, Cast().owner)
        old.media_type, past = "application/pdf", old.id
    sent = {"kind": "paper", "file": (BytesIO(pictures.pdf()), "签到表.pdf")}
    paper = f"/evidence/{people['owner'].post(f'/tasks/{task}/evidence', data=sent, headers=JSON).json['id']}"
    for login in ("owner", "district"):
        assert people[login].get(f"{paper}/file", follow_redirects=True).data == pictures.pdf()
    assert people["teacher"].get(f"{paper}/file").location == f"{paper}/original"
    assert people["teacher"].get(f"{paper}/file", headers=JSON).status_code == 403
    assert people["teacher"].post(f"{paper}/original", data={"reason": " "}).status_code == 422
    link = people["teacher"].post(f"{paper}/original", data={"reason": "家长问起"}).location
    assert people["teacher"].get(link).data == pictures.pdf()
    assert people["owner"].post(f"{paper}/minors").status_code == 303
    assert people["teacher"].get(link).status_code == people["teacher"].get(f"{paper}/original").status_code == 403
    assert people["district"].get(f"{paper}/file").location == f"{paper}/original"
    assert people["county"].get(f"/evidence/{past}/file").location == f"/evidence/{past}/original"
    with app.app_context():
        assert [e.said["reason"] for e in db.session.query(Entry).filter_by(step="open_original")] == ["家长问起"]


def test_what_is_covered_is_opened_by_whoever_judges_it_only(sign_in, photo):
    owner, link = sign_in("owner"), {"reason": "核对"}
    before = owner.post(f"{photo}/original", data=link).location
    owner.post(f"{photo}/cover", data={"boxes": "[[0, 0, 0.5, 1]]"})
    assert owner.post(f"{photo}/original", data=link).status_code == 403
    assert owner.get(before).status_code == 403, "nor by a link from before"
    assert sign_in("district").post(f"{photo}/original", data=link).status_code == 303


def test_a_picture_of_minors_is_seen_by_few_and_each_look_is_written_down(app, sign_in, photo):
    people = {login: sign_in(login) for login in ("owner", "head", "district", "inspector", "teacher")}
    assert people["teacher"].get(f"{photo}/320").mimetype == "image/jpeg"
    assert people["teacher"].post(f"{photo}/minors").status_code == 403
    assert people["owner"].post(f"{photo}/minors").status_code == 303
    assert people["district"].post(f"{photo}/minors").status_code == 409
    assert people["teacher"].get(f"{photo}/320").mimetype == "image/svg+xml"
    for login in ("owner", "head", "district", "inspector"):
        assert people[login].get(f"{photo}/1600").mimetype == "image/jpeg"
    assert "含未成年人影像" in people["district"].get(photo).text
    with app.app_context():
        seen = [access.person.login for access in db.session.query(Access).order_by(Access.id)]
        assert seen == ["owner", "head", "district", "inspector"]
        assert not db.session.query(Evidence).one().may_leave
    assert people["owner"].post(f"{photo}/minors/remove").status_code == 403
    assert people["district"].post(f"{photo}/minors/remove").status_code == 303
    assert people["teacher"].get(f"{photo}/320").mimetype == "image/jpeg"
    with app.app_context():
        steps = [entry.step for entry in db.session.query(Evidence).one().task.entries]
        assert steps[-2:] == ["label_minors", "unlabel_minors"]


def test_an_export_is_written_down_and_carries_no_picture_of_minors(app, sign_in, photo):
    sign_in("owner").post(f"{photo}/minors")
    answer = sign_in("inspector").get("/papers/ledger/file?format=pack")
    assert b".jpg" not in answer.data
    with app.app_context():
        access = db.session.query(Access).one()
        assert (access.person.login, access.what, access.count, access.note[-4:]) == ("inspector", "export", 1, ".zip")
        finding = db.session.query(Finding).one().id
    inspector = sign_in("inspector")
    number = inspector.post(f"/papers/notice/{finding}", data={"phone": "0311"}, headers=JSON).json["id"]
    for address in (f"/papers/notice/{finding}/draft.docx", f"/papers/{number}/file.docx"):
        assert inspector.get(address).status_code == 200
    with app.app_context():
        draft, paper = db.session.query(Access).order_by(Access.id)[1:]
        assert "草稿" in draft.note
        assert (paper.count, paper.note[-5:]) == (1, ".docx")


def test_a_years_report_says_who_opened_looked_and_exported(app, sign_in, photo):
    sign_in("owner").post(f"{photo}/minors")
    district = sign_in("district")
    for size in (320, 1600, 320):
        district.get(f"{photo}/{size}")
    district.post(f"{photo}/original", data={"reason": "核对拍摄时间"})
    sign_in("inspector").get("/papers/ledger/file?format=csv")
    assert district.get("/keeping").status_code == 403
    for login in ("leader", "admin"):
        with counted(app) as sent:
            told = sign_in(login).get("/keeping", headers=JSON).json
        assert len(sent) <= 14, "\n".join(sent)
        assert [(one["who"], one["why"]) for one in told["opened"]["lines"]] == [("郭学军", "核对拍摄时间")]
        assert [(one["who"], one["looks"], one["pictures"]) for one in told["looked"]["lines"]] == [("郭学军", 3, 1)]
        assert [(one["who"], one["findings"]) for one in told["exported"]["lines"]] == [("许文清", 1)]
        assert "核对拍摄时间" in sign_in(login).get("/keeping").text
        assert 'href="/keeping"' in sign_in(login).get("/settings" if login == "admin" else "/analysis").text
        assert sign_in(login).get("/keeping?year=1999").status_code == 404
    text = app.test_cli_runner().invoke(args=["evidence", "report", "--year", str(now().year)]).output
    assert "1 originals opened" in text
    assert "郭学军 3 looks at 1 pictures" in text
    assert "0 originals opened" in app.test_cli_runner().invoke(args=["evidence", "report", "--year", "2025"]).output


@pytest.mark.parametrize("order", ["UPDATE accesses SET note = ''", "DELETE FROM accesses"])
def test_the_database_itself_refuses_to_forget_a_look(app, sign_in, photo, order):
    sign_in("owner").post(f"{photo}/minors")
    sign_in("owner").get(f"{photo}/320")
    with app.app_context(), pytest.raises(DBAPIError), unit_of_work():
        db.session.execute(text(order))
