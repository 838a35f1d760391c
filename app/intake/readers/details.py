"""What stands below a short verdict: “理论学习不深入。一是…;二是…” names two problems under one name."""

from __future__ import annotations

from dataclasses import replace

from app.intake.readers.entries import Entry
from app.intake.readers.judging import sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import Line, clauses_of, fold
from app.intake.readers.rules import rule

_SHORT, _LONG = 16, 8
_SENTENCE = rule(r"[^。]+。?")
_LED = rule(r"(?:巡察|检查|督查|审计|调研|督导)?(?:组)?(?:还)?发现[,:]?")


def names_in(entries: list[Entry]) -> set[int]:
    """The ids of short verdicts whose details below them are the problems themselves."""
    below: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.parent is not None:
            below.setdefault(id(entry.parent), []).append(entry)
    return {
        id(entry) for entry in entries if len(below.get(id(entry), ())) > 1 and _only_names(entry, below[id(entry)])
    }


def _only_names(entry: Entry, details: list[Entry]) -> bool:
    plain = fold(entry.text).strip(" 。:")
    if len(plain) > _SHORT or entry.fields or "," in plain or _has_figures(plain) or entry.kind != "finding":
        return False
    told = [fold(one.text) for one in details]
    return all(one.kind == "finding" for one in details) and (_are_problems(told) or _are_facts(plain, told))


def _has_figures(plain: str) -> bool:
    return any(sign.isdigit() for sign in plain)


def parted(entry: Entry) -> list[Entry]:
    """An unnumbered paragraph under the heading of a part as one item for each of its sentences or clauses."""
    name, body = _named(entry)
    if not body or entry.fields or entry.children:
        return [entry]
    whole = Line(entry.line, body, fold(body))
    led = _LED.match(whole.plain)
    words = whole.cut(led.end()) if led else whole
    for parts in ([words.cut(*hit.span()) for hit in _SENTENCE.finditer(words.plain)], clauses_of(words)):
        if len(parts) > 1 and _are_problems([part.plain for part in parts]):
            return [replace(entry, parts=[part.raw], category=entry.category or name) for part in parts]
    return [entry]


def _named(entry: Entry) -> tuple[str, str]:
    """The heading of a part and the paragraph below it, where an item is both."""
    above = entry.parent
    if above is not None and above.label is entry.label and entry.line != above.line:
        return above.text, entry.text
    if entry.label is None or entry.label.style not in ("cn", "cnparen") or len(entry.parts) != 2:
        return "", ""
    head, body = entry.parts
    return (head, body) if len(head) <= 24 and head[-1:] not in "。；;，,：:" else ("", "")


def _are_facts(verdict: str, plains: list[str]) -> bool:
    """“集体备课流于形式”: what stands below such a verdict shows it, whether its own words are those of problems."""
    acts = any(sounds_like_an_act(plain) and not sounds_wrong(plain) for plain in plains)
    return sounds_wrong(verdict) and not acts and min(map(len, plains)) > _LONG


def _are_problems(plains: list[str]) -> bool:
    """None says what somebody does, and half of them at least say what is amiss."""
    wrong = [sounds_wrong(plain) for plain in plains]
    acts = [sounds_like_an_act(plain) and not amiss for plain, amiss in zip(plains, wrong, strict=True)]
    return sum(wrong) * 2 >= len(plains) and not any(acts) and min(map(len, plains)) > _LONG
