"""What a photo's own file is worth: consistent, silent, or in contradiction with the sentence why; and never leaked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from app.clock import now
from app.db import unit_of_work
from app.evidence import trust
from app.evidence.actions import add
from app.evidence.receiving import receive_seen as receive
from bench.scenes import scene
from tests import story
from tests.cast import Cast
from tests.evidence.pictures import saved

HERE = (30.25, 114.5)
JSON = {"Accept": "application/json"}


def taken(at: datetime | None = None, place: tuple[float, float] | None = None, software: str = "", **more) -> bytes:
    """A photo as a phone writes it, on the clock of Shanghai."""
    exif = Image.Exif()
    if at:
        exif.get_ifd(0x8769).update({0x9003: (at + timedelta(hours=8)).strftime("%Y:%m:%d %H:%M:%S")})
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: degrees(place[0]), 3: "E", 4: degrees(place[1])})
    if software:
        exif[0x0131] = software
    exif[0x010F], exif[0x0110] = "Fictional", "Phone 7"
    return saved(scene(31).resize((400, 300)), "JPEG", exif=exif, **more)


def degrees(value: float) -> tuple[IFDRational, ...]:
    minutes = (value % 1) * 60
    return IFDRational(int(value)), IFDRational(int(minutes)), IFDRational(round((minutes % 1) * 60 * 1000), 1000)


def piece_of(cast, content: bytes, kind: str = "after"):
    finding = story.rectifying(cast)
    finding.task.unit.latitude, finding.task.unit.longitude = HERE
    task = finding.measures[0].task
    return add(task, cast.owner, kind, receive(BytesIO(content), "照片.jpg"), now=now()), finding.task


def judged(cast, content: bytes):
    piece, task = piece_of(cast, content)
    return trust.judged(piece, task.found_on, task.unit)


def test_a_photo_taken_there_and_then_is_consistent(cast):
    told = judged(cast, taken(now(), (30.251, 114.501)))
    assert told.verdict == trust.CONSISTENT
    assert str(told.why[0]).startswith("Taken between the day it was found")
    assert "at the unit" in [str(one) for one in told.says]
    assert "with Fictional Phone 7" in [str(one) for one in told.says]


def test_a_photo_that_came_through_a_chat_says_nothing_and_is_not_accused(cast):
    told = judged(cast, saved(scene(31), "JPEG"))
    assert (told.verdict, told.tone) == (trust.SILENT, "idle")
    assert "chat programmes" in str(told.why[0])


def test_a_photo_without_a_date_and_a_screenshot_say_no_more_than_they_can(cast):
    undated = judged(cast, taken(None, HERE))
    assert (undated.verdict, str(undated.why[0])) == (trust.SILENT, "It does not say when it was taken.")
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: now().strftime("%Y:%m:%d %H:%M:%S"), 0x9286: b"ASCII\0\0\0Screenshot"})
    png = saved(scene(31).resize((400, 300)), "PNG", exif=exif.tobytes())
    by_name, _task = piece_of(cast, taken(now()))
    by_name.name = "Screenshot_20261012.jpg"
    for screen in (judged(cast, png), trust.judged(by_name, None, None)):
        assert (screen.verdict, screen.tone) == (trust.SILENT, "idle")
        assert str(screen.why[0]).startswith("A screenshot")


@pytest.mark.parametrize(
    "how, word",
    [
        ({"at": -40}, "before it was found"),
        ({"at": 9}, "after it was sent"),
        ({"at": 0, "place": (30.9, 114.5)}, "Taken about 72 km from 清河县第一小学"),
        ({"at": 0, "software": "Adobe Photoshop 25.1 (Windows)"}, "Adobe Photoshop 25.1"),
    ],
)
def test_a_photo_that_contradicts_says_why(cast, how, word):
    told = judged(cast, taken(**how | {"at": now() + timedelta(days=how["at"])}))
    assert told.verdict == trust.CONTRADICTS
    assert word in str(told.why[0])


def test_an_editor_is_found_in_xmp_too_and_a_phones_own_programme_is_none(cast):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r xmp:CreatorTool="Snapseed 2.21"/></x:xmpmeta>'
    assert "Snapseed" in str(judged(cast, taken(now(), xmp=xmp)).why[0])
    assert judged(cast, taken(now(), software="FIC-AL00 10.1.0.160")).verdict == trust.CONSISTENT


def test_headers_of_nonsense_are_left_out_and_the_photo_is_taken(cast):
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "0000:00:00 00:00:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (IFDRational(0, 0),) * 3, 3: "E", 4: degrees(114.5)})
    piece, _task = piece_of(cast, saved(scene(31), "JPEG", exif=exif))
    assert (piece.facts.taken_at, piece.facts.latitude, piece.facts.longitude) == (None, None, None)


def test_a_camera_with_a_zone_is_believed(cast):
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2026:03:05 09:30:00", 0x9011: "+02:00"})
    piece, _task = piece_of(cast, saved(scene(31), "JPEG", exif=exif))
    assert piece.facts.taken_at == datetime(2026, 3, 5, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock, zone", [("9999:12:31 23:59:59", "-12:00"), ("9999:12:31 23:59:59", "+00:00"),
                                         ("0001:01:01 00:00:00", "+08:00")])  # fmt: skip
def test_a_clock_beyond_all_calendars_is_no_clock(cast, clock, zone):
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: clock, 0x9011: zone})
    piece, task = piece_of(cast, saved(scene(31), "JPEG", exif=exif))
    assert trust.judged(piece, task.found_on, task.unit).verdict == trust.SILENT


def test_distances_are_those_of_the_map():
    assert trust.kilometres((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
    assert trust.kilometres((39.9042, 116.4074), (31.2304, 121.4737)) == pytest.approx(1067, abs=5)
    assert trust.kilometres(HERE, HERE) == 0


@pytest.fixture
def kept(app) -> tuple[int, int]:
    with app.app_context(), unit_of_work():
        piece, task = piece_of(Cast(), taken(now() - timedelta(days=40), (30.9, 114.5), "Snapseed"))
        return piece.id, task.finding.id


@pytest.mark.parametrize("size", [320, 1600])
def test_place_and_device_never_leave_in_a_copy(sign_in, kept, size):
    copy = sign_in("owner").get(f"/evidence/{kept[0]}/{size}").data
    image = Image.open(BytesIO(copy))
    assert not image.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)
    for secret in (b"Exif", b"Fictional", b"Phone 7", b"Snapseed", b"GPS"):
        assert secret not in copy


def test_the_verifier_reads_the_verdict_and_the_school_does_not(sign_in, kept):
    page = sign_in("district").get(f"/findings/{kept[1]}").text
    assert 'data-trust="contradicts"' in page
    assert "30.9" not in page
    assert "data-trust" not in sign_in("owner").get(f"/findings/{kept[1]}").text
    told = sign_in("district").get(f"/evidence/{kept[0]}", headers=JSON).get_json()["trust"]
    assert (told["verdict"], len(told["why"])) == ("contradicts", 3)


def test_a_row_without_facts_is_not_judged(cast):
    piece = story.evidence(story.draft(cast).task, cast.inspector, "before")
    assert trust.judged(piece, None, None) is None
