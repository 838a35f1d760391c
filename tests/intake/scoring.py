"""Compares what the reader made of a file with what a careful clerk would have made of it, and counts.

A finding counts as right when its folded text shares three quarters with the clerk's, or one holds the other.
A date is *missed* when the text carries it and the reader left it open, *wrong* when the text carries another,
*invented* when the text carries none. A certain link is wrong when the text does not say that it belongs there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

Reading = dict[str, Any]
Pair = tuple[dict[str, Any], dict[str, Any]]
ALIKE, HELD, HOLDS = 0.75, 0.5, 0.3  # shared; the least share of the clerk's text; of the reader's text
TITLES = re.compile(
    r"(\d|副|正|总务|后勤|教务|政教|德育|安全|办公室|电话|联系|处|科|等|校长|园长|主任|书记|局长|组长|老师|教师|同志|所长|站长)*"
)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Letters, figures and characters only: no blanks, no punctuation, half width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@lru_cache(maxsize=200_000)
def likeness(clerk: str, reader: str) -> float:
    """From 0, another matter, to 1, the same words."""
    a, b = folded(clerk), folded(reader)
    if not a or not b:
        return 0.0
    if a in b:
        return 0.9 + 0.1 * len(a) / len(b) if len(a) >= HOLDS * len(b) else 0.0
    if b in a:
        return 0.8 if len(b) >= HELD * len(a) else 0.0
    shared = sum((Counter(a) & Counter(b)).values()) * 2 / (len(a) + len(b))
    share = SequenceMatcher(None, a, b, autojunk=False).ratio() if shared >= ALIKE else 0.0
    return share if share >= ALIKE else 0.0


def nearest(wanted: dict[str, Any], text: str) -> float:
    return max(likeness(said, text) for said in [wanted["text"], *wanted.get("also", [])])


def paired(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[Pair]:
    """The pairs that mean the same, the likest first, each used once."""
    scored = [
        (-nearest(one, other["text"]), abs(i - j), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(found)
    ]
    left, right, pairs = set(), set(), []
    for score, _, i, j in sorted(scored):
        if score < 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((wanted[i], found[j]))
    return pairs


def named(owner: Any) -> str:
    """The owner as the reader gave it, folded; a list of people one after the other."""
    return folded("".join(map(str, owner)) if isinstance(owner, list) else str(owner or ""))


def is_one_of(given: str, choices: list[Any]) -> bool:
    """Does it name people of one choice, and nobody else? Titles and telephone numbers are nobody."""

    for choice in choices:
        rest = given
        for name in (choice or "").split("、"):
            rest = rest.replace(folded(name), "") if name else rest
        if rest != given and TITLES.fullmatch(rest):
            return True
    return False


def score(wanted: Reading, found: Reading) -> Counter[str]:
    """Every count of one file."""
    pairs = paired(wanted["findings"], found["findings"])
    sure = [pair for pair in pairs if not pair[0].get("optional")]
    must = [one for one in wanted["findings"] if not one.get("optional")]
    counts = Counter(files=1, wanted=len(must), right=len(sure))
    counts["found"] = len(found["findings"]) - (len(pairs) - len(sure))
    for one, other in pairs:
        counts[f"date {judge_date(one, other)}"] += 1
        counts[f"owner {judge_owner(one, other)}"] += 1
        counts.update(judge_unit(one, other))
        counts.update(f"link {verdict}" for verdict in judge_links(wanted, one, other))
        counts["date invented"] += sum(1 for _ in strange_dates(wanted, one, other))
        counts.update(judge_extras(one, other))
    counts.update(count_measures(wanted, found))
    return counts


def judge_date(one: dict[str, Any], other: dict[str, Any]) -> str:
    allowed = {one["deadline"], *one.get("deadline_also", [])}
    given = other.get("deadline") or _from_measures(other, "deadline", allowed)
    if not given:
        return "open" if None in allowed else "missed"
    if given in allowed:
        return "right"
    return "wrong" if allowed - {None} else "invented"


def _from_measures(other: dict[str, Any], key: str, allowed: set[Any]) -> Any:
    given = [m.get(key) for m in other.get("measures", []) if m.get("link") == "certain" and m.get(key)]
    return next((value for value in given if value in allowed), None)


def judge_owner(one: dict[str, Any], other: dict[str, Any]) -> str:
    choices = [one["owner"], *one.get("owner_also", [])]
    given = named(other.get("owner"))
    if not given:
        theirs = [named(m.get("owner")) for m in other.get("measures", []) if m.get("link") == "certain"]
        given = next((mine for mine in theirs if is_one_of(mine, choices)), "")
    if not given:
        return "open" if None in choices else "missed"
    if is_one_of(given, choices):
        return "right"
    return "wrong" if any(choices) else "invented"


def judge_unit(one: dict[str, Any], other: dict[str, Any]) -> dict[str, int]:
    if "unit" not in one:
        return {}
    given = folded(other.get("unit") or "")
    known = bool(given) and (given in folded(one["unit"]) or folded(one["unit"]) in given)
    return {"units": 1, "units right": int(known)}


def _measures(reading: Reading) -> Iterator[dict[str, Any]]:
    for finding in reading["findings"]:
        yield from finding.get("measures", [])
    yield from reading.get("unlinked_measures", [])


def _likest(measures: Iterable[dict[str, Any]], text: str) -> dict[str, Any] | None:
    best = max(measures, key=lambda m: nearest(m, text), default=None)
    return best if best and nearest(best, text) else None


def judge_links(wanted: Reading, one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """A verdict for each link of this finding that the reader calls certain."""
    for measure in other.get("measures", []):
        if measure.get("link") != "certain":
            continue
        if _likest((m for m in one["measures"] if m["link"] == "certain"), measure["text"]):
            yield "right"
        elif _likest(_measures(wanted), measure["text"]):
            yield "wrong"


def strange_dates(wanted: Reading, one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """The dates of this finding's measures that the text does not give to them."""
    for measure in other.get("measures", []):
        own = _likest([*one["measures"], *_measures(wanted)], measure["text"]) or {}
        allowed = {own.get("deadline"), one["deadline"], *one.get("deadline_also", []), None}
        if measure.get("deadline") not in allowed:
            yield measure["deadline"]


