"""What is asked for beside a problem, or was done about it at once: “…，请更换”, “…。已当场封存”."""

from __future__ import annotations

from app.intake.readers import informal
from app.intake.readers.dates import SPAN
from app.intake.readers.judging import sounds_like_an_act
from app.intake.readers.lines import fold
from app.intake.readers.observing import may_be_seen
from app.intake.readers.rules import rule

WHEN = rule(
    r"(?:\d{1,2}\s?[日号]\s?(?:\d{1,2}\s?[时点:]\s?(?:\d{1,2}分?)?)?|\d[./-]\d{1,2}[./-]\d{1,2}\s?(?=(?:之|以)?前)|\d{1,2}\s?月(?:份|底|末|中旬|上旬|下旬)?|年底|学期末?|开学|假期|(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})\s?(?:个?工作日|个?月|日|天|个?星期|周|个?小时))(?:\([^()]*\))?(?:之|以)?[前内]|月底|立即|即[日时]|当[场天日]|马上|[暑寒]假|假期|年内|期间|[上下]半年|明年|逐步|适时|近期"
)
# What says no more than that a problem is to be rectified, by whom and until when.
_NO_ACT = rule(
    rf"{WHEN.pattern}|{SPAN}|(?:20\d\d年)?\d{{1,2}}月|由[^,。;]{{2,16}}(?:负责|牵头|落实|督促)|责任人[^,。;]{{2,10}}|(?:按|依)[^,。;]{{0,12}}(?:时间|时限|期限|日期)"
    r"|[你该贵各][校园单位部门]+|(?:存在)?问题|隐患|[整改正纠完成毕到位结束限期于在请要求须应必务全部一律予以均都的并之以前内尽快抓紧落实解决处理好和及各项逐由也可暂先,;:、。\s\d]"
)
_TAIL = rule(
    r"[,;。](?=(?:(?:督查|检查|督导|巡查|评估|执法)(?:组|人员)|我们?|现场|当场)?已?(?:当场|现场)?(?:要求|建议|责令|责成)(?!不|过|偏|较|低|高|模糊|未|没))"
    r"|[,;。!?](?=(?:恳)?请(?!假|示|销|客|教|问|来|进|了))"
    r"|[,;](?=须(?!知)|应(?!急|届|付|聘|试|对|用|收|答|有|为|知|会)|需(?:当|立即|尽快|及时|于|在|按|增|补|设|配|由|更换|加|保持|做到|每|清|停|拆|修|安|重|落|完|建|制|严|\d))"
    r"|[,;。](?=限(?:期|时|于|在|[你该贵]|\d|[一二三四五六七八九十两]{1,3}(?:个?工作)?[日天周个]|即日|当[日天场]|立即))"
    r"|,(?=(?:[职员店]员|员工|工作人员|店方|校方|学校|该[校园店]|园方|商户|负责人|当事人|业主|值班员)?已(?:经)?(?:当场|现场|即场|暂扣|扣押|责令|要求|通知|报修|停用|封存|移除|移走))"
    r"|,(?=由[^,。;]{2,14}(?:负责|牵头|更换|维修|修[复补理]|清[理除洗]|补[齐充办]|安装|拆除|处理|迁移))"
    r"|[。;!](?=(?:均|都)?(?:应(?!急|届|付|聘|试)|须|需要?|必须|务必|希望|盼|立即|马上|尽快|现?已(?:经)?(?:当场|现场|责令|要求|通知|下达|封存|查封|没收|停用|停止|立案|移交|报修|整改|更换|清理|安排|联系|约谈)))"
)
_IN_ORDER = rule(r"已|暂定|定于|现将|各位|[你贵]校|感谢")
_MAY = rule("[求议議责責请請应應須须需限已望盼]|立即|马上|馬上|尽快|盡快|务必|務必")


def split(text: str) -> tuple[str, str]:
    """What is amiss, and from the first words that ask or answer on, the rest."""
    hit = _TAIL.search(fold(text)) if _MAY.search(text) else None
    if hit and hit.start() > 3:
        return text[: hit.start()] + "。", text[hit.end() :]
    at = informal.split(fold(text))
    return (text[:at].rstrip(" ，,;；。!！—-→") + "。", text[at:]) if at else (text, "")


def says_more(plain: str) -> bool:
    """Whether words that ask for something ask for more than to rectify the problem by a day."""
    return len(_NO_ACT.sub("", plain)) > 1


def is_asked_for(plain: str) -> bool:
    """A defect told by its demand alone, whatever it is called: “灭火毯欠奉，请于…补置”."""
    amiss, demand = split(plain)
    told = bool(demand) and 4 < len(amiss) <= 60 and not _IN_ORDER.search(amiss)
    return told and may_be_seen(amiss) and not sounds_like_an_act(amiss)
