"""What a reader tells about its reading: why there is nothing, what was left open, what was set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.people import is_nobody
from app.intake.reading import Meaning, Reading, ReadMeasure
from workflows.grammar import Sentence, say

NOTHING = say("Nothing was pasted. Paste the list of problems as it stands in the report or the ledger.")
TRIED = (
    say("a table with a column of problems, in sheets, in documents and in pasted text"),
    say("a table whose cells stand one a line"),
    say("a form with labels such as 存在问题 beside their words"),
    say("a heading such as 存在问题 above a list"),
    say("labelled blocks such as 问题1: and 整改措施:"),
    say("headings that quote a problem: 关于“…”问题"),
    say("a list without a heading in which most items read like problems"),
    say("sentences that tell of something amiss, in a text of any other form"),
)


NO_COLUMN = say(
    "No column of problems was found in the table. If one of its columns holds them, call it 存在问题 in its heading and "
    "choose the file again."
)


def why_nothing(text: str, part: Part, reading: Reading, pieces: int) -> list[Sentence]:
    """One sentence: what was looked for, what was seen in how many pieces of text (0: in tables alone), what to do."""
    words = text or "".join(reading.seen)
    if not words.strip():
        return [NOTHING]
    if not re.search(r"[\u4e00-\u9fff]", words[:200_000]):
        return [say("The text holds no words that could be read as problems. Copy the list again from its document.")]
    if part.passed:
        return [say("All %(n)d items read as passed checks, so there is no problem to record.", n=part.passed)]
    if reading.measures:
        return [say("The text holds measures but no list of problems. Paste the problems as well.")]
    if not pieces:
        return [NO_COLUMN]
    return [
        say(
            "No list of problems was found in %(n)d pieces of text: neither a heading such as 存在问题, nor 问题1:, "
            "nor a table with a column of problems. Paste only the list, one problem a line.",
            n=pieces,
        )
    ]


_Told = tuple[date | None, Meaning, bool]  # the day, whether it is planned or done, whether it was completed


def _dates(reading: Reading, measures: Sequence[ReadMeasure]) -> list[_Told]:
    own = [(f.deadline, f.deadline_meaning, f.deadline_inferred) for f in reading.findings if f.deadline_raw]
    return own + [(when.on, when.meaning, when.inferred) for one in measures for when in one.dates]


def _by_themselves(reading: Reading) -> list[ReadMeasure]:
    """The measures that stand in no row of a problem: what such a row says beside them is told once."""
    rows = {(one.sheet, one.row) for one in reading.findings}
    return [one for one in reading.measures if not one.row or (one.sheet, one.row) not in rows]


def _about_meaning(dates: list[_Told], written: date | None) -> list[Sentence]:
    undecided = [on for on, meaning, _inferred in dates if meaning == "unknown"]
    if not undecided:
        return []
    count = len(undecided)
    if written and (before := sum(on is not None and on <= written for on in undecided)):
        return [
            say(
                "%(n)d dates do not say whether they are planned or done, and %(before)d of them are not later than "
                "the paper itself (%(day)s). Decide for each.",
                n=count,
                before=before,
                day=written.isoformat(),
            )
        ]
    return [say("%(n)d dates do not say whether they are planned or done. Decide for each.", n=count)]


def what_to_know(reading: Reading, part: Part, hidden: int) -> list[Sentence]:
    """Everything that a person should look at before confirming."""
    measures = _by_themselves(reading)
    dates = _dates(reading, measures)
    owners = [fold(one.owner_raw) for one in reading.findings if one.owner_raw and not one.owner]
    owners += [fold(one.owner_raw) for one in measures if one.owner_raw and not one.owner]
    nobody = sum(is_nobody(owner) for owner in owners)
    inferred = sum(done for _on, _meaning, done in dates)
    dayless = sum(on is None for on, _meaning, _done in dates)
    bare = len(reading.findings_without_measure) if reading.measures else 0
    counted = (
        (inferred, say("In %(n)d dates the year or the day was completed. Check them.", n=inferred)),
        (dayless, say("%(n)d deadlines name no day and were kept as they are written.", n=dayless)),
        (nobody, say("%(n)d owners are placeholders such as XX: nobody is named.", n=nobody)),
        (roles := len(owners) - nobody, say("%(n)d owners are named by their role only. Choose the person.", n=roles)),
        (part.passed, say("%(n)d passed checks were left out.", n=part.passed)),
        (len(part.without_problem), _set_aside(part.without_problem)),
        (
            len(part.after),
            say(
                "%(n)d photos show what was done. They stay in the file: whoever puts it right adds them as evidence.",
                n=len(part.after),
            ),
        ),
        (hidden, say("%(n)d rows are hidden in the file; they were read too.", n=hidden)),
        (bare, say("%(n)d problems have no measure.", n=bare)),
    )
    told = [sentence for n, sentence in counted if n]
    return _about_meaning(dates, part.written) + told


def _set_aside(rows: list[int]) -> Sentence:
    lines = ", ".join(str(line) for line in rows[:20])
    return say("%(n)d rows name no problem and were left out: lines %(lines)s.", n=len(rows), lines=lines)
