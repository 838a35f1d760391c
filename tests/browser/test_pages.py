"""Every page at both sizes: it answers, fits, is free of barriers, and the console has nothing to complain about."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
PAGES = {
    "": ["/login"],
    "zhang": [
        "/",
        "/findings",
        "/findings/1",
        "/findings?open=1",
        "/findings/views",
        "/findings/columns",
        "/measures/1",
        "/inbox",
        "/coverage",
        "/password",
    ],
    "guo": ["/", "/findings/2", "/findings?state=verifying"],
    "xu": [
        "/",
        "/findings/views",
        "/findings/columns",
        "/inspections",
        "/inspections/new",
        "/inspections/1",
        "/findings/24",
        "/search?q=围墙",
    ],
    "zhou": [
        "/",
        "/findings?light=overdue",
        "/units/8",
        "/units",
        "/analysis/units",
        "/analysis/flow",
        "/analysis/clauses",
    ],
    "admin": ["/people", "/people/1", "/people/new", "/calendars", "/units/new", "/people/import", "/acts"],
}


@pytest.mark.parametrize("size", ["phone", "laptop"])
@pytest.mark.parametrize("login", PAGES, ids=lambda login: login or "nobody")
def test_pages_fit_are_free_of_barriers_and_keep_the_policy(visitor, login, size):
    somebody = visitor(login, size)
    for path in PAGES[login]:
        answer = somebody.page.goto(somebody.address + path)
        assert answer.status == 200, path
        assert somebody.width() <= {"phone": 360, "laptop": 1440}[size], path
        assert somebody.page.get_attribute("html", "lang") == "zh-CN"
        assert somebody.barriers() == [], path
    assert somebody.complaints == []


def test_long_lists_of_boxes_are_narrowed_and_newcomers_ticked_at_once(visitor):
    inspector = visitor("xu").goes("/inspections/1")
    inspector.taps_on("a[href$='/findings/new']")
    inspector.page.locator("summary:has(+ #also)").click()
    names = inspector.page.locator("#also .form-check")
    named, shown = "柳溪小学", names.count()
    names.filter(has_text="云台小学").locator("input").check()
    inspector.page.locator("#also input[type=search]").fill(named)
    assert shown >= 10
    assert sorted(names.locator("visible=true").all_inner_texts()) == sorted([named, "云台小学"])
    admin = visitor("admin").goes("/people/new")
    admin.page.fill("[name=name]", "新来的老师")
    admin.page.fill("[name=login]", "newcomer")
    admin.page.press("[name=login]", "Enter")
    admin.page.wait_for_url(lambda url: not url.endswith("/new"))
    admin.goes("/people").taps_on("[data-ticks]")
    ticked = admin.page.locator("tbody tr:has(input:checked)").all_inner_texts()
    assert ["newcomer" in row for row in ticked] == [True], "whoever has a password keeps it"


def test_english_is_complete_on_the_way_in(visitor):
    somebody = visitor("zhang")
    with somebody.page.expect_navigation():
        somebody.page.locator("button[name=locale][value=en]").first.evaluate("button => button.click()")
    assert somebody.page.get_attribute("html", "lang") == "en"
    assert "Rectify" in somebody.page.title()


def test_the_first_load_is_small_enough_for_a_weak_network(visitor):
    """The sign-in page and the first page of work, with everything they load, as the server itself sends it."""
    somebody = visitor(size="phone")
    session = somebody.page.context.new_cdp_session(somebody.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    somebody.goes("/login")
    somebody.page.wait_for_load_state("networkidle")
    assert 20_000 < sum(sizes) <= 120_000
    somebody.signs_in("zhang")
    somebody.page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 200_000


def test_before_and_after_open_large_together_and_are_drawn_larger_by_wheel_and_keys(visitor):
    guo = visitor("guo", "laptop")
    guo.goes("/findings/2/compare")
    guo.page.locator(".pair [data-enlarges]").first.click()
    large = guo.page.locator("dialog[open] .zoom-frame img")
    assert large.count() == 2
    guo.page.locator(".zoom-frame").first.hover()
    guo.page.mouse.wheel(0, -100)
    guo.page.locator(".zoom-frame img[style*='scale(1.5)']").first.wait_for()
    guo.page.keyboard.press("+")
    assert all("scale(2.25)" in str(one.get_attribute("style")) for one in large.all())
    guo.page.keyboard.press("0")
    assert "scale(1)" in str(large.first.get_attribute("style"))
    assert guo.barriers() == []
    guo.page.keyboard.press("Escape")
    assert large.count() == 0
