"""Who is named where a heading or a label says that a person stands: rare names are names there, too."""

from __future__ import annotations

import functools

from app.intake.readers.lines import Line
from app.intake.readers.people import is_nobody, is_role, names_in, words_of
from app.intake.readers.rules import rule

_NAME = rule(r"[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{1,6}")
# What stands in such a place and is nobody's name.
_WORDS = rule(
    r"成员|班子|全校|全镇|各[^·]|经理|监理|总监|主管|甲方|乙方|保管|护士|医生|大夫|司机|法人|代表|同学|集体|大家|立即|长期|具体|有关|相关|共同|分别|自行|现场|落实|整改|完成|监督"
    r"|协助|督促|安全|消防|卫生|设备|工程|技术|生产|质量|行政|人事|采购|运营|水电|保洁|保安|档案|资料|网络|仓库|车间|宿舍|实验|图书|体育|美术|音乐|语文|数学|英语|舞蹈|心理|网点|物理|化学|生物|地理|历史|政治|道法|科学|劳动|信息|教研|备课|学科|年段|护理|医务|药剂|检验|前台|窗口|街道|社区|民警|校警|承包|租赁|施工|使用|值守|轮流|原任|新任"
    r"|[主户商家士机乡镇村县市省区国州厅院站队厂店馆园会校班岗线楼层库堂房场台餐厨股委联团协署府镇]$|^[本该已未无暂另见同按待如由请需应可不是否在]"
)


@functools.lru_cache(maxsize=4096)
def persons_in(plain: str) -> str | None:
    """The persons named, joined by 、: by their surnames, or where none is known, short words that are nothing else."""
    return names_in(plain) or _rare(plain)


def _rare(plain: str) -> str | None:
    names = [word for word in words_of(plain) if _is_one(word)] if len(plain) <= 24 else []
    return "、".join(dict.fromkeys(names)) or None


def _is_one(word: str) -> bool:
    return bool(_NAME.fullmatch(word)) and not (is_role(word) or is_nobody(word) or _WORDS.search(word))


def as_written(names: str | None, value: Line) -> str | None:
    """The names in the characters in which they stand there."""
    if names is None or value.raw == value.plain:
        return names
    places = [(value.plain.find(name), len(name)) for name in names.split("、")]
    return "、".join(value.raw[at : at + size] for at, size in places) if all(at >= 0 for at, _ in places) else names
