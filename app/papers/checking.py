"""A template looked at before it counts: whole, harmless, asking for nothing unknown, and able to be filled in."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from app.evidence.documents import check_office
from app.evidence.faults import Refused as UnfitFile
from app.papers.filling import sandbox
from app.papers.samples import sample
from app.tasks.refusals import Refused
from workflows.grammar import Sentence, say

LARGEST = 5 * 1024 * 1024
SECONDS = 20
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
        _known(kind, content)
        _tried(kind, file.name)


def _whole(file: Any, content: bytes) -> None:
    try:
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            extension = check_office(file, mapped)
    except UnfitFile as why:
        raise Unfit(*why.sentences) from why
    except ValueError as why:
        raise Unfit(say("The file is empty. Choose it once more.")) from why
    if extension != ".docx":
        raise Unfit(say("A template is a Word file (.docx)."))
    if foreign := _foreign(content):
        raise Unfit(say("The template takes something from elsewhere: %(address)s. Put it into the file itself.",
                        address=foreign[:120]))  # fmt: skip


def _foreign(content: bytes) -> str:
    """The first thing that a program opening the file would fetch; links that only a reader follows are fine."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            for link in fromstring(package.read(name)) if name.endswith(".rels") else ():
                if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                    return str(link.get("Target"))
    return ""


@cache
def fields(kind: str) -> frozenset[str]:
    """The names a template of that kind may ask for."""
    return frozenset(sample(kind))


def _known(kind: str, content: bytes) -> None:
    try:
        asked = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(jinja_env=sandbox())
    except TemplateError as why:
        raise Unfit(_wrong(f"{why}")) from why
    if unknown := sorted(asked - fields(kind)):
        raise Unfit(say("The template asks for fields that this paper does not have: %(names)s. It has: %(known)s.",
                        names=", ".join(unknown), known=", ".join(sorted(fields(kind)))))  # fmt: skip


def _tried(kind: str, path: str) -> None:
    """Fill it in once with made-up facts, in a process that may fail, hang or grow alone."""
    command = [sys.executable, "-I", PROGRAM, path]
    try:
        child = subprocess.run(command, input=json.dumps(sample(kind)).encode(), capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as why:
        raise Unfit(say("The template takes longer than %(n)d seconds to be filled in.", n=SECONDS)) from why
    if child.returncode:
        raise Unfit(_wrong(child.stdout.decode(errors="replace").strip()))


def _wrong(why: str) -> Sentence:
    return say("The template cannot be filled in: %(why)s. The one before still counts.", why=why or "?")
