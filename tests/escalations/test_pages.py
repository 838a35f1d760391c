"""The pages of the ladder: read by everybody, changed by administrators who see first what that would do."""

from __future__ import annotations

import pytest

from app.db import db, unit_of_work
from app.escalations import actions
from app.escalations.looking import house
from app.escalations.models import Ladder, LadderChoice
from app.tasks.refusals import OutOfTurn
from tests.cast import Cast
from tests.escalations.scenes import at, promised, spoken, ticked
from tests.statements import counted
from workflows import rungs as law

LINE = {"days": "2", "side": "after", "kind": "urging", "light": "red", "hears": ["holder"], "channels": ["mail"]}


def typed(*lines: dict, **more: str) -> dict:
    """The form as a browser sends it."""
    sent = {f"rungs-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}
    return sent | more


def rungs(number: int = 1) -> list[tuple[int, str]]:
    """The rungs that hold; nothing is left open behind, for SQLite has one writer."""
    db.session.rollback()
    found = [(rung.days, rung.kind) for rung in db.session.get(Ladder, number).standing]
    db.session.rollback()
    return found


def written() -> None:
    """What the test did so far is there for the browser, and no transaction stands open."""
    with unit_of_work():
        pass


def test_everybody_reads_the_ladders_as_sentences_and_only_administrators_change_them(app, sign_in):
    head = sign_in("head").get("/ladders").text
    assert "到期前3个工作日" in head
    assert "修改、复制" not in head
    assert "修改、复制" in sign_in("admin").get("/ladders").text
    assert sign_in("leader").post("/ladders/1", data=typed(LINE)).status_code == 403


def test_what_a_changed_ladder_would_say_is_shown_and_nothing_is_saved(app, cast, sign_in):
    promised(cast)
    written()
    before = rungs()
    shown = sign_in("admin").post("/ladders/1?preview=1", data=typed(LINE))
    assert shown.status_code == 200
    assert "条消息" in shown.text
    assert rungs() == before


def test_a_saved_ladder_keeps_retired_rungs_for_what_was_climbed(cast):
    task = promised(cast).task
    ticked(at(9, 21))
    urging = law.Rung(2, "urging", "red", ("holder",), id=3)
    later = law.Rung(9, "urging", "red", ("holder",))
    actions.rewrite(db.session.get(Ladder, 1), law.Ladder("Plain", (urging, later), 1), now=at(9, 21, 10), seen=1)
    ticked(at(9, 22))  # two days after: the same rung, climbed before, does not speak again
    assert spoken(task) == [("urging", 1)]
    assert rungs() == [(2, "urging"), (9, "urging")]
    ticked(at(10, 1))
    assert spoken(task) == [("urging", 1), ("urging", 9)]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (({**LINE, "kind": "order"},), "不能自动发出"),
        (({**LINE, "hears": []},), "没有通知对象"),
        ((LINE, LINE), "同一天"),
        (({**LINE, "kind": "order", "decides": "leader"}, {**LINE, "days": "9"}), "次序颠倒"),
        (({**LINE, "days": "many"},), "1 · 工作日数</a>: 不是有效的整数"),
        (({**LINE, "days": "9999"},), "1 · 工作日数</a>: 数值大小必须"),
        ((), "至少要有一级"),
    ],
)
def test_a_ladder_that_contradicts_itself_is_refused_and_what_was_typed_stays(app, cast, sign_in, lines, said):
    before = rungs()
    answer = sign_in("admin").post("/ladders/1", data=typed(*lines))
    assert answer.status_code == 422
    assert said in answer.text
    assert rungs() == before


def test_a_flood_is_saved_only_on_purpose(app, cast, sign_in, monkeypatch):
    monkeypatch.setattr("app.escalations.previewing.FLOOD_IN_ALL", 0)
    promised(cast)
    written()
    browser, lines = sign_in("admin"), ({**LINE, "days": "1"},)
    refused = browser.post("/ladders/1", data=typed(*lines))
    assert refused.status_code == 422
    assert "消息过多" in refused.text
    assert browser.post("/ladders/1", data=typed(*lines, anyway="y")).status_code == 303
    assert rungs() == [(1, "urging")]


def test_a_stale_form_changes_nothing(app, cast, sign_in):
    browser = sign_in("admin")
    assert browser.post("/ladders/1", data=typed(LINE, seen="1")).status_code == 303
    assert browser.post("/ladders/1", data=typed({**LINE, "days": "7"}, seen="1")).status_code == 422
    assert rungs() == [(2, "urging")]


