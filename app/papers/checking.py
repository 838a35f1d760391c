"""A template looked at before it counts: whole, harmless, asking for nothing unknown, and able to be filled in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from xml.etree.ElementTree import ParseError

from app.evidence.documents import check_office
from app.evidence.faults import Refused as UnfitFile
from app.papers.samples import sample
from app.tasks.refusals import Refused
from workflows.grammar import Sentence, say

LARGEST = 5 * 1024 * 1024
SECONDS = 20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTS = re.compile(
    r"(?<![A-Z])(?:DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE
)
PROGRAM = str(Path(__file__).with_name("filling.py"))


class Unfit(Refused):
    """A template that does not count; the sentence says why."""


def check(kind: str, content: bytes) -> None:
    """Raise Unfit unless the template may take the place of ours."""
    if len(content) > LARGEST:
        raise Unfit(say("The template is larger than 5 MB. Make its pictures smaller and upload it again."))
    with NamedTemporaryFile(prefix="template-") as file:
        file.write(content)
        file.flush()
        _whole(file, content)
        _tried(kind, file.name)


def _whole(file: Any, content: bytes) -> None:
    try:
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            extension = check_office(file, mapped)
    except UnfitFile as why:
        raise Unfit(*why.sentences) from why
    except ValueError as why:
        raise Unfit(say("The file is empty. Choose it once more.")) from why
    try:
        _still(extension, content)
    except ParseError as why:
        raise Unfit(_wrong(f"{why}")) from why


def _still(extension: str, content: bytes) -> None:
    """Raise Unfit where it is no Word file, fetches something or acts by itself."""
    if extension != ".docx":
        raise Unfit(say("A template is a Word file (.docx)."))
    if foreign := _foreign(content):
        raise Unfit(say("The template takes something from elsewhere: %(address)s. Put it into the file itself.",
                        address=foreign[:120]))  # fmt: skip
    if acting := _acting(content):
        raise Unfit(say("The template holds what acts when it is opened: %(what)s. Take it out and upload it again.",
                        what=acting[:120]))  # fmt: skip


def _foreign(content: bytes) -> str:
    """The first thing that a program opening the file would fetch; links that only a reader follows are fine."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            for link in fromstring(package.read(name)) if name.endswith(".rels") else ():
                if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                    return str(link.get("Target"))
    return ""


def _acting(content: bytes) -> str:
    """The first object in it, or the first field that fetches or starts something: whoever opens a paper trusts it."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith(("word/embeddings/", "word/activeX/", "word/afchunk")):
                return name
            if name.startswith("word/") and name.endswith(".xml"):
                root = fromstring(package.read(name))
                orders = [one.text or "" for one in root.iter(f"{WORD}instrText")]
                orders += [f" {one.get(f'{WORD}instr') or ''}" for one in root.iter(f"{WORD}fldSimple")]
                if hit := ACTS.search("".join(orders)):
                    return hit[0]
    return ""


@cache
def fields(kind: str) -> frozenset[str]:
    """The names a template of that kind may ask for."""
    return frozenset(sample(kind))


def _tried(kind: str, path: str) -> None:
    """Fill it in once with made-up facts, in a process that may fail, hang or grow alone."""
    command = [sys.executable, "-I", PROGRAM, path]
    try:
        child = subprocess.run(command, input=json.dumps(sample(kind)).encode(), capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as why:
        raise Unfit(say("The template takes longer than %(n)d seconds to be filled in.", n=SECONDS)) from why
    found = json.loads(child.stdout) if child.returncode == 0 else {"wrong": ""}
    if "unknown" in found:
        raise Unfit(say("The template asks for fields that this paper does not have: %(names)s. It has: %(known)s.",
                        names=", ".join(found["unknown"])[:400], known=", ".join(sorted(fields(kind)))))  # fmt: skip
    if "wrong" in found:
        raise Unfit(_wrong(found["wrong"]))


def _wrong(why: str) -> Sentence:
    return say("The template cannot be filled in: %(why)s. The one before still counts.", why=why or "?")
