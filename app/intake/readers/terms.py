"""Who and until when, said without any label: “(柳知夏，3月6日前)”, “责任人贺兰舟，2026年6月30日前完成”."""

from __future__ import annotations

import re

from app.intake.readers.dates import VAGUE, find_day
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line
from app.intake.readers.people import names_in
from app.intake.readers.rules import rule

_PIECE = rule(r"[^,;。、\s]+(?:、[^,;。\s]+)*")
_LABELS = "|".join(sorted((word for word, kind in KIND_OF.items() if kind in ("owner", "leader", "unit", "partner", "planned")), key=len, reverse=True))  # fmt: skip
_LABELLED = rule(rf"(?P<label>{_LABELS}|跟进|跟办|由)\s*[::]?\s*(?P<value>\S.*?)(?:负责|跟进|落实|牵头)?$")
_AFTER = rule(r"(?P<value>[\u4e00-\u9fff、]{2,16}?)(?:负责|跟进|牵头|落实)(?:整改|落实|处理|维修)?$")
_DAY = rule(
    r"(?:限|请|应|须)?(?:于|在)?(?=[^,。;]*[\d一二三四五六七八九十])[^,。;]{2,16}(?:前|之前|以前|底|内|止)(?:予以)?[\u4e00-\u9fff、]{0,10}"
)
_PAST = rule(r"到期|过期|届满|失效|购[买置]的|生产|出厂|已|未|曾|前后|检查|提出|反映|发现|发生|投用|入职|签订的|使用")
_AT_ONCE = rule(
    r"(?:立即|马上|即刻|即时|当场|当天|现场|即日)(?:起)?[\u4e00-\u9fff、]{0,10}|立行立改|即知即改|长期坚持|持续整改"
)
_MAY_TELL = rule(r"[责负跟办限前底内止日月立马即当由,、 ]")  # no owner and no day without one of these
_BRIEF = 16
_TAIL = rule(r"\((?P<inside>[^()]{2,80})\)[。;,.]?\s*$")
_KIND = {"跟进": "owner", "跟办": "owner", "由": "owner"}
Term = tuple[str, str, Line]  # kind, label, value


def in_brackets(line: Line) -> tuple[Line, list[Term]]:
    """The line without the brackets at its end, and what they say; all of it or nothing."""
    hit = _TAIL.search(line.plain)
    if hit is None or not _MAY_TELL.search(hit["inside"]):
        return line, []
    said = terms_of(line.cut(hit.start("inside"), hit.end("inside")))
    return (line.cut(0, hit.start()), said) if said else (line, [])


def dashed(line: Line) -> tuple[Line, list[Line], list[Term]] | None:
    """“地面破损——重铺防滑砖——总务处 严子陵——6月15日”: the problem, what is done, who and until when."""
    if "→" in line.plain and (arrow := _pointed(line)):
        return arrow
    if line.plain.count("—") < 3 and line.plain.count("→") < 2:
        return None
    cuts = [line.cut(*hit.span()) for hit in _BETWEEN.finditer(line.plain)]
    told = [terms_of(_dated(cut)) for cut in cuts[1:]]
    terms = [term for one in told for term in one]
    if len(cuts) < 3 or not terms or len(cuts[0].plain) < 4:
        return None
    rest = [cut for cut, one in zip(cuts[1:], told, strict=True) if not one]
    owners = [("owner", "责任人", cut) for cut in rest if len(cut.plain) < 14 and names_in(cut.plain)]
    return cuts[0], [cut for cut in rest if not any(cut is owner[2] for owner in owners)], terms + owners


def _pointed(line: Line) -> tuple[Line, list[Line], list[Term]] | None:
    """“没有灭火器 →→ 配两具，4/18前（仓管 鲍玉芬）”: what is amiss points to what is done, and who is told behind it."""
    parts = [line.cut(*hit.span()) for hit in _ARROWS.finditer(line.plain)]
    if len(parts) != 2 or min(len(part.plain) for part in parts) < 4:
        return None
    answer, told = in_brackets(parts[1])
    if not told and (hit := _TAIL.search(answer.plain)) and (who := names_in(hit["inside"])):
        inside = answer.cut(hit.start("inside"), hit.end("inside"))
        answer, told = answer.cut(0, hit.start()), [("owner", "责任人", inside)] if who else []
    return parts[0], [answer], told


_ARROWS = rule(r"[^→]+")
_BETWEEN = rule(r"[^—→]+")
_ONLY_A_DAY = rule(r"(?:20\d\d[年./-])?\d{1,2}[月./-]\d{1,2}日?[。;]?")


def _dated(words: Line) -> Line:
    """A day by itself, as a deadline."""
    if not _ONLY_A_DAY.fullmatch(words.plain):
        return words
    return Line(
        words.number,
        words.raw + "前",
        words.plain.rstrip("。;") + "前" + " " * (len(words.plain) - len(words.plain.rstrip("。;"))),
    )