def test_a_ladder_is_copied_and_holds_where_it_is_chosen_the_house_always_keeping_one(app, cast, sign_in):
    east = cast.units["east"].id
    written()
    browser = sign_in("admin")
    assert browser.post("/ladders/1/copy", data={"name": "重大隐患"}).status_code == 303
    made = db.session.query(Ladder).filter_by(name="重大隐患").one().id
    written()
    assert rungs(made) == rungs(1)
    assert browser.post("/ladders/1/copy", data={"name": "重大隐患"}).status_code == 422
    browser.post(f"/ladders/{made}/choose", data={"unit": str(east), "weight": "major"})
    own = db.session.query(LadderChoice).filter_by(unit_id=east).one()
    assert (own.ladder_id, own.weight) == (made, "major")
    choice = own.id
    written()
    assert browser.post(f"/ladders/choices/{choice}/remove").status_code == 303
    assert browser.post("/ladders/choices/1/remove").status_code == 422


def test_taking_note_holds_the_urging_once_and_the_deadline_stays(cast):
    task = promised(cast).task
    ticked(at(9, 21))
    climb = actions.acknowledge(task, cast.owner, house(at(9, 21)), now=at(9, 21, 10))
    assert climb.held_until == at(9, 24, 8)
    with pytest.raises(OutOfTurn):
        actions.acknowledge(task, cast.owner, house(at(9, 21)), now=at(9, 21, 11))
    ticked(at(9, 23))
    assert spoken(task) == [("urging", 1)]
    ticked(at(9, 24))
    assert spoken(task) == [("urging", 1), ("urging", 3)]
    assert task.due_on == at(9, 18).date()
    actions.acknowledge(task, cast.owner, house(at(9, 24)), now=at(9, 24, 10))
    ticked(at(9, 25))
    assert spoken(task)[-1] == ("order", 5)
    with pytest.raises(OutOfTurn):
        actions.acknowledge(task, cast.owner, house(at(9, 25)), now=at(9, 25, 10))


def climbed(app, *days: int) -> tuple[int, str]:
    """A finding that climbed on those days of September: id of its task and number; nobody is left inside."""
    with app.app_context():
        with unit_of_work():
            task = promised(Cast()).task
            known = task.id, task.number
        for day in days:
            ticked(at(9, day))
        db.session.remove()
    return known


def test_only_whoever_it_waits_on_takes_note(app, sign_in):
    number, _name = climbed(app, 21)
    page = f"/tasks/{number}/clock"
    assert "已知悉</button>" in sign_in("owner").get(page).text
    assert "已知悉</button>" not in sign_in("leader").get(page).text
    assert sign_in("leader").post(f"/tasks/{number}/aware").status_code == 409
    assert sign_in("stranger").get(page).status_code == 404
    assert sign_in("owner").post(f"/tasks/{number}/aware").status_code == 303
    assert sign_in("owner").post(f"/tasks/{number}/aware").status_code == 409


def test_the_clock_of_a_task_explains_its_dates_and_what_comes(app, cast, sign_in):
    task = promised(cast).task
    ticked(at(9, 21))
    page = f"/tasks/{task.id}/clock"
    written()
    browser = sign_in("owner")
    with counted(app) as sent:
        shown = browser.get(page)
    assert len(sent) <= 32
    for words in ("2026-09-18", "原定", "个工作日", "催办", "接下来", "督办单"):
        assert words in shown.text, words
    told = browser.get(page, headers={"Accept": "application/json"}).json
    assert [one["kind"] for one in told["coming"]] == ["催办", "督办单", "通报", "约谈"]


def test_a_leader_sees_the_papers_that_wait_for_her(app, sign_in):
    _id, number = climbed(app, 25)
    assert number in sign_in("leader").get("/proposals").text
    assert number not in sign_in("head").get("/proposals").text


def test_the_preview_shows_numbers_for_any_moment(app, cast, sign_in):
    promised(cast)
    written()
    told = sign_in("admin").get("/ladders/preview?at=2026-09-21T09:00", headers={"Accept": "application/json"}).json
    assert told["messages"] > 0
    assert sign_in("admin").get("/ladders/preview?at=soon").status_code == 422
