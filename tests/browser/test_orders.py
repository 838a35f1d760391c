"""A leader on the phone: from the number to the order in four taps, and the answer seen where it belongs."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_leader_orders_in_four_taps_on_the_phone_and_the_head_answers(visitor):
    zhou = visitor("zhou", "phone").goes("/")
    zhou.taps = 0
    zhou.taps_on("a[href*='light=overdue']")  # the number
    zhou.taps_on("a[href$='/orders/late']")  # an order
    zhou.taps_on("a[href*='/orders/new']")  # the unit
    assert zhou.width() <= 360
    assert zhou.barriers() == []
    assert zhou.page.locator("#days label").locator("visible=true").count() == 4  # 3, 5, 7 days, another date
    assert zhou.page.locator("#days label").first.bounding_box()["height"] >= 44
    zhou.taps_on(".asking button[type=submit]")  # confirm
    zhou.page.wait_for_url("**/orders/*")
    assert zhou.taps <= 4
    assert zhou.width() <= 360
    assert zhou.barriers() == []
    url = zhou.page.url
    assert "督办单〔" in zhou.page.goto(url).text()
    unit = zhou.page.locator(".page-lead").inner_text()
    head = visitor(HEADS[next(name for name in HEADS if name in unit)], "phone").goes(url)
    head.taps_on(".bar button.btn-primary")
    head.taps_on(".bar a.btn-primary")
    head.page.locator("textarea[name=text]").locator("visible=true").fill("已安排施工，十日内完成。")
    head.taps_on("dialog[open] button[type=submit], .asking button[type=submit]")
    head.page.wait_for_selector("#answer")
    assert (head.width(), head.complaints) == (360, [])
    assert "已安排施工，十日内完成。" in zhou.page.goto(url).text()


def test_a_leader_orders_all_that_is_late_in_four_taps_from_the_desk(visitor):
    zhou = visitor("zhou", "phone").goes("/")
    zhou.taps = 0
    zhou.taps_on("a[href*='light=overdue']")  # the number
    zhou.taps_on(MANY)  # nothing ticked: all of the page
    assert zhou.width() <= 360
    assert zhou.barriers() == []
    zhou.taps_on(".form button.btn-primary[type=submit]")  # confirm
    zhou.page.wait_for_url("**/orders/many/confirm")
    assert zhou.taps <= 4
    assert zhou.width() <= 360
    assert zhou.barriers() == []
    assert zhou.page.locator("main a[href*='/orders/']").count() >= 1


MANY = "button[formaction$='/orders/many']"
HEADS = {"第一小学": "li", "柳溪小学": "wang", "青禾小学": "qian", "北山中学": "feng", "云台小学": "han", "石桥": "guo"}
