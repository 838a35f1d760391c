"""A file is what its content says, and what we do not take is refused with the reason."""

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from app.evidence.kinds import Kind, Refused, kind_of
from tests.evidence import pictures as made


def told_of(tmp_path: Path, content: bytes, name: str = "整改照片.jpg") -> Kind:
    path = tmp_path / "in-1"
    path.write_bytes(content)
    return kind_of(path, name)


def refusal(tmp_path: Path, content: bytes, name: str = "整改照片.jpg") -> str:
    with pytest.raises(Refused) as why:
        told_of(tmp_path, content, name)
    assert why.value.status == 415
    assert why.value.args[0].message, "a sentence that can be translated"
    return str(why.value.args[0])


TAKEN = {
    "jpeg": (made.jpeg, ("image/jpeg", ".jpg", True, 400, 300)),
    "progressive": (lambda: made.jpeg(progressive=True), ("image/jpeg", ".jpg", True, 400, 300)),
    "grey": (lambda: made.saved(made.drawing(mode="L"), "JPEG"), ("image/jpeg", ".jpg", True, 400, 300)),
    "phone": (lambda: made.photo(orientation=6), ("image/jpeg", ".jpg", True, 400, 300)),
    "png": (lambda: made.saved(made.drawing(mode="RGBA"), "PNG"), ("image/png", ".png", True, 400, 300)),
    "lossy": (lambda: made.saved(made.drawing(), "WEBP"), ("image/webp", ".webp", True, 400, 300)),
    "lossless": (
        lambda: made.saved(made.drawing(), "WEBP", lossless=True),
        ("image/webp", ".webp", True, 400, 300),
    ),
    "extended": (
        lambda: made.saved(made.drawing(), "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"),
        ("image/webp", ".webp", True, 400, 300),
    ),
    "heic": (lambda: made.HEIC, ("image/heic", ".heic", True, 64, 64)),
    "pdf": (made.pdf, ("application/pdf", ".pdf", False, None, None)),
}


@pytest.mark.parametrize("content, expected", TAKEN.values(), ids=TAKEN)
def test_photos_and_papers_are_known_by_content_whatever_they_are_called(tmp_path: Path, content, expected):
    assert told_of(tmp_path, content(), "program.exe") == Kind(*expected)


def test_office_files_are_known_by_what_they_declare(tmp_path: Path):
    assert told_of(tmp_path, made.docx()).media_type.endswith("wordprocessingml.document")
    assert told_of(tmp_path, made.xlsx()).media_type.endswith("spreadsheetml.sheet")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
