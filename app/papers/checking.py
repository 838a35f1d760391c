"""A template looked at before it counts: whole, harmless, asking for nothing unknown, and able to be filled in.

What the package declares is judged here; what is in it only a child process looks at (see `printing`).
"""

from __future__ import annotations

from functools import cache
from mmap import ACCESS_READ, mmap
from tempfile import NamedTemporaryFile
from typing import Any

from app.evidence.documents import check_office
from app.evidence.faults import Refused as UnfitFile
from app.evidence.strangers import OLE
from app.papers import printing
from app.papers.samples import many, sample
from app.tasks.refusals import Refused
from workflows.grammar import say

LARGEST = 5 * 1024 * 1024
OLD = say("This is an old Word file (.doc, .wps), or one with a password. Save it as .docx without a password.")
STAYS = say("The one before still counts.")


class Unfit(Refused):
    """A template that does not count; the sentence says why."""


def check(kind: str, content: bytes) -> None:
    """Raise Unfit unless the template may take the place of ours."""
    if len(content) > LARGEST:
        raise Unfit(say("The template is larger than 5 MB. Make its pictures smaller and upload it again."))
    if not content:
        raise Unfit(say("The file is empty. Choose it once more."))
    if content.startswith(OLE):
        raise Unfit(OLD)
    if not content.startswith(b"PK"):
        raise Unfit(say("A template is a Word file (.docx)."))
    with NamedTemporaryFile(prefix="template-") as file:
        file.write(content)
        file.flush()
        _whole(file)
    if why := printing.fault(content, [sample(kind), many(kind)]):
        raise Unfit(why, STAYS)


def _whole(file: Any) -> None:
    try:
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            extension = check_office(file, mapped)
    except UnfitFile as why:
        raise Unfit(*why.sentences) from why
    if extension != ".docx":
        raise Unfit(say("A template is a Word file (.docx)."))


@cache
def fields(kind: str) -> frozenset[str]:
    """The names a template of that kind may ask for."""
    return frozenset(sample(kind))
