"""One page of a list on the table, its rows compared with what is there already."""

from __future__ import annotations

from dataclasses import dataclass

from app.intake.likeness import Likeness
from app.intake.looking import Answering, Look, Problem
from app.intake.owners import Owners

A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """The rows that are shown at once; the measures are those that belong to its problems, or on the first to none."""

    number: int
    last: int
    problems: list[Problem]
    measures: list[Answering]

    @property
    def asks(self) -> bool:
        """Whether a measure on it leaves something to decide."""
        return any(one.wrong or one.asks_meaning or not one.is_certain for one in self.measures)


def page_of(seen: Look, number: int, only_to_look_at: bool) -> Page:
    """One page of the list, from 1; with `only_to_look_at` the rows that need nobody are passed over."""
    rows = [one for one in seen.problems if one.needs_a_look] if only_to_look_at else seen.problems
    last = max(1, -(-len(rows) // A_PAGE))
    number = min(max(number, 1), last)
    shown = rows[(number - 1) * A_PAGE : number * A_PAGE]
    wanted = {answer.place for problem in shown for answer in problem.answers}
    if number == 1:
        wanted |= {at - 1 for at in seen.homeless[:A_PAGE]}
    return Page(number, last, shown, [one for one in seen.measures if one.place in wanted])


def compare(page: Page, known: Likeness, owners: Owners) -> None:
    """Say of the rows shown what they may repeat, and whom the list means as owner."""
    for one in page.problems:
        unit_id = one.unit.id if one.unit else None
        if one.change.was is None:  # what it came to be last time is no double of it
            one.twins = list(known.twins(one.said["text"], unit_id))
        one.holder = owners.find(one.said["owner"], unit_id)
        one.near_owners = owners.near(one.said["owner"] or one.found.owner_raw, unit_id)
