"""Photos leave the phone whatever happens to network, tab and session; nobody is told before that they arrived."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
ALBUM = "[data-uploads] input[type=file]:not([capture])"


def photo(name: str, width: int = 3000, height: int = 2000, orientation: int = 6) -> dict[str, object]:
    """As a phone holds it: lying on its side, with camera and time beside the pixels."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, "Fictional Camera Works", "2026:03:05 09:30:00"
    out = BytesIO()
    picture = Image.effect_noise((width // 4, height // 4), 60).convert("RGB").resize((width, height))
    picture.paste((30, 30, 200), (0, 0, width // 2, height // 2))
    picture.save(out, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def at_a_measure(visitor, **how):
    """Zhang's phone at a measure of his that still takes evidence."""
    zhang = visitor("zhang", "phone", **how)
    zhang.goes("/findings/1")
    zhang.goes(zhang.page.locator("a[href^='/measures/']").first.get_attribute("href"))
    return zhang


def chooses(somebody, *photos) -> None:
    somebody.page.locator(ALBUM).first.set_input_files(list(photos))


def slow_down(somebody, kilobytes: int = 60) -> None:
    line = somebody.page.context.new_cdp_session(somebody.page)
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 20, "downloadThroughput": 1e7, "uploadThroughput": kilobytes * 1024,
    })  # fmt: skip


def piece(somebody, name: str):
    """That photo among the evidence, once the page shows it."""
    found = somebody.page.locator(".evidence-piece", has_text=name)
    found.wait_for()
    return found


def test_three_taps_from_the_desk_to_the_first_queued_photo(visitor):
    zhang = visitor("zhang", "phone")
    zhang.taps_on("main a[href^='/findings/1']")
    zhang.page.wait_for_url(re.compile("/findings/"))
    zhang.taps_on("a[href^='/measures/']")
    zhang.page.wait_for_url(re.compile("/measures/"))
    with zhang.page.expect_file_chooser() as chooser:
        zhang.taps_on("label:has(input[capture])")
    chooser.value.set_files(photo("门口.jpg", 400, 300))
    zhang.page.get_by_text("1/1 张已到").wait_for()
    assert zhang.taps <= 3
    assert "拍设施、拍台账，不拍学生正脸" in zhang.page.locator("main").inner_text()
    piece(zhang, "门口.jpg")
    assert zhang.barriers() == []
    assert zhang.width() <= 360


def test_a_large_photo_is_made_smaller_and_keeps_what_the_camera_wrote(visitor):
    zhang = at_a_measure(visitor)
    measure = zhang.page.url
    chooses(zhang, photo("缩小.jpg"))
    zhang.page.get_by_text("1/1 张已到").wait_for()
    shown = piece(zhang, "缩小.jpg")
    assert "手机端已压缩" in shown.inner_text()
    page = shown.locator(".evidence-line a").first.get_attribute("href")
    with zhang.page.expect_download() as opened:
        zhang.page.goto(f"{zhang.address}{page}/original")
        zhang.page.get_by_label("理由").fill("核对")
        zhang.page.get_by_role("button", name="登记并打开").click()
    kept = opened.value.path().read_bytes()
    image = Image.open(BytesIO(kept))
    assert image.size == (1707, 2560), "upright, at most 2560"
    exif = image.getexif()
    assert (exif[0x0112], exif[0x010F], exif[0x0132]) == (1, "Fictional Camera Works", "2026:03:05 09:30:00")
    zhang.page.goto(measure)
    chooses(zhang, photo("原样.jpg", 400, 300))
    assert "手机端已压缩" not in piece(zhang, "原样.jpg").inner_text()


def test_a_killed_tab_goes_on_where_it_was_and_nothing_is_reported_done_before(visitor):
    zhang = at_a_measure(visitor)
    measure = zhang.page.url
    chooses(zhang, photo("先到.jpg", 400, 300))
    finish = zhang.page.locator("a[href$='/steps/finish']")
    finish.wait_for()
    slow_down(zhang)
    chooses(zhang, *(photo(f"第{n}张.jpg", 1600, 1200) for n in range(3)))
    zhang.page.locator(".upload[data-tone=going]").first.wait_for()
    assert "4/4" not in zhang.page.locator("main").inner_text()
    finish.click()
    zhang.page.get_by_label("整改情况").fill("已整改")
    zhang.page.locator("dialog").get_by_role("button", name="完成").click()
    zhang.page.get_by_text("个文件未传到服务器").wait_for()
    assert "已计划" in zhang.page.locator("main").inner_text()
    context = zhang.page.context
    zhang.page.close()
    zhang.page = context.new_page()
    zhang.goes("/findings")
    zhang.page.locator(".upload-pill").wait_for()
    zhang.goes(measure)
    zhang.page.get_by_text("4/4 张已到").wait_for()
    for n in range(3):
        assert piece(zhang, f"第{n}张.jpg").count() == 1


def test_without_network_it_waits_and_goes_on_by_itself(visitor):
    zhang = at_a_measure(visitor)
    zhang.page.context.set_offline(True)
    chooses(zhang, photo("断网.jpg", 800, 600))
    zhang.page.get_by_text("等待网络").first.wait_for()
    assert "0/1 张已到" in zhang.page.locator("main").inner_text()
    zhang.page.context.set_offline(False)
    zhang.page.get_by_text("1/1 张已到").wait_for()


def test_a_face_covered_by_a_finger_before_it_is_sent_is_never_seen(visitor):
    zhang = at_a_measure(visitor)
    zhang.page.context.set_offline(True)
    chooses(zhang, photo("有人.jpg", 800, 600, 1))
    zhang.page.locator(".upload button", has_text="遮挡").click()
    edge = zhang.page.locator(".cover-stage").bounding_box()
    at = [(edge["x"] + edge["width"] * share, edge["y"] + edge["height"] * share) for share in (0.5, 0.98)]
    zhang.page.mouse.move(*at[0])
    zhang.page.mouse.down()
    zhang.page.mouse.move(*at[1])
    zhang.page.mouse.up()
    stage = zhang.page.locator(".cover-stage")
    for key in ("Enter", "Enter", "Backspace", "ArrowLeft", "Shift+ArrowDown"):
        stage.press(key)
    drawn = stage.locator(".cover-box").last.evaluate("box => [box.style.left, box.style.top, box.style.height]")
    assert drawn == ["38%", "40%", "22%"], "whoever has no finger draws by keys"
    stage.press("Backspace")
    zhang.page.locator(".cover button", has_text="完成").click()
    zhang.page.context.set_offline(False)
    shown = piece(zhang, "有人.jpg")
    copy = zhang.page.request.get(zhang.address + shown.locator("img").get_attribute("src")).body()
    image = Image.open(BytesIO(copy)).convert("RGB")
    covered = image.getpixel((int(image.width * 0.75), int(image.height * 0.75)))
    assert max(abs(a - b) for a, b in zip(covered, (43, 47, 54), strict=True)) < 12
    assert image.getpixel((int(image.width * 0.25), int(image.height * 0.25)))[2] > 150


def test_a_session_that_ended_asks_to_sign_in_and_then_goes_on(visitor):
    zhang = at_a_measure(visitor)
    measure = zhang.page.url
    cookies = zhang.page.context.cookies()
    zhang.page.context.clear_cookies()
    chooses(zhang, photo("过期.jpg", 800, 600))
    zhang.page.get_by_text("重新登录后继续上传").first.wait_for()
    zhang.page.context.add_cookies(cookies)
    zhang.goes(measure)
    zhang.page.get_by_text("1/1 张已到").wait_for()
    piece(zhang, "过期.jpg")


def test_a_file_that_is_not_taken_says_why_and_can_be_left_out(visitor):
    zhang = at_a_measure(visitor)
    chooses(zhang, {"name": "假照片.jpg", "mimeType": "image/jpeg", "buffer": b"%!PS-Adobe-3.0"})
    row = zhang.page.locator(".upload[data-tone=late]")
    row.wait_for()
    assert "PostScript" in row.inner_text()
    row.locator(".upload-away").click()
    row.wait_for(state="detached")


def test_the_plain_form_serves_who_has_no_scripts(visitor):
    zhang = at_a_measure(visitor, java_script_enabled=False)
    assert zhang.width() <= 360
    zhang.page.locator(ALBUM).first.set_input_files([photo("没有脚本.jpg", 400, 300)])
    zhang.page.locator(".uploads-send").first.click()
    piece(zhang, "没有脚本.jpg")
