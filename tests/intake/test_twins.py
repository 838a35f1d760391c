"""Who merges a double is offered what it may be the double of."""

from __future__ import annotations

from app.clock import now
from app.db import db, unit_of_work
from app.evidence.traces import Likeness
from app.findings.models import Finding
from tests import story
from tests.cast import Cast


def test_likely_doubles_are_offered_with_one_tap_and_the_number_may_still_be_typed(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        stays, other = story.issued(cast), story.issued(cast, text="食堂后门堆放杂物")
        elsewhere = story.issued(cast, unit="north")
        double = story.draft(cast, text="围墙开裂，有倒塌危险。", place="东侧")
        mine, theirs = (story.evidence(one.task, cast.inspector, "before", 64 * sign)
                        for one, sign in ((double, "a"), (other, "b")))  # fmt: skip
        db.session.add(Likeness(evidence=mine, other=theirs, kind="alike", distance=2, found_at=now()))
        numbers = [one.task.number for one in (stays, other, elsewhere)]
        double, task = double.id, double.task.id
    inspector, form = sign_in("inspector"), f"/tasks/{task}/steps/merge"
    page = inspector.get(form).text
    assert "文字相同" in page
    assert "同一张照片" in page
    assert page.index(numbers[0]) < page.index(numbers[1])
    assert numbers[2] not in page
    assert f'value="{numbers[0]}"' in inspector.get(f"{form}?original={numbers[0]}").text, "one tap fills it in"
    assert inspector.post(form, data={"original": numbers[0]}).status_code == 303
    with app.app_context():
        assert db.session.get(Finding, double).merged_into.task.number == numbers[0]
