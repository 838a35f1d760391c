"""What English words in a cell tell: that all is well, that something is amiss, or a question that asks for bad."""

from __future__ import annotations

from app.intake.readers.english_words import is_action, is_defect
from app.intake.readers.rules import rule

_BAD = r"(?:finding|issue|problem|defect|concern|hazard|non-?\s?conformit(?:y|ie)|snag|fault|deficienc(?:y|ie)|observation|leak|damage|crack|complaint|pest|sign|evidence|action|remark|comment|exception|discrepanc(?:y|ie))s?"
_WELL = rule(
    rf"(?i)(?:(?:there (?:is|are|was|were) )?(?:no|nil|zero) (?:\w+ ){{0,2}}{_BAD}(?:,? (?:or|and|to|at|in|on|for|with|of|was|were|found|noted|seen|identified|observed|required|needed|raised|here|today|this)\b[^,;.]*)?"
    r"|(?:none|nothing)(?: (?:found|noted|seen|observed|to (?:note|report)|wrong|identified|raised|required))?|nil"
    r"|(?:all )?(?:ok(?:ay)?|good|fine|well|clear|clean|tidy|satisfactory|acceptable|compliant|correct|present|in (?:order|place|date)|up to date|pass(?:ed)?|complete|working|yes|n/?a|not applicable|meets? requirements?|in (?:good|fair) (?:order|condition|repair)|good (?:order|condition|repair))(?: (?:and \w+|at time of (?:visit|inspection)))?)\W*$"
)
# “Emergency lighting adequate throughout”: the thing first, then that it is well.
_FINE = rule(
    r"(?i)[\w\s'/&()-]{3,60}\b(?:(?:is|are|was|were|all|found|found to be) )*(?:adequate|satisfactory|compliant|acceptable|in good (?:order|condition|repair)|in order|up to date|well (?:kept|maintained))(?: throughout| at present| today)?\W*$"
)
_NEVER = rule(r"(?i)\b(?:no|none|nor|never|only|few)\b")
_EXCEPT = rule(r"(?i)\b(?:but|except|however|apart from|other than|although|not)\b")
_ASKS = rule(
    r"(?i)\s*(?:\d+[.)]\s*)?(?:is|are|was|were|has|have|does|do|did|can)\b.*\b(?:any|blocked|obstructed|damaged|broken|cracked|leaking|expired|overdue|missing|exposed|overloaded|wedged|loose|dirty|defective|faulty|corroded|torn|worn|unsafe|hazards?|trip hazards?|pests?|mould|leaks?|complaints?|accidents?|incidents?|obstructions?|spillages?|overhanging)\b"
)
_FREE = rule(
    r"(?i)\b(?:free (?:of|from)|clear of|without|report(?:ed|ing)?|record(?:ed|s|ing)?|log(?:ged)?|investigat\w+|prevent\w*|protected|kept away|removed|labell?ed|in place|dealt with|any ?one|anybody|address\w*|correct(?:ed|ly)|repair(?:ed|s)|replac\w+|available)\b"
)


def has_passed(plain: str) -> bool:
    """“No snags to ceiling”, “None seen”, “OK”: nothing is amiss."""
    bare = plain.strip()
    if len(bare) > 80 or _EXCEPT.search(bare.replace("not applicable", "")):
        return False
    return bool(_WELL.match(bare) or (_FINE.match(bare) and not _NEVER.search(bare)))


def sounds_wrong(plain: str) -> bool:
    """Whether a sentence says that something is amiss."""
    return is_defect(plain) and not has_passed(plain)


def asks_for_bad(plain: str) -> bool:
    """“Is there any sign of pests?”: a yes is bad."""
    return bool(_ASKS.match(plain)) and not _FREE.search(plain)


def is_an_act(plain: str) -> bool:
    """“Replace the seal”, “Reported to Estates”: what is done about it."""
    return is_action(plain) and not is_defect(plain)


_GOOD = rule(r"(?i)pass(?:ed)?|ok|good|satisfactory|compliant|conforms?|acceptable|met|fair|in order")
_POOR = rule(
    r"(?i)fail(?:ed)?|poor|bad|unsatisfactory|non-?\s?compliant|not (?:compliant|ok|met|acceptable)|unacceptable|defective|nok|non-?\s?conform\w*|nc|partial(?:ly)?(?: (?:compliant|met))?|needs? (?:attention|work|repair|improvement)"
)


def verdict(plain: str) -> bool | None:
    """“Pass”, “Poor”: whether a word judges well; None where it judges nothing."""
    bare = plain.strip(" .")
    return True if _GOOD.fullmatch(bare) else False if _POOR.fullmatch(bare) else None
