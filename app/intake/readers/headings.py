"""Which words open a list of problems or of measures, which close it, and what sounds like a problem at all."""

from __future__ import annotations

import re
from typing import Literal

Section = Literal["findings", "measures", "pairs", "deadline", "other"]

_LEAD = (
    r"(?:学校|我校|你校|该校|全校|目前|当前|本次|此次|检查|自查|督查|督导|排查|评估|工作|安全|"
    r"消防|主要|突出|共性|个性|还|仍|仍然"
    r"|中|发现|存在|反馈|查摆|需要?整改|具体|主要的?|的|及|和|与|方面|校园|几个|以下|一些|部分|"
    r"有待改进|关于|专家组?|组){0,8}"
)
_PROBLEM = r"(?:问题|隐患|不足|不足之处|薄弱环节|短板|差距|缺陷)"
_TAIL = (
    r"(?:清单|如下|汇总|台账|情况|列表|表|和不足|与不足|及不足|和隐患|及隐患|与隐患|及原因分析|"
    r"及原因|有|是|主要有)?"
)
_FINDINGS = re.compile(_LEAD + _PROBLEM + r"(?:[和与及、]" + _LEAD + _PROBLEM + ")?" + _TAIL)
_MEASURES = re.compile(
    r"(?:下一步|下步|今后|针对性?|主要|具体|的|学校|我校|采取|拟采取|已采取|已|责任|和|及|与|"
    r"工作|逐项|问题|存在){0,6}"
    r"(?:整改|改进|解决|治理|防范)?(?:工作)?(?:的?具体)?(?:措施|办法|落实情况|完成情况|整改情况|"
    r"整改方案|整改要求|整改意见|整改建议|意见建议|意见和建议"
    r"|整改结果|整改成效|整改清单|整改内容|整改任务)(?:清单|如下|和建议|及建议|及要求|和要求|"
    r"及落实情况|和成效|及成效|及结果|及责任分工|及完成情况)?"
)
_PAIRS = re.compile(
    _LEAD
    + _PROBLEM
    + (
        r"(?:[及和与、]|的)?(?:具体|主要)?(?:整改|改进|解决)?(?:工作)?(?:措施|情况|落实情况|方案|"
        r"结果|办法|完成情况|进展情况|落实|整改)(?:清单|台账|如下)?"
    )
)
_DEADLINE = re.compile(r"(?:整改|完成|时间|工作)(?:时限|期限|时间|要求)(?:要求)?")
_OTHER = re.compile(
    r"(?:.{0,8})(?:基本情况|学校概况|主要成绩|工作成效|主要成效|主要做法|经验做法|特色亮点|"
    r"工作亮点|亮点|组织领导|领导小组|保障措施|组织机构"
    r"|指导思想|工作目标|总体要求|总体评价|下一?步(?:工作)?(?:打算|计划|安排|思路)|"
    r"今后(?:工作)?(?:打算|努力方向)|工作要求|努力方向"
    r"|整改工作(?:组织|开展)情况|检查情况|检查方式|检查内容|检查范围|督导情况|成员|结语|"
    r"预期效果|长效机制|工作开展情况|取得的成绩)"
)
_INTRO = re.compile(r"(?:存在|发现|查出|反馈|检出|指出)[^。:;]{0,24}(?:问题|隐患|不足)[^。:;,]{0,8}:?$")
_INTRO_MEASURES = re.compile(r"(?:提出|采取|制定)[^。:;]{0,16}(?:整改措施|整改要求|整改意见|整改建议|措施)(?:如下)?:?$")
_NOT = re.compile(
    r"(?:未|没有|没|不|无)(?:再)?(?:发现|存在|查出)[^。;]{0,12}(?:问题|隐患|不足|现象)|"
    r"无(?:安全)?隐患|没有问题|无问题"
)
_END = re.compile(
    r"(?:特此(?:报告|通知|函告)|此致|附件?\s?\d?:|附[:表]|抄送|签收人|检查人员?(?:签[名字])?:|"
    r"填报人|第[一二三四五六七八九十]{1,3}篇|版权(?:声明|所有)"
    r"|相关(?:文章|推荐|阅读|链接)|猜你喜欢|上一篇|下一篇|编辑推荐|热门|免责声明|声明:|"
    r"校长\(?签|学校\(?盖?章|督学\(?签|被检查单位\(?盖?章"
    r"|以上问题|请(?:你|各)(?:校|单位|学校)|联系人|联系电话)"
)
_CUE = re.compile(
    r"不(?:到位|全|齐|足|够|熟|能|符|达|规范|健全|完善|及时|合格|合理|明确|平|牢|清|严|高|强|规|"
    r"畅|准|细|完整|实|亮|通|动|灵|上|统一|一致|落实|合|整|具备|了解|清楚|深入|扎实|重视|便|稳|"
    r"良|均|锁|设|记|足够|标准|科学|彻底|正确|正常)"
    r"|没有|没能|未[^来成必央年]|无(?!偿|私|毒|论|数|限|比|愧|违|违规|事故|障碍|纸|缝|锡|线)|缺|"
    r"少(?!年|先|儿|数)|漏(?!斗)|破|损|裂|坏|老化|陈旧|过期|失效|松动|脱落|堵|堆放|占用|积水|"
    r"积灰|生锈|锈蚀"
    r"|混乱|杂乱|随意|偏[小低少大高弱旧远慢]|过[小低少大高期多密时]|较[差低弱少慢]|薄弱|滞后|"
    r"隐患|危[墙房险]|超(?:标|员|载|限|过|期|额)|违[规章反]|乱|脏|差[距错,。;]|较?差$|短缺|紧张|"
    r"简陋|模糊|"
    r"流于形式|敷衍|倾斜|断裂|渗水|漏水|裸露|外露|私拉|兼职|合用|不一|单一|有待|尚[需待未]|仍有|"
    r"存在|问题|遮挡|锁闭|卡滞|失灵|熄灭|霉|变质|混放|拖延|遗漏|空白|雷同|走过场|重视不|力度不|"
    r"掉|歪|塌|磨损|凹陷|低于|空缺|欠缺"
)
_PASSED = re.compile(
    r"(?:经?检查)?(?:.{0,24}?)(?:情况)?(?:正常|良好|完好|合格|符合(?:要求|规定|标准)?|达标|齐全|"
    r"到位|规范|无异常|有效|整洁|未发现(?:.{0,6})?(?:问题|隐患|异常)|无(?:安全)?(?:问题|隐患)|"
    r"已落实)[。;.]?"
)
_NOTHING = frozenset(("", "无", "暂无", "没有", "/", "\\", "-", "--", "—", "——", "√", "✓", "是", "有"))
_SPOILED = re.compile(r"[不缺但没欠损坏]|未(?!发现)|无(?!异常|安全|问题|隐患)")
_ACT = re.compile(
    r"^(?:积极|加强|加大|进一步|针对|根据|召开|组织|开展|制定|制订|完善|建立|健全|落实|严格|"
    r"强化|成立|安排|联系|争取|购置|购买|更换|维修|修复|清理|拆除|尽快|立即|及时|定期|"
    r"由|对|按照|聘请|邀请|增加|配备|补充|重新|整理|明确|指定|实行|督促|已|将|向|要|把|投入|"
    r"申请|规范|提高|修订|张贴|安装|设置|加固|调整|补齐)"
)


