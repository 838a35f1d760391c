"""Two lists of which the paper itself says that they go together: “以下措施与问题清单序号对应”, “（顺序同上）”."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_THEM = r"(?:问题|隐患|清单|序号|顺序|次序|上述|以上|前述|上列|上表)"
_ANSWER = r"(?:措施|要求|任务|安排|做法|意见|举措|办法|整改|对策|分工)"
_STATED = rule(
    rf"{_ANSWER}[^,。;:]{{0,14}}{_THEM}[^,。;:]{{0,14}}(?:对应|一致|相同)|{_THEM}[^,。;:]{{0,14}}{_ANSWER}[^,。;:]{{0,10}}(?:对应|一致|相同)"
    rf"|(?:一一|逐一|逐条|逐项|依次|按序|顺序)(?:相?对应|同上)|(?:对应|按照?|依照?)(?:上述|以上|前述)?(?:的)?(?:问题|隐患)?(?:的)?(?:顺序|序号|次序|先后)"
    rf"|(?:顺序|序号|编号|次序)(?:同上|同前|与(?:上|前|问题)[^,。;:]{{0,10}}(?:一致|相同|对应))|(?:^|[,。;:])(?:对应|相应)的?整改?措施"
)
# “做到问题与措施一一对应”: what a paper wants to be, and does not say of itself.
_WANTED = rule(r"做到|确保|实现|力求|形成|务必|必须|(?<![对相])应当?|须|不得|未|没|不|要(?!求)")


def states(lines: Sequence[Line]) -> bool:
    """Whether a sentence of the paper says so."""
    clauses = (
        clause
        for line in lines
        for clause in _clauses(line.plain[:600])
        if "应" in clause or "序" in clause or "同" in clause
    )
    return any(_STATED.search(clause) and not _WANTED.search(clause) for clause in clauses)


def _clauses(plain: str) -> list[str]:
    return plain.replace(";", "。").split("。")


def link(found: Collected, lines: Sequence[Line]) -> None:
    """Let each measure answer the problem of its own number, where both lists are as long as each other."""
    if not states(lines):
        return
    found.entries = [one for one in found.entries if one.kind != "measure" or not _only_states(one)]
    for measures in _lists([one for one in found.of("measure") if one.answers is None and one.text]):
        before = [one for one in found.of("finding") if one.line <= measures[0].line]
        problems = _lists(before)[-1:] or [[]]
        if len(measures) > 1 and _steps(problems[0]) == _steps(measures):
            for problem, measure in zip(problems[0], measures, strict=True):
                measure.answers = problem


def _steps(group: list[Entry]) -> list[int]:
    """How the numbers count on; Word may let a second list go on where the first ended."""
    signs = [one.label.number if one.label else 0 for one in group]
    return [sign - signs[0] for sign in signs]


def _only_states(entry: Entry) -> bool:
    return entry.label is None and len(entry.text) < 40 and bool(_STATED.search(fold(entry.text)))


def _lists(entries: list[Entry]) -> list[list[Entry]]:
    """The items that stand under no other, list by list."""
    lists: list[list[Entry]] = []
    for one in entries:
        if one.parent is not None and one.parent.kind == one.kind:
            continue
        if lists and lists[-1][-1].list_id == one.list_id:
            lists[-1].append(one)
        else:
            lists.append([one])
    return lists