def judge_extras(one: dict[str, Any], other: dict[str, Any]) -> dict[str, int]:
    kept = folded(str(list((other.get("extra") or {}).values())))
    values = [folded(value) for value in one.get("extra", {}).values()]
    return {"extras": len(values), "extras kept": sum(value in kept for value in values)}


def count_measures(wanted: Reading, found: Reading) -> dict[str, int]:
    must = [m for m in _measures(wanted) if not m.get("optional")]
    there = list(_measures(found))
    seen = sum(1 for m in must if any(nearest(m, other["text"]) for other in there))
    sure = sum(1 for m in must if m.get("link") == "certain")
    return {"measures": len(must), "measures found": seen, "links": sure}


def told(wanted: Reading, found: Reading) -> Iterator[str]:
    """What is not right in one file, a line each."""
    pairs = paired(wanted["findings"], found["findings"])
    met, used = [id(one) for one, _ in pairs], [id(other) for _, other in pairs]
    yield from (
        f"missed: {one['text']}" for one in wanted["findings"] if id(one) not in met and not one.get("optional")
    )
    yield from (f"no finding: {other['text'][:80]}" for other in found["findings"] if id(other) not in used)
    for one, other in pairs:
        if (verdict := judge_date(one, other)) in {"wrong", "invented", "missed"}:
            yield f"date {verdict}: {other.get('deadline')} for {one['deadline']}: {one['text'][:40]}"
        if (verdict := judge_owner(one, other)) in {"wrong", "invented", "missed"}:
            yield f"owner {verdict}: {other.get('owner')} for {one['owner']}: {one['text'][:40]}"
        yield from (
            f"date of a measure invented: {day}: {one['text'][:40]}" for day in strange_dates(wanted, one, other)
        )
        if "wrong" in judge_links(wanted, one, other):
            yield f"certain link wrong: {one['text'][:40]}"


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def failures(counts: Counter[str]) -> list[str]:
    """The sentences of the gate that do not hold."""
    recall, precision = share(counts["right"], counts["wanted"]), share(counts["right"], counts["found"])
    dates = counts["date invented"] + counts["date wrong"]
    gate = {
        f"recall {recall:.1%} is below 90 %": recall < 0.90,
        f"precision {precision:.1%} is below 93 %": precision < 0.93,
        f"{dates} dates are invented or wrong": dates > 0,
        f"{counts['link wrong']} certain links are wrong": counts["link wrong"] > 0,
    }
    return [sentence for sentence, broken in gate.items() if broken]
