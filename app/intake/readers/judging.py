"""What words tell: something amiss, something that passed, nothing at all, or something that is done."""

from __future__ import annotations

import functools

from app.intake.readers import signs_in_english as english
from app.intake.readers.rules import rule

NOT = rule(
    r"(?:未|没有|没|不|无)(?:再)?(?:发现|存在|查出)[^。;]{0,12}(?:问题|隐患|不足|现象|缺陷|不符合|违[法规章纪][^,。;]{0,4}行为)|"
    r"无(?:新|其他|明显|任何|重大|突出|遗留|新增)?(?:的)?(?:安全)?(?:隐患|问题|扣分项?|不符合项)|没有?(?:新|其他|新增)?(?:的)?问题|[没无](?:啥|什么|有什么|有啥|大)问题"
    r"|^(?:无|未见|没有)(?![证照牌票序故正责])[^,。;]{1,10}(?:现象|行为)[。;]?$"
)
_CUE = rule(
    r"不(?:认真|匹配|仔细|配套|充分|积极|主动|相符|对应|佳|妥|到位|全|齐|足|够|熟|能|符|达|规范|健全|完善|及时|合格|合理|明确|平|牢|清|严|高|强|规|"
    r"畅|准|细|完整|实|亮|通|动|灵|上|统一|一致|落实|合|整|具备|了解|清楚|深入|扎实|重视|便|稳|"
    r"良|均|锁|设|记|足够|标准|科学|彻底|正确|正常|工作|关|见|熟|闭|紧|戴|穿|按|到\d|满\d|利|卫生|安全|美观|透|响应|报警|联动|启动|"
    r"下水|回位|复位|归位|分类|分开|留样|消毒|更新|维护|签|登|执行|履行|配合|参加|知|会用|会操作)"
    r"|没有|没能|未[^来成必央年]|无(?!偿|私|毒|论|数|限|比|愧|违|违规|事故|障碍|纸|缝|锡|线|小事)|缺|"
    r"少(?!年|先|儿|数)|漏(?!斗)|破|损|裂|坏|老化|陈旧|过期|失效|松动|脱落|堵|阻塞|阻挡|堆放|占用|积水|"
    r"积灰|生锈|锈蚀"
    r"|混乱|杂乱|随意|偏[小低少大高弱旧远慢]|过[小低少大高期多密时于]|错[判别漏]|有误|不一致|空转|较[差低弱少慢]|薄弱|滞后|"
    r"隐患|危[墙房险]|超(?:标|员|载|限|过|期|额|高|宽|长|重|时|压|温|量)|违[规章反]|乱|脏|差[距错,。;]|较?差$|短缺|紧张|"
    r"简陋|模糊|"
    r"流于形式|敷衍|倾斜|断裂|渗水|漏水|裸露|外露|私拉|兼职|合用|不一|单一|有待|尚[需待未]|仍有|"
    r"存在|问题|遮挡|锁闭|卡滞|失灵|熄灭|霉|变质|混放|拖延|遗漏|空白|雷同|走过场|重视不|力度不|"
    r"掉|歪|塌|磨损|凹陷|低于|空缺|欠缺"
)
_PASSED = rule(
    r"(?:经?检查)?(?:.{0,24}?)(?:情况)?(?:正常|良好|完好|合格|符合(?:要求|规定|标准)?|达标|齐全|"
    r"到位|规范|无异常|有效|整洁|未发现(?:.{0,6})?(?:问题|隐患|异常)|无(?:安全)?(?:问题|隐患)|"
    r"已落实)[。;.]?"
)
# “C栋:无”: the place that was looked at, before what was found there.
_PLACE = rule(r"^[^:,;。]{1,12}:(?=\S)")
# “線路整齊,無須跟進。”: whatever was seen, nothing is to be done.
_NEEDLESS = rule(r"(?:无须|无需|毋须|毋需|不必|不需要?)(?:再)?(?:跟进|整改|处理|改善|维修|更换|整治)[。.;]?$")
# “无裂缝”, “没有发现隐患”: the words of problems, and none of them there.
_NO = "无 未见 没有 未发现 没有发现 未出现 未发生 不存在 没有出现 杜绝 防止 避免 无任何"
WITHOUT = _NO.split()
OF_WHAT = (
    r"(?:明显|任何|安全|人员?|再)?"
    r"(?:晃动|摇晃|堆物|虫蛀|虫害|逗留|滞留|异味|漏点|明火|烟头|锈迹|乱停车?|违停|掉落|漏气|漏油|老化|破损|损坏|渗漏|漏水|裂缝|开裂|沉降|异常|积水|杂物|隐患|过期|松动|堵塞|脱落|变质|霉变|倾斜|锈蚀|占用|堆放|事故|违规|违纪|缺失|私拉乱接|问题|死角|变形|下沉|腐蚀|投诉|摊贩|流动摊贩|游商|无证摊点|网吧|危房|盲区|缺课|欠费|漏电(?!保护)|打架|欺凌|体罚)"
    r"(?:、(?:无)?(?:老化|破损|损坏|渗漏|裂缝|沉降|松动|脱落|变形|堵塞|霉变|杂物|积水))*(?:现象|情况)?"
)
FREE_OF = f"(?:{'|'.join(WITHOUT)}){OF_WHAT}"
_FREE_OF = rule(FREE_OF)
_NOTHING = frozenset(
    (
        "好",
        "良好",
        "很好",
        "没问题",
        "OK",
        "ok",
        "",
        "未发现",
        "未见",
        "没有发现",
        "未出现",
        "无",
        "暂无",
        "没有",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "√",
        "✓",
        "是",
        "有",
    )
)
_NONE = rule(
    r"(?i)(?:no|nil) ?(?:non-?conformit|finding|issue|problem|deficienc|observation|defect|hazard)\w*|none|nil|n/a"
)
_SPOILED = rule(r"[不缺但没欠损坏]|未(?!发现)|无(?!异常|安全|问题|隐患)")
_PART = rule(r"(?:方面|领域|类|部分|环节)$")
_ACT = rule(
    r"^(?:积极|加强|加大|进一步|针对|根据|召开|组织|开展|制定|制订|完善|建立|健全|落实|严格|"
    r"强化|成立|安排|联系|争取|购置|购买|更换|维修|修复|清理|拆除|尽快|立即|及时|定期|"
    r"由|对|按照|聘请|邀请|增加|配备|补充|重新|整理|明确|指定|实行|督促|已|将|向|要|把|投入|"
    r"申请|规范|提高|修订|张贴|安装|设置|加固|调整|补齐)"
)
# Defects as inspectors name them on the spot; the list above holds the words of reports.
_ON_THE_SPOT = rule(
    r"受潮|滴[水到]|[占缠锁堵]住|锁着|被[^,。;]{1,6}[占堵挡遮缠压拆锁]|翘起|敞开|晃动|(?<!不)断(?!面|桥|层|电)|漏|锈|脱[落胶皮岗]|无人|油垢|油污|空鼓|积存|侵占|挤占|挪用|代签|代替|仅[有凭]|只有|只[记写填打勾]|"
    r"仍[在有用由凭未]|停用|故障|离线|串接|难以|隔断|锁在|(?<![已均都])上锁|乱停|剥落|鼓包|起皮|浮石|发霉|发黑|异味|扰民|外流|流失|擅自|私自|"
    r"挡住|堵住|塞满|压着|摔倒|磕碰|疏于|松散|宽松软|不力|不严|不实|迟到|早退|旷课|体罚|超标|超纲|大班额|拥挤|偏[多少旧]|冷清|应付|"
    r"褪色|卷边|坑洼|不见|丢失|被盗|缺口|盖不上|打不开|关不上|拉不开|[不没](?:亮|响|转|通|清|走|来|写|记|填|查|锁|关|盖|装|设|公示|登记|开设|安排|批改|使用)|"
    r"使用电炉|烧焦|泄漏|冒烟|短路|易滑|容易|直排|外溢|滥用|存放汽油|一周一|被(?:占|堵|挡|遮|截|压|拆|锁|侵)|占道|飞线|虚假|造假|抄袭|雷同|"
    r"无(?!偿|私|毒|论|数|限|比|愧|违|事故|障碍|纸|缝|锡|线|人机|疑|异|烟|小事)|松[了脱掉垮]|[降升达够找看听用]不到|弹不[起回]|转不动|"
    r"仅\d|仅有?[一二两三四五六七八九十]|完全相同|只(?:召开|开展|做|安排|配|设|完成|检查|用|剩|供应|批|听|登记|保留|覆盖)|破洞|欠佳|玩手机|看手机|睡觉|睡岗|趴[在桌]|打瞌睡|串[寝岗]|卷发棒|电热(?!水器(?:完|正))|打骂|辱骂|有偿|吃出|烂根|蜂窝|麻面|串味|凉的|排名|点名批评|残渣|水渍|蛛网|苍蝇|鼠(?:粪|迹|洞)|蟑螂|堆[了满着有]|没(?!有|啥|什么|问题|事|关系|意见|课|收|必)|电热毯|电褥子|热得快|大功率|吸烟|抽烟|停留在|下降|大班额|生硬|重复(?:收取|收费|列支|发放|购置|报销)|重[^,。轻]{1,4}轻|补填|补写|补签|指定[^,。]{0,4}(?:购|店|商)|只[开上]|一稿多用|打闹|追逐|缠绕|误差|混杂|错误|使用方言|繁体字"
)


