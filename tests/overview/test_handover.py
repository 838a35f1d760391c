"""Who leaves a post leaves a list of what must go into other hands."""

from __future__ import annotations

import re

import pytest

from app.db import db, unit_of_work
from app.people.models import Person
from tests import story
from tests.cast import Cast


@pytest.fixture
def owner(app):
    """The id of somebody who owns an open finding by name."""
    with app.app_context(), unit_of_work():
        story.planning(Cast(), text="燃气管道老化")
        return db.session.query(Person).filter_by(login="owner").one().id


def test_ending_a_post_leads_to_what_must_be_handed_over(app, sign_in, owner):
    with app.app_context():
        post = db.session.get(Person, owner).posts[0].id
    assert "/handover" not in sign_in("head").get("/").text
    admin = sign_in("admin")
    answer = admin.post(f"/posts/{post}/end", data={"ends_on": "2026-06-30"})
    assert (answer.status_code, answer.location) == (303, f"/people/{owner}/handover")
    assert f"/people/{owner}/handover" in sign_in("head").get("/").text, "the head reads it on her desk"
    assert f"/people/{owner}/handover" not in sign_in("neighbour").get("/").text
    text = admin.get(answer.location).text
    assert "燃气管道老化" in text
    assert "李秀云" in text  # the head, who can name another owner


def test_the_head_reassigns_from_the_list_and_it_grows_shorter(sign_in, owner, app):
    head = sign_in("head")
    listed = head.get(f"/people/{owner}/handover").text
    link = next(part for part in listed.split('"') if part.endswith("/steps/reassign"))
    with app.app_context():
        teacher = db.session.query(Person).filter_by(login="teacher").one().id
    assert head.post(link, data={"owner": teacher}).status_code == 303
    assert "燃气管道老化" not in head.get(f"/people/{owner}/handover").text


def test_what_is_left_is_handed_over_together_measures_each_by_its_own_form(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        leaves, follows = cast.owner.id, cast.teacher.id
        picks = {str(story.planning(cast, text=text).task_id) for text in ("燃气管道老化", "护栏松动")}
        measure = story.rectifying(cast, text="楼道堆物").measures[0].task_id
        checked = story.verifying(cast, text="灯不亮").task.number
    head = sign_in("head")
    text = head.get(f"/people/{leaves}/handover").text
    assert set(re.findall(r'name="pick" value="(\d+)"', text)) >= picks
    assert f"/tasks/{measure}/measure" in text
    assert "当前状态不需移交" in text.split(checked)[1].split("</tr>")[0]
    shown = head.post("/findings/batch", data={"step": "reassign", "pick": sorted(picks)})
    assert shown.status_code == 200
    given = {"step": "reassign", "pick": sorted(picks), "owner": follows}
    assert head.post("/findings/batch/confirm", data=given).status_code == 200
    assert "燃气管道老化" not in head.get(f"/people/{leaves}/handover").text


@pytest.mark.parametrize("login", ["neighbour", "stranger", "westerner", "teacher"])
def test_others_do_not_see_the_list(sign_in, owner, login):
    assert sign_in(login).get(f"/people/{owner}/handover").status_code == 404


def test_nothing_to_hand_over_is_said(sign_in, app):
    with app.app_context():
        teacher = db.session.query(Person).filter_by(login="teacher").one().id
    assert sign_in("teacher").get(f"/people/{teacher}/handover").status_code == 200
