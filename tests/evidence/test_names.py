"""Names stay Chinese and lose what could do harm, whatever is put into them."""

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from app.evidence.names import content_disposition, display_name

NAMES = {
    "整改照片.jpg": "整改照片.jpg",
    "三楼 消防通道（整改后）.JPG": "三楼 消防通道（整改后）.JPG",
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "C:\\fakepath\\照片.png": "照片.png",
    "a/b/": "file",
    "": "file",
    "..": "file",
    ".": "file",
    "   .jpg": "file.jpg",
    "照片\r\nSet-Cookie: x=1.jpg": "照片Set-Cookie: x=1.jpg",
    "照\0片.jpg": "照片.jpg",
    "photo\u202egpj.exe": "photogpj.exe",
    "\u2066照片\u2069.pdf": "照片.pdf",
    "照片\u2028第二行.pdf": "照片 第二行.pdf",
    "\x1b[31m红.jpg": "[31m红.jpg",
    "CON": "_CON",
    "nul.txt.jpg": "_nul.txt.jpg",
    "console.jpg": "console.jpg",
    "照片.jpg. . ": "照片.jpg",
    "cafe\u0301.pdf": "café.pdf",
    "%2e%2e%2fetc": "%2e%2e%2fetc",
    ";id.jpg": ";id.jpg",
}


@pytest.mark.parametrize("raw, shown", NAMES.items())
def test_a_name_is_shown_as_its_owner_wrote_it_without_trickery(raw: str, shown: str):
    assert display_name(raw) == shown


@pytest.mark.parametrize(
    "raw, extension, shown",
    [
        ("照片.JPEG", ".jpg", "照片.JPEG"),
        ("photo.html", ".jpg", "photo.html.jpg"),
        ("照片", ".png", "照片.png"),
        ("照片.heif", ".heic", "照片.heif"),
        ("报告.doc", ".docx", "报告.doc.docx"),
        ("", ".pdf", "file.pdf"),
        (".jpg", ".jpg", "file.jpg"),
    ],
)
def test_a_name_ends_as_its_content_says(raw: str, extension: str, shown: str):
    assert display_name(raw, extension) == shown


def test_a_long_name_is_cut_between_characters_and_keeps_its_ending():
    name = display_name("整" * 300 + ".jpeg", ".jpg")
    assert name == "整" * 83 + ".jpeg"
    assert len(name.encode()) <= 255


ANY = st.text(st.characters(), max_size=400) | st.text("整改./\\ \r\n\0\u202eCON;%\"'aé\ud800", max_size=400)


@given(ANY, st.sampled_from(["", ".jpg", ".pdf", ".docx", ".heic"]))
@example("CON .x", "")
@example("x." + "整" * 100, ".jpg")
def test_whatever_the_name_it_is_one_short_visible_line_and_stays_so(raw: str, extension: str):
    name = display_name(raw, extension)
    assert 0 < len(name.encode()) <= 255
    assert not re.search(r"[/\\\r\n\0]", name)
    assert {unicodedata.category(char) for char in name}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert name not in (".", "..")
    assert name == name.strip()
    assert display_name(name, extension) == name, "a second cleaning changes nothing"
    if extension in (".pdf", ".docx"):
        assert name.lower().endswith(extension)


@given(ANY, st.booleans())
def test_whatever_the_name_the_header_is_one_line_that_gives_it_back(raw: str, inline: bool):
    name = display_name(raw)
    header = content_disposition(name, inline)
    header.encode("ascii")
    assert re.fullmatch(r"[\x20-\x7e]+", header)
    kind, options = parse_options_header(header)
    assert kind == ("inline" if inline else "attachment")
    assert options["filename"] == name


def test_the_header_has_a_name_for_the_old_and_one_for_everybody_else():
    assert content_disposition("a b.pdf", inline=True) == 'inline; filename="a b.pdf"'
    header = content_disposition("整改照片.jpg", inline=False)
    assert header.startswith("attachment; filename=\"____.jpg\"; filename*=UTF-8''%E6%95%B4")
    assert unquote(header.split("''")[1]) == "整改照片.jpg"
    assert '\\"' not in content_disposition('a"b\\c.jpg', inline=False)