def at_the_end(line: Line) -> tuple[Line, list[Term]]:
    """“重新粘贴标识，4月5日前，市政 罗平”: the pieces behind the last ones that are words, owner and day both."""
    cuts = [at for at, sign in enumerate(line.plain) if sign in ",;"][-3:] if len(line.plain) < 400 else []
    for at in cuts if cuts and at_least(line) else ():
        told = terms_of(line.cut(at + 1))
        if {kind for kind, _, _ in told} >= {"owner", "planned"} and at > 3:
            return line.cut(0, at), told
    return line, []


def at_least(line: Line) -> bool:
    """Whether the end of the line may tell until when."""
    return bool(_MAY_TELL.search(line.plain[-40:]) and re.search(r"[\d一二三四五六七八九十即]", line.plain[-40:]))


_OWNER_IN = rule(
    r"[,;。(]\s?(?P<label>整改责任人|责任人|负责人)(?:为|是)?(?P<who>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*)(?=[,;。)]|$)"
)


# “由保管员施洋负责”, “…，张立负责”: said in the sentence itself.
_BY = rule(
    r"(?:(?P<label>)由|(?<=[,;。(]))\s?(?P<who>[\u4e00-\u9fff、]{2,14}?)(?:老师|同志|主任)?(?:总|统一|全面|具体|统筹|牵头|全程)?负责(?:整改|落实|处理|维修|督促|跟进)?(?=[,;。)]|$)"
)


def owner_in(line: Line) -> Term | None:
    """“…轨道变形，责任人王守一，11月15日前修好”: a label without its colon."""
    if "责" not in line.plain:
        return None
    for pattern in (_OWNER_IN, _BY):
        if (hit := pattern.search(line.plain)) and names_in(hit["who"]):
            return "owner", hit["label"] or "责任人", line.cut(hit.start("who"), hit.end("who"))
    return None


def terms_of(words: Line) -> list[Term]:
    """Owner and day; empty where a part of the words is neither, or where nothing but a name stands there."""
    told: list[Term] = []
    hits = list(_PIECE.finditer(words.plain))
    for at, hit in enumerate(hits):
        term = _term(words.cut(hit.start(), hit.end()), told)
        near = hits[at + 1] if at + 1 < len(hits) and words.plain[hit.end() : hits[at + 1].start()].isspace() else None
        if term is None and near and _POST.fullmatch(hit[0]) and names_in(near[0]):
            continue  # “市政 罗平”: what he is, then his name
        if term is None:
            return []
        if term[0] == "owner" and told and told[-1][0] == "owner" and not told[-1][1]:
            told[-1] = ("unit", *told[-1][1:])  # “信息中心 白若溪”: the office, then the person
        office = told[-1] if told and told[-1][0] in ("owner", "leader") and not names_in(told[-1][2].plain) else None
        if term[0] == "owner" and not term[1] and office:
            before = words.plain.find(office[2].plain)  # “责任人:总务处 史平”
            term = (office[0], told.pop()[1], words.cut(before, hit.end()))
        told.append(term)
    sure = any(label or kind == "planned" for kind, label, _ in told)
    return told if sure else []


def _term(piece: Line, before: list[Term]) -> Term | None:
    plain = piece.plain
    if ":" in plain and (hit := _LABELLED.fullmatch(plain)) and hit["label"] in KIND_OF:
        return KIND_OF[hit["label"]], hit["label"], piece.cut(hit.start("value"), hit.end("value"))
    vague = len(plain) <= _BRIEF and VAGUE.match(plain)
    if vague or _AT_ONCE.fullmatch(plain) or (_DAY.fullmatch(plain) and not _PAST.search(plain) and _is_a_day(plain)):
        return "planned", "", piece
    if hit := _LABELLED.fullmatch(plain):
        value = piece.cut(hit.start("value"), hit.end("value"))
        kind = _KIND.get(hit["label"]) or KIND_OF[hit["label"]]
        if kind == "planned" or hit["label"] not in _KIND or names_in(value.plain):
            return kind, hit["label"], value
        return None
    if (hit := _AFTER.fullmatch(plain)) and (names_in(hit["value"]) or hit["value"].endswith(_OFFICES)):
        return "owner", "责任人", piece.cut(hit.start("value"), hit.end("value"))
    named = names_in(plain) if len(plain) <= 16 else None
    if named or (before and before[-1][0] == "owner" and plain.endswith(_OFFICES)) or _OFFICE.fullmatch(plain):
        return "owner", "", piece
    return None


_POST = rule(r"[\u4e00-\u9fff]{2,6}")
_OFFICE = rule(r"[\u4e00-\u9fff]{1,7}(?:处|科|室|部|办|中心|组|所|公司|队|食堂|门卫|物业|年级|班主任)")
_OFFICES = ("总务处", "教务处", "德育处", "政教处", "后勤处", "安全办", "办公室", "校医室", "食堂", "门卫", "物业")


def _is_a_day(plain: str) -> bool:
    return bool(
        find_day(plain, 2000)[0]
        or VAGUE.search(plain)
        or re.search(r"\d+\s?(?:个工作日|日|天|周)内|[周月年期]末?底?前$", plain)
    )
