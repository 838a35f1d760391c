"""Tables that are no list of problems though they speak of them: rosters, plans, standards, registers of risks."""

from __future__ import annotations

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid, held
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_NEAR, _NAMES = 8, 3
_TITLE = rule(
    r"(?i).*(?:(?:检查|排查|巡查|巡检|督导|督查|审计|培训|演练|工作|年度|月度|保养|维护|维保|值班|宣传|采购)(?:工作)?(?:计划|安排|方案|预案)"
    r"|(?:评分|考核|评估|验收|检查|评价|扣分|督导)(?:标准|细则|办法|指标|量表|体系)|(?:岗位)?职责(?:分工)?|(?:值周|值班|轮值|分工)[^,。]{0,6}安排|名册|花名册|通讯录|值班表|排班表|课程表"
    r"|责任区划分.*|联络(?:表|一览表|员.*)|风险(?:辨识|分级).*|危险源.*|(?:器材|资产|设备|物资|耗材|档案)(?:配置|配备|使用|管理|情况|及|检查)*(?:登记|台账|清单|目录|明细)"
    r"|操作规程|管理制度|问题解答|(?:training|maintenance|inspection|audit|cleaning|test) (?:plan|schedule|programme|program)|rota|roster|directory|inventory|asset register|risk (?:register|assessment)|(?:scoring|marking) (?:scheme|standard))"
    r"(?:一览)?表?\d{0,4}(?:[(（].*)?\s*$"
)
_RECTIFIED = rule(r"整改(?!联络|意识|要求)|反馈|销号|通报|缺陷|不符合")
_SURE = rule(
    r"(?i).*(?:存在|发现|查出|反馈|具体|主要|整改前).*(?:问题|隐患|不足)|(?:问题|隐患|缺陷|异常|不符合)(?:项)?(?:描述|内容|表现|详情|情况|现象|事实|说明)?|.*(?:整改(?:措施|期限|时限|情况|要求|意见|结果)|扣分原因|失分原因)|.*(?:finding|defect|snag|nonconformit).*"
)
_OFTEN = rule(r"(?i).*(?:频次|频率|周期|frequency|interval)")
_WORTH, _STANDARD = (
    rule(r".*(?:分值|满分|标准分|权重)"),
    rule(r".*(?:扣分|评分|考核|评价|计分)(?:标准|细则|办法|方法|说明|规则)"),
)
_SCORED = rule(r".*(?:得分|评分|扣分|实得|自评|检查情况|检查结果|扣分情况)")
_RISK = rule(r".*(?:风险点|风险源|危险源|危险因素|风险因素|危害因素|风险描述|可能导致.*|事故类型|后果)")
_KEPT = rule(r".*(?:管控|控制|防控|防范|预防)(?:措施|手段|要求)")
_TAUGHT = rule(
    r"(?i)(?:培训|课程|演练|学习|会议)(?:主题|内容|对象|科目|题目|名称)|topic|audience|trainer|参训.*|授课.*|主讲.*"
)


def is_one(grid: Grid, above: str = "") -> bool:
    """Whether title (or the line `above`) and headings say that the table holds no problems that were found."""
    at = next((at for at, row in enumerate(grid.rows[:_NEAR]) if len({*row} - {""}) >= _NAMES), None)
    if at is None:
        return False
    names = [name_of(fold(cell)) for cell in grid.rows[at]]
    rows = grid.rows[at + 1 :]
    sure = any(_SURE.fullmatch(name) for name in names if name)
    if _asks(names, rows):
        return True
    return not sure and ((_titled(grid, at, above) and not _is_judged(names, rows)) or _lays_down(names, rows))


def _is_judged(names: list[str], rows: list[list[str]]) -> bool:
    """Whether somebody wrote results into it."""
    places = [
        place for place, name in enumerate(names) if name and (_SCORED.fullmatch(name) or meaning_of(name) == "result")
    ]
    return any(held(rows, place) for place in places)


def _titled(grid: Grid, at: int, line: str) -> bool:
    """By its title, that of the sheet where none stands above."""
    above = [next(iter({*row} - {""})) for row in grid.rows[:at] if len({*row} - {""}) == 1]
    titles = [fold(words).strip() for words in above[:2] or [grid.name or line]]
    return any(_TITLE.fullmatch(words) and not _RECTIFIED.search(words) for words in titles if len(words) <= 60)


def _lays_down(names: list[str], rows: list[list[str]]) -> bool:
    """By its headings: how often, what a fault costs, what may happen, or who is taught what."""
    said = [name for name in names if name]
    if any(_WORTH.fullmatch(name) for name in said) and any(_STANDARD.fullmatch(name) for name in said):
        scored = [
            place for place, name in enumerate(names) if _SCORED.fullmatch(name) and not _STANDARD.fullmatch(name)
        ]
        return not any(held(rows, place) for place in scored)
    if any(_RISK.fullmatch(name) for name in said) and any(_KEPT.fullmatch(name) for name in said):
        return True
    if sum(bool(_TAUGHT.fullmatch(name)) for name in said) > 1:
        return True
    results = any(meaning_of(name) in ("result", "progress", "found") for name in said)
    return not results and any(_OFTEN.fullmatch(name) for name in said)


def _asks(names: list[str], rows: list[list[str]]) -> bool:
    """Questions that people ask and the answers to them."""
    if not any(name in ("答复", "解答", "回答", "答案", "Answer", "answer") for name in names):
        return False
    asked = [
        cell
        for place, name in enumerate(names)
        if meaning_of(name) in ("problem", "item")
        for cell in held(rows, place)
    ]
    return bool(asked) and sum(cell.endswith(("?", "？")) for cell in asked) * 2 > len(asked) and "Answer" not in names
