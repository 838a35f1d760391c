"""Long texts: lines far from anything that could be a problem, a heading or a number are not looked at closely."""

from __future__ import annotations

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_MANY = 2_000
_BESIDE = 2  # an item may go on for so many lines that tell nothing themselves
_TELLS = rule(
    r"[:\d(\[①-⑳⑴-⒇\-*•→—#|\"]|[一二三四五六七八九十]|不|未|无|没|缺|少|漏|破|损|坏|裂|旧|老|差|乱|脏|堵|占|锈|霉|松|断|掉|歪|塌|危|险|超|违|"
    r"过|偏|低|弱|隐|患|问题|整改|措施|要求|建议|责任|期限|时限|小学|中学|学校|园|校|检查|存在|发现|单一|雷同|模糊|倾斜|失|停|晃|积|外露|私|代"
)


def left_out(lines: list[Line]) -> list[Line]:
    """The lines of a long text without those in the middle of long runs that tell nothing."""
    if len(lines) < _MANY:
        return lines
    tells = [bool(_TELLS.search(line.plain)) for line in lines]
    near = [False] * len(lines)
    for at, told in enumerate(tells):
        if told:
            near[max(0, at - _BESIDE) : at + _BESIDE + 1] = [True] * len(near[max(0, at - _BESIDE) : at + _BESIDE + 1])
    return [line for line, kept in zip(lines, near, strict=True) if kept]
