"""Files that are not read, told by their first bytes: what each is, and what to do instead."""

from __future__ import annotations

import re
from pathlib import Path

from app.intake.reading import Unreadable
from workflows.grammar import Sentence, say

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = say("This is a PDF. Open the document it was made from and choose that (.docx or .xlsx), or copy its text and "
          "paste it. Of a scanned page only a retyped list can be read.")  # fmt: skip
PICTURE = say("This is a picture. Words in pictures cannot be read here: type or paste the list, and upload the picture "
              "as evidence of its problem.")  # fmt: skip
ARCHIVE = say("This is an archive. Unpack it and choose the ledgers and reports in it one by one.")
OLD_WORD = say("This is an old Word or WPS text (.doc, .wps). Open it, save it as .docx and choose that.")
OLD_TABLE = say("This is an old WPS table (.et) or another old Office file. Open it, save it as .xlsx and choose that.")
LOCKED = say("This file is protected by a password. Open it, save it without one and choose it again.")
PROGRAM = say("This is a program; programs are never read.")
FILM = say("This is a video or a sound. Choose the list itself: .xlsx, .xls, .csv, .docx or .txt.")
PAGE = say("This is a web page. Open it, copy the list and paste it, or save it as .xlsx or .docx.")
RICH = say("This is an RTF text. Open it, save it as .docx and choose that.")
OPEN_DOCUMENT = say("This is an OpenDocument file (.ods, .odt). Save it as .xlsx or .docx and choose that.")
XML_TABLE = say("This is a table saved as XML. Open it, save it as .xlsx and choose that.")
KNOWN: list[tuple[bytes, Sentence]] = [
    (b"%PDF", PDF), (b"\xff\xd8\xff", PICTURE), (b"\x89PNG", PICTURE), (b"GIF8", PICTURE), (b"BM", PICTURE),
    (b"II*\0", PICTURE), (b"MM\0*", PICTURE), (b"8BPS", PICTURE), (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE), (b"BZh", ARCHIVE), (b"\xfd7zXZ\0", ARCHIVE), (b"MSCF", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE), (b"PK\x07\x08", ARCHIVE), (b"{\\rtf", RICH), (b"RIFF", FILM), (b"ID3", FILM),
    (b"OggS", FILM), (b"\x1aE\xdf\xa3", FILM),
]  # fmt: skip
_TAG = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body|table|script|svg)", re.IGNORECASE)


def refuse_the_known(head: bytes) -> None:
    """Refuse what its first bytes betray; what is left may be text."""
    for first, sentence in KNOWN:
        if head.startswith(first):
            raise Unreadable(sentence)
    if head[4:8] == b"ftyp":
        raise Unreadable(PICTURE if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else FILM)
    bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare:
        raise Unreadable(XML_TABLE)
    if _TAG.match(bare):
        raise Unreadable(PAGE)


def refuse_unless_xls(path: Path) -> None:
    """Old Office files look alike from outside: only a workbook without a password goes on."""
    content = path.read_bytes()
    named = {name for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book") if _names(content, name)}
    if "EncryptedPackage" in named:
        raise Unreadable(LOCKED)
    if "Workbook" not in named and "Book" not in named:
        raise Unreadable(OLD_WORD if "WordDocument" in named else OLD_TABLE)
    if _is_locked(content):
        raise Unreadable(LOCKED)
    if _names(content, "_VBA_PROJECT_CUR") or _names(content, "_VBA_PROJECT"):
        raise Unreadable(MACROS)


def _names(content: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in content


def _is_locked(content: bytes) -> bool:
    """A FILEPASS record follows the first BOF of a workbook stream that is locked."""
    return bool(re.search(rb"\x09\x08\x10\x00\x00[\x05\x06]\x05\x00.{8,12}\x2f\x00[\x06\x36]\x00", content, re.DOTALL))


MACROS = say("The file contains macros. Save it without them (as .xlsx or .docx) and choose that.")
