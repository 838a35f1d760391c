"""Which words open a list of problems or of measures, which close it, and what sounds like a problem at all."""

from __future__ import annotations

import re
from typing import Literal

from app.intake.readers.judging import NOT
from app.intake.readers.rules import rule

Section = Literal["findings", "measures", "pairs", "deadline", "owners", "other"]

_LEAD = (
    r"(?:学校|我校|你校|该校|全校|目前|当前|本次|此次|检查|自查|督查|督导|排查|评估|工作|安全|"
    r"消防|主要|突出|共性|个性|还|仍|仍然|未整改|整改|到位|新|再次|继续"
    r"|中|发现|存在|反馈|查摆|需要?整改|具体|主要的?|的|及|和|与|方面|校园|几个|以下|一些|部分|"
    r"有待改进|未整改到位|整改不到位|未整改|未完成|未销号|新发现|新增|遗留|反弹|违法|违规|关于|专家组?|组|查找|查出|排查出|出|梳理|反映|自评|我园|你园|该园|幼儿园|校舍|食堂|尚|所|认真|专项|全面|巡察|巡视|审计|教学|管理|办学"
    r"|部分|各校|县|区|市|局|党组|教育|系统|年度?|春季|秋季|学期|情况|指出|列出|需|待|[一二三四五六七八九十]+(?:类|个)|\d{1,3}(?:个|项|条)){0,12}"
)
_PROBLEM = r"(?:问题|隐患|不足|不足之处|薄弱环节|短板|差距|缺陷|缺点|弊端|扣分(?:项目?|点|原因|情况)|失分(?:项|点)|(?:违法|违规)?行为|(?:违法|违规)?事实|不符合项|不合格项)"
_TAIL = (
    r"(?:清单|如下|汇总|台账|情况|列表|表|和不足|与不足|及不足|和隐患|及隐患|与隐患|及原因分析|"
    r"及原因|有|是|主要有)?"
)
_FINDINGS = rule(
    _LEAD
    + _PROBLEM
    + r"(?:[和与及、]"
    + _LEAD
    + _PROBLEM
    + ")?"
    + _TAIL
    + r"|(?:主要|还|尚)?(?:需要?|有待|待|尚需)(?:进一步)?(?:改进|改善|整改|完善|加强|提升|关注)的?(?:地方|方面|之处|事项|内容|环节|工作)?"
)
_MEASURES = rule(
    r"(?:下一步|下步|今后|针对性?|主要|具体|的|学校|我校|采取|拟采取|已采取|已|责任|和|及|与|"
    r"工作|逐项|问题|存在){0,6}"
    r"(?:整改|改进|解决|治理|防范)?(?:工作)?(?:的?具体)?(?:措施|办法|落实情况|完成情况|整改情况|"
    r"整改方案|整改要求|整改意见|整改建议|意见建议|意见和建议"
    r"|整改结果|整改成效|(?:整改|任务|措施)清单|整改内容|整改任务)(?:清单|如下|和建议|及建议|及要求|和要求|"
    r"及落实情况|和成效|及成效|及结果|及责任分工|及完成情况)?"
)
_PAIRS = rule(
    _LEAD
    + _PROBLEM
    + (
        r"(?:[及和与、]|的)?(?:具体|主要)?(?:整改|改进|解决|处理)?(?:工作)?(?:措施|情况|落实情况|方案|"
        r"结果|办法|完成情况|进展情况|落实|整改|意见|建议|要求|决定|安排|计划|打算|任务|分工)(?:分解|安排)?(?:清单|台账|表|如下)?"
    )
    + r"|整改(?:主要|具体|重点)?(?:任务|事项|内容)(?:及(?:措施|分工|时限))?"
)
_ADVICE = rule(r"(?:几点|工作|改进|督导|相关|下一步|具体)?(?:工作)?建议")
_DEADLINE = rule(r"(?:整改|完成|时间|工作)?(?:时限|期限|完成时间|时间要求)(?:要求)?|整改时间")
_OWNERS = rule(r"(?:整改)?责任(?:清单|分工|分解)|责任分解表|整改责任|任务分工")
_OTHER = rule(
    r"(?:.{0,8})(?:做得?(?:较)?好的?(?:方面|地方|之处)?|(?:较)?好的方面|值得肯定的?(?:方面|地方|之处)?|主要优点|优点|肯定之处|相关建议|建议事项|基本情况|学校概况|主要成绩|工作成效|主要成效|主要做法|经验做法|特色亮点|"
    r"工作亮点|亮点|组织领导|领导小组|保障措施|组织机构"
    r"|指导思想|会议(?:议定|决定|强调)(?:事项|如下)?|议定事项|工作目标|总体要求|总体评价|总体情况|总体印象|总的情况|基本评价|检查评价|审计评价意见?|被?[审检][计查]单位基本情况|下一?步(?:工作)?(?:打算|计划|安排|思路)|"
    r"今后(?:工作)?(?:打算|努力方向)|工作要求|努力方向"
    r"|(?:填[表报写]|编制|使用|有关)?说明|注意事项|填[表报写](?:要求|须知)|(?:后续)?相关(?:工作)?要求|有关要求"
    r"|整改工作(?:组织|开展)情况|检查情况|检查方式|检查内容|检查范围|督导情况|成员|结语|"
    r"预期效果|长效机制|工作开展情况|取得的成绩)"
)
_INTRO = rule(
    r"(?:存在|发现|查出|反馈|检出|指出|暴露出?|尚有|仍有|还有)[^。:;]{0,24}(?:问题|隐患|不足|违[法规]行为|行为|情形|缺陷|差距|短板|薄弱环节|漏洞|不符合项)[^。:;,]{0,8}(?:,请[^。:;]{0,40}(?:整改|改正|落实)[^。:;]{0,12}|,(?:主要|具体|突出|集中)[^。:;,]{0,8}|,(?:现|需|通报|分述|列举|报告|反馈)[^。:;]{0,24})?:?$"
    r"|(?:以下|下列|下述)[^。:;,]{0,10}(?:须|需|请|有待|尚待|应)(?:予以?|作|立即|尽快)?(?:整改|改正|改善|纠正|跟进|处理|修[正复])[^。:;,]{0,6}:$"
)
_TOLD = rule(r"反映|说一下|说说|讲一下|提醒一下|通报一下|要改|要整改|不到位")
_SAID = rule(
    r"(?:有|反映|发现|说|讲|提|通报|还有)[^。:;,]{0,6}(?:几|以下|如下|下面|下列)[^。:]{0,6}(?:事情?|情况|问题|地方|现象|意见|建议)[^。:;]{0,10}:$"
)
_FOUND = rule(
    r"(?:检查|督查|抽查|排查|巡查|暗访|走访|核查|现场|督导)(?:中|时|过程中|后)?(?:还|又)?发现(?:[你该贵我](?:校|园|单位|学校))?(?:有|存在)?:?$"
)
_MAYBE = rule(
    r"(?:有|如下|以下|提出|反馈|指出|发现|存在)[^。:;]{0,14}(?:地方|方面|情况|情形|几点|意见|建议|隐患|不足|现象|事项)[^。:;]{0,8}:?$"
)
# “发现下列情形的,应当立即纠正:”: what a rule does with problems that may come.
_ON_CONDITION = rule(
    r"(?:如|若|凡|对|发现|有|存在|出现)[^。:,]{0,16}(?:情形|情况|行为|问题|隐患)(?:之一)?(?:的|者|时)?(?:,|之一)[^。:]{0,12}(?:应|须|(?<!主)要|一律|不得|予以|给予|追究|扣)|之一的?[:,]"
)
_INTRO_MEASURES = rule(
    r"(?:整改|处理|解决|改进)(?:的)?(?:安排|打算|计划|任务|分工|办法|要求|意见)(?:如下|为)?:?$|(?:提出|采取|制定)[^。:;]{0,16}(?:整改措施|整改要求|整改意见|整改建议|措施)(?:如下)?:?$"
)
_ASIDE = rule(r"\([^()]{0,20}\)(?=:?$)")
_END = rule(
    r"(?:特此(?:报告|通知|函告)|此致|附件?\s?\d?:|附[:表]|抄送|签收人|检查人员?(?:签[名字])?:|"
    r"填报人|第[一二三四五六七八九十]{1,3}篇|版权(?:声明|所有)"
    r"|相关(?:文章|推荐|阅读|链接)|猜你喜欢|上一篇|下一篇|编辑推荐|热门|免责声明|声明:|"
    r"校长\(?签|学校\(?盖?章|督学\(?签|被检查单位\(?盖?章"
    r"|检查结[论果]:|总体评价:|综合评[价定]:|共(?:检查|抽查|排查|发现|查出|评估)\d|本次共"
    r"|以上(?:问题|缺失)|请(?:你|各)(?:校|单位|学校)|联系人|联系电话|复查意见|回\s{0,3}执|签收|(?:责任)?督学(?:签|[:(])|检查组组?长?:|逾期)"
)


