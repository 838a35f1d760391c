"""An order from the late list to the accepted answer: prefilled, numbered, read, answered, seen on what it covers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import day_of, now, today
from app.db import db, unit_of_work
from app.evidence.queries import named
from app.orders import actions
from app.orders.addressing import Letter
from app.orders.forms import in_days
from app.orders.models import Order
from app.papers.models import Paper
from app.steps.actions import take
from app.steps.offering import Offer
from app.tasks.entries import Entry
from app.tasks.models import Party, Task
from app.tasks.perform import offers
from app.tasks.refusals import NotYours, OutOfTurn
from tests import story
from tests.cast import Cast
from tests.papers.reading import words
from tests.statements import counted

JSON = {"Accept": "application/json"}
LONG_AGO = timedelta(days=60)
YEAR = now().year


@pytest.fixture
def late(app) -> list[int]:
    """Two late findings of one school, one of another that the first county's leader also leads."""
    with app.app_context(), unit_of_work():
        cast, before = Cast(), now() - LONG_AGO
        found = [story.rectifying(cast, at=before, text=text) for text in ("围墙开裂", "消防栓无水")]
        story.issued(cast, unit="north", at=before, text="宿舍电线老化")
        db.session.flush()
        return [finding.task_id for finding in found]


def confirm(browser, about, **said):
    given = {"kind": "order", "days": "5", "demand": "限期整改到位，书面反馈。", "tasks": about, **said}
    return browser.post(address(browser), data=given, headers=JSON)


def address(browser, code: str = "first") -> str:
    with browser.application.app_context():
        return f"/units/{Cast().units[code].id}/orders/new"


def test_a_leader_confirms_what_is_filled_in_already_and_the_unit_answers(app, sign_in, late):
    leader, head = sign_in("leader"), sign_in("head")
    units = leader.get("/orders/late", headers=JSON).json["units"]
    assert [(unit["name"], unit["late"]) for unit in units] == [("清河县第一小学", 2), ("北山中学", 1)]
    page = leader.get(address(leader)).get_data(as_text=True)
    assert all(said in page for said in ("围墙开裂", "消防栓无水", "李秀云", "张明远"))
    assert page.count("checked") == 3  # both matters and five days
    made = confirm(leader, late).json
    assert (made["state"], made["due_on"]) == ("issued", ends_in(app, 5))
    task, url = f"/tasks/{made['task_id']}", made["url"]
    shown = head.get(url, headers=JSON).json
    assert [one["number"] for one in shown["covers"]] == numbers(app, late)
    assert shown["papers"] == [f"督办单〔{YEAR}〕1号"]
    assert {one["name"] for one in shown["told"]} == {"李秀云", "张明远", "许文清", "何静"}
    read = {one["name"]: one["read_at"] for one in head.get(url, headers=JSON).json["told"]}  # by opening it
    assert (bool(read["李秀云"]), read["张明远"]) == (True, None)
    assert not any(one["number"] == made["number"] and not one["read"]
                   for one in head.get("/inbox", headers=JSON).json["messages"])  # fmt: skip
    assert head.post(f"{task}/steps/acknowledge", data={}).status_code == 303
    assert sign_in("owner").post(f"{task}/steps/answer", data={"text": "围墙已拆除，十日内重砌。"}).status_code == 303
    told = {one["name"]: one["read_at"] for one in leader.get(url, headers=JSON).json["told"]}
    assert (bool(told["张明远"]), told["许文清"]) == (True, None)  # he answered it without ever opening the page
    assert leader.post(f"{task}/steps/send_back", data={"reason": "请附施工合同"}).status_code == 303
    assert head.post(f"{task}/steps/answer", data={"text": "合同已签，见附件。"}).status_code == 303
    assert leader.post(f"{task}/steps/accept", data={"remark": "同意"}).status_code == 303
    page = leader.get(url).get_data(as_text=True)
    assert all(said in page for said in ("合同已签，见附件。", "签收人", "李秀云", "已读"))
    for task_id in late:
        beside = head.get(f"/tasks/{task_id}", follow_redirects=True).get_data(as_text=True)
        assert made["number"] in beside
        assert "合同已签，见附件。" in beside


