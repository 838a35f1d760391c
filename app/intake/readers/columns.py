"""What a heading means: names in use, folded, and rules for the many ways they are put together."""

from __future__ import annotations

import functools
import re

from app.intake.readers import endings, tongues
from app.intake.readers.judging import NOT
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

# In this order: the first that fits wins, so the narrow stand before the wide.
_RULES: tuple[tuple[str, str], ...] = (
    ("number", r"(?:.{1,4}单|工单|流水|记录|单据|事件|案件|任务)(?:号|编号)|(?:问题|隐患|问题隐患|项目|清单|任务)?(?:序号?|编号|号|项次|NO\.?|no\.?|No\.?)|序"),
    ("owner", r".*责任人(?:员)?[及和与、/(].*|(?:责任|牵头|承办)?(?:单位|部门|科室)[及和与、/]+(?:责任人|负责人).*"),
    ("demand", r".*(?:要求|意见|建议|措施)[及和与、/].{0,4}(?:时限|期限|时间)(?:要求)?"),
    ("photo", r".*(?:照片|图片|影像|附图|截图).*"),
    ("phone", r".*(?:电话|手机|联系方式)"),
    ("tick", r"是否.*|(?:整改|完成|销号)与否|.*(?:是|已)/否|(?:是否)?(?:销号|办结)(?:情况)?|整改(?:状态|完成状态)|(?:当前|隐患|问题|处置|处理|工单|流程|办理|案件|任务|审核|派单|督办|闭环|单据)?状态"),
    ("done", r"(?:实际|已).*(?:时间|日期)|(?:整改|治理|实际)?(?:完成|销号|验收|确认|办结|复查)(?:日期|确认日期|确认时间)"
             r"|整改完成时间|(?:验收|销号|复查|办结|回访|确认)时间"),
    ("found", r"(?:检查|排查|发现|督导|督查|上报|登记|反馈|提出|填报|交办|下发|录入|巡查|自查)(?:的)?(?:时间|日期)|日期|检查(?:年月|日)"),
    ("planned", r".*(?:时限|期限|限期|截止|(?:计划|拟|要求|应|预计|预期|承诺).{0,6}(?:完成|整改|办结)?(?:时间|日期)|时间要求).*"),
    ("unknown", r"整改时间|整改日期|完成时间|时间节点|时间|(?:整改)?(?:起止)?时间(?:安排)?|办理时间|整改落实时间|整改\(完成\)时间"),
    ("verifier", r".*(?:验收|复查|核查|督办|检查|排查|巡查|填报|上报|登记|监督|包保|包联|发现|复核|督导|跟踪)(?:责任)?(?:人|人员|专家)(?:签名|签字|姓名)?"
                 r"|(?:责任)?督学(?:姓名)?"),
    ("partner", r"(?:配合|协办|协助|参与|协同)(?:单位|部门|科室|处室|责任单位|人|人员).*"),
    ("leader", r"(?:校级|整改|主管|分管|包保|牵头|包联|县级|市级|局|校|第一)*(?:责任)?(?:领导|校领导|副校长|局领导)(?:姓名)?|牵头校领导"),
    ("owner", r"(?:整改|具体|直接|第一|落实|整改落实|主要|岗位|安全|部门|相关|牵头|问题)*(?:责任人(?:员|姓名|签名|签字)?|负责人|责任教师|责任者)"
              r"|(?:经办|承办|整改|落实|主办|办理|负责|处理|处置|维修|跟进)人(?:员)?|(?:整改|处理|处置|落实|维修)?责任方|(?:责任)?(?:人|人员)姓名|姓名|责任到人|责任人及.*|责任人[/和、与].*"),
    ("site", r"(?:(?:被|受)(?:检查?|督导|督查|巡察|抽查|审计|检)(?:的)?)(?:学校|单位|对象|部门|园所?|场所).*"
             r"|(?:问题)?(?:学校|校名|园所|幼儿园|园名|学校\(幼儿园\)|学校名称|单位名称|园所名称|幼儿园名称|检查(?:学校|单位|对象)(?:名称)?|涉及(?:学校|单位)|存在问题(?:的)?(?:学校|单位)|所属(?:学校|单位)|校区|项目学校)"
             r"|(?:学校|单位)\(.*\)|企业名称|(?:受查|被查|受访|抽查|督查|巡查|走访)(?:的)?(?:学校|单位|对象|机构|园所?|校园|点位)(?:名称)?"
             r"|(?:校|园|校园|机构|培训机构|办学机构|公司|门店|站点)(?:名|名称|全称)|(?:学校|单位)全称|学校[/、或和及](?:幼儿园|单位|教学点|园所)(?:名称)?|单位[/、]学校(?:名称)?"),
    ("unit", r"(?:整改|牵头|责任|主办|承办|主责|归口|落实|具体|管理|主体|办理|负责|主要|第一)*(?:责任)?(?:单位|部门|科室|处室|股室|主体)(?:\(部门\))?(?:名称)?"
             r"|责任(?:单位|部门|科室|处室).*|(?:整改)?责任主体|单位(?:[/、]|或)?部门"),
    ("category", r".*(?:类别|类型|分类|性质)|(?:所属)?领域|(?:隐患|问题)(?:类|种类)|板块|方面|专业"),
    ("weight", r".*(?:等级|级别|程度)"),
    ("basis", r".*依据(?:条款)?|对应(?:指标|条款)|指标|违反条款|法规"),
    ("place", r".*(?:地点|部位|位置|点位|区域|场所)|地址"),
    ("cause", r".*原因.*"),
    ("target", r".*(?:目标|标准|成效目标)"),
    ("source", r".*来源"),
    ("progress", r".*(?:整改|落实|完成|进展|处理|办理|推进|实施)(?:落实|完成|进展)?(?:情况|进展|结果|成效|效果|进度).*|.*进展.*|.*整改成果|整改后.*|工作进展|结果"
                 r"|.*实际成效|整改(?:完成)?说明|处理结果"),
    ("measure", r".*(?:措施|整改办法|解决办法|整改方案|整改做法|改进办法|处置办法|整改内容|整改任务|整改计划|整改举措|改进(?:方案|举措)|整改描述|对策).*|举措|办法|做法|(?:办理|督办|交办)要求"),
    ("demand", r".*(?:要求|建议|整改意见|处理意见|督办意见|督导意见及建议)|意见"),
    ("result", r"(?:自查|检查|督查|抽查|复查|现场|学校自查|实际|排查|核查|评估|自评|督导|巡查|自检|复核|初查|互检|抽检|巡检|验收|检测|检验|现场检查)*(?:结果|情况|记录|情况记录|检查情况|情况描述|评价|结论|发现)(?:记录|说明|描述)?"
               r"|.{0,4}所见|自查|复查|复核|初查|自检|互检|抽检|巡检|检查|核查|判定|结论|检查发现|评估情况|达标情况|(?:自查|督查|检查)(?:自评)?情况"),
    ("item", r"(?:检查|排查|自查|评估|督查|督导|巡查|查看|核查|考核|验收|抽查|评价|观察|观测|检测)?(?:项目|内容|要点|事项|标准|指标|具体内容|工作内容|主要内容)|具体内容|检查标准|自查内容"),
    ("remark", r"备注?|说明|注|其他"),
)  # fmt: skip
# A heading of problems: 问题/隐患/不足 … and none of the words that make it a column about problems.
_PROBLEM = rule(
    r".*(?:问题|隐患|不足|缺陷|短板|薄弱环节|违规行为|违法行为|违规事实|不符合项|不合格项|整改事项|扣分原因|扣分点|存在困难|"
    r"违章|违规|不合规|不达标|漏洞|病害|故障|异常(?:情况|说明|描述|内容|现象|记录)|差距|瑕疵|失分|失职|缺失(?:事|情)?(?:项|形|内容)|整改点|风险点|风险描述).*"
)
_ABOUT = rule(
    r".*(?:类别|类型|分类|性质|等级|级别|程度|编号|序号|来源|原因|时间|日期|时限|期限|地点|部位|位置|区域|照片|图片|状态|数量|个数|数$|总数|"
    r"责任|单位|部门|学校|领导|电话|人$|是否|依据|指标|措施|建议|进展|目标|验收|销号|落实|完成|成效|整改(?:情况|结果|要求|方案|意见)|处理|办法|条款).*"
)
_THEIRS = rule(
    r"(?:该|本|被查|受检)?(?:学校|单位|园所|企业|部门|科室|车间)(?:目前|现|所)?存在的?(?:主要|突出)?(?:问题|隐患|不足)"
)
_PROBLEM_TOO = frozenset(
    [
        "具体表现",
        "主要表现",
        "问题表现",
        "表现",
        "表现形式",
        "具体情形",
        "情况描述",
        "具体情况",
        "详细情况",
        "事项",
        "主要事实",
        "具体意见",
        "督导意见",
        "反馈意见",
        "督学整改意见",
        "扣分情况",
        "扣分说明",
        "隐患",
        "问题",
        "问题详情",
        "概要",
        "主要情况",
        "存在问题的具体情况",
        "整改项目",
        "督办事项",
        "督办内容",
        "督办问题",
        "交办事项",
        "交办内容",
        "交办问题",
        "扣分原因",
        "失分原因",
        "扣分理由",
        "扣分项",
        "扣分点",
        "失分点",
        "主要扣分点",
        "发现情况",
        "检查发现",
    ]
)
_NOISE = rule(r"[\s*＊:：。.、,，_\-—]+")
_BRACKETS = rule(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_COMPILED = tuple((kind, re.compile(rule)) for kind, rule in _RULES)
MEANINGS = ("problem", *(kind for kind, _ in _RULES))
# What shows that a row is a header at all, and not a row that speaks of a problem.
LONGEST = 26


@functools.lru_cache(maxsize=4096)
def meaning_of(heading: str) -> str | None:
    """What a column with this heading holds; None when nobody can say."""
    plain = fold(heading.replace("\n", ""))
    name = _NOISE.sub("", plain)
    if len(plain) > 12 and {",", ";", "。"} & {*plain}:
        return None  # somebody speaks
    if name.isascii() and (kind := tongues.in_english(plain)):
        return kind
    if not name or tongues.size_of(name) > 2 * LONGEST or NOT.search(name):
        return None
    bare = _BRACKETS.sub("", name) or name
    for words in dict.fromkeys((name, bare)):
        if kind := _kind(words):
            return kind
    if kind := tongues.in_two(plain, _kind):
        return kind
    above = name.split("/", 1)[0]  # 检查情况 over 车辆状况
    return "result" if "/" in name and _kind(above) == "result" else None


def _kind(name: str) -> str | None:
    if name in _PROBLEM_TOO or _THEIRS.fullmatch(name) or (_PROBLEM.fullmatch(name) and not _ABOUT.fullmatch(name)):
        return "problem"
    return next((kind for kind, rule in _COMPILED if rule.fullmatch(name)), None) or endings.kind_of(name)


def tells_most(heading: str) -> int:
    """Which of several columns of problems holds the words: a description before a name or a title."""
    if re.search(r"描述|详情|具体|内容|表现", heading):
        return 2
    return 0 if re.search(r"名称|标题|概要|清单|意见|督办事项|交办事项", heading) else 1


def spoken(parts: list[str]) -> str:
    """责任 over 单位 is 责任单位, over 责任人 that; 整改情况 over 3月 is both."""
    if len(parts) < 2:
        return "".join(parts)
    above, last = parts[-2], parts[-1]
    joined = last if last.startswith(above) else above.removesuffix(last) + last
    if meaning_of(joined) and (len(last) <= 3 or not meaning_of(last)):
        return joined
    return last if meaning_of(last) else "/".join(parts)


def lowest(parts: list[str]) -> str:
    """The lowest part where that says as much by itself: 地点 under 问题情况."""
    joined = spoken(parts)
    if len(parts) < 2 or joined == parts[-1]:
        return joined
    said, own, above = (meaning_of(name) for name in (joined, parts[-1], parts[-2]))
    return parts[-1] if (own and own == said) or (len(parts[-1]) >= 4 and said in (None, above)) else joined


def own_name(name: str) -> str:
    """The lowest part of a name put together from several rows: 车辆状况 of 检查情况/车辆状况."""
    return name.rsplit("/", 1)[-1]


def name_of(heading: str) -> str:
    """A heading on one line, without blanks inside."""
    return re.sub(r"\s+", "", heading).strip("*:：")