@functools.lru_cache(maxsize=4096)
def sounds_wrong(plain: str) -> bool:
    """Whether a sentence says that something is amiss."""
    if plain.isascii() and english.sounds_wrong(plain):
        return True
    words = _FREE_OF.sub("", plain[:400])
    return bool(_CUE.search(words) or _ON_THE_SPOT.search(words)) and not has_passed(plain)


@functools.lru_cache(maxsize=1024)
def says_none(plain: str) -> bool:
    """“未发现问题”, “无”: a place for a problem that holds none."""
    if len(plain) > 40:
        return False
    bare = plain.strip(" 。.;,")
    if len(bare) > 24:
        return False
    return (
        bare in _NOTHING
        or bool(_NONE.fullmatch(bare))
        or (bool(NOT.search(bare)) and not _CUE.search(NOT.sub("", bare)))
    )


@functools.lru_cache(maxsize=4096)
def has_passed(plain: str) -> bool:
    """“正常。”, “符合要求”: a check that found nothing."""
    if plain.isascii() and english.has_passed(plain):
        return True
    if _NEEDLESS.search(plain[-24:]):
        return True
    if len(plain) > 44:
        return False
    bare = plain.strip()
    if len(bare) > 40 or _SPOILED.search(bare):
        return len(bare) <= 30 and (says_none(bare) or says_none(_PLACE.sub("", bare, count=1)))
    if says_none(bare) or says_none(_PLACE.sub("", bare, count=1)):
        return True
    return bool(_PASSED.fullmatch(bare)) and not _ON_THE_SPOT.search(_FREE_OF.sub("", bare)) and not _first_amiss(bare)


