"""Whether a clause tells of something amiss that somebody has seen, and not of what is asked, planned or feared."""

from __future__ import annotations

from app.intake.readers.judging import FOUND_NONE, FREE_OF, NOT, has_passed, praises, sounds_wrong
from app.intake.readers.rules import rule

# Who speaks so asks, plans, forbids or fears; what he names need not be there.
_ASKED = rule(
    r"(?<![按照])要求(?![不过])|强调|希望|呼吁|倡导|(?<![未没])提醒(?!不|未)|号召|防止|避免|杜绝|严防|谨防|以防|预防|确保|^为|为了|如果|一旦|^凡|^若|假如|的话|"
    r"(?<![响适供对反相])应(?!急|付|答|届|试|用|收|聘)|必须|(?<![无毋])须|不得|不准|不许|不要|不可|不能(?:有|再|让)|严禁|禁止|^请|[,;]请|建议|责令|责成|务必|"
    r"将(?:于|对|按|把|会|继续|进一步)|拟(?!定)|争取|力争|下一?步|今后|进一步|加强|强化|提高|增强|完善|依规|依法|追究|"
    r"是否|有无|能否|怎样|如何|吗$|[?]|发现[^,。;]{0,8}(?:及时|立即|马上)|立即(?:停|整|更|清|拆|修)|由[^,。;]{2,12}(?:负责|联系|牵头)|针对[^,。]{0,24}(?:问题|环节|短板|不足)|补齐|努力|以[^,。]{1,8}为榜样|^(?:下周|明天|下个?月)|准备好|体会|感受到|教训|意识到"
)
# Words about problems in general: headings, counts, what becomes of a list.
_ABOUT = rule(
    r"(?:还|也|仍|尚|依然|同样)(?:还|仍)?(?:有|存在|面临)(?:着)?(?:一些|不少|以下|诸多|许多|一定的?|明显的?|若干)?(?:不足|差距|短板|薄弱环节|弱项|困难)$|"
    r"^(?:上[次周月个]|此前|前期|[一二三四五六七八九十\d]{1,2}月份?)[^,。;]{0,6}(?:查出|发现|反馈|报修)的[^;。]*已|"
    r"(?:发现|存在|反馈|查摆|指出|梳理|提出|反映|下列|以下|上述|以上|这些|一些|有关|相关|若干|几个|\d+[个项条处]|[一二三四五六七八九十]+[个项条])(?:的|了)?[^,。;]{0,10}(?:问题|隐患|不足|行为|情况)(?:清单|台账)?[^,。;]{0,6}$|"
    r"(?:问题|隐患)(?:的?整改|台账|清单|排查|整治|治理|线索)|整改(?:完成|到位|落实|情况|报告|方案|通知|措施|台账|工作|结果)|"
    r"(?:情况|事项|意见)[^,。;]{0,6}如下|检查(?:组|内容|时间|范围|方式)|开展[^,。;]{0,16}(?:检查|排查|整治|督导)|成立|召开"
)
_LEGAL = rule(
    r"^(?:根据|依据|按照|依照|违反|不符合|上述行为|以上行为|该行为|其行为)[^,;]{0,6}(?:《|中华|第|了《|有关|国家|相关)"
)
_DONE = rule(
    r"^(?:现|目前|均|都)?已(?:经)?(?:全部)?(?:整改|完成|更换|修复|处理|解决|清理|补齐|到位)|^(?:经查|目前).{0,6}无"
)
# “老校区校舍陈旧”, “某校学生…”: what was once, or somewhere else.
_ELSEWHERE = rule(
    r"曾(?!经?(?:指出|反馈|要求|整改|修))|过去|以往|(?<![日号月天\d])以前|原(?:来|先)(?:的)?|当年|昔日|那时|上世纪|老校区|[〇零一二三四五六七八九十]{1,2}年代|某[校县市省园地幼学]|个别同学"
)
# “拆除了存在隐患的旧围墙”, “消除隐患”: what somebody has done about it, or does.
_ACTED = rule(
    r"^(?:消除|防范|整治|排查|化解|堵塞漏洞|查找)|(?:更换|拆除|清理|整治|修订|改变|消除|解决|处理|修复|整改|改造|纠正|补齐|化解|克服|扭转)了"
)
_TURNS = rule(r".*(?:[,;]?(?:但是?|不过|然而|只是|可是))(?:[,]|(?=\S))")


def is_seen(plain: str) -> bool:
    """Whether the clause says that something is amiss, here and now."""
    bare = plain.strip(" ,。;:!")
    if _BARE.fullmatch(bare) or not may_be_seen(plain):
        return False
    return sounds_wrong(_NOTHING_THERE.sub("", bare))


def may_be_seen(plain: str) -> bool:
    """Whether the clause neither asks nor plans nor says that all is well."""
    bare = plain.strip(" ,。;:!")
    asked = (
        _ASKED.search(bare)
        or _ABOUT.search(bare)
        or _LEGAL.match(bare)
        or _DONE.match(bare)
        or _ACTED.search(bare)
        or _ELSEWHERE.search(bare)
    )
    return len(bare) > 5 and not asked and not (NOT.search(bare) or has_passed(bare) or praises(bare))


def turned(plain: str) -> int:
    """Where the words begin that take praise back: behind 但; 0 where none does."""
    hit = _TURNS.match(plain)
    return hit.end() if hit and hit.end() < len(plain) - 3 else 0


# “无异味”, “无责任事故”: what nobody wants, and none of it there.
_UNWANTED = (
    "异味|异物|异常|咳嗽|发热|腹泻|症状|疾病|责任事故|安全事故|事故|伤亡|私拉|乱接|死角|污染|污渍|油污|缺漏|遗漏|推诿|拖欠|投诉|校车|住宿|食堂|"
    "裂纹|裂缝|破损|损坏|松动|锈蚀|渗漏|积水|积尘|杂物|堵塞|占用|遮挡|过期|变质|霉变|违规|违纪|违法|缺课|缺勤|迟到|早退|旷课|辍学|欺凌|体罚|有偿|"
    "摊贩|网吧|鼠|蝇|蟑螂|虫|毒|害|险情|危房|隐患|问题|错误|差错|超|外来|闲杂|学生(?:受伤|滞留)|一例|一起|重大"
)
_NOTHING_THERE = rule(
    rf"{FREE_OF}|{FOUND_NONE}|(?:无|未见|没有发生|未发生|没有出现)(?:任何|明显)?(?:{_UNWANTED})[\u4e00-\u9fff、]{{0,10}}"
)
_BARE = rule(r"(?:安全|主要|存在|的)*(?:问题|隐患|不足|缺陷|危险)")
