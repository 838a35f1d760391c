"""Photos over a bad line: slow, and cut off again and again; they arrive without anybody's help."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.db import db
from app.evidence.models import Evidence
from tests.faults.house import Guest, House
from tests.faults.line import Line

pytestmark = [pytest.mark.faults, pytest.mark.browser]
MOST = 1.3


def photo(number: int, side: int) -> dict[str, object]:
    out = BytesIO()
    coarse = Image.effect_noise((side // 6, side // 8), 50).convert("RGB").resize((side, side * 3 // 4))
    coarse.save(out, "JPEG", quality=85)
    return {"name": f"第{number}张.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def sent(chromium, house: House, rate: int, photos: list, seconds: int) -> Line:
    """A phone chooses them all and is left alone until the page says that all are there."""
    task = house.measure()
    with house.open(), Line(house.port, rate, 0.2, seed=len(photos)).open() as line:
        context = chromium.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN")
        cookie = Guest(house, "owner").headers["Cookie"].removeprefix("rectify=")
        context.add_cookies([{"name": "rectify", "value": cookie, "url": line.address}])
        page, line.is_good = context.new_page(), True  # a page that came without its scripts has a plain form only
        page.set_default_timeout(60_000)
        page.goto(f"{house.address.replace(str(house.port), line.address.rsplit(':', 1)[1])}/tasks/{task}")
        page.wait_for_load_state("networkidle")
        before, line.is_good = line.up, False
        page.locator("[data-uploads] input[type=file]:not([capture])").first.set_input_files(photos)
        page.get_by_text(f"{len(photos)}/{len(photos)} 张已到").wait_for(timeout=seconds * 1000)
        line.up -= before
        context.close()
    return line


def check(house: House, line: Line, count: int) -> None:
    with house.app.app_context():
        sizes = [piece.size for piece in db.session.query(Evidence)]
    assert len(sizes) == count
    assert line.cuts > 0, "a line that is never cut proves nothing"
    print(f"{line.up / sum(sizes):.2f} × the bytes, {line.cuts} cuts")
    assert line.up <= MOST * sum(sizes)


@pytest.mark.timeout(300)
def test_photos_arrive_over_a_bad_line(chromium, house: House):
    check(house, sent(chromium, house, 512 * 1024, [photo(n, 2000) for n in range(4)], 120), 4)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_five_photos_arrive_at_256_kbit(chromium, house: House):
    check(house, sent(chromium, house, 32 * 1024, [photo(n, 3000) for n in range(5)], 1500), 5)
