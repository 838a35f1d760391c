"""Headings in English, and headings that say the same in Chinese and English: 负责人 Responsible, Due Date/到期."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.intake.readers.rules import rule

_BAD = r"(?:finding|issue|problem|deficienc(?:y|ie)|defect|hazard|non-?conformi(?:ty|tie|ty)|non-?conformance|non-?complianc(?:e)|snag|fault|observation|concern|weaknesse?|shortcoming|violation|breache?|discrepanc(?:y|ie)|ncr|unsafe(?:act|condition))s?"
_OF = r"(?:significant|individual|key|main|audit|inspection|safety|fire|quality|hygiene|identified|outstanding|open|brief|detailed|summaryof|descriptionof|detailsof|natureof|typeof|auditor'?s|inspector'?s|what'?s|the|specific)*"
_OVER = r"clos|complet|rectif|fix|done|resol|verif|signedoff|finish"
_COUNTED = r"item|ref(?:erence)?|snag|defect|finding|issue|nc[rn]?|obs(?:ervation)?|serial|s/?|sl|sr|row|line|record|case|task|check|point|hazard|action|question|q|log"
# Lower case, without blanks and stops. In this order: the first that fits wins.
_RULES = (
    ("number", rf"(?:{_COUNTED})?(?:no|nos|number|ref|id|#|num)|#|item|ref|uid|s/?n"),
    ("photo", r".*(?:photo|picture|image)s?.*"),
    ("phone", r".*(?:phone|mobile|tel)(?:no|number)?"),
    ("remark", r"(?:(?:further|additional|other|general|inspector'?s?|auditor'?s?)?(?:remarks?|comments?|notes?))(?:[/&(].*|and.*|or.*)?"),
    ("done", rf"actual.*|(?:date|day)(?:of)?(?:{_OVER}).*"),
    ("planned", r".*(?:due|deadline|target|timescale|timeframe|timeline|bywhen|tobe(?:completed|done|fixed|closed|rectified)|complete(?:by|bydate)|(?:fix|finish|close|rectify|resolve|required|needed)by|(?:planned|agreed|expected|proposed|required|estimated|scheduled|forecast|promised)(?:completion|implementation|closing|closure|closeout|finish|end|action)?(?:date|by)|expectedcompletion|plannedcompletion)(?:date|day|by)?.*|when|by|eta"),
    ("owner", r"(?:corrective)?(?:.{0,12}owner|.{0,12}responsib(?:le|ility)(?:person|party|staff|officer|name|for.*)?(?:/.*)?|(?:.{0,8})accountable(?:person)?|(?:assign|allocat|delegat)\w*(?:to)?|assignee|actionee|actionby|actionparty|bywhom|by\(who\)|(?:.{0,8})personincharge|pic|who(?:will.*|doesit)?|(?:action)?lead(?:person|officer)?|(?:responsible)?trades?|(?:sub)?contractor|handler|namedperson|attentionof)"),
    ("done", rf"(?:{_OVER})(?:e?d)?(?:on|date|at)?(?:date)?|(?:closing|closure|completion|closeout|verification|rectification|resolution)(?:date|on)"),
    ("verifier", r"(?:inspected|checked|verified|reviewed|audited|raised|reported|found|identified|observed|logged|approved|closed(?:out)?|signedoff|accepted|created|completed|recorded)by|inspector|auditor|assessor|surveyor|reporter|verifier|clerkofworks|sign(?:ed)?off|signature|initials?|signed"),
    ("found", r"date(?:of)?(?:inspection|audit|raised|identified|reported|observed|found|logged|visit|visited|created|opened|issued?|check|checked)|(?:inspection|audit|raised|identified|reported|observed|found|logged|visit|visited|created|opened|issued?|checked)(?:date|on|at|time)|date|timestamp|(?:date)?time"),
    ("cause", r".*(?:rootcause|cause|reason).*"),
    ("weight", r".*(?:severity|priority|risk(?:rating|level|score|category)?|rating|grade|class|criticality|level|rag(?:status)?|urgency)"),
    ("category", r".*(?:category|type|theme|discipline|classification|domain)"),
    ("tick", r".*status|state|(?:open/)?closed(?:\?|\(?y/?n\)?)?|progress|resolved\??|rectified\??|done\??"),
    ("demand", r".*recommend(?:ation|ed)s?|.*(?:advice|suggestion)s?"),
    ("measure", r"(?:.{0,24})(?:actions?|measures?|corrections?|remed(?:y|ies|iation)|rectification|treatment|solution|fix|mitigation)(?:required|needed|taken|plan|planned|tobetaken|description|proposed|agreed|details?|steps?|item)?(?:[/&(].*|and.*)?|(?:management|auditee|site|school)response|howto(?:fix|rectify)|what(?:willbe|istobe|tobe)done"),
    ("item", r"(?:check(?:list)?|inspection|audit|test|control|safety|line)*(?:items?|questions?|points?|criteri\w+|requirements?|standards?|elements?|checks?|tasks?|activit(?:y|ies)|aspects?)(?:checked|inspected|tocheck)?|what(?:to)?(?:check|lookfor|waschecked)|subject|(?:inspected|checked)item"),
    ("result", r"(?:result|outcome|assessment|condition|complian(?:ce|t)|conform\w*|pass/?fail|ok\??|satisfactory|verdict|yes/no|y/n|answer|response)s?(?:\?|\(.*\)|/.*)?"),
    ("site", r"schools?|site|campus|premises|branch|store|facility|plant|hotel|(?:school|site|facility|store|branch|company|project|client)name|client|company|project|ward|auditee|establishment|depot|station"),
    ("unit", r"(?:responsible|action|owning|lead)?(?:departments?|dept|division|section|team|unit|function|office)(?:name|responsible)?"),
    ("place", r".*(?:location|area|place|room|zone|building|floor|where|position)(?:name|inspected)?"),
    ("problem", rf"{_OF}{_BAD}(?:found|noted|identified|observed|raised|seen|reported)?(?:description|details?|statement|summary|text)?(?:[/&(].*)?|(?:description|details?)(?:of.{{1,30}})?|what(?:is|was)?(?:wrong|found|seen)|risk(?:description|identified)|remarksonfailure|{_OF}{_BAD}[/&]{_BAD}"),
)  # fmt: skip
_COMPILED = tuple((kind, rule(words)) for kind, words in _RULES)
_NOISE = rule(r"[\s*:.,;_\-—'’]+")
_WORDS = rule(r"[A-Za-z#][A-Za-z.'’/&#?\s-]*[A-Za-z.#?]|#")
_HAN = rule(r"[\u4e00-\u9fff]")
_ONLY = {"action": "measure", "finding": "problem"}


def in_english(heading: str) -> str | None:
    """What an English heading means, with or without its blanks."""
    name = _NOISE.sub("", heading).lower()
    if not name or len(name) > 52:
        return None
    return _ONLY.get(name) or next((kind for kind, words in _COMPILED if words.fullmatch(name)), None)


def in_two(plain: str, kind_of: Callable[[str], str | None]) -> str | None:
    """What a heading in Chinese and English means, told by the Chinese words, else by the English ones."""
    words = _WORDS.findall(plain)
    if not any(len(word.strip(".")) > 1 for word in words) or not _HAN.search(plain):
        return None
    chinese = _NOISE.sub("", _WORDS.sub("/", plain)).replace("()", "").strip("/()")
    pieces = (piece for piece in re.split(r"[/()]", chinese) if piece)
    known = [*filter(None, [kind_of(chinese), *map(kind_of, pieces), *map(in_english, words)])]
    if known and known[0] in ("done", "unknown") and "planned" in known:
        return "planned"  # 完成日期 may be either, Due Date is not
    return known[0] if known else None


def size_of(name: str) -> int:
    """How long a heading is: a word of English letters takes no more room than two characters do."""
    letters = sum(map(str.isascii, name))
    return len(name) - letters + (letters + 1) // 2
