"""Who is named: a placeholder is nobody, a role is not a person."""

from __future__ import annotations

import functools
import re

from app.intake.readers.rules import rule

_NOBODY = rule(r"[xX×*某○〇_＿\-—/\\. 无待定]*|(?:同上|暂无|待定|未定|空|姓名)")
_MASK = rule(r"[xX×*○_]{1,}|某")
_SURNAMES = set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰"
    "郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚"
    "越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代苟苑闫仝佟岳涂仉亓"
    "迟初丛矫隋綦佘邸次展亢种眭郇禚鲜智冉由要信战修原续撒买来才帅缑哈谯笪年爱阳墨牟商佴伯赏南佟但药逮揣肇伦补母青仙海官归台"
    "冼佀俎俸偰凃呼咎员姒宛寸尉帖幺庹律忽恽折抗斛晟木朴栗楼檀汝泰淡淦渠潭玄玛禤税竹粟缐腾良芈芦茆菅菊袭诺豆贲贵赫辜迮郸鄢銮铁雒零鬲鹿麦罕"
    "闪候侯忻洑尧茹覃揭占闭农韶区布德奉寻漆蹇兀洛旷练衣桐降荔楚闵苍藏阎植线晋笃庚欣凡危镡线问訚叱侴兴谌郗闾揣褥仰宓窪盘冶虎苌别公纪佘敬"
)
_OF_TWO_SIGNS = (
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 端木 司徒 东方 南宫 西门 独孤 长孙 宇文 轩辕 呼延 闻人 东郭 百里 司空 "
    "公冶 澹台 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 "
    "宰父 谷梁 段干 赫连 万俟 第五 左丘 梁丘 东里 太史 公羊 南门 羊舌 微生 即墨 达奚 褚师 东门 西河 纳兰 叶赫 "
)
_DOUBLE = frozenset(_OF_TWO_SIGNS.split())
_TITLES = (
    "副校长|校长|园长|副园长|书记|副书记|主任|副主任|组长|副组长|处长|科长|局长|副局长|老师|教师|同志|班主任|"
    "管理员|总务|后勤|安全员|电工|保安|厨师长|委员|所长|站长|镇长|乡长|主席|会计|出纳|干事|专干|负责人"
)
_TITLE = rule(_TITLES)
_ROLE = rule(
    r"处|科|室|部|组|办|局|所|中心|学校|小学|中学|幼儿园|学区|政府|单位|人员|全体|各班|班级|"
    r"教师|学生|领导|管理|责任|后勤|"
    r"总务|教务|政教|德育|财务|食堂|安保|年级|部门|公司|物业|村委|施工|校医|门卫|保洁|家长|方$|员$|师$|工$|卫$|长$|人$|队$"
)
# 图书管理员吴晓燕, 总务处褚望川, 安全科科长:何俊杰: the office first, the name behind it.
_BEHIND = rule(
    r"^(?![须应请要聘由将把对按并需])[\u4e00-\u9fff]{0,10}(?:校长|园长|书记|主任|组长|处长|科长|局长|主席|老师|教师|管理员|保管员|主管|经理|总监|厂长|店长|院长|护士长|班长|队长|所长|干事|员|处|科|室|(?<!承)办|站|部|机修|电工|水电|木工|瓦工|焊工|保安|门卫|司机|厨师|厨工|校医|网管|仓管|库管|保洁|后勤|总务|安全|维修|车间|市政|物业|社区|护士|会计|出纳|前台|工会|团委|食堂|德育|教务|体育|值周|值班|师傅)[:\s]?([\u4e00-\u9fff]{2,4})$"
)
_PHONE = rule(r"(?:联系电话|电话|联系方式|手机)?:?\s?1\d{10}|\d{3,4}-?\d{7,8}|\d{7,}")
_BRACKETS = rule(r"\(([^()]{0,30})\)")
_SPACED = rule(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: {1,3}[\u4e00-\u9fff]){1,3}(?![\u4e00-\u9fff])")
_SPLIT = rule(r"[、,;/|\n_]|-(?!\d)|\s{1,}|和(?=[\u4e00-\u9fff]{2,})")


def is_nobody(plain: str) -> bool:
    """XX, xx, 某某, --, 待定: a place left open."""
    bare = _TITLE.sub("", re.sub(r"[\s()]", "", plain[:60]))
    return bool(_NOBODY.fullmatch(bare)) and not (bare == "" and plain.strip() != "" and _TITLE.search(plain))