def ends_in(app, days: int) -> str:
    with app.app_context():
        return in_days(days).isoformat()


def numbers(app, tasks: list[int]) -> list[str]:
    with app.app_context():
        return [db.session.get(Task, task).number for task in tasks]


def test_the_paper_says_what_the_order_says_and_a_second_one_takes_the_next_number(app, sign_in, late):
    leader = sign_in("leader")
    made = confirm(leader, late[:1], demand="三日内设置围挡。").json
    with app.app_context():
        paper = db.session.query(Paper).one()
        assert {one.task_id for one in paper.tasks} == {made["task_id"], late[0]}
        file = f"/papers/{paper.id}/file.docx"
    said = words(leader.get(file).data)
    assert all(part in said for part in ("三日内设置围挡。", "围墙开裂", "已逾期", "校园安全专项检查"))
    assert "消防栓无水" not in said
    again = leader.post(f"/orders/{made['id']}/paper", headers=JSON).json
    assert again["number"] == f"督办单〔{YEAR}〕2号"
    assert sign_in("head").get(file).status_code == 200
    assert sign_in("teacher").get(file).status_code == 404
    assert sign_in("neighbour").get(file).status_code == 404


def test_what_an_inspector_writes_is_a_draft_that_the_leader_changes_and_signs(app, sign_in, late):
    inspector, leader, head = sign_in("inspector"), sign_in("leader"), sign_in("head")
    draft = confirm(inspector, late).json
    assert draft["state"] == "draft"
    url, task = draft["url"], f"/tasks/{draft['task_id']}"
    assert (inspector.get(url).status_code, leader.get(url).status_code, head.get(url).status_code) == (200, 200, 404)
    assert draft["title"] in leader.get("/").get_data(as_text=True)
    assert inspector.post(f"{task}/issue-order", data={}).status_code == 403
    page = leader.get(f"{task}/issue-order").get_data(as_text=True)
    assert "限期整改到位，书面反馈。" in page
    given = {"kind": "order", "days": "3", "demand": "立即整改。", "tasks": late[1:], "seen": 1}
    assert leader.post(f"{task}/issue-order", data=given).status_code == 409
    given.pop("seen")
    assert leader.post(f"{task}/issue-order", data=given).status_code == 303
    shown = head.get(url, headers=JSON).json
    assert (shown["demand"], shown["due_on"]) == ("立即整改。", ends_in(app, 3))
    assert [one["task_id"] for one in shown["covers"]] == late[1:]
    assert "under_order" not in steps(app, late[0])
    assert steps(app, late[1])[-1] == "under_order"


def steps(app, task_id: int) -> list[str]:
    with app.app_context():
        return [entry.step for entry in db.session.query(Entry).filter_by(task_id=task_id).order_by(Entry.seq)]


def test_whoever_may_not_write_one_cannot_and_nothing_typed_is_lost(app, sign_in, late):
    for login, status in (("head", 404), ("stranger", 404), ("district", 404), ("teacher", 404)):
        assert confirm(sign_in(login), late).status_code == status, login
    leader = sign_in("leader")
    wrong = {"kind": "order", "days": "other", "demand": "写了很多字的要求", "tasks": late, "on": "2020-01-01"}
    answer = leader.post(address(leader), data=wrong)
    assert answer.status_code == 422
    assert "写了很多字的要求" in answer.get_data(as_text=True)
    for said in ({"tasks": []}, {"tasks": [10**12]}, {"days": "9"}, {"kind": "finding"}, {"kind": "talk"}):
        assert confirm(leader, late, **said).status_code == 422, said
    assert leader.get(address(leader, "willow")).headers["Location"] == "/orders/late"
    assert leader.get(f"/tasks/{late[0]}/orders/new").status_code == 200
    with app.app_context():
        assert db.session.query(Order).count() == 0


