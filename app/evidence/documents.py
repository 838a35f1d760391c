"""Papers looked at before they are kept: PDF, docx, xlsx; no programs, passwords, bombs or foreign entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from itertools import islice
from mmap import mmap
from typing import IO

from app import prologs
from app.evidence.faults import Refused
from app.evidence.strangers import ARCHIVE, LOCKED
from workflows.grammar import say

ENTRIES, UNPACKED, RATIO = 1000, 50 * 1024 * 1024, 100  # a bomb is more than this
SMALL = 1024 * 1024  # below this a member may be squeezed as it likes
PROLOG = 64 * 1024
MAIN = {
    b"wordprocessingml.document.main+xml": ("word/document.xml", ".docx"),
    b"spreadsheetml.sheet.main+xml": ("xl/workbook.xml", ".xlsx"),
}
BROKEN = say("The file arrived incomplete or is damaged. Open it to see that it is whole, then upload it again.")
BOMB = say("The file unpacks to far more than it seems to hold. Save it as PDF and upload that.")
MACROS = say("The file contains macros. Save it without them (.docx or .xlsx) or as PDF and upload that.")
ENTITIES = say("The file declares entities of its own, which no Office program does. Save it as PDF and upload that.")
ACTIVE = say("The PDF contains a program. Print it to PDF anew and upload that.")
SLIDES = say("This kind of Office file is not taken. Save it as PDF, .docx or .xlsx and upload that.")
PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch)\b")
PDF_LOCKED = re.compile(rb"/Encrypt\b")


def check_pdf(content: mmap) -> None:
    """Refuse a PDF that is cut short, locked, or says openly that it runs something."""
    if content.rfind(b"%%EOF", max(0, len(content) - PROLOG)) < 0:
        raise Refused(BROKEN)
    if PDF_LOCKED.search(content):
        raise Refused(LOCKED)
    if PDF_ACTIVE.search(content):
        raise Refused(ACTIVE)


def check_office(file: IO[bytes], content: mmap) -> str:
    """`.docx` or `.xlsx`; what the package declares is judged before anything is unpacked."""
    headers = sum(1 for _ in islice(re.finditer(b"PK\x01\x02", content), ENTRIES + 2))
    if headers > ENTRIES:
        raise Refused(BOMB)
    try:
        with zipfile.ZipFile(file) as package:
            _check_members(package.infolist())
            return _extension(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Refused(BROKEN) from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise Refused(LOCKED)
    if len(names) != len(set(names)) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Refused(BROKEN)
    if sum(member.file_size for member in members) > UNPACKED or any(map(_squeezed, members)):
        raise Refused(BOMB)
    if any(name.lower().endswith("vbaproject.bin") or "/activex/" in name.lower() for name in names):
        raise Refused(MACROS)


def _squeezed(member: zipfile.ZipInfo) -> bool:
    return member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)


def _extension(package: zipfile.ZipFile) -> str:
    if "[Content_Types].xml" not in package.namelist():
        raise Refused(ARCHIVE)
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused(MACROS)
    for main, (part, extension) in MAIN.items():
        if main in types and part in package.namelist():
            _check_prologs(package)
            return extension
    raise Refused(SLIDES)


def _check_prologs(package: zipfile.ZipFile) -> None:
    try:
        prologs.check(package)
    except prologs.Declares as why:
        raise Refused(ENTITIES) from why
    except prologs.NotXml as why:
        raise Refused(BROKEN) from why
