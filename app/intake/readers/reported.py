"""What somebody reports behind a list of problems: “家长代表反映，汤有异味”, “承包方解释换了厨师，验收单未及时收取”."""

from __future__ import annotations

from itertools import pairwise

from app.intake.readers import observing
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_REPORTS = rule(
    r"\s*[^,。;:]{0,8}(?:代表|家长|学生|教师|职工|员工|居民|群众|师生|委员)(?:们)?(?:还|也|另)?(?:反映|提出|指出|补充|反馈)(?!的)[,:]?\s?"
)
_ANSWERS = rule(r"\s*[^,。;:]{2,12}(?:解释|说明|回应|承认|表示)(?!不)[^,。;:]{0,24}[,:]\s?")
_SENTENCE = rule(r"[^。!?;]+[。!?;]?")


def behind(found: Collected) -> int:
    """Add each problem that a paragraph right behind one of a list reports; returns how many."""
    made: list[Entry] = []
    for before, entry in pairwise(found.entries):
        if before.kind == "finding" and entry.kind == "loose" and not entry.label and entry.list_id == before.list_id:
            made += [Entry("finding", entry.line, None, [words.raw], unit=entry.unit) for words in _seen(entry)]
    found.entries += made
    return len(made)


def _seen(entry: Entry) -> list[Line]:
    whole = Line(entry.line, entry.text, fold(entry.text))
    if not _REPORTS.match(whole.plain):
        return []
    sentences = [whole.cut(*hit.span()) for hit in _SENTENCE.finditer(whole.plain)]
    told = [one.cut(hit.end()) if (hit := _REPORTS.match(one.plain) or _ANSWERS.match(one.plain)) else one
            for one in sentences]  # fmt: skip
    return [one for one in told if observing.is_seen(one.plain)]