def test_an_order_goes_to_whoever_holds_it_and_not_to_the_school(cast):
    finding = story.verifying(cast, at=now() - LONG_AGO)
    from app.orders.addressing import addressee

    unit, post = addressee(finding.task)
    assert (unit.code, post) == ("east", "reviewer")
    order = actions.send(Letter("order", unit, "限期验收", today(), post=post), [finding.task], cast.leader, now=now())
    assert order.task.current_wait.post == "reviewer"
    take(order.task, "acknowledge", cast.district, now=now())
    with pytest.raises(NotYours):
        take(order.task, "answer", cast.head, now=now(), text="不是学校的事")


def test_what_only_waits_too_long_is_not_called_overdue(app, sign_in, cast):
    with app.app_context(), unit_of_work():
        slow = story.issued(cast, at=now() - timedelta(days=10), deadline_on=today() + timedelta(days=20))
        fresh = story.rectifying(cast, text="走廊灯不亮", deadline_on=today() + timedelta(days=20))
        ids = slow.task.id, fresh.task.id
    said = [sign_in("leader").get(f"/tasks/{number}/orders/new").text for number in ids]
    for page, says in zip(said, ("已超过办理时限", "请高度重视"), strict=True):
        assert says in page
        assert "已超过整改时限" not in page
    assert "待签收环节已于" in said[0]
    assert "剩余20天" not in said[0]
    assert "剩余20天" in said[1]
    typed = {"kind": "circular", "tasks": [str(ids[0])], "demand": "请说明", "days": "5"}
    went = sign_in("leader").post(f"/tasks/{ids[0]}/orders/new?kind=circular", data=typed)
    assert went.status_code == 303
    with app.app_context():
        file = f"/papers/{db.session.query(Paper).one().id}/file.docx"
    paper = words(sign_in("leader").get(file).data)
    assert "未在规定时限内办理" in paper
    assert "逾期" not in paper.partition("下一步要求")[0].partition("存在的问题")[2]
    talk = sign_in("leader").get(f"/tasks/{ids[0]}/orders/new?kind=talk").text
    assert "经催办仍未按时办理" in talk


def test_a_circular_is_explained_and_a_talk_keeps_minutes_and_a_clock_of_its_own(cast):
    finding = story.rectifying(cast, at=now() - LONG_AGO)
    unit, soon = cast.units["first"], in_days(3)
    circular = actions.send(Letter("circular", unit, "通报批评", soon), [finding.task], cast.leader, now=now())
    may = [Offer("circular", step.name, step.label, "") for step, _ in offers(circular.task, cast.leader, now())]
    assert may
    assert all(one.is_side for one in may)  # it waits for the unit: closing it without hearing her stands apart
    take(circular.task, "explain", cast.head, now=now(), text="经费未到位")
    take(circular.task, "accept", cast.leader, now=now(), remark="")
    assert (circular.explanation, circular.task.state) == ("经费未到位", "accepted")
    talk = actions.send(Letter("talk", unit, "约谈", soon, "局二楼"), [finding.task], cast.leader, now=now())
    take(talk.task, "explain", cast.head, now=now(), text="已联系施工队")
    kept_by = today() + timedelta(days=20)
    take(talk.task, "hold", cast.leader, now=now(), held_on=today(), minutes="指出问题", promise="月底完成", on=kept_by)
    db.session.expire(talk.task, ["waits"])
    assert (talk.task.state, talk.task.due_on, day_of(talk.task.current_wait.until)) == ("answering", kept_by, kept_by)
    take(talk.task, "answer", cast.owner, now=now(), text="已完成")
    take(talk.task, "accept", cast.leader, now=now(), remark="")
    assert (talk.task.state, talk.promise, talk.explanation) == ("accepted", "月底完成", "已联系施工队")
    with pytest.raises(OutOfTurn):
        take(talk.task, "answer", cast.owner, now=now(), text="再补")