def _first_amiss(bare: str) -> bool:
    """“灭火器过期,其余无问题”: what stands before the comma has not passed."""
    first = bare.partition(",")[0]
    return first != bare and not _PASSED.fullmatch(first) and bool(_CUE.search(NOT.sub("", _FREE_OF.sub("", first))))


_WELL = "较 很 良 做得 落实 执行 开展 维护 表现 面貌 效果 情况 卫生 秩序"
# Each begins with a sign of its own: such a pattern finds its places four times as fast.
GOOD = (
    "|".join(f"{word}好(?![转坏])" for word in _WELL.split())
    + r"|好转|良好|值得|有特色|点赞|表扬|肯定|扎实|到位|齐全|规范|整洁|清晰|充分|有序|完善|健全|及时|认真|重视|符合|正常|合格|未发现"
)
_GOOD = rule(GOOD)
FOUND_NONE = r"未发现[^,;。]{0,10}(?:违规|违章|违法|违纪|超员|超载|过期|变质|无证|私拉|乱|占用|堵塞)[^,;。]{0,8}"
_FOUND_NONE = rule(FOUND_NONE)


def praises(plain: str) -> bool:
    """“食堂卫生情况较好”, “未发现校车违规运营”: words that only say what is well."""
    rest = _FOUND_NONE.sub("未发现", _FREE_OF.sub("未发现", plain[:120]))
    if len(plain) > 80 or not _GOOD.search(rest):
        return False
    bare = _GOOD.sub("", rest)
    return not (_CUE.search(bare) or _ON_THE_SPOT.search(bare) or _SPOILED_GOOD.search(rest))


_SPOILED_GOOD = rule(
    r"[不未没欠缺](?:能|够|太|很)?(?:及时|规范|到位|齐全|扎实|认真|重视|完善|健全|整洁|清晰|有序|符合|正常|合格)"
)


def sounds_like_an_act(plain: str) -> bool:
    """Whether a sentence says what somebody does rather than what is wrong."""
    return bool(_ACT.match(plain))


def names_a_part(plain: str) -> bool:
    """“课程开设方面。”: a heading of a group and no problem of its own."""
    bare = plain.strip(" 。:")
    return len(bare) <= 16 and bool(_PART.search(bare))
