"""Short notes: behind what is amiss, with no more than a comma between, who is to do what tonight or tomorrow."""

from __future__ import annotations

from app.intake.readers.people import names_in
from app.intake.readers.rules import rule

_SOON = r"(?:今[天晚日早]|明[天早晚日]|后天|马上|立刻|下班前|放学前|下午|上午|周[一二三四五六日天]前?|下?周[一二三四五六日天末]|当场|随手|月底前)"
_DOES = r"(?:装|换|修|补|清|拆|擦|分开|搬|挪|锁|贴|收|送|停|处理|弄|整|拿|扔|倒|关|接|拔|扫|移|联系|来|去|加|找|打|洗|铺|封|挂|上锁|归位|报修|检查|核对|登记)"
_MARK = r"(?:[,;。!]\s?|—{1,2}|--|→)"
# “…，电工老詹今晚装回去”, “…，限周五前修”, “…，东西先收了，班主任找家长谈”, “…——拔掉，通知车主”.
_THEN = rule(
    rf"{_MARK}(?=(?:已经?|现)?(?:让|叫|请|由|安排|派|联系)?(?P<who>[\u4e00-\u9fff]{{2,8}}?)?(?:说|答应)?(?P<day>{_SOON})(?:就|要|得|再|必须|安排|派人)?{_DOES}"
    rf"|限?(?P<by>{_SOON})(?:就|要|得|必须)?{_DOES}|(?:东西|物品|电器|人)?(?:先|当场|已)(?:收|停|封|撤|拆|围|断|挪|关|扣|拿|换|清)[了走掉下开])|(?:—{{1,2}}|--|→)\s?(?=(?:已?{_DOES}|批评|警告|通知|限))"
)


def split(plain: str) -> int:
    """Where what is to be done begins; 0 where the words tell of nothing that is."""
    hit = _THEN.search(plain) if len(plain) < 160 else None
    return hit.end() if hit and hit.start() > 3 else 0


def who_acts(said: str) -> str | None:
    """“电工老詹今晚装回去”: the person who is to act, if one is named."""
    hit = _WHO.match(said)
    return names_in(hit["who"]) if hit else None


def when(said: str) -> str:
    """“今晚”, “周五前”: until when, in its own words."""
    hit = _WHEN.search(said[:24])
    return hit[0] if hit else ""


_WHO = rule(
    rf"(?:已经?|现)?(?:让|叫|请|由|安排|派|联系)?(?P<who>[\u4e00-\u9fff]{{2,8}}?)(?:说|答应)?(?:{_SOON}|来|去|负责)"
)
_WHEN = rule(_SOON)
