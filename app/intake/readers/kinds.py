"""What the cells of a column are: days, names, acts, something amiss; told by most of them."""

from __future__ import annotations

from collections.abc import Callable

from app.intake.readers.dates import VAGUE, find_day
from app.intake.readers.grids import held
from app.intake.readers.judging import has_passed, praises, sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.readers.spelled import names_of

_ANY_YEAR = 2000
_DUTY = rule(r"不得|严禁|禁止|不准|必须|须|应当|应[有在按由设每定及做将]")
_TO_DO = rule(
    r"检修|检查|清洗|保养|校准|校验|疏通|除锈|粉刷|刷漆|修补|修理|补种|加装|拆换|调试|年检|检测|巡检|采购|订购|翻新|改造|疏导|整修"
)


def mostly(rows: list[list[str]], place: int, is_one: Callable[[str], bool]) -> bool:
    """Whether six of ten cells of a column that hold something are one."""
    return share(rows, place, is_one) >= 0.6


def share(rows: list[list[str]], place: int, is_one: Callable[[str], bool]) -> float:
    """Of the cells of a column that hold something."""
    said = [fold(cell) for cell in held(rows, place)]
    return sum(map(is_one, said)) / len(said) if said else 0.0


def telling(rows: list[list[str]], place: int) -> float:
    """How much of a column tells what is wrong, where it does not say that nothing is."""
    said = [row for row in rows if place < len(row) and not (has_passed(near := fold(row[place])) or praises(near))]
    return share(said, place, is_amiss)


def is_a_day(plain: str) -> bool:
    """Whether a cell names a day or says until when."""
    return (
        len(plain) <= 16
        and not {",", ";"} & {*plain}
        and (bool(VAGUE.search(plain)) or find_day(plain, _ANY_YEAR)[0] is not None)
    )


def is_a_name(plain: str) -> bool:
    """Whether a cell names persons."""
    return 2 <= len(plain) <= 12 and names_of(plain) is not None


def is_an_act(plain: str) -> bool:
    """Whether a cell says what is done."""
    return sounds_like_an_act(plain) and not sounds_wrong(plain)


def is_amiss(plain: str) -> bool:
    """Whether a cell says what is wrong."""
    is_an_act = sounds_like_an_act(plain) or _TO_DO.match(plain)
    return len(plain) > 3 and sounds_wrong(plain) and not is_an_act and not _DUTY.search(plain)
