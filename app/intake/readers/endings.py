"""What a heading means by the word it ends with: the head of a Chinese compound stands last.

Asked only where no rule of `columns` knows the heading as a whole, so the wide may stand here.
"""

from __future__ import annotations

from app.intake.readers.rules import rule

_DAY = r"(?:时间|日期|期限|时限|时效|限时|时段|节点|日|期|限)(?:要求|安排|节点)?"
_SEEN = r"检查|排查|发现|督导|督查|上报|登记|反馈|提出|填报|交办|下发|录入|巡查|自查|抽查|评估|受理|通报|投产|出厂|生产|购置|建成|开工"
_OVER = r"实际|已|验收|销号|复查|办结|回访|确认|复核|闭环|核销|关闭"
_CHECKS = r"检查|排查|发现|督导|督查|上报|登记|填报|填表|制表|交办|录入|巡查|验收|复查|复核|核查|监督|审核|审批|监管|包保|联络|联系|记录|陪同|报送|评估|举报|反映|投诉"
# In this order: the first that fits wins.
_RULES = (
    ("phone", r".*(?:电话|号码|手机号?|联系方式|微信)"),
    ("number", r".*(?:编号|序号|编码|代码)"),
    ("tick", r".{1,6}(?:与?否|没|没有|了吗)"),
    ("problem", r".*(?:事实|现状|(?:纠正|改正|改进|整治|处理|解决)(?:的)?(?:事项|内容|点)|什么事|哪里不(?:好|对|行)|(?:啥|什么|哪些|有何)(?:问题|隐患|事儿?|不对|不行|毛病)|毛病|缺点|看到的(?:情况|问题)?|见到的情况)(?:描述|经过|说明)?|(?:现场|具体|事项)?描述"),
    ("verifier", rf".*(?:{_CHECKS}).{{0,4}}(?:人|人员|员|者|专家|组|同志)"),
    ("owner", r".*(?:责任|负责|经办|承办|落实|整改|办理|处理|处置|牵头|具体|跟进|主办|完成|执行|改善|治理)(?:的)?"
              r"(?:人|人员|者|同志|老师|教师|医生|护士|责任人|负责人|姓名|担当)(?:姓名|签名|签字)?(?:[及和、/].*)?|.*担当(?:者)?|责任到人|.*谁.{0,3}|负责|责任|落实"),
    ("found", rf".*(?:{_SEEN}).{{0,4}}{_DAY}"),
    ("done", rf".*(?:{_OVER}).{{0,6}}{_DAY}"),
    ("planned", rf".*(?:限|截止|截至|拟|计划|预计|预定|应|需|须|要求|承诺|目标|最迟).{{0,8}}{_DAY}|限时|时限|时效|限改|.*(?:什么时候|何时|几号|哪天|啥时).*|最迟|完成期|到期|约定(?:时间|日期)?"),
    ("unknown", rf".*(?:整改|完成|治理|办理|解决|落实|处置|处理|改好|弄好).{{0,6}}{_DAY}"),
    ("weight", r".*(?:级别|等级|程度|风险值|级)"),
    ("measure", r".*(?:咋|怎么)(?:整|办|弄|改|修|搞|做)(?:的)?|.*(?:措施|举措|办法|对策|做法|方案|处方|整治|怎么.{1,3}|如何改|怎样改|改法|.*改成.*|处置|处理|修复)(?:内容|描述|说明|方法|方式)?"),
    ("demand", r".*(?:意见|建议|要求|提示|指令)"),
    ("site", r".*(?:被|受).{0,2}(?:检|查|评|巡|督|审).{0,4}|.*(?:学校|园所|幼儿园|企业|门店|商户|摊位|酒店|医院|院区|工地|场站|站点|养老院|机构)(?:名称|名|全称|简称)?"),
    ("place", r".*(?:哪儿|哪里|哪块|哪个?地方|啥地方|什么地方)|.*(?:地点|部位|位置|点位|区域|场所|楼层|房间|房号|地段|桩号)"),
    ("remark", r".*(?:备注|说明|附注)"),
)  # fmt: skip
_COMPILED = tuple((kind, rule(words)) for kind, words in _RULES)


def kind_of(name: str) -> str | None:
    """What a heading of at most twelve signs means by its end; `name` is folded and without blanks."""
    if len(name) > 12:
        return None
    return next((kind for kind, words in _COMPILED if words.fullmatch(name)), None)
