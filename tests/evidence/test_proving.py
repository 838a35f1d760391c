"""Which kinds of evidence a measure asks for, and one file that openly serves several tasks."""

from __future__ import annotations

from io import BytesIO

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.evidence.actions import add
from app.evidence.models import Evidence
from app.evidence.receiving import receive
from app.evidence.traces import Likeness
from app.measures import actions as measures
from bench.scenes import scene
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def asked(app) -> dict[str, int]:
    """A measure that asks for a photo and a sign-in sheet; another one of the same school, and one of another."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        found = [story.rectifying(cast) for _time in range(2)]
        one, other = (finding.measures[0] for finding in found)
        said = {"text": one.text, "owner": cast.owner, "due_on": one.task.due_on, "kind": "repair", "budget": None}
        measures.change(one, cast.owner, now=now(), seen=None, proofs=["sign_in", "photo"], **said)
        foreign = story.evidence(story.draft(cast, "north").task, cast.inspector, "before")
        return {"measure": one.id, "task": one.task_id, "other": other.task_id, "other_measure": other.id,
                "finding": found[0].id, "foreign": foreign.id}  # fmt: skip


def checked(browser, asked) -> dict[str, int]:
    told = browser.get(f"/measures/{asked['measure']}", headers=JSON).json["proofs"]
    return {one["proof"]: one["count"] for one in told}


def test_what_is_there_and_what_is_missing_is_said_and_stands_in_the_way_of_nothing(app, sign_in, asked):
    owner, verifier = sign_in("owner"), sign_in("inspector")
    gaps = verifier.get("/coverage", headers=JSON).json["gaps"]
    assert gaps["measures_lacking_a_kind"] == []  # nothing shows it at all: that is the gap before
    phone = Phone(owner, asked["task"], pictures.jpeg())
    phone.announces()
    piece = phone.sends(0).headers["Upload-Evidence"]
    assert checked(owner, asked) == {"photo": 1, "sign_in": 0}
    assert "还缺：签到表。" in owner.get(f"/measures/{asked['measure']}").text
    (gap,) = verifier.get("/coverage", headers=JSON).json["gaps"]["measures_lacking_a_kind"]
    assert gap["lacks"] == "签到表"
    assert "缺签到表" in verifier.get("/coverage").text
    assert "尚缺" in verifier.get(f"/findings/{asked['finding']}").text
    done = {"result": "围墙已重砌", "finished_on": now().date().isoformat()}
    assert owner.post(f"/tasks/{asked['task']}/steps/finish", data=done, headers=JSON).status_code == 200
    assert owner.post(f"/evidence/{piece}/proof", data={"proof": "sign_in"}).status_code == 409  # it is frozen


def test_a_sheet_of_names_is_said_to_be_one_before_it_is_sent_or_by_one_tap_afterwards(app, sign_in, asked):
    owner = sign_in("owner")
    phone = Phone(owner, asked["task"], pictures.jpeg(300, 200))
    phone.announces(proof="sign_in")
    phone.sends(0)
    sent = {"kind": "paper", "proof": "minutes", "file": (BytesIO(pictures.pdf()), "纪要.pdf")}
    paper = owner.post(f"/tasks/{asked['task']}/evidence", data=sent, headers=JSON).json
    assert (paper["proof"], paper["shows"]) == ("minutes", "会议纪要")
    assert owner.post(f"/evidence/{paper['id']}/proof", data={"proof": "song"}).status_code == 422
    assert sign_in("inspector").post(f"/evidence/{paper['id']}/proof", data={"proof": "rule"}).status_code == 403
    assert owner.post(f"/evidence/{paper['id']}/proof", data={"proof": "photo"}).status_code == 303
    assert checked(owner, asked) == {"photo": 1, "sign_in": 1}
    assert "要求的佐证材料" in owner.get(f"/measures/{asked['measure']}").text


def test_what_a_measure_asks_for_is_changed_and_changed_back_like_everything_it_says(app, sign_in, asked):
    owner, page = sign_in("owner"), f"/tasks/{asked['task']}/measure"
    assert owner.get(page).text.count("checked") == 2
    with app.app_context():
        measure = db.session.get(Evidence.task.property.mapper.class_, asked["task"]).measure
        said = {"text": measure.text, "kind": "repair", "owner": measure.task.owner_id,
                "due_on": measure.task.due_on.isoformat()}  # fmt: skip
    assert owner.post(page, data={**said, "proofs": ["song"]}).status_code == 422
    assert owner.post(page, data={**said, "proofs": ["invoice"]}).status_code == 303
    assert checked(owner, asked) == {"invoice": 0}
    assert "照片、签到表" in owner.get(f"/measures/{asked['measure']}").text
    with app.app_context():
        entry = db.session.get(Evidence.task.property.mapper.class_, asked["task"]).entries[-1].id
    assert owner.post("/undo", data={"entry": entry}).status_code == 303
    assert checked(owner, asked) == {"photo": 0, "sign_in": 0}


def test_one_file_serves_two_tasks_openly_and_raises_no_alarm(app, sign_in, asked):
    with app.app_context(), unit_of_work():
        task = db.session.get(Evidence.task.property.mapper.class_, asked["task"])
        content = pictures.saved(scene(21), "JPEG")
        piece = add(task, Cast().owner, "after", receive(BytesIO(content), "照片.jpg"), now=now()).id
    owner, here = sign_in("owner"), f"/tasks/{asked['other']}/evidence"
    assert "用于本任务" in owner.get(f"{here}/here").text
    assert owner.post(f"{here}/share", data={"evidence_id": asked["foreign"]}).status_code == 404
    assert sign_in("inspector").post(f"{here}/share", data={"evidence_id": piece}).status_code == 403
    shared = owner.post(f"{here}/share", data={"evidence_id": piece}, headers=JSON).json["id"]
    assert owner.post(f"{here}/share", data={"evidence_id": piece}).status_code == 409
    assert owner.get(f"{here}/here", headers=JSON).json["pieces"] == []
    with app.app_context():
        rows = {row.id: row for row in db.session.query(Evidence)}
        assert (rows[shared].sha256, rows[shared].shared_from_id) == (rows[piece].sha256, piece)
        assert db.session.query(Likeness).count() == 0
        number = rows[shared].task.number
    verifier = sign_in("inspector")
    with counted(app) as sent:
        page = verifier.get(f"/findings/{asked['finding']}").text
    assert "同时公开用于" in page
    assert number in page
    assert len(sent) <= 15, "\n\n".join(sent)
    owner.post(f"/evidence/{piece}/cover", data={"boxes": "[[0, 0, 0.5, 1]]"})
    assert owner.get(f"/evidence/{shared}", headers=JSON).json["boxes"] == [[0, 0, 0.5, 1]]
    told = app.test_cli_runner().invoke(args=["evidence", "recheck", "--anew"])
    assert "0 new hints." in told.output
