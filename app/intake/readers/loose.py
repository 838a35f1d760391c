"""Lists without any heading: taken only when most of their items read like problems."""

from __future__ import annotations

from app.intake.readers.entries import Collected, Entry
from app.intake.readers.judging import sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import fold

_SHORT = 100
_MANY = 60


def _runs(entries: list[Entry]) -> list[list[Entry]]:
    """Numbered lists, each from its own 1; unnumbered short lines stand together."""
    runs: list[list[Entry]] = []
    for entry in entries:
        restarts = entry.label is not None and entry.label.number == 1 and entry.depth == 0
        changes = bool(runs) and (entry.label is None) != (runs[-1][-1].label is None)
        if not runs or restarts or changes:
            runs.append([])
        runs[-1].append(entry)
    return runs


def _wrong(entry: Entry) -> bool:
    plain = fold(entry.text[:400])
    return sounds_wrong(plain) and not sounds_like_an_act(plain)


def _reads_like_problems(run: list[Entry]) -> bool:
    numbered = run[0].label is not None
    if not numbered and (len(run) > _MANY or any(len(entry.text) > _SHORT for entry in run)):
        return False
    if any(entry.children for entry in run) or sum(len(entry.text) for entry in run) > 120 * len(run):
        return False
    share = sum(_wrong(entry) for entry in run) / len(run)
    return share >= (0.6 if numbered else 0.75)


def _reads_like_measures(run: list[Entry]) -> bool:
    acts = sum(sounds_like_an_act(fold(entry.text[:40])) or bool(entry.fields) for entry in run)
    return run[0].label is not None and acts / len(run) >= 0.6


def sort_out(found: Collected) -> int:
    """Name the loose entries that are findings or measures; returns how many findings were taken."""
    taken = 0
    if len(found.of("loose")) * 3 < found.lines or found.headings:
        return 0
    for run in _runs(found.of("loose")):
        if _reads_like_problems(run):
            chosen = run if run[0].label else [entry for entry in run if _wrong(entry)]
            taken += len(chosen)
            for entry in chosen:
                entry.kind = "finding"
        elif taken and _reads_like_measures(run):
            for entry in run:
                entry.kind = "measure"
    return taken