def test_pages_of_orders_ask_a_bounded_number_of_statements(app, sign_in, late):
    leader = sign_in("leader")
    url = confirm(leader, late).json["url"]
    for page, most in ((url, 16), ("/orders", 4), ("/orders/late", 4), (address(leader), 11)):
        with counted(app) as sent:
            assert leader.get(page).status_code == 200
        assert len(sent) <= most, (page, len(sent))


def test_the_agenda_names_everything_late_by_what_it_needs_and_nothing_a_viewer_may_not_see(app, sign_in, late):
    with app.app_context(), unit_of_work():
        cast = Cast()
        take(db.session.get(Task, late[0]), "block", cast.owner, now=now(), blocked_by="money", remark="专项未拨")
    made = confirm(sign_in("leader"), late[1:]).json
    groups = {one["needs"]: one["matters"] for one in sign_in("leader").get("/agenda", headers=JSON).json["groups"]}
    assert [one["title"] for one in groups["money"]] == ["围墙开裂"]
    rest = {one["title"]: one for one in groups["none"]}
    assert set(rest) == {"消防栓无水", "宿舍电线老化"}
    assert (rest["消防栓无水"]["orders"], rest["消防栓无水"]["days_late"]) == ([made["number"]], 30)
    seen = sign_in("westerner").get("/agenda", headers=JSON).json["groups"]
    assert [one["title"] for group in seen for one in group["matters"]] == ["宿舍电线老化"]
    with counted(app) as sent:
        page = sign_in("leader").get("/agenda").get_data(as_text=True)
    assert len(sent) <= 11
    assert all(said in page for said in ("围墙开裂", "逾期30天", made["number"]))
    paper = words(sign_in("leader").get("/agenda.docx").data)
    for said in ("共3个", "一、", "需落实资金", "围墙开裂", "逾期30天", f"已督办：{made['number']}", "议定事项"):
        assert said in paper, said
    assert "围墙开裂" not in words(sign_in("westerner").get("/agenda.docx").data)


def test_rows_ticked_in_the_ledger_become_one_order_for_each_pair_of_hands(app, sign_in, late):
    leader = sign_in("leader")
    with app.app_context(), unit_of_work():
        before = now() - LONG_AGO
        waits, foreign = story.verifying(Cast(), at=before, text="等待验收").task_id, story.draft(Cast()).task_id
        north = db.session.query(Task).filter_by(title="宿舍电线老化").one().id
    confirm(leader, late[:1])
    rows = [*late, north, waits, foreign]
    assert "/orders/many" in leader.get("/findings?light=overdue").text
    look = leader.post("/orders/many", data={"pick": rows, "query": "light=overdue"}, headers=JSON).json
    assert [(one["unit"], one["post"]) for one in look["orders"]] == [
        ("清河县第一小学", ""), ("北山中学", ""), ("东片学区", "reviewer")
    ]  # fmt: skip
    assert {one["task_id"] for one in look["skipped"]} == {late[0]}
    assert sorted(look["hears"]) == sorted(["李秀云", "张明远", "冯立", "郭学军"])
    with counted(app) as sent:
        page = leader.post("/orders/many", data={"query": "light=overdue"}).text  # nothing ticked: this page
    assert len(sent) <= 20
    assert page.count('name="pick"') == 2
    picks = [row for one in look["orders"] for row in one["pick"]]
    given = {"kind": "order", "days": "3", "demand": "限期整改。", "query": "light=overdue"}
    wrong = leader.post("/orders/many/confirm", data=given | {"pick": picks, "days": "other"})
    assert (wrong.status_code, "限期整改。" in wrong.text) == (422, True)
    moved = picks[-1].replace("reviewer", "head")
    made = leader.post("/orders/many/confirm", data=given | {"pick": [*picks[:2], moved]}, headers=JSON).json
    assert [(one["unit"], one["state"], one["due_on"]) for one in made["orders"]] == [
        ("清河县第一小学", "issued", ends_in(app, 3)), ("北山中学", "issued", ends_in(app, 3))
    ]  # fmt: skip
    assert [one["task_id"] for one in made["skipped"]] == [waits]
    again = leader.post("/orders/many/confirm", data=given | {"pick": picks[:2]}, headers=JSON).json
    assert (again["orders"], len(again["skipped"])) == ([], 2)  # one matter, one order
    with app.app_context():
        first, *rest = db.session.query(Paper).order_by(Paper.id)
        assert [paper.number for paper in (first, *rest)] == [1, 2, 3]
        assert all(paper.unwritten for paper in (first, *rest)), "nobody waits for files that nobody opens"
    drafts = sign_in("inspector").post("/orders/many/confirm", data=given | {"pick": picks[2:]}, headers=JSON).json
    assert [one["state"] for one in drafts["orders"]] == ["draft"]
    whole = leader.post("/orders/many", data={"scope": "all", "query": "light=overdue"}, headers=JSON).json
    assert (whole["orders"], whole["skipped"]) == ([], []), "a whole view leaves out what is under an order"


