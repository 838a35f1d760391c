"""Lists without any heading: taken only when most of their items read like problems."""

from __future__ import annotations

from app.intake.readers import informal, observing, reported
from app.intake.readers.acts import is_asked_for, split
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.judging import has_passed, sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_SHORT, _SHORT_LINE = 100, 40
_MANY = 60
_SOME = 0.3
_TOLD = ("planned", "owner", "unit")  # what only a list of problems says of each item
_TITLE = rule(
    r"(?:报告|通知|通报|清单|方案|台账|制度|办法|记录|意见书|情况|总结|计划|汇报|回复|答复|复函|说明|一览|表|要点|规定|细则|预案|公告|三单\"?)(?:\(.*\))?$"
)
# What rules and plans do with the words of problems: they forbid, ask whether, and say what will be.
_RULE = rule(
    r"^为|制定本|不得|严禁|禁止|不准|应当|必须|是否|一律|的[,;。]?$|凡|如有|发现[^,。]{0,10}(?:及时|立即|应)|(?:要|应)(?!求)[^。]{0,6}(?:做到|加强|落实)|力争|确保|将于|拟|责任追究"
)


def _runs(entries: list[Entry]) -> list[list[Entry]]:
    """Lists of leaves that stand under the same heading, each from its own 1; short lines stand together."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if entry.children and entry.label is not None and not _whole(entry):
            continue
        before = runs[-1][-1] if runs else None
        alike = before is not None and (before.label is None) == (entry.label is None)
        restarts = entry.label is not None and entry.label.number == 1
        if before is None or not alike or restarts or entry.parent is not before.parent:
            runs.append([])
        runs[-1].append(entry)
    return runs


def _whole(entry: Entry) -> bool:
    """A sentence that has details below it, and not a heading."""
    return len(entry.text) > 12 and (entry.text[-1:] in "。；;" or bool(entry.fields))


def _wrong(entry: Entry) -> bool:
    plain = fold(entry.text[:400])
    if any(field.kind in _TOLD for field in entry.fields) and not sounds_like_an_act(plain) and not _RULE.search(plain):
        return True
    if entry.label is None and len(plain) > _SHORT_LINE and not observing.may_be_seen(plain):
        return False
    if entry.label is not None and is_asked_for(plain):
        return not _RULE.search(split(plain)[0][:-1])
    noted = informal.split(plain)
    return (
        (sounds_wrong(plain) or bool(noted))
        and not (noted and has_passed(plain[:noted]))
        and not sounds_like_an_act(plain)
        and not _RULE.search(plain)
    )


def _reads_like_problems(run: list[Entry], in_a_group: bool, beside: set[str]) -> bool:
    numbered = run[0].label is not None
    if not numbered and (
        len(run) > _MANY or any(len(entry.text) > _SHORT for entry in run) or not _stand_together(run)
    ):
        return False
    if sum(len(entry.text) for entry in run) > 120 * len(run):
        return False
    share = sum(_wrong(entry) for entry in run) / len(run)
    if run[0].label and run[0].label.style in beside and not any(sounds_like_an_act(fold(one.text)) for one in run):
        return share >= _SOME  # the next list of a paper whose lists tell of problems
    return share >= (0.6 if numbered else _SOME if in_a_group else 0.75)


def _is_to_be_solved(run: list[Entry], found: Collected) -> bool:
    """“以上六条，盼学校能在5月30日前解决” right below a list in which some items read like problems."""
    last = run[-1].line
    below = min((entry.line for entry in found.entries if entry.line > last), default=None)
    closed = any(
        one.of_above and one.clause and last < one.line and not (below and below < one.line) for one in found.closings
    )
    return closed and len(run) > 1 and run[0].label is not None and sum(map(_wrong, run)) >= _SOME * len(run)


_COMING = rule(r"(?:下周|明天|下个?月|本周[^,]{0,6}(?:迎接|准备))")


def _stays(entry: Entry) -> bool:
    """Whether an item of a list of problems is one, too: neither a passed check nor something to be done."""
    plain = fold(entry.text)
    return not has_passed(plain) and (_wrong(entry) or not _COMING.match(plain))


def _below_its_title(run: list[Entry]) -> list[Entry]:
    """“周三查寝情况” above short notes is what they are of."""
    titled = (
        len(run) > 2 and run[0].label is None and len(run[0].text) < 20 and _TITLE.search(fold(run[0].text.strip()))
    )
    return run[1:] if titled else run


def _stand_together(run: list[Entry]) -> bool:
    """Lines without numbers are a list when there are several and none is a title."""
    return len(run) > 1 and not any(_TITLE.search(fold(entry.text.strip())) for entry in run)


def _reads_like_measures(run: list[Entry]) -> bool:
    acts = sum(sounds_like_an_act(fold(entry.text[:40])) or bool(entry.fields) for entry in run)
    return run[0].label is not None and acts / len(run) >= 0.6


def sort_out(found: Collected, in_a_group: bool = False) -> int:
    """Name the loose entries that are findings or measures; returns how many findings were taken.

    In a group's messages greetings and answers stand between the problems.
    """
    if found.headings:
        return 0
    taken, beside = 0, set[str]()
    for run in map(_below_its_title, _runs(found.of("loose"))):
        if _reads_like_problems(run, in_a_group, beside) or _is_to_be_solved(run, found):
            beside |= {run[0].label.style} if run[0].label else set()
            chosen = [entry for entry in run if (_wrong(entry) if run[0].label is None else _stays(entry))]
            taken += len(chosen)
            for entry in chosen:
                entry.kind = "finding"
        elif taken and _reads_like_measures(run):
            _answer(run)
    return taken + (reported.behind(found) if taken else 0)


def _answer(run: list[Entry]) -> None:
    """Measures; those that stand under one problem answer it."""
    for entry in run:
        entry.kind = "measure"
        if entry.parent is not None and entry.parent.kind == "finding":
            entry.answers = entry.parent
