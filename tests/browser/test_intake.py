"""A ledger as the inspection left it becomes twenty issued findings within the budget, on a laptop and on a phone."""

from __future__ import annotations

import re

import pytest

from tests.intake.books import book, row

pytestmark = pytest.mark.browser
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger(many: int = 20, first: int = 1, school: str = "清河一小") -> dict[str, object]:
    """Twenty rows, one school abbreviated, some without a deadline."""
    rows = [row(n, due="" if n % 4 == 0 else f"2099-03-{n:02d}") for n in range(first, first + many)]
    rows[6][1] = school
    return {"name": f"秋季开学检查台账{first}.xlsx", "mimeType": SHEET, "buffer": book(rows)}


def visit(somebody) -> str:
    """A new visit; returns its address."""
    somebody.goes("/inspections/new")
    somebody.page.locator("[name=purpose]").fill("秋季开学检查")
    somebody.page.locator(".asking button[type=submit]").first.click()
    somebody.page.wait_for_url(re.compile(r"/inspections/\d+"))
    return somebody.page.url


def test_twenty_rows_of_a_workbook_are_issued_in_four_taps_and_one_fix(visitor):
    xu = visitor("xu")
    visit(xu)
    xu.page.locator("a[href*='/paste']").first.click()
    xu.page.locator("input[type=file]").set_input_files(ledger())
    xu.taps = 0
    xu.taps_on(".asking button.btn-primary")  # import 1
    xu.page.wait_for_url(re.compile(r"/previews/\d+"))
    assert xu.page.locator("tr[id^=problem-]").count() == 20
    assert xu.barriers() == []
    xu.taps_on("button[value='put:rows-6-unit:清河县第一小学']")  # fix 1
    xu.page.wait_for_load_state()
    xu.taps_on("button[value=assign]")  # assign by rule 1
    xu.page.wait_for_load_state()
    assert xu.page.locator("input[name$=-deadline_on]").evaluate_all("all => all.every((one) => one.value)")
    xu.taps_on("button[value=issue]")  # issue 1
    xu.page.wait_for_url(re.compile(r"/intake/batches/\d+"))
    states = xu.page.locator("td[data-label='状态']").all_inner_texts()
    assert states == ["待签收"] * 20
    assert xu.taps <= 5
    assert xu.barriers() == []
    assert xu.complaints == []


def test_a_ledger_is_checked_on_a_phone_without_sideways_scrolling(visitor):
    xu = visitor("xu", "phone")
    visit(xu)
    xu.page.locator("a[href*='/paste']").first.click()
    assert xu.width() <= 360
    assert xu.barriers() == []
    xu.page.locator("input[type=file]").set_input_files(ledger(8, first=21, school="清河一完小"))
    xu.taps_on(".asking button.btn-primary")
    xu.page.wait_for_url(re.compile(r"/previews/\d+"))
    assert xu.width() <= 360
    assert xu.barriers() == []
    taps = "all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).length"
    assert xu.page.locator(".suggested, .intake .btn").count() > 3
    assert xu.page.locator(".suggested, .intake .btn").evaluate_all(taps) == 0
    xu.taps_on("button[value=good]")  # no school is called so: its row is set aside
    xu.page.wait_for_url(re.compile(r"/intake/batches/\d+"))
    assert xu.width() <= 360
    assert xu.barriers() == []
    aside = xu.page.locator("a[href$='set-aside.xlsx']")
    assert aside.evaluate_all(taps) == 0
    with xu.page.expect_download() as coming:
        aside.click()
    assert coming.value.path().read_bytes().startswith(b"PK")


def test_a_file_dropped_on_the_page_is_chosen(visitor):
    xu = visitor("xu")
    visit(xu)
    xu.page.locator("a[href*='/paste']").first.click()
    xu.page.wait_for_url("**/paste")
    xu.page.wait_for_load_state()
    dropped = xu.page.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['一、存在问题'], '报告.txt')); return all; }"
    )
    xu.page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    assert xu.page.locator("input[type=file]").evaluate("field => field.files[0].name") == "报告.txt"