def test_papers_of_many_orders_are_numbered_with_them_and_written_when_opened(app, sign_in, late):
    """What a paper says is kept with its number, so a process that dies loses none and later changes alter none."""
    leader = sign_in("leader")
    look = leader.post("/orders/many", data={"pick": [*late, north(app)]}, headers=JSON).json
    given = {
        "kind": "order",
        "days": "3",
        "demand": "限期整改。",
        "pick": [p for o in look["orders"] for p in o["pick"]],
    }
    with counted(app) as sent:
        made = leader.post("/orders/many/confirm", data=given, headers=JSON).json["orders"]
    about_papers = [one for one in sent if "paper" in one]
    assert len(about_papers) <= 7, about_papers
    with app.app_context(), unit_of_work():
        assert "" not in named([""]), "no row without its file is a file that is missing"
        papers = db.session.query(Paper).order_by(Paper.number).all()
        assert [(paper.number, paper.sha256, paper.subject_id) for paper in papers] == [
            (n, "", one["id"]) for n, one in enumerate(made, start=1)
        ]  # fmt: skip
        db.session.get(Task, late[0]).finding.text = "后来改写的话"
        (paper, other), number = [paper.id for paper in papers], papers[0].text
    assert sign_in("neighbour").get(f"/papers/{paper}/file.docx").status_code == 404
    assert leader.get("/papers", headers=JSON).json["papers"][0]["sha256"] is None
    file = leader.get(f"/papers/{paper}/file.docx")
    said = words(file.data)
    assert number in said
    assert "围墙开裂" in said
    assert "后来改写的话" not in said
    assert sign_in("head").get(f"/papers/{paper}/file.docx").data == file.data, "written once"
    shown = leader.get(f"/papers/{other}", headers=JSON).json
    assert len(shown["sha256"]) == 64
    with app.app_context():
        assert list(db.session.scalars(db.select(Paper.unwritten))) == [None, None]


def test_one_of_many_that_nobody_could_sign_leaves_the_others_whole_and_no_gap(app, sign_in, late):
    inspector = sign_in("inspector")
    picks = inspector.post("/orders/many", data={"pick": [*late, north(app)]}, headers=JSON).json["orders"]
    given = {
        "kind": "order",
        "days": "3",
        "demand": "限期整改。",
        "pick": [row for one in picks for row in one["pick"]],
    }
    with app.app_context(), unit_of_work():
        db.session.query(Party).filter_by(task_id=late[0], role="leader").delete()
        db.session.query(Party).filter_by(task_id=late[1], role="leader").delete()
    made = inspector.post("/orders/many/confirm", data=given, headers=JSON).json
    assert [(one["unit"], one["state"], one["number"]) for one in made["orders"]] == [
        ("北山中学", "draft", f"{YEAR}-DB-0001")
    ]  # fmt: skip
    assert {one["task_id"] for one in made["skipped"]} == set(late)
    with app.app_context():
        assert [len(order.covered) for order in db.session.query(Order)] == [1]


def north(app) -> int:
    with app.app_context():
        return db.session.query(Task.id).filter_by(title="宿舍电线老化").scalar()
