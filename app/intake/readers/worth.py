"""Words in a cell that say nothing of their own: a bare status, a tick, a place left open."""

from __future__ import annotations

from app.intake.readers.rules import rule

_STATUS = rule(
    r"(?:已|未|正在|持续|长期|稳步|有序|基本|全部|部分|尚未|按时|按期|正|待)?(?:已)?(?:整改|完成|落实|办结|销号|解决|到位|推进|进行|处理|处置|实施|结案|关闭|归档|受理|派单|派发|闭环|反馈|验收|复核)*"
    r"(?:完成|完毕|到位|落实|结束|中|好|了)?[。.!]?|是|否|√|✓|✔|☑|×|✗|x|X|有|无|\d{1,3}(?:\.\d+)?%|完成\d{1,3}%|长期坚持|立行立改|达到序时进度|未达序时进度|进行中"
)
_OPEN = rule(r"[xX×*_\-—–/\\.…\s]*|(?:待定|待填|略|见附件|详见附件|同上)")
YES = rule(
    r"[√✓✔☑Vv]|是|已|对|有|(?:已)?(?:完成|整改|销号|合格|达标|符合|落实|办结|解决)(?:完成|到位|完毕)?|100%|1\.0|Y|y|yes|Yes|YES|True|TRUE|true"
)
NO = rule(
    r"[×✗✘xX]|否|未|无|没有|(?:未|不|没)(?:完成|整改|销号|合格|达标|符合|落实|办结|解决)(?:到位|完成)?|0%?|N|n|no|No|NO|False|FALSE|false|整改中|进行中|正在整改"
)


def is_a_status(plain: str) -> bool:
    """“已完成”, “√”, “80%”: how far it is, not what is done."""
    return len(plain) <= 12 and bool(_STATUS.fullmatch(plain.strip()))


def is_left_open(plain: str) -> bool:
    """“—”, “/”, “待定”: nobody has written anything yet."""
    return len(plain) <= 12 and bool(_OPEN.fullmatch(plain.strip()))


def ticked(plain: str) -> bool | None:
    """A tick, a cross or a plain yes or no; None for anything else."""
    bare = plain.strip(" 。.")
    if YES.fullmatch(bare):
        return True
    return False if NO.fullmatch(bare) else None
