"""A deadline said inside a sentence: “5月20日前整改到位”, “限三日内清完”, “…盖板缺失——11月10日前”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.intake.readers import aside
from app.intake.readers.dates import SPAN, VAGUE, find_day
from app.intake.readers.rules import rule
from app.intake.reading import ReadDate

_BY = rule(r"[前底内]")
_STOP = rule(r".*[。;,!?]")
_BEFORE = 24  # signs of a clause before the word that makes a day a deadline
_DONE_BY = rule(
    r"[前底内][^。;!?]{0,14}(?:完成|整改|到位|修复|解决|落实|更换|拆除|补齐|上报|报送|清除|清理|安装|配齐|维修|改正|到岗|到岗位|达到|达标|修好|铺好|清洗|清空|清退|设置|张贴|配备|补充|采购|加装|"
    r"调试|公示|归还|办理|补办|建成|投入|启用|消除|加固|粉刷|疏通|恢复|处理|腾空|搬离|上锁|封闭|关闭|隔离)"
    r"|[前内](?:必须|务必|应当?|须|要|全部|一律|予以|重新|再)?(?:召开|开展|提交|换|修|补|装好|拆|移走|停用|制定|修订|签订|开齐|检测|培训|演练|复检|送检|搬走|取出|收回|撤|归位|贴|挂|做完|弄好|交)"
)
# “要求5月8日前移至…”: whatever is asked for by a day.
_DEMANDED = rule(
    r"(?:要求|责令|责成|建议|请|限|须|应|务必|(?:拟|拟定|计划|定|将)[于在])[^。;,!?\d]{0,12}(?:20\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?(?:\d{1,2}\s?[日号]?|底)(?:之|以)?前(?=[\u4e00-\u9fff]{2})"
)
# “一周内未更换”, “3月底前已完成”, “已于7月10日前完成”: what was not done in time, or was, is no deadline.
_OVER = rule(
    r"已(?:经)?[于在][^。;,!?]{1,16}[前底内]|[前底内][^。;,!?]{0,6}?(?:未|没|仍|尚|已|曾|不(?!得|要|能再)|发生|出现)"
)
# “12月31日前应修订而未修订”: what ought to have been done by then.
_OUGHT = rule(r"[前底内][^。;,!?]{0,2}(?:本?应|应当|须|规定)[^,。;!?]{1,10}[而但却]?[,]?(?:仍|尚|却|至今)?未")
# “限三日内清完”, “限即日清理”: whatever is limited.
_LIMITED = rule(
    r"限(?:定|期|时)?[你该贵各]?(?:校|园|单位|部门|公司)?(?:于|在)?[^,。;!?\d一二三四五六七八九十]{0,4}(?P<day>[^,。;!?]{1,20}?(?:之前|以前|以内|之内|[前内底止]))|限(?P<now>即日|当[日天场]|立即)"
    r"|限(?:期|时)?[于在至到]?(?P<on>(?:20\d\d[年./-])?\d{1,2}[月./-]\d{1,2}[日号](?!起|开始|检查|发现))"
)
_CLAUSE_FROM = rule(r"[^,;。!?]*[,;。!?]?[^,;。!?]*")
# “…盖板缺失——11月10日前”, “…,联系厂家处理,2024/9/12”: the day stands behind all that is said.
_AT_THE_END = rule(
    r"(?:[,(;:—]|--)\s*(?P<day>限?(?:于|在)?(?:20\d\d[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?(?:之|以)?前|限?(?:20\d\d年)?\d{1,2}月底前?)\)?[。;]?$"
    r"|(?:处理|更换|维修|整改|修复|完成|清理|改造|拆除|采购|补齐)[,;]\s?(?P<day2>20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?)[。;]?$"
)
_ANY_BY = rule(
    rf"(?:^|[,;。:(])\s?(?:并|争取|计划|拟|力争|务必|须|应|要|请|限)?(?:于|在)?(?P<day>(?:20\d\d\s?年)?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?[日号]|[底末]|[上中下]旬)?(?:之|以)?前|{SPAN})(?=[\u4e00-\u9fff,;。)]|$)"
)
_NOT_BY = rule(r"后|一|两|几|的|已|未|没|发生|出现|[^,。;]{0,8}(?:已|未)")
_PUT_OFF = rule(
    r"(?:(?<!实际)完成|整改)(?:时限|期限)(?:为|是|定为|至)?\s?(?:20\d\d[年./-])?\d{1,2}[月./-](?:\d{1,2}日?|份?底)|(?:延期|推迟|延长|宽限|顺延|延)(?:至|到)\s?(?:20\d\d[年./-])?\d{1,2}[月./-](?:\d{1,2}日?|底)"
)


def deadline_in(raw: str, plain: str, year: int | None) -> ReadDate | None:
    """A deadline said inside a sentence, such as “5月20日前整改到位”."""
    words = plain[:2000]
    for start, end in (*_spans(words), *(hit.span() for hit in (_DEMANDED.finditer(words) if "前" in words else ()))):
        said = words[start:end]
        if _is_aside(words, start) or _OVER.search(said) or _OUGHT.search(words, start, end + 16):
            continue
        on, inferred = find_day(said, year)
        if on or VAGUE.search(said) or re.search(r"\d\s?[月日]", said):
            return ReadDate(raw[start:end], on, "planned", inferred)
    if (ends := _AT_THE_END.search(words)) and (day := find_day(ends[0], year))[0]:
        return ReadDate(raw[ends.start(ends.lastgroup or 0) : ends.end(ends.lastgroup or 0)], day[0], "planned", day[1])
    if (off := _PUT_OFF.search(words)) and (day := find_day(off[0], year))[0]:
        return ReadDate(raw[off.start() : off.end()], day[0], "planned", day[1])
    if limited := _limited(raw, words, year):
        return limited
    if hit2 := re.search(r"立行立改|即知即改|长期坚持|持续整改", words):
        return ReadDate(raw[hit2.start() : hit2.end()], None, "planned")
    return None


def of_a_measure(raw: str, plain: str, year: int | None) -> ReadDate | None:
    """The same, or any day before which a measure says that it is to be done: “9月1日前将班额降至35人”."""
    if due := deadline_in(raw, plain, year):
        return due
    for hit in _ANY_BY.finditer(plain[:2000]):
        begin = hit.start("day")
        if not _is_aside(plain, begin) and not _NOT_BY.match(plain, hit.end()):
            on, inferred = find_day(hit["day"], year)
            return ReadDate(raw[begin : hit.end()], on, "planned", inferred)
    return None


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """Where a clause names until when something is done: “5月20日前整改到位”."""
    end = 0
    for by in _BY.finditer(plain):
        if by.start() < end or (done := _DONE_BY.match(plain, by.start())) is None:
            continue
        begin = max(end, by.start() - _BEFORE)
        stop = _STOP.match(plain[begin : by.start()])
        yield begin + (stop.end() if stop else 0), done.end()
        end = done.end()


def _limited(raw: str, plain: str, year: int | None) -> ReadDate | None:
    """“限三日内清完”: whatever is to be done by then."""
    for hit in _LIMITED.finditer(plain) if "限" in plain else ():
        if _is_aside(plain, hit.start()):
            continue
        on, inferred = (None, False) if hit["now"] else find_day(hit["day"] or hit["on"], year)
        if on or hit["now"] or VAGUE.search(hit[0]):
            return ReadDate(raw[hit.start() : hit.end()], on, "planned", inferred)
    return None


def _is_aside(plain: str, start: int) -> bool:
    clause = _CLAUSE_FROM.match(plain, start)
    return clause is not None and aside.is_none(clause[0])
