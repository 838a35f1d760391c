"""Files meant to harm: refused or made harmless, every one, and the process that took them stays as small as it was."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.evidence.ours import storage
from tests.evidence import pictures as made
from tests.faults.house import Guest, House

pytestmark = pytest.mark.faults
GROWTH = 50  # megabytes
NAMES = [
    "校" * 100 + ".jpg", "x" * 251 + ".jpg", "\u202egpj.exe", "a\r\nSet-Cookie: x=1.jpg", "../../etc/passwd",
    "..\\..\\x.jpg", ".jpg", "\u200f\u200e.jpg",
    "%2e%2e%2fx.jpg", ";id.jpg", "|id", "CON", "con.jpg",
    "<img src=x onerror=alert(1)>.jpg", "'\"--.jpg",
]  # fmt: skip


def refused() -> Iterator[tuple[str, bytes]]:
    """What must never become evidence."""
    photo = made.jpeg()
    yield "svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "html", b"<!doctype html><script>alert(1)</script>"
    yield "postscript as a photo", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file"
    yield "eps", b"\xc5\xd0\xd3\xc6" + bytes(100)
    yield "magick", b"push graphic-context\nimage over 0,0 0,0 '|id'"
    yield "program", b"MZ" + bytes(200)
    yield "bomb of 400 megapixels", made.png_claiming(20000, 20000)
    yield "bomb of 4 gigapixels", made.png_claiming(65535, 65535)
    yield "bomb just below the limit", made.png_claiming(7000, 7000)
    yield "no pixels", made.png_claiming(0, 0)
    yield (
        "a thousand frames",
        made.saved(made.drawing(mode="P"), "GIF", save_all=True, append_images=[made.drawing()] * 20),
    )
    yield "cut short", made.noise(1200, 900)[:20_000]
    yield "cut behind the header", photo[:400]
    yield "no tables", photo.replace(b"\xff\xdb", b"\xff\xec")
    yield "png with wrong sums", _bent(made.saved(Image.effect_noise((300, 200), 60), "PNG"))
    yield "zip", made.package({"a.jpg": photo})
    yield "office bomb", made.docx({"word/media/a.bin": bytes(2 * 1024 * 1024)})
    yield "office entities", made.docx({"word/a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    yield "pdf that runs", made.pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> ")
    yield "nothing but a start", b"\xff\xd8\xff\xe0" + bytes(64)
    yield "endless segments", b"\xff\xd8" + b"\xff\xe1\x00\x02" * 200_000
    yield "heic cut", made.HEIC[:300]
    yield "progressive of 190 megapixels", _claiming(made.jpeg(progressive=True), 16000, 12000)


def harmless() -> Iterator[tuple[str, bytes]]:
    """Odd, and yet photos; what else is in them must never be run or shown."""
    photo = made.jpeg()
    yield "page behind a photo", photo + b"<html><script>alert(1)</script>"
    yield "page inside a photo", made.jpeg(comment=b"<script>alert(1)</script>")
    yield "zip behind a photo", photo + made.package({"a.html": b"<script>"})
    yield "broken exif", photo[:2] + b"\xff\xe1" + struct.pack(">H", 40) + b"Exif\0\0MM\0*" + b"\xff" * 28 + photo[2:]
    yield "endless exif", made.jpeg(exif=_looped())
    yield "cmyk", made.saved(made.drawing(mode="CMYK"), "JPEG")
    yield "sixteen bits", made.saved(Image.new("I;16", (300, 200), 3000), "PNG")
    yield "one pixel", made.jpeg(1, 1)
    yield "very long", made.jpeg(20000, 2)


def _bent(whole: bytes) -> bytes:
    return whole[:60] + bytes(200) + whole[260:]


def _claiming(jpeg: bytes, width: int, height: int) -> bytes:
    at = max(jpeg.find(b"\xff\xc0"), jpeg.find(b"\xff\xc2"))
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def _looped() -> bytes:
    """A directory that names itself as the next one."""
    entry = struct.pack(">HHII", 0x0112, 3, 1, 0x00060000)
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + struct.pack(">I", 8)


def memory(pid: int) -> float:
    """What the process itself holds, in megabytes."""
    return int(re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def kept(house: House) -> set[str]:
    """The originals that lie in its store."""
    with house.app.app_context():
        return set(storage().list_keys("originals"))


def sent(guest: Guest, task: int, content: bytes, name: str = "整改后.jpg"):
    return guest.fills(f"/tasks/{task}/evidence", {"kind": "after", "file": (name, content)})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("house", ["folder", "s3"], indirect=True)
def test_every_hostile_file_is_refused_or_harmless_and_the_worker_lives(house: House):
    task = house.measure()
    with house.open(workers=1):
        guest, (worker,) = Guest(house, "owner"), house.workers()
        for content in (made.photo(), made.HEIC):
            look(guest, sent(guest, task, content).json)
        before = memory(worker)
        stored = kept(house)
        for what, content in refused():
            answer = sent(guest, task, content)
            assert answer.status_code in (413, 415), what
            assert answer.json["error"], what
        assert kept(house) == stored, "what is refused is not kept"
        for what, content in harmless():
            answer = sent(guest, task, content)
            assert answer.status_code == 201, (what, answer.json)
            look(guest, answer.json)
        for name in NAMES:
            look(guest, sent(guest, task, made.jpeg(), name).json)
        assert house.workers() == [worker], "the worker died"
        grown = memory(worker) - before
        print(f"grown by {grown:.1f} MB")
        assert grown <= GROWTH


def look(guest: Guest, piece: dict[str, str]) -> None:
    """Every way to look at it: a plain picture without metadata, or a sealed download."""
    assert len(piece["name"].encode()) <= 255
    assert not set(piece["name"]) & set("\r\n\u202e\u200e\u200f/\\")
    small = guest.get(piece["thumb"])
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    assert b"script" not in small.data
    assert b"Exif" not in small.data
    kept = guest.get(guest.fills(piece["original"], {"reason": "核对"}).json["url"])
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in kept.headers["Content-Security-Policy"]
