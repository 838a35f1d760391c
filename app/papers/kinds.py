"""The papers the procedure asks for: what each is about, who may number it, and what it asks beside the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask_babel import lazy_gettext as _l

Subject = Literal["finding", "visit", "extension", "unit"]


@dataclass(frozen=True)
class Asked:
    """Something a paper says that no record knows; left empty, the paper goes without it."""

    name: str
    label: Any
    is_long: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of paper; `title` and `sign` are words of the paper itself and stay Chinese."""

    name: str
    label: Any
    title: str
    sign: str
    about: Subject
    side: Literal["issuer", "own"]
    asks: tuple[Asked, ...] = ()

    @property
    def is_decision(self) -> bool:
        """Whether it says what a named person decided; without that decision it has no number."""
        return self.name in ("order", "talk", "circular")


REQUIREMENT = Asked("demand", _l("What else is required"), is_long=True)
COPIES = Asked("copies", _l("Copies to"))
PHONE = Asked("phone", _l("Contact and phone"))
LASTING = Asked("lasting", _l("What keeps it from coming back"), is_long=True)
ORGANISED = Asked("organised", _l("How the work was organised"), is_long=True)
GOOD = Asked("good", _l("What was done well"), is_long=True)
COLOUR = Asked("colour", _l("Level of urging (blue, yellow, orange, red)"))
LIMIT = Asked("limit", _l("Time limit"))
WHEN, WHERE = Asked("when", _l("Time of the talk")), Asked("where", _l("Place of the talk"))
SPEAKER, INVITED = Asked("speaker", _l("Who leads the talk")), Asked("invited", _l("Who is talked to"))

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("notice", _l("Rectification notice"), "整改通知书", "整", "visit", "issuer", (REQUIREMENT, PHONE)),
        Kind("opinion", _l("Inspection opinion"), "督导意见书", "意", "visit", "issuer", (GOOD, REQUIREMENT)),
        Kind("plan", _l("Rectification plan"), "整改方案", "案", "visit", "own", (ORGANISED, LASTING)),
        Kind("report", _l("Rectification report"), "整改情况报告", "报", "visit", "own", (ORGANISED, LASTING, PHONE)),
        Kind("application", _l("Application for closure"), "销号申请（审批）表", "销", "finding", "own"),
        Kind("order", _l("Supervision order"), "督办单", "督", "finding", "issuer", (COLOUR, LIMIT, REQUIREMENT)),
        Kind("talk", _l("Record of an admonitory talk"), "约谈记录", "谈", "finding", "issuer",
             (WHEN, WHERE, SPEAKER, INVITED)),
        Kind("extension", _l("Approval of an extension"), "延期整改审批表", "延", "extension", "own"),
        Kind("circular", _l("Circular (draft)"), "通报", "通", "unit", "issuer", (GOOD, REQUIREMENT, COPIES)),
        Kind("monthly", _l("Monthly report"), "整改工作月报", "月", "unit", "issuer", (ORGANISED,)),
    )
}  # fmt: skip
