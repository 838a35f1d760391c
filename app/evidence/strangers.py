"""Files that are not taken, known by their first bytes: what each is, and what to do instead."""

from __future__ import annotations

import re
from mmap import mmap

from workflows.grammar import Sentence, say

ARCHIVE = say("This is an archive. Unpack it and upload the photos and papers in it one by one.")
SVG = say("This is an SVG drawing, which may contain programs. Save it as PNG or PDF and upload that.")
PAGE = say("This is a web page. Print it to PDF and upload that.")
POSTSCRIPT = say("This is PostScript (PS or EPS). Save it as PDF and upload that.")
PROGRAM = say("This is a program; programs are never taken.")
GIF = say("This is a GIF picture. Save it as JPEG or PNG and upload that.")
PICTURE = say("This kind of picture is not taken. Save it as JPEG or PNG and upload that.")
FILM = say("This is a video or a sound. Take photos of what it shows and upload those.")
OFFICE = say("This is an old Office file (.doc, .xls, .wps). Save it as .docx, .xlsx or PDF and upload that.")
LOCKED = say("This file is protected by a password. Save it without one and upload that.")
UNKNOWN = say("This is neither a photo (JPEG, PNG, WebP, HEIC) nor a paper (PDF, .docx, .xlsx). Nothing was stored.")
EMPTY = say("The file is empty. Choose it again, or take the photo anew.")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FIRST_BYTES = [
    (b"GIF8", GIF),
    (b"%!", POSTSCRIPT), (b"\x04%!", POSTSCRIPT), (b"\xc5\xd0\xd3\xc6", POSTSCRIPT),
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"#!", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xce\xfa\xed\xfe", PROGRAM), (b"L\0\0\0\x01\x14\x02\0", PROGRAM),
    (b"PK", ARCHIVE), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE), (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE), (b"\xfd7zXZ\0", ARCHIVE), (b"\x28\xb5\x2f\xfd", ARCHIVE), (b"MSCF", ARCHIVE),
    (b"BM", PICTURE), (b"II*\0", PICTURE), (b"MM\0*", PICTURE), (b"8BPS", PICTURE), (b"\xff\x0a", PICTURE),
    (b"\0\0\0\x0cJXL", PICTURE), (b"\0\0\0\x0cjP", PICTURE), (b"\xd7\xcd\xc6\x9a", PICTURE),
    (b"push graphic-context", PICTURE), (b"RIFF", FILM), (b"ID3", FILM), (b"OggS", FILM),
    (b"\x1aE\xdf\xa3", FILM),
]  # fmt: skip
TAGS = re.compile(rb"<(?:(svg)\b|!doctype\s+(svg)\b|(?:!doctype\s+)?html|head|body|script|iframe)", re.IGNORECASE)


def name_the(content: mmap) -> Sentence:
    """What a file is that is no photo and no paper, as the sentence to show."""
    if content[: len(OLE)] == OLE:
        return LOCKED if content.find(ENCRYPTED) >= 0 else OFFICE
    if content[257:262] == b"ustar":
        return ARCHIVE
    if content[4:8] == b"ftyp":
        return PICTURE if content[8:12] in (b"avif", b"avis") else FILM
    marked = content[:4096].replace(b"\0", b"")  # UTF-16 reads as text then
    for first, sentence in FIRST_BYTES:
        if content[: len(first)] == first:
            return sentence
    tag = TAGS.search(marked)
    if tag:
        return SVG if tag[1] or tag[2] else PAGE
    return UNKNOWN
