"""What must be true before a step: each looks at a case and answers None or the sentence people read."""

from __future__ import annotations

from datetime import timedelta

from workflows.grammar import Case, Sentence, say

OBJECTION_DAYS = 15  # days to object to a conclusion; a common provincial rule, see domain notes on deadlines


def has_a_unit(case: Case) -> Sentence | None:
    """A finding is issued to somebody."""
    return None if case.task.unit_id else say("Name the responsible unit.")


def has_a_deadline(case: Case) -> Sentence | None:
    """A finding is issued with a date."""
    return None if case.subject.deadline_on else say("Set a deadline.")


def deadline_is_ahead(case: Case) -> Sentence | None:
    """A deadline that has passed cannot be promised."""
    on = case.subject.deadline_on
    if on is None or on >= case.today:
        return None
    return say("The deadline %(on)s has already passed; set a later one.", on=on.isoformat())


def has_interim_protection(case: Case) -> Sentence | None:
    """A hazard needs protection until it is put right."""
    if case.task.weight == "ordinary" or case.subject.protection:
        return None
    return say("Say what protects people until this hazard is put right.")


def objection_is_in_time(case: Case) -> Sentence | None:
    """An objection comes within fifteen days of issuing."""
    issued = case.task.issued_at
    if issued is None or case.now - issued <= timedelta(days=OBJECTION_DAYS):
        return None
    return say("Objections close %(days)d days after issuing.", days=OBJECTION_DAYS)


def has_a_scan_when_on_behalf(case: Case) -> Sentence | None:
    """Who acts for a unit without an account shows the signed paper of this very act."""
    if not case.actor.acts_for(case.task) or case.task.unused_scans:
        return None
    if any(e.kind == "scan" for e in case.task.live_evidence):
        return say(
            "The scan here was for an earlier step: add one for this step, or say on its page that it covers this."
        )
    return say("You act for a unit without an account: add a scan of its signed paper first.")


def receipt_is_overdue(case: Case) -> Sentence | None:
    """Only when the time to acknowledge is over may the issuer say that it was served."""
    wait = case.task.current_wait
    if wait is not None and wait.until is not None and wait.until < case.now:
        return None
    return say("The unit still has time to acknowledge it itself.")


def has_a_scan(case: Case) -> Sentence | None:
    """That it was served is shown by the signed receipt."""
    if any(e.kind == "scan" for e in case.task.live_evidence):
        return None
    return say("Add a scan of the signed receipt first.")


def has_a_measure(case: Case) -> Sentence | None:
    """No plan without a measure."""
    return None if case.subject.live_measures else say("Add at least one measure.")


def every_measure_has_owner_and_date(case: Case) -> Sentence | None:
    """Each measure is somebody's, by a date."""
    bare = [m for m in case.subject.live_measures if not (m.task.owner_id and m.task.due_on)]
    return say("%(n)d measures lack an owner or a date.", n=len(bare)) if bare else None


def every_measure_is_done(case: Case) -> Sentence | None:
    """Nothing is reported done while a measure is still planned."""
    undone = [m for m in case.subject.live_measures if m.task.state != "done"]
    return say("%(n)d measures are not done yet.", n=len(undone)) if undone else None


def every_measure_has_evidence(case: Case) -> Sentence | None:
    """Done is shown, not said."""
    bare = [m for m in case.subject.live_measures if not m.task.live_evidence]
    return say("%(n)d measures still lack evidence.", n=len(bare)) if bare else None


def has_its_evidence(case: Case) -> Sentence | None:
    """A measure is done only with its evidence."""
    return None if case.task.live_evidence else say("Add evidence of what was done.")


def has_an_after_photo(case: Case) -> Sentence | None:
    """What was put right at once is shown."""
    if any(e.kind == "after" for e in case.task.live_evidence):
        return None
    return say("Add a photo of how it looks now.")


def nothing_is_on_its_way(case: Case) -> Sentence | None:
    """What was announced has arrived, or was given up."""
    left, there = len(case.task.awaited), len(case.task.live_evidence)
    if not left:
        return None
    return say("%(left)d of %(all)d photos and papers have not arrived yet.", left=left, all=left + there)


def has_before_and_after(case: Case) -> Sentence | None:
    """Closing on the spot needs both photos."""
    kinds = {e.kind for e in case.task.live_evidence}
    return None if {"before", "after"} <= kinds else say("Add a photo from before and one from after.")


def has_a_new_measure_since_return(case: Case) -> Sentence | None:
    """What came back needs something more than what was sent before."""
    returned = case.subject.returned_at
    if returned is None or any(m.task.created_at >= returned for m in case.subject.live_measures):
        return None
    return say("It was sent back: add a new or supplementary measure.")


def is_not_a_self_check(case: Case) -> Sentence | None:
    """A self-check cannot close its own findings on the spot."""
    if not case.subject.is_self_check:
        return None
    return say("Findings of a self-check are verified by somebody else.")


def inspector_is_of_another_unit(case: Case) -> Sentence | None:
    """Nobody closes on the spot what her own unit must put right."""
    if case.task.unit_id not in case.actor.unit_ids:
        return None
    return say("You belong to the responsible unit; somebody else must verify.")


def verifier_is_not_a_doer(case: Case) -> Sentence | None:
    """Who took part in putting it right cannot verify it."""
    if not (case.subject.doers & case.actor.identities):
        return None
    return say("You took part in putting this right; somebody else must verify it.")


def verifier_is_new_to_this_round(case: Case) -> Sentence | None:
    """Each level is verified by another person."""
    if not (case.subject.passed_by & case.actor.identities):
        return None
    return say("You verified an earlier level; this level needs another person.")


def proposer_is_somebody_else(case: Case) -> Sentence | None:
    """Withdrawing takes two persons."""
    if case.task.withdrawal_by_id not in case.actor.identities:
        return None
    return say("You proposed the withdrawal; a second person must confirm it.")


def is_not_yet_due(case: Case) -> Sentence | None:
    """More time is asked for before the time is over."""
    due = case.task.due_on
    if due is None or case.today <= due:
        return None
    return say("The deadline has passed; more time can only be asked for before it.")


def has_no_undecided_extension(case: Case) -> Sentence | None:
    """One request at a time."""
    if not case.subject.undecided_extensions:
        return None
    return say("A request for more time is still being decided.")


def all_findings_are_issued(case: Case) -> Sentence | None:
    """A visit ends when nothing it found is still a draft."""
    left = case.subject.drafts
    return say("%(n)d findings are still drafts.", n=left) if left else None


def has_no_findings(case: Case) -> Sentence | None:
    """A visit that found something cannot be cancelled."""
    count = case.subject.standing
    return say("%(n)d findings were recorded; withdraw them first.", n=count) if count else None