def heading_kind(plain: str) -> Section | None:
    """The section that these words open when they are a heading and nothing else."""
    bare = re.sub(r"\([^()]{0,20}\)", "", plain).strip(' :。.、;[]"#*')
    if not 2 <= len(bare) <= 30 or _NOT.search(bare):
        return None
    for pattern, kind in _ORDER:
        if pattern.fullmatch(bare):
            return kind
    return None


_ORDER: tuple[tuple[re.Pattern[str], Section], ...] = (
    (_FINDINGS, "findings"),
    (_PAIRS, "pairs"),
    (_MEASURES, "measures"),
    (_DEADLINE, "deadline"),
    (_OTHER, "other"),
)


def intro_kind(plain: str) -> Section | None:
    """A sentence that ends by announcing a list: “检查发现以下问题:”."""
    if not plain.rstrip().endswith((":", "如下", "如下。")):
        return None
    clause = plain[-60:].rstrip(" 。")
    if _INTRO_MEASURES.search(clause):
        return "measures"
    return "findings" if _INTRO.search(clause) and not _NOT.search(clause) else None


def ends_the_lists(plain: str) -> bool:
    """Signatures, annexes and the noise of web pages."""
    return bool(_END.match(plain.lstrip(" [-—*(")))


def speaks_of_all(plain: str) -> bool:
    """“以上问题请于11月30日前整改到位”: one deadline for the whole list."""
    return bool(
        re.match(
            r"(?:请.{0,8}(?:将|对|就))?(?:以上|上述)(?:各项|所有|全部)?(?:问题|隐患)[^。]{0,40}(?:前|内|"
            r"底)",
            plain,
        )
    )


def sounds_wrong(plain: str) -> bool:
    """Whether a sentence says that something is amiss."""
    return bool(_CUE.search(plain[:400])) and not has_passed(plain)


def says_none(plain: str) -> bool:
    """“未发现问题”, “无”: a place for a problem that holds none."""
    if len(plain) > 40:
        return False
    bare = plain.strip(" 。.;,")
    return bare in _NOTHING or (len(bare) <= 24 and bool(_NOT.search(bare)))


def has_passed(plain: str) -> bool:
    """“正常。”, “符合要求”: a check that found nothing."""
    if len(plain) > 44:
        return False
    bare = plain.strip()
    if len(bare) > 40 or _SPOILED.search(bare):
        return says_none(bare)
    return says_none(bare) or bool(_PASSED.fullmatch(bare))


def sounds_like_an_act(plain: str) -> bool:
    """Whether a sentence says what somebody does rather than what is wrong."""
    return bool(_ACT.match(plain))