_LONGEST = 120  # thirty signs, brackets and blanks


def heading_kind(plain: str) -> Section | None:
    """The section that these words open when they are a heading and nothing else."""
    if len(plain) > _LONGEST:
        return None
    bare = re.sub(r"\([^()]{0,20}\)", "", plain).strip(' :。.、;[]"#*')
    if not 2 <= len(bare) <= 30 or NOT.search(bare):
        return None
    for pattern, kind in _ORDER:
        if pattern.fullmatch(bare):
            return kind
    return None


_ORDER: tuple[tuple[re.Pattern[str], Section], ...] = (
    (_FINDINGS, "findings"),
    (_PAIRS, "pairs"),
    (_MEASURES, "measures"),
    (_ADVICE, "measures"),
    (_DEADLINE, "deadline"),
    (_OWNERS, "owners"),
    (_OTHER, "other"),
)


def intro_kind(plain: str) -> Section | None:
    """A sentence that ends by announcing a list: “检查发现以下问题:”."""
    if not plain.rstrip().endswith((":", "如下", "如下。", "主要有。", "主要是。")) or _ON_CONDITION.search(
        plain[-60:]
    ):
        return None
    clause = _ASIDE.sub("", plain[-60:].rstrip(" 。"))
    if _INTRO_MEASURES.search(clause):
        return "measures"
    found = _INTRO.search(clause) or _FOUND.search(clause) or (_SAID.search(clause) and _TOLD.search(clause))
    return "findings" if found and not NOT.search(clause) else None


def may_announce(plain: str) -> bool:
    """A sentence that announces a list of something: “提出如下意见:”, “主要有以下几个方面:”."""
    ends = plain.rstrip().endswith((":", "如下", "如下。", "方面。")) and not _ON_CONDITION.search(plain[-60:])
    return ends and bool(_MAYBE.search(plain[-60:].rstrip(" 。")))


_NOISE = rule(
    r"(?:相关(?:文章|推荐|阅读|链接|新闻)|推荐阅读|延伸阅读|猜你喜欢|上一篇|下一篇|编辑推荐|热门|热点|版权|免责声明|声明:|责任编辑|标签:)"
)


def is_site_noise(plain: str) -> bool:
    """What a web page puts below an article: nothing behind it belongs to the text."""
    return bool(_NOISE.match(plain.lstrip(" [-—*(")))


def ends_the_lists(plain: str) -> bool:
    """Signatures, annexes and the noise of web pages."""
    return bool(_END.match(plain.lstrip(" [-—*(")))
