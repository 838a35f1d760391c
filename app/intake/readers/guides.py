"""How a form is to be filled in: lines that say what belongs under which heading tell of no problem."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.columns import meaning_of
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_HEADS = rule(r"\W*(?:填[表报写]|编制|使用|录入)?(?:说明|须知|指南|要求|注意事项|示例)\W*")
_FILLS = r"(?:填[写报入]?(?!补)|注明|写[明清]|录入|勾选|选[择填]|不得|不能|具体到|精确到|格式|是指|指的?是|包括|须|应|要|请|需|由|按|每[月周季]|一律|统一|可)"
_DEFINES = rule(
    rf"(?:(?:注|备注|说明)\d?:\s?)?\W{{0,3}}(?:\d{{1,2}}[.、)]|[(]?[一二三四五六七八九十]+[)、])?\s*(?:\"(?P<quoted>[^\"]{{2,12}})\"(?:一栏|栏目?|项|列)?|(?P<bare>[\u4e00-\u9fff]{{2,8}}?)(?:一栏|栏目?|列)?)\s?[,:]?\s?{_FILLS}"
)
_COLUMN = rule(r"(?:(?:注|备注|说明)\d?:\s?)?\W{0,3}(?:\d{1,2}[.、)])?\s*[\"]?[\u4e00-\u9fff]{2,8}[\"]?(?:一栏|栏)")
_NOTES = rule(r"\W*(?:注|备注|说明)\d?:")


def left_out(lines: Sequence[Line]) -> list[Line]:
    """The lines without those below “填表说明” and, where several are, those that say what a column is for."""
    defines = [_defines(line) for line in lines]
    several = sum(defines) > 1
    kept, inside = list[Line](), False
    for line, tells in zip(lines, defines, strict=True):
        if line.plain.strip():
            inside = bool(_HEADS.fullmatch(line.plain.strip())) or (
                tells and (inside or bool(_NOTES.match(line.plain)))
            )
        if not ((inside or several) and tells):
            kept.append(line)
    return kept


def _defines(line: Line) -> bool:
    hit = _DEFINES.match(line.plain[:80])
    if hit is None:
        return False
    name = hit["quoted"] or hit["bare"]
    named = name in KIND_OF or meaning_of(name) is not None
    return named and bool(hit["quoted"] or _COLUMN.match(line.plain) or "填" in line.plain[:30])
