"""Every condition refuses with its sentence and is silent when it is met."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.workflows.stand_ins import NOW, TODAY, actor, case, measure, piece, subject, task
from workflows import conditions as need


def test_has_a_unit():
    assert "unit" in need.has_a_unit(case(task(unit_id=None)))
    assert need.has_a_unit(case(task(unit_id=7))) is None


def test_has_a_deadline():
    assert need.has_a_deadline(case(subject=subject()))
    assert need.has_a_deadline(case(subject=subject(deadline_on=TODAY))) is None


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (9, False)])
def test_deadline_is_ahead_counts_today_as_ahead(days, refused):
    said = need.deadline_is_ahead(case(subject=subject(deadline_on=TODAY + timedelta(days=days))))
    assert bool(said) is refused


@pytest.mark.parametrize("weight", ["serious", "major"])
def test_has_interim_protection_is_asked_of_hazards_only(weight):
    assert need.has_interim_protection(case(task(weight=weight), subject()))
    assert need.has_interim_protection(case(task(weight=weight), subject(protection="围挡"))) is None
    assert need.has_interim_protection(case(task(weight="ordinary"), subject())) is None


def test_objection_is_in_time_for_fifteen_days():
    issued = NOW - timedelta(days=need.OBJECTION_DAYS)
    assert need.objection_is_in_time(case(task(issued_at=issued))) is None
    assert "15" in need.objection_is_in_time(case(task(issued_at=issued - timedelta(seconds=1))))


def test_has_a_scan_when_on_behalf():
    proxy = actor(acts_for=lambda task: True)
    assert need.has_a_scan_when_on_behalf(case(task(), by=proxy))
    one = [piece("scan")]
    assert need.has_a_scan_when_on_behalf(case(task(live_evidence=one, unused_scans=one), by=proxy)) is None
    assert "earlier step" in need.has_a_scan_when_on_behalf(case(task(live_evidence=one), by=proxy))
    assert need.has_a_scan_when_on_behalf(case(task())) is None


def test_receipt_is_overdue_only_when_its_time_is_over():
    late, due = (SimpleNamespace(until=NOW + timedelta(seconds=more)) for more in (-1, 0))
    assert need.receipt_is_overdue(case(task(current_wait=late))) is None
    assert need.receipt_is_overdue(case(task(current_wait=due)))
    assert need.receipt_is_overdue(case(task()))


def test_has_a_scan():
    assert need.has_a_scan(case(task(live_evidence=[piece("paper")])))
    assert need.has_a_scan(case(task(live_evidence=[piece("scan")]))) is None


def test_has_a_measure():
    assert need.has_a_measure(case(subject=subject()))
    assert need.has_a_measure(case(subject=subject(live_measures=[measure()]))) is None


def test_every_measure_has_owner_and_date_counts_the_bare_ones():
    bare = [measure(owner_id=None), measure(due_on=None), measure()]
    assert "2" in need.every_measure_has_owner_and_date(case(subject=subject(live_measures=bare)))
    assert need.every_measure_has_owner_and_date(case(subject=subject(live_measures=[measure()]))) is None


def test_every_measure_is_done():
    assert need.every_measure_is_done(case(subject=subject(live_measures=[measure(), measure(state="done")])))
    assert need.every_measure_is_done(case(subject=subject(live_measures=[measure(state="done")]))) is None


def test_every_measure_has_evidence():
    shown = measure(live_evidence=[piece()])
    assert need.every_measure_has_evidence(case(subject=subject(live_measures=[shown, measure()])))
    assert need.every_measure_has_evidence(case(subject=subject(live_measures=[shown]))) is None


def test_has_its_evidence():
    assert need.has_its_evidence(case(task()))
    assert need.has_its_evidence(case(task(live_evidence=[piece("paper")]))) is None


def test_has_an_after_photo():
    assert need.has_an_after_photo(case(task(live_evidence=[piece("before"), piece("paper")])))
    assert need.has_an_after_photo(case(task(live_evidence=[piece("after")]))) is None


def test_nothing_is_on_its_way_or_it_says_how_many():
    awaited = need.nothing_is_on_its_way(case(task(awaited=[1, 2], live_evidence=[piece(), piece(), piece()])))
    assert str(awaited) == "2 of 5 photos and papers have not arrived yet."
    assert need.nothing_is_on_its_way(case(task(live_evidence=[piece()]))) is None


@pytest.mark.parametrize("kinds", [(), ("before",), ("after",), ("before", "paper")])
def test_has_before_and_after_wants_both(kinds):
    assert need.has_before_and_after(case(task(live_evidence=[piece(kind) for kind in kinds])))
    assert need.has_before_and_after(case(task(live_evidence=[piece("before"), piece("after")]))) is None


def test_has_a_new_measure_since_return():
    old, new = measure(created_at=NOW - timedelta(days=2)), measure(created_at=NOW)

    def said(*measures, returned_at=NOW - timedelta(days=1)):
        return need.has_a_new_measure_since_return(
            case(subject=subject(live_measures=list(measures), returned_at=returned_at))
        )

    assert said(old)
    assert said(old, new) is None
    assert said(old, returned_at=None) is None


def test_is_not_a_self_check():
    assert need.is_not_a_self_check(case(subject=subject(is_self_check=True)))
    assert need.is_not_a_self_check(case(subject=subject())) is None


def test_inspector_is_of_another_unit():
    assert need.inspector_is_of_another_unit(case(task(unit_id=7), by=actor(unit_ids=frozenset({7}))))
    assert need.inspector_is_of_another_unit(case(task(unit_id=7), by=actor(unit_ids=frozenset({8})))) is None


def test_verifier_is_not_a_doer_nor_stands_in_for_one():
    done_by_three = subject(doers=frozenset({3}))
    assert need.verifier_is_not_a_doer(case(subject=done_by_three, by=actor(3)))
    assert need.verifier_is_not_a_doer(case(subject=done_by_three, by=actor(4, identities=frozenset({3, 4}))))
    assert need.verifier_is_not_a_doer(case(subject=done_by_three, by=actor(4))) is None


def test_verifier_is_new_to_this_round():
    passed = subject(passed_by=frozenset({5}))
    assert need.verifier_is_new_to_this_round(case(subject=passed, by=actor(5)))
    assert need.verifier_is_new_to_this_round(case(subject=passed, by=actor(6))) is None


def test_proposer_is_somebody_else():
    assert need.proposer_is_somebody_else(case(task(withdrawal_by_id=2), by=actor(2)))
    assert need.proposer_is_somebody_else(case(task(withdrawal_by_id=2), by=actor(1))) is None


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_is_not_yet_due_on_the_day_itself(days, refused):
    assert bool(need.is_not_yet_due(case(task(due_on=TODAY + timedelta(days=days))))) is refused


def test_has_no_undecided_extension():
    assert need.has_no_undecided_extension(case(subject=subject(undecided_extensions=[1])))
    assert need.has_no_undecided_extension(case(subject=subject())) is None


def test_all_findings_are_issued():
    assert "2" in need.all_findings_are_issued(case(subject=subject(drafts=2)))
    assert need.all_findings_are_issued(case(subject=subject())) is None


def test_has_no_findings():
    assert "2" in need.has_no_findings(case(subject=subject(standing=2)))
    assert need.has_no_findings(case(subject=subject())) is None
