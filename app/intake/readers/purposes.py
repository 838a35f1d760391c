"""What a text is for: rules, plans, calls and calendars speak of problems and tell of none."""

from __future__ import annotations

from app.intake.readers.headings import heading_kind, intro_kind
from app.intake.readers.lines import Line
from app.intake.readers.numbering import label_at_start
from app.intake.readers.rules import rule

_TITLE = rule(
    r"(?:制度|办法|规定|规程|条例|细则|(?<!不)规范|守则|须知|要点|计划(?:表|书)?|预案|指南|公约|章程|承诺书|侧记|警示|案例|责任[书状]|协议书?|倡议书|一封信|"
    r"(?:工作|实施|活动|检查|评估|督导|行动|培训|演练)方案|职责|流程|评分标准|评价标准|考核标准|检查标准|指标体系|邀请函|讲话稿?|致辞|发言稿?|安排表?)"
    r"(?:\(.*\))?\s*$"
)
# Calls to a meeting and papers of praise speak of problems that others have, or had.
_NEVER = rule(
    r"关于(?:召开|举办|举行|组织召开|收听收看)[^。]{2,60}(?:会|会议|培训|培训班|活动|讲座|比赛|仪式)的?(?:预备|补充|预)?通知|关于(?:给予)?(?:表扬|表彰|命名|授予|通报表扬)[^。]{2,80}的?(?:通报|决定|通知)|(?:承诺书|倡议书|表态发言|会议议程|表扬信|感谢信)\s*$"
)
_ABOUT_PROBLEMS = rule(r"整改|问题|隐患清单|隐患台账|检查情况|自查|反馈|通报|落实情况|执行情况")
_ARTICLE = rule(r"\s*第[一二三四五六七八九十百\d]{1,4}[条章]\s")
_THERE = rule(
    r"存在|发现|查出|检出|主要|突出|不足|清单|台账|\d|第[一二三四五六七八九十]|问题[一二三四五六七八九十\d]|隐患[一二三四五六七八九十\d]"
)
_ASKS = rule(r"是否|有无|能否|可否")
_OBSERVED = rule(
    r"(?:检查|督查|抽查|排查|巡查|督导|走访|调研|核查|现场|自查|评估|本次|此次)[^。;]{0,20}(?:发现|看到|查出|存在|反映出)(?!的(?:问题|隐患|情况)[,、])(?!(?:的|后|问题)?,?[^。;]{0,10}(?:应|须|要|及时|立即))"
    r"|仍(?:存在|有|然)|还存在|尚未|至今|存在(?:以下|如下|的主要)?(?:问题|不足)[:。]|经(?:现场)?检查"
)
_TO_COME = rule(
    r"应当?(?!急)|须|必须|不得|严禁|禁止|不准|要(?!求|点|素)|力争|确保|将(?!近)|拟|计划|开展|组织|加强|完善|建立|落实|推进|做好|强化|提高|严格"
)
_TO_BE_SOLVED = rule(r"以上[^,。;]{0,8}[条项点个][^。;]{0,30}(?:解决|整改|改正|答复)")
_CLAUSE = rule(r"[^。;]{6,}")


def tells_of_none(lines: list[Line]) -> bool:
    """Whether the text sets rules or plans, and no place in it says that somebody has looked and found."""
    held = [line for line in lines if line.plain.strip()]
    if not held or any(_is_a_heading(line) for line in held):
        return False
    plains = [line.plain.strip() for line in held]
    titled = any(_TITLE.search(plain) and not _ABOUT_PROBLEMS.search(plain) for plain in plains[:4] if len(plain) < 60)
    articles = sum(bool(_ARTICLE.match(plain)) for plain in plains)
    asked = sum(bool(_ASKS.search(plain)) for plain in plains)
    if any(_TO_BE_SOLVED.match(plain) for plain in plains):
        return False
    if any(_NEVER.search(plain) for plain in plains[:4] if len(plain) < 90):
        return True
    if not (titled or articles > 2 or asked * 2 > len(plains)):
        return False
    return articles > 2 or not any(_OBSERVED.search(plain) for plain in plains) or _mostly_to_come(plains)


def _is_a_heading(line: Line) -> bool:
    labelled = label_at_start(line, {})
    words = line.plain[labelled[1] :] if labelled else line.plain
    named = heading_kind(words) in ("findings", "pairs") and bool(_THERE.search(words))
    return named or intro_kind(words) == "findings"


def _mostly_to_come(plains: list[str]) -> bool:
    clauses = [hit[0] for plain in plains for hit in _CLAUSE.finditer(plain[:1000])]
    return sum(bool(_TO_COME.search(clause)) for clause in clauses) * 5 >= 3 * len(clauses)