STRANGERS = {
    "svg": (b'<?xml version="1.0"?>\n<!-- a drawing --><svg xmlns="x" onload="alert(1)"/>', "SVG"),
    "svg-declared": (b"<!DOCTYPE svg PUBLIC 'x'><svg/>", "SVG"),
    "svg-utf16": ("\ufeff<svg onload='x'/>".encode("utf-16"), "SVG"),
    "html": (b"\xef\xbb\xbf  <!doctype HTML><p>", "web page"),
    "script": (b"hello <ScRiPt>alert(1)</script>", "web page"),
    "zip": (made.package({"photo.jpg": made.jpeg()}), "archive"),
    "empty-zip": (made.package({}), "archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), "archive"),
    "rar": (b"Rar!\x1a\x07\x01\0" + bytes(50), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
    "tar": (bytes(257) + b"ustar\0" + bytes(300), "archive"),
    "postscript": (b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file", "PostScript"),
    "eps": (b"\xc5\xd0\xd3\xc6" + bytes(50), "PostScript"),
    "gif": (made.saved(made.drawing(mode="P"), "GIF"), "GIF"),
    "bmp": (made.saved(made.drawing(), "BMP"), "JPEG or PNG"),
    "tiff": (made.saved(made.drawing(), "TIFF"), "JPEG or PNG"),
    "avif": (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(50), "JPEG or PNG"),
    "video": (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(50), "video"),
    "exe": (b"MZ\x90\0" + bytes(100), "program"),
    "elf": (b"\x7fELF\x02\x01" + bytes(100), "program"),
    "shell": (b"#!/bin/sh\nid", "program"),
    "mvg": (b"push graphic-context\nimage over 0,0 0,0 '|id'", "JPEG or PNG"),
    "msl": (b'<?xml version="1.0"?><image><read filename="x"/></image>', "neither a photo"),
    "doc": (OLE, ".docx"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(50), "password"),
    "text": ("整改完毕".encode(), "neither a photo"),
    "one-byte": (b"\xff", "neither a photo"),
    "nothing": (b"", "empty"),
}


@pytest.mark.parametrize("content, word", STRANGERS.values(), ids=STRANGERS)
@pytest.mark.parametrize("name", ["整改后.jpg", "报告.pdf"])
def test_what_is_no_photo_and_no_paper_is_named_and_refused(tmp_path: Path, content: bytes, word: str, name: str):
    assert word in refusal(tmp_path, content, name)


def test_a_photo_that_is_also_a_web_page_is_and_stays_a_photo(tmp_path: Path):
    both = made.jpeg(comment=b"<html><script>alert(1)</script>") + b"<html><script>alert(2)</script>"
    assert told_of(tmp_path, both, "x.html").media_type == "image/jpeg"
    assert told_of(tmp_path, made.jpeg() + made.package({"a": b"b"})).media_type == "image/jpeg"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.98])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC", "photo"])
def test_a_picture_cut_short_is_refused_by_its_name(tmp_path: Path, kind: str, share: float):
    whole = {"HEIC": lambda: made.HEIC, "photo": made.photo}.get(kind, lambda: made.saved(made.drawing(), kind))()
    sentence = refusal(tmp_path, whole[: int(len(whole) * share)], "整改后.jpg")
    assert "整改后.jpg” arrived incomplete" in sentence


def test_a_photo_cut_short_with_an_end_put_behind_is_refused(tmp_path: Path):
    whole = made.noise(4000, 3000)
    assert told_of(tmp_path, whole).is_picture
    cut = whole[: len(whole) // 40] + b"\xff\xd9"
    assert "incomplete" in refusal(tmp_path, cut)
    assert "damaged" in refusal(tmp_path, whole.replace(b"\xff\xdb", b"\xff\xec"))
    plain = made.saved(Image.new("L", (4000, 3000), 128), "JPEG", optimize=True)
    assert told_of(tmp_path, plain).is_picture, "the plainest picture there is"


def test_a_piece_torn_out_of_the_middle_shows_by_the_restarts_around_it(tmp_path: Path):
    """A decoder draws on over it and only warns. Without restarts nothing tells: the handbook says so."""
    whole = made.saved(Image.effect_noise((1600, 1200), 60), "JPEG", restart_marker_rows=1)
    assert told_of(tmp_path, whole).width == 1600
    middle = len(whole) // 2
    torn = whole[:middle] + whole[middle + 30_000 :]
    Image.open(io.BytesIO(torn)).load()
    assert "damaged" in refusal(tmp_path, torn)


def test_a_thumbnail_inside_does_not_hide_that_the_end_is_missing(tmp_path: Path):
    exif = b"Exif\0\0" + made.jpeg(160, 120)
    whole = made.noise(1200, 900, exif=exif)
    assert told_of(tmp_path, whole).width == 1200
    assert "incomplete" in refusal(tmp_path, whole[: len(whole) // 2])


def test_what_a_phone_appends_to_a_photo_does_no_harm(tmp_path: Path):
    assert told_of(tmp_path, made.jpeg() + b"\0\0\0\x18ftypmp42" + bytes(100_000)).is_picture


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG claiming another size in its frame header."""
    at = max(jpeg.find(b"\xff\xc0"), jpeg.find(b"\xff\xc2"))
    return jpeg[: at + 5] + height.to_bytes(2) + width.to_bytes(2) + jpeg[at + 9 :]


def test_more_pixels_than_can_be_drawn_are_refused_before_anything_is_decoded(tmp_path: Path):
    plain, progressive = made.jpeg(), made.jpeg(progressive=True)
    scan = plain.find(b"\xff\xda") + 14
    filled = with_size(plain[:scan] + bytes(1_200_000) + plain[scan:], 16320, 12240)
    assert told_of(tmp_path, filled).width == 16320, "a phone of 200 million pixels"
    assert "has 268 million pixels; 220 million" in refusal(
        tmp_path, with_size(plain[:scan] + bytes(1_700_000) + plain[scan:], 16384, 16320)
    )
    assert told_of(tmp_path, with_size(progressive, 8000, 6000)).width == 8000
    assert "has 196 million pixels; 50 million" in refusal(tmp_path, with_size(progressive, 16000, 12240))
    assert "50 million" in refusal(tmp_path, made.png_claiming(20000, 20000))
    assert "50 million" in refusal(tmp_path, made.HEIC.replace(b"ispe\0\0\0\0\0\0\0@", b"ispe\0\0\0\0\0\x10\0@"))


@pytest.mark.parametrize("width, height", [(0, 300), (400, 0), (0, 0)])
def test_a_picture_without_pixels_is_refused(tmp_path: Path, width: int, height: int):
    assert "damaged" in refusal(tmp_path, with_size(made.jpeg(), width, height))
    assert "damaged" in refusal(tmp_path, made.png_claiming(width, height))


ZEROS = bytes(2 * 1024 * 1024)
DOCTYPE = '<?xml version="1.0"?><!-- {} --><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
MACRO_TYPES = made.DOCX["[Content_Types].xml"].replace("</Types>", "application/vnd.ms-word.macroEnabled</Types>")
UNFIT = {
    "bomb": ({"word/media/a.bin": ZEROS}, "unpacks"),
    "many": ({f"word/{n}.bin": "x" for n in range(1000)}, "unpacks"),
    "macro": ({"word/vbaProject.bin": b"x"}, "macros"),
    "macro-hidden": ({"[Content_Types].xml": MACRO_TYPES}, "macros"),
    "activex": ({"word/activeX/activeX1.xml": "<a/>"}, "macros"),
    "traversal": ({"../../etc/cron.d/x": "x"}, "damaged"),
    "absolute": ({"/etc/cron.d/x": "x"}, "damaged"),
    "doctype": ({"word/document.xml": DOCTYPE.format("")}, "entities"),
    "doctype-late": ({"word/document.xml": DOCTYPE.format("x" * 20_000)}, "entities"),
    "doctype-utf16": ({"word/styles.xml": DOCTYPE.format("").replace("1.0", "1.0").encode("utf-16")}, "entities"),
    "doctype-rels": ({"_rels/.rels": DOCTYPE.format("")}, "entities"),
    "no-root": ({"word/styles.xml": "<!--" + "x" * 100_000}, "damaged"),
    "no-main": ({"[Content_Types].xml": "<Types/>"}, "kind of Office file"),
}


@pytest.mark.parametrize("parts, word", UNFIT.values(), ids=UNFIT)
def test_an_office_file_with_something_else_inside_is_refused(tmp_path: Path, parts, word: str):
    assert word in refusal(tmp_path, made.docx(parts), "整改报告.docx")


def test_an_office_file_may_hold_fifty_megabytes_and_not_one_more(tmp_path: Path):
    import secrets

    part = secrets.token_bytes(1024) * 1024
    stored = {f"word/media/{n}.bin": part for n in range(51)}
    assert "unpacks" in refusal(tmp_path, made.package({**made.DOCX, **stored}, squeeze=0))
    del stored["word/media/0.bin"], stored["word/media/1.bin"]
    assert told_of(tmp_path, made.package({**made.DOCX, **stored}, squeeze=0)).extension == ".docx"


def test_a_damaged_or_locked_office_file_is_refused(tmp_path: Path):
    whole = made.docx()
    assert "damaged" in refusal(tmp_path, whole[: len(whole) // 2])
    flags = whole.rfind(b"PK\x01\x02") + 8
    locked = whole[:flags] + b"\x01" + whole[flags + 1 :]
    assert "password" in refusal(tmp_path, locked)


def test_a_pdf_with_a_password_a_program_or_half_of_it_missing_is_refused(tmp_path: Path):
    assert "password" in refusal(tmp_path, made.pdf(b"/Encrypt 5 0 R "))
    assert "program" in refusal(tmp_path, made.pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> "))
    assert "program" in refusal(tmp_path, made.pdf(b"/OpenAction << /S /Launch /F (x) >> "))
    assert "damaged" in refusal(tmp_path, made.pdf()[:-8])


@pytest.mark.parametrize("count", [100_000])
def test_a_hundred_thousand_entries_are_refused_at_once(tmp_path: Path, count: int):
    entry = b"PK\x01\x02" + bytes(42)
    started = time.process_time()
    assert "unpacks" in refusal(tmp_path, b"PK\x03\x04" + entry * count + b"PK\x05\x06" + bytes(18))
    assert time.process_time() - started < 0.5


def test_looking_at_a_photo_of_two_megabytes_takes_no_time_worth_speaking_of(tmp_path: Path):
    path = tmp_path / "in-1"
    path.write_bytes(made.noise(3200, 2400, quality=88))
    assert path.stat().st_size > 1_900_000
    spent = []
    for _ in range(7):
        started = time.process_time()
        kind_of(path, "x.jpg")
        spent.append(time.process_time() - started)
    assert min(spent) < 0.005