# What begins like a name and says what is done: “由安全员补齐”, “由公司解决”.
_WORDS_OF_DEEDS = (
    "补齐 补办 补充 补签 补交 补正 补写 补录 补种 解决 解除 查明 查清 查处 查找 查收 安装 安排 计划 合并 全部 全力 全面 全程 成立 从严 从速 连夜 "
    "公示 公布 公开 终止 充实 支付 付清 平整 应对 应急 项目 申请 申报 申领 申办 通知 通报 封堵 封闭 封存 强化 强制 路面 连接 严肃 严格 修复 修理 "
    "修补 修缮 加装 加固 包干 包保 养护 宣传 明确 明示 容缺 空缺 融合 简化 向上 向下 相应 都要 和谐 和平 时间 时限 后续 须在 须于 要在 要求 尽快 "
    "广泛 查看 查验 查询 常态 经营 干净 卫生 古建 花坛 车辆 车库 水泵 水管 石材 木板 金额 钱款 温度 荣誉 党建 国家 文件 文明 都未 别处 祝贺 "
    "阳台 江河 原样 来人 展开 竹竿 红线 游乐 越界 边界 边坡 池塘 井盖 栏杆 柱子 梁柱 管道 管线 库房 席位 符合 符号 单独 单位 单元 房屋 房间 "
    "危险 危房 习惯 常规 居民 农村 农户 广场 广告 容量 向外 印章 段落 应当 应于 应在 安全 安保 关闭 关停 海报 官网 台阶 台账 但书 建议 建立 "
)
_DEEDS = frozenset(_WORDS_OF_DEEDS.split())


_OTHER_WORDS = "小时 小计 小于 小路 小车 小花 小水 小石 小步 小包 小米 小麦 老路 老街 小家 小井 小全 小平 老年 小年"
_NO_COLLEAGUES = frozenset(_OTHER_WORDS.split())


def _looks_like_a_name(word: str) -> bool:
    if "·" in word:
        return 4 <= len(word) <= 16
    if word in _DEEDS or _ROLE.search(word) or _MASK.search(word):
        return False
    if len(word) == 2 and word[0] in "老小":  # 老魏, 小白: as colleagues call each other
        return word[1] in _SURNAMES and word not in _NO_COLLEAGUES
    double = word[:2] in _DOUBLE
    return (3 <= len(word) <= 4 and double) or (2 <= len(word) <= 3 + (word[1:2] in _SURNAMES) and word[0] in _SURNAMES)


def _name_in(word: str) -> str | None:
    if _looks_like_a_name(word) and not _TITLE.search(word):
        return word
    stripped = _TITLE.sub("", word)
    if (behind := _BEHIND.search(word)) and _looks_like_a_name(behind[1]):
        return behind[1]
    if len(stripped) >= 2 and _looks_like_a_name(stripped):
        return stripped
    if len(stripped) == 1 and stripped in _SURNAMES and re.fullmatch(r".(?:" + _TITLES + ")", word):
        return word
    return None


@functools.lru_cache(maxsize=4096)
def names_in(plain: str) -> str | None:
    """The persons named in a cell or after a label, joined by 、; None when nobody or only a role is named."""
    text = _closed_up(plain)
    bracketed = _BRACKETS.findall(text)
    words = [word for word in _SPLIT.split(_BRACKETS.sub(" ", text)) if word]
    names = [name for word in words if (name := _name_in(word.strip(" :。.")))]
    if not names:
        names = [name for word in bracketed if (name := _name_in(word.strip()))]
    return "、".join(dict.fromkeys(names)) or None


def _closed_up(plain: str) -> str:
    """Without telephone numbers, and 张 三 as 张三."""
    text = _PHONE.sub(" ", plain[:120])
    return _SPACED.sub(lambda hit: hit[0].replace(" ", ""), text)


def words_of(plain: str) -> list[str]:
    """The words of a place for persons, without titles and what stands in brackets."""
    words = _SPLIT.split(_BRACKETS.sub(" ", _closed_up(plain)))
    return [bare for word in words if (bare := _TITLE.sub("", word).strip(" :。."))]


def is_role(word: str) -> bool:
    """Whether a word names an office, a post or a group."""
    return bool(_ROLE.search(word))


UNIT = rule(
    r"[\u4e00-\u9fffA-Za-z\d]{0,20}(?:小学|中学|学校(?!园)|幼儿园|教学点|初中|高中|中心校|学区|"
    r"职教中心)(?:[\u4e00-\u9fff]{1,3}校区)?"
)


_OFFICE = rule(
    r"[^、,;。:()]{1,14}(?:科|处|部|车间|班组|公司|医院|社区|支行|分局|(?<!结)局|街道|镇|乡|仓库|中心|学院)|仓库|车间"
)
_NO_OFFICE = rule(r"安全|消防|卫生|问题|隐患|方面|类|全部|内部|外部|各部")


def answers(plain: str) -> bool:
    """Whether the words name a school or an office, and nothing else."""
    bare = plain.strip(" :。,")
    return unit_alone(bare) or bool(_OFFICE.fullmatch(bare) and not _NO_OFFICE.search(bare))


def unit_alone(plain: str) -> bool:
    """Whether the words are the name of one school and nothing else."""
    text = plain.strip(" :。,")
    return (
        3 <= len(text) <= 24
        and bool(UNIT.fullmatch(text))
        and not re.match(
            r"我|该|所|你|各|全|本[校人园]|部分|学校$|个别|有关|相关|其他|其它|关于|根据|按照|[xX×*○]|某", text
        )
    )
