"""What English words tell: a heading that opens or closes the problems, a defect, a demand, a passed check."""

from __future__ import annotations

from app.intake.readers.rules import rule

_THINGS = r"(?:findings?|issues?|problems?|deficienc(?:y|ies)|non-?\s?conformit(?:y|ies)|non-?\s?compliances?|hazards?|defects?|weaknesses|shortcomings|areas? (?:for|of) (?:improvement|concern)|concerns|actions? (?:required|points?)|(?:matters|points|items)(?: (?:requiring|for|needing)? ?(?:your )?(?:attention|action|improvement))?|observations)"
_OPENS = rule(
    rf"(?i)\W*(?:\d+[.)]?\s*|[A-Z][.)]\s*)?(?:[\w\s'’]{{0,24}}\b)?{_THINGS}(?:\s+(?:and|/|&)\s+[\w\s]{{0,24}})?(?:,? (?:found|identified|noted|raised|observed|below))?\W*"
)
_SENTENCE_OPENS = rule(
    rf"(?i)(?:.*\b)?(?:following|these|below|noted|found|identified|observed|several|some|number of)\b[^.:]{{0,60}}\b(?:{_THINGS}|corrections?|(?:need|require)s?\b[^.:]{{0,30}})[^.:]{{0,60}}[.:]\s*"
)
_STILL_TO_DO = rule(
    r"(?i).*\b(?:(?:still )?(?:need|have|remain)s?\b[^.:]{0,30}\b(?:sort|fix|address|resolve|correct|attend|put right|close|outstanding)|outstanding|to (?:be )?(?:fixed|corrected|addressed|improved|followed up)|picked up|to work on)\b[^.:]{0,40}:"
)
_CLOSES = rule(
    r"(?i)\W*(?:\d+[.)]?\s*|[A-Z][.)]\s*)?(?:.*\b)?(?:good practices?|strengths?|positives?|commendations?|conclusions?|recommendations?|next steps?|background|introduction|scope|method(?:ology)?|summary|attend(?:ees|ance)|present|follow-?up|signatures?|distribution|cc|appendix|yours (?:sincerely|faithfully)|(?:kind |best )?regards)\b.*"
)
_PASSED = rule(
    r"(?i)(?:.*\b(?:no (?:\w+ ){0,2}(?:findings?|issues?|problems?|defects?|concerns?|hazards?|non-?\s?conformit(?:y|ies)|actions?(?: required| needed)?)(?: (?:were |was )?(?:found|noted|identified|observed|raised|seen))?|none(?: found| noted)?|satisfactory|in (?:good )?(?:order|condition|date)|compliant|acceptable|all (?:good|clear|fine|present)|up to date|no further action|ok(?:ay)?|pass(?:ed)?)\b\W*)$"
)
_DEFECT = rule(
    r"(?i)\b(?:not|no|n['’]t|without|never|none|neither|lack(?:s|ed|ing)?|miss(?:es|ed|ing)|absen(?:t|ce)|broken|damaged?|overdue|expired|lapsed|out[ -]of[ -](?:date|order|service|use)|block(?:s|ed|ing)|obstruct\w*|wedged|propped|jammed|leak\w*|loose|torn|worn|crack\w*|fail(?:s|ed|ing|ure)?|insufficient|inadequate|incomplete|poor(?:ly)?|unlock\w*|unlabel\w*|unattended|unsecured|unsafe|untidy|untrained|unsigned|uncovered|unguarded|unclear|unable|cannot|exposed|faulty|defective|dirty|mou?ld\w*|rust\w*|corroded|frayed|uneven|trip(?:ping)?|slip(?:pery|ping)?|exceed\w*|only|piled|stored (?:next|in|on|under|against|beside|with)|late|delay\w*|weak\w*|unsuitable|below|less than|more than|last (?:signed|tested|serviced|inspected|updated|checked)|hazard\w*|risk|gaps?|shortage|short of|inconsisten\w*|inaccurate|incorrect\w*|wrong\w*|stuck|dead|empty|missing|overload\w*|overcrowd\w*|overflow\w*|stain\w*|peeling|flicker\w*|dim|spill\w*|pest|droppings|unused|unavailable|disabled|bypass\w*|tied open|has (?:been )?(?:removed|lost|fallen|come)|old version|still)\b"
)
_ACTION = rule(
    r"(?i)(?:(?:please|to be|should|must|needs? to|shall|will be|(?:it is )?recommend(?:ed|ation)?|action|require[sd]?|ensure|suggest(?:ed|ion)?)\b|(?:th(?:is|ese|ey)|it) (?:was|were|has been|have been|must|should|will|needs?)\b|(?:now |since |already )?(?:taken out|removed from|rectified|corrected|closed|secured|replaced|repaired|fixed|cleaned|resolved|remedied|withdrawn)\b"
    r"|(?:fit|bring|stop|reinstate|arrange|clear|provide|replace|repair|remove|install|update|review|relocate|move|clean|label|train|fix|service|test|inspect|check|obtain|order|renew|complete|issue|display|lock|secure|separate|store|keep|conduct|carry|submit|send|re-\w+|rearrange|refit|refresh|register|reinstall|add|close|cover|cut|dispose|draft|sign|record|report|restrict|rewrite|schedule|seal|segregate|tidy|top|unblock|upgrade|verify|withdraw|write|confirm|contact|assign|appoint|adjust|apply|ask|book|build|buy|change|define|develop|discontinue|empty|engage|establish|extend|hold|implement|improve|increase|introduce|isolate|maintain|make|mark|monitor|paint|patch|post|prepare|prohibit|purchase|put|raise|redo|reduce|reinforce|remind|return|revise|set|switch|tighten|trim|turn|have|get|let)\b)"
)
_HEADING_END = (".", ";", "!", "?")


def opens(plain: str) -> bool:
    """“Findings”, “The following matters need your attention.”"""
    bare = plain.strip()
    if _OPENS.fullmatch(bare):
        return "good practice" not in bare.lower()
    if _STILL_TO_DO.fullmatch(bare[-200:]):
        return True
    return bool(_SENTENCE_OPENS.search(bare[-200:])) and bare.endswith((".", ":"))


def closes(plain: str) -> bool:
    """“Good practice”, “Conclusion”, “Yours sincerely”."""
    return len(plain) < 70 and bool(_CLOSES.fullmatch(plain.strip()))


def names_a_part(plain: str) -> bool:
    """“Work at height”: a short heading that says nothing of its own."""
    return len(plain) < 40 and not plain.rstrip().endswith(_HEADING_END) and not _DEFECT.search(plain)


def has_passed(plain: str) -> bool:
    """“No findings.”, “… in date. No action.”"""
    return bool(_PASSED.fullmatch(plain.strip()))


def is_defect(plain: str) -> bool:
    """Whether a sentence says that something is amiss."""
    return bool(_DEFECT.search(plain)) and not has_passed(plain)


def obliges(plain: str) -> bool:
    """Whether a sentence lays down what must be."""
    return bool(_MUST.search(plain))


_MUST = rule(
    r"(?i)\b(?:must|shall|should|will|may not|is required to|are required to|is responsible for|are responsible for|if|any)\b"
)


def is_action(plain: str) -> bool:
    """Whether a sentence says what is to be done, or was."""
    return bool(_ACTION.match(plain.strip()))
