"""What each page of the desk's side asks of the database: a number that does not grow with what it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.orders import actions as orders
from app.orders.addressing import Letter
from app.orders.forms import in_days
from tests import story
from tests.cast import Cast
from tests.statements import counted

BOUNDS = {
    "/": 17, "/analysis": 4, "/analysis/units": 6, "/analysis/ladder": 6, "/analysis/waits": 6, "/analysis/flow": 8,
    "/agenda": 11, "/orders": 5, "/orders/late": 5, "/circulars/1": 18, "/talks/2": 18, "/draws": 6, "/week": 14,
    "/proposals": 6,
}  # fmt: skip


@pytest.fixture
def busy(app):
    """Late findings at three schools, a circular and a talk about some of them."""
    with app.app_context(), unit_of_work():
        cast, before = Cast(), now() - timedelta(days=60)
        late = [story.rectifying(cast, at=before, text=f"围墙开裂{n}") for n in range(3)]
        story.issued(cast, unit="north", at=before)
        db.session.flush()
        for kind in ("circular", "talk"):
            letter = Letter(kind, cast.units["first"], "限期整改", in_days(3), "局二楼")
            orders.send(letter, [finding.task for finding in late], cast.leader, now=now())


def test_pages_ask_a_bounded_number_of_statements(app, sign_in, busy):
    leader, admin = sign_in("leader"), sign_in("admin")
    asked = {}
    for page in BOUNDS:
        leader.get(page)
        with counted(app) as sent:
            assert leader.get(page).status_code == 200, page
        asked[page] = len(sent)
    with counted(app) as sent:
        assert admin.get("/settings").status_code == 200
    asked["/settings"] = len(sent)
    most = BOUNDS | {"/settings": 14}
    assert {page: n for page, n in asked.items() if n > most[page]} == {}, asked
