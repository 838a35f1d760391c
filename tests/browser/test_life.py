"""The jobs, done as people do them and counted in taps."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
LIST = """一、存在问题
1、教学楼二层走廊照明灯有四盏不亮。
2、档案盒编号混乱，检查时找不到材料。
3、实验室管理员对药品台账不熟悉。
4、微机教室不能上网。
5、消防栓箱内缺少水带。
6、校园北侧围墙开裂，存在安全隐患。
7、操场没有硬化，缺少百米直跑道。
二、整改措施
1、召开专题会议，研究部署整改工作。
整改时间：2016.5.10
责任人：XX
2、重新整理档案盒并编制目录。
整改时间：2016.5.11
责任人：XX
3、对实验室管理员进行药品台账培训。
整改时间：2016.5.12
责任人：XX
4、联系电信部门接通微机教室网络。
整改时间：2016.5.15
责任人：XX
5、申请资金维修校园北侧围墙。
"""


def photo(name: str) -> dict[str, object]:
    out = BytesIO()
    Image.effect_noise((640, 480), 40).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def fills_in(somebody, **fields: str) -> None:
    """The form on the page; typing is not counted."""
    for name, value in fields.items():
        somebody.page.locator(f"dialog[open] [name={name}], .asking [name={name}]").locator("visible=true").first.fill(
            value
        )


def chooses(somebody, name: str, value: str = "", label: str = "") -> None:
    field = somebody.page.locator(f"[name={name}]").locator("visible=true").first
    field.select_option(**({"label": label} if label else {"value": value}))


def takes(somebody, step: str, url: str, **fields: str) -> None:
    """A step on its own page, by address: what is counted elsewhere is not counted here."""
    task = somebody.page.evaluate('document.querySelector(\'[href*="/tasks/"], [action*="/tasks/"]\')?.outerHTML') or ""
    number = task.split("/tasks/")[1].split("/")[0]
    somebody.goes(f"/tasks/{number}/steps/{step}")
    for name, value in fields.items():
        chosen = somebody.page.locator(f".asking [name={name}]")
        tag = chosen.first.evaluate("field => field.tagName")
        chosen.first.select_option(value) if tag == "SELECT" else chosen.first.fill(value)
    with somebody.page.expect_navigation():
        somebody.page.locator(".asking button[type=submit]").first.click()


def test_seven_findings_are_read_from_a_pasted_list_and_one_goes_all_the_way_to_closure(visitor):
    xu = visitor("xu")
    xu.goes("/inspections/new")
    fills_in(xu, purpose="均衡发展自查核验")
    xu.page.locator(".asking button[type=submit]").first.click()
    xu.page.wait_for_url(re.compile(r"/inspections/\d+"))
    visit = xu.page.url
    xu.taps = 0
    xu.taps_on("a[href*='/paste']")  # 1
    xu.page.fill("textarea[name=raw]", LIST)
    chooses(xu, "unit", label="柳溪小学")
    xu.taps_on(".asking button.btn-primary")  # 2
    tally = xu.page.locator(".tally b").all_inner_texts()
    assert tally[:3] == ["7", "5", "3"]
    assert xu.page.locator("input[type=checkbox][name^=measures]:checked").count() == 0
    xu.taps_on("button[value=assign]")  # 3
    xu.taps_on("button[value=confirm]")  # 4
    xu.page.wait_for_url(re.compile(r"/inspections/\d+"))
    issue = xu.page.locator("#drafts a, #drafts button").locator("visible=true").first
    issue.click()  # 5: issue
    xu.page.wait_for_load_state()
    if "/inspections/" in xu.page.url and xu.page.locator("dialog[open] button[type=submit]").count():
        xu.page.locator("dialog[open] button[type=submit]").first.click()
    assert xu.taps <= 4
    xu.goes(visit)
    xu.page.locator(".ledger-title a").first.click()
    xu.page.wait_for_url(re.compile(r"/findings/\d+"))
    finding = xu.page.url

    wang = visitor("wang")
    wang.goes(finding)
    owner = {"owner": "赵小兰"}
    takes(wang, "acknowledge", finding, **owner)
    zhao = visitor("zhao", "phone")
    zhao.goes(finding)
    zhao.taps_on("a[href*='/measures/new']")
    fills_in(zhao, text="更换四盏照明灯并检查全部线路")
    zhao.taps_on("dialog[open] button[type=submit], .asking button[type=submit]")
    zhao.page.wait_for_load_state()
    zhao.goes(finding)
    takes(zhao, "submit_plan", finding)
    guo = visitor("guo")
    guo.goes(finding)
    takes(guo, "approve_plan", finding)

    zhao.goes(finding)
    measure = zhao.page.locator("a[href^='/measures/']").first.get_attribute("href")
    zhao.goes(measure)
    zhao.taps = 0
    with zhao.page.expect_file_chooser() as chooser:
        zhao.taps_on("label:has(input[type=file])")
    chooser.value.set_files(photo("整改后一.jpg"))
    zhao.page.get_by_text("1/1 张已到").wait_for()
    assert zhao.taps <= 3
    zhao.goes(measure)
    today = zhao.page.evaluate("new Date().toISOString().slice(0, 10)")
    takes(zhao, "finish", finding, result="四盏灯均已更换", finished_on=today)
    zhao.goes(finding)
    takes(zhao, "report_done", finding)
    guo.goes(finding)
    takes(guo, "pass_on", finding, method="papers")
    tian = visitor("tian")
    tian.goes(finding)
    takes(tian, "accept", finding, method="on_site", remark="现场查看，灯均已亮")
    tian.goes(finding)
    assert "已销号" in tian.page.locator("main").inner_text()
    for somebody in (xu, wang, zhao, guo, tian):
        assert [c for c in somebody.complaints if "409" not in c] == []


def test_an_owner_submits_a_measure_in_four_taps_from_the_first_page(visitor):
    deng = visitor("deng", "phone")
    deng.taps_on(".slip-link:has-text('课程表')")  # 1
    deng.page.wait_for_url(re.compile(r"/findings/\d+"))
    deng.taps_on("#bar a[href*='/measures/new']")  # 2
    deng.page.locator("dialog[open] [name=text]").fill("按课程方案开齐课程")
    deng.taps_on("dialog[open] button[type=submit]")  # 3
    deng.taps_on("#bar form[action$='/submit_plan'] button")  # 4
    deng.page.get_by_text("措施待审").first.wait_for()
    assert (deng.taps, deng.complaints) == (4, [])


def test_a_first_photo_is_three_taps_from_the_first_page_and_each_more_at_most_two(visitor):
    zhang = visitor("zhang", "phone")
    zhang.taps_on(".slip-link:has-text('围墙')")  # 1
    zhang.page.wait_for_url(re.compile(r"/findings/\d+"))
    zhang.taps_on("#bar a")  # 2: go on with the first measure
    zhang.page.wait_for_url(re.compile(r"/measures/\d+"))
    for number in (1, 2):
        with zhang.page.expect_file_chooser() as chooser:
            zhang.taps_on("label:has(input[type=file][multiple])")  # 3, then one more for the second
        chooser.value.set_files(photo(f"整改后{number}.jpg"))
        zhang.page.get_by_text(f"{number}/{number} 张已到").wait_for()
    assert (zhang.taps, zhang.complaints) == (4, [])


def test_the_leaders_three_numbers_are_one_tap_from_exactly_those_lists(visitor):
    zhou = visitor("zhou", "phone")
    count = zhou.page.locator(".numbers a").count()
    assert count == 3
    for place in range(count):
        zhou.goes("/")
        number = zhou.page.locator(".numbers a").nth(place)
        said = int(number.locator("b").inner_text())
        with zhou.page.expect_navigation():
            number.click()
        assert zhou.page.locator("table.ledger tbody tr").count() == said


def test_without_scripts_people_sign_in_filter_and_take_a_step(visitor):
    zhang = visitor("zhang", "phone", java_script_enabled=False)
    zhang.goes("/findings")
    folded = zhang.page.locator("details:has(#state) > summary")
    if folded.count():
        folded.first.click()
    zhang.page.locator("#state").select_option("rectifying")
    zhang.page.locator("form:has(#state) button[type=submit]").locator("visible=true").first.click()
    assert "state=rectifying" in zhang.page.url
    zhang.page.locator("table.ledger a[href^='/findings/']").first.click()
    zhang.goes(zhang.page.locator("a[href*='/steps/block']").first.get_attribute("href"))
    zhang.page.locator("[name=blocked_by]").select_option("money")
    zhang.page.locator("[name=remark]").fill("等待拨款")
    zhang.page.locator(".asking button[type=submit]").first.click()
    zhang.page.get_by_text("等待拨款").first.wait_for(state="attached")


def test_a_draft_survives_a_closed_tab(visitor):
    zhang = visitor("zhang", "phone")
    zhang.goes("/findings/1")
    link = zhang.page.locator("a[href*='/measures/new']").first.get_attribute("href")
    zhang.goes(link)
    zhang.page.locator("textarea[name=text]").fill("写到一半的措施")
    zhang.page.wait_for_timeout(600)
    again = zhang.page.context.new_page()
    zhang.page.close()
    again.goto(zhang.address + link)
    again.wait_for_function("document.querySelector('textarea[name=text]').value === '写到一半的措施'")


def test_a_stale_page_says_what_happened_and_keeps_what_was_typed(visitor):
    one, two = visitor("zhang"), visitor("zhang")
    for somebody in (one, two):
        somebody.goes("/findings/3")
    number = one.page.locator("[href*='/steps/block']").first.get_attribute("href")
    for somebody in (one, two):
        somebody.goes(number)
        somebody.page.locator("[name=blocked_by]").select_option("money")
    one.page.locator("[name=remark]").fill("等待拨款")
    two.page.locator("[name=remark]").fill("第二个人写的")
    one.page.locator(".asking button[type=submit]").first.click()
    one.page.get_by_text("等待拨款").first.wait_for(state="attached")
    two.page.locator(".asking button[type=submit]").first.click()
    two.page.wait_for_load_state()
    assert two.page.locator("[name=remark]").input_value() == "第二个人写的"
    assert "等待拨款" in two.page.locator("main").inner_text()


def test_keys_look_into_a_row_and_back_leads_to_it_again(visitor):
    guo = visitor("guo")
    guo.goes("/findings")
    for key in ("j", "j", "x", " "):
        guo.page.keyboard.press(key)
    row = guo.page.locator("tr.here")
    assert row.locator("input:checked").count() == 1
    guo.page.wait_for_selector("[data-drawer]")
    looked = guo.page.url
    assert "open=" in looked
    guo.page.keyboard.press("j")
    guo.page.wait_for_url(lambda url: url != looked)
    again = visitor("guo", java_script_enabled=False)
    again.goes(guo.page.url)
    assert again.page.locator("[data-drawer]").count() == 1
    guo.page.keyboard.press("Escape")
    guo.page.wait_for_selector("[data-drawer]", state="detached")
    assert "open=" not in guo.page.url
    stood = guo.page.locator("tr.here").get_attribute("data-url")
    guo.page.set_viewport_size({"width": 900, "height": 700})
    guo.page.locator("tr.here .ledger-title a").click()
    guo.page.wait_for_url(re.compile(r"/findings/\d+"))
    guo.page.go_back()
    guo.page.wait_for_selector(f"tr.here[data-url='{stood}']")
    guo.page.wait_for_function("document.activeElement.closest('tr.here')")
    guo.goes("/")
    guo.page.keyboard.press("j")
    guo.page.keyboard.press("j")
    left = guo.page.evaluate("document.activeElement.getAttribute('href')")
    guo.page.keyboard.press("Enter")
    guo.page.wait_for_url(lambda url: not url.endswith("/"))
    guo.page.go_back()
    guo.page.wait_for_function("href => document.activeElement.getAttribute('href') === href", arg=left)
    guo.goes("/")
    assert guo.page.evaluate("document.activeElement === document.body"), "only once, and not when one begins anew"


def test_a_verdict_from_the_ledger_opens_the_next_one_by_itself(visitor):
    guo = visitor("guo")
    guo.goes("/findings")
    rows = guo.page.locator("tr[data-url]")
    waiting = guo.page.locator("tr[data-url]:has-text('待验收')")
    assert waiting.count() >= 1
    waiting.first.locator(".ledger-title a").click()
    guo.page.wait_for_selector("[data-drawer] [data-key=a]")
    place = guo.page.evaluate(
        "[...document.querySelectorAll('tr[data-url]')].findIndex(row => row.classList.contains('here'))"
    )
    following = rows.nth(place + 1).get_attribute("data-url").split("/")[-1]
    seen = guo.page.locator("[data-drawer] .verdict")
    assert seen.locator("[name=method]:checked").get_attribute("value") == "papers", "as she verified before"
    seen.locator("label:has([value=on_site])").click()
    judged = guo.page.locator("[data-drawer]").get_attribute("data-drawer")
    with guo.page.expect_navigation():
        guo.page.keyboard.press("a")  # one key, and no page between
    guo.page.wait_for_selector(f"[data-drawer='{following}']")
    guo.goes(f"/findings/{judged}")
    assert "现场" in guo.page.locator("#history").text_content()
    assert guo.complaints == []


def test_without_scripts_a_wrong_owner_is_undone_on_the_next_page(visitor):
    li = visitor("li", "phone", java_script_enabled=False)
    li.goes("/findings/1")
    link = li.page.locator("a[href*='/steps/reassign']").first.get_attribute("href")
    li.goes(link)
    li.page.locator("[name=owner]").select_option(label="孙晓")
    li.page.locator(".asking button[type=submit]").first.click()
    assert "孙晓" in li.page.locator("#people").inner_text()
    li.page.locator("[data-toast] button").click()
    assert "张明远" in li.page.locator("#people").inner_text()
    assert "孙晓" not in li.page.locator("#people").inner_text()


def test_with_scripts_the_offer_to_undo_goes_after_ten_seconds(visitor):
    li = visitor("li")
    li.page.clock.install()
    li.goes("/findings/1")
    li.goes(li.page.locator("a[href*='/steps/reassign']").first.get_attribute("href"))
    li.page.locator("[name=owner]").select_option(label="孙晓")
    with li.page.expect_navigation():
        li.page.locator(".asking button[type=submit]").first.click()
    toast = li.page.locator("[data-toast]")
    assert toast.count() == 1
    li.page.clock.run_for(9_000)
    assert toast.count() == 1
    li.page.clock.run_for(1_500)
    assert toast.count() == 0
