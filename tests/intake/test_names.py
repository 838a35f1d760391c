"""Names of units in a list: figures are words, another number is another school, and what is settled once stays so."""

from __future__ import annotations

import pytest

from app.intake.naming import Names
from tests.cast import Cast
from tests.intake.books import book, row, send
from tests.intake.pasting import fields
from tests.statements import counted


@pytest.fixture
def issuer(app) -> int:
    with app.app_context():
        return Cast().units["office"].id


def test_a_figure_is_its_word_and_another_number_is_another_school(app):
    with app.app_context():
        names = Names(list(Cast().units.values()))
        assert names.find("清河县第1小学").name == "清河县第一小学"
        assert names.find("清河县第２小学") is None
        assert names.near("清河县第2小学") == []
        assert names.near("清河县第十一小学") == []
        assert [one.name for one in names.near("清河一小")][:1] == ["清河县第一小学"]


def test_a_name_is_settled_once_for_all_its_rows_and_known_to_the_next_list(app, inspector, url, look, issuer):
    rows = [row(n, unit="县一完小" if n % 2 else "东片小学") for n in range(1, 71)]
    page = send(inspector, url, book(rows)).text
    sent = fields(page)
    asked = sorted(name for name in sent if name.startswith("name-"))
    assert len(asked) == 2
    assert "2个名称" in page
    assert "70行" in page
    by_name = {name: field for name in ("县一完小", "东片小学") for field in asked if _labelled(page, field, name)}
    wrong = inspector.post(look, data=sent | {by_name["县一完小"]: "没有的学校", "do": "names"})
    assert wrong.status_code == 422
    assert 'value="没有的学校"' in wrong.text, "what was typed stays"
    both = {by_name["县一完小"]: "清河县第一小学", by_name["东片小学"]: "柳溪小学", "do": "names"}
    with counted(app) as asked:
        done = inspector.post(look, data=sent | both)
    assert len(asked) <= 25, "it does not grow with the rows"
    assert done.status_code == 200
    assert "name-" not in str(sorted(fields(done.text)))
    assert fields(done.text)["rows-0-unit"] == ["清河县第一小学"]
    assert fields(inspector.get(f"{look}?page=2").text)["rows-69-unit"] == ["柳溪小学"]
    other = book([row(1, unit="县一完小")], title="另一份台账")
    again = send(inspector, url, other, name="另一份.xlsx").text
    assert fields(again)["rows-0-unit"] == ["清河县第一小学"]
    assert "县一完小" in again, "the list's own word stays beside it"
    kept = inspector.get(f"/intake/rules/{issuer}", headers={"Accept": "application/json"}).json["names"]
    assert {"name": "县一完小", "unit": "清河县第一小学"} in kept
    gone = {"name": "县一完小", "do": "unname"}
    assert inspector.post(f"/intake/rules/{issuer}", data=gone).status_code == 303
    later = send(inspector, url, book([row(2, unit="县一完小")], title="第三份台账"), name="第三份.xlsx").text
    assert fields(later)["rows-0-unit"] == ["县一完小"]


def _labelled(page: str, field: str, name: str) -> bool:
    return f'for="{field}"><b>{name}</b>' in page
