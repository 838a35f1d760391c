"""The life of a finding (问题): from the day it is found until another person has verified it."""

from __future__ import annotations

from workflows import asks, sources
from workflows import conditions as need
from workflows import effects as do
from workflows.grammar import UNTIL_DUE, State, Step, Taking, Workflow, calendar_days, working_days
from workflows.roles import HEAD, INSPECTOR, LEADER, OWNER, REVIEWER, SUPPORTER, VERIFIER
from workflows.when import (
    has_levels_left,
    is_immediate,
    is_last_level,
    is_planned,
    is_to_be_withdrawn,
    is_to_stay,
    signs_itself,
)

DOERS = frozenset({OWNER, HEAD})
FINDERS, URGING = frozenset({INSPECTOR}), frozenset({INSPECTOR, REVIEWER, LEADER})
BEFORE, AFTER_SEEN = Taking("before", FINDERS), Taking("after", FINDERS)
PAPERS = (Taking("paper", DOERS), Taking("scan", DOERS | FINDERS))

STATES = (
    State("draft", "To be issued", INSPECTOR, working_days(3), "waiting", (BEFORE, AFTER_SEEN)),
    State("issued", "To be acknowledged", HEAD, working_days(2), "waiting", (BEFORE, *PAPERS), sources.RECEIPT),
    State("contested", "Contested", INSPECTOR, calendar_days(30), "waiting", PAPERS, sources.OBJECTION),
    State("planning", "Measures to be set", OWNER, working_days(5), "active", PAPERS, sources.FEEDBACK),
    State("plan_review", "Measures in review", REVIEWER, working_days(3), "waiting"),
    State("rectifying", "Being put right", OWNER, UNTIL_DUE, "active", (Taking("after", DOERS), *PAPERS)),
    State("verifying", "Awaiting verification", VERIFIER, working_days(5), "waiting", (), sources.ACCEPTANCE),
    State("closed", "Closed", tone="done"),
    State("withdrawn", "Withdrawn", tone="ended"),
)

BEFORE_SUBMISSION = ("issued", "contested", "planning", "plan_review", "rectifying")
ISSUED = (*BEFORE_SUBMISSION, "verifying")
IN_HAND = ("planning", "plan_review", "rectifying")


TO_ISSUE = (
    need.has_a_unit,
    need.has_a_deadline,
    need.deadline_is_ahead,
    need.has_interim_protection,
)
SERVED = (need.receipt_is_overdue, need.has_a_scan)
TO_REPORT = (
    need.has_a_measure,
    need.every_measure_is_done,
    need.every_measure_has_evidence,
    need.nothing_is_on_its_way,
    need.has_a_new_measure_since_return,
    need.has_a_scan_when_on_behalf,
)
TO_VERIFY = (need.verifier_is_not_a_doer, need.verifier_is_new_to_this_round)

FINDING_OUT = (
    Step("edit", "Edit", ("draft",), None, FINDERS, through="findings", opens=True),
    Step(
        "issue", "Issue", ("draft",), "issued", FINDERS,
        needs=TO_ISSUE, does=(do.stamp_issued,), tells=(HEAD, SUPPORTER), through="findings",
    ),
    Step(
        "close_on_the_spot", "Close on the spot", ("draft",), "closed", FINDERS,
        needs=(
            need.has_a_unit, need.has_before_and_after, need.nothing_is_on_its_way,
            need.is_not_a_self_check, need.inspector_is_of_another_unit,
        ),
        asks=(asks.REMARK,), does=(do.stamp_issued, do.stamp_submitted),
        tells=(HEAD,), through="verifications",
    ),
    Step("discard", "Discard", ("draft",), "withdrawn", FINDERS, asks=(asks.REASON,), heavy=True),
    Step(
        "merge", "Merge into another", ("draft", "issued"), "withdrawn", FINDERS,
        asks=(asks.ORIGINAL,), tells=(HEAD,), through="findings", heavy=True,
    ),
)  # fmt: skip

TAKING_ON = (
    Step(
        "acknowledge", "Acknowledge", ("issued",), "planning", frozenset({HEAD}), when=(is_planned,),
        needs=(need.has_a_scan_when_on_behalf,), asks=(asks.NEW_OWNER,),
        does=(do.name_owner,), tells=(OWNER, INSPECTOR),
    ),
    Step(
        "acknowledge", "Acknowledge", ("issued",), "rectifying", frozenset({HEAD}), when=(is_immediate,),
        needs=(need.has_a_scan_when_on_behalf,), asks=(asks.NEW_OWNER,),
        does=(do.name_owner,), tells=(OWNER, INSPECTOR),
    ),
    Step(
        "serve", "Mark as served", ("issued",), "planning", FINDERS, when=(is_planned, signs_itself),
        needs=SERVED, asks=(asks.NEW_OWNER,), does=(do.name_owner,), tells=(HEAD, OWNER, INSPECTOR),
    ),
    Step(
        "serve", "Mark as served", ("issued",), "rectifying", FINDERS, when=(is_immediate, signs_itself),
        needs=SERVED, asks=(asks.NEW_OWNER,), does=(do.name_owner,), tells=(HEAD, OWNER, INSPECTOR),
    ),
    Step(
        "contest", "Contest", ("issued",), "contested", frozenset({HEAD}),
        needs=(need.objection_is_in_time, need.has_a_scan_when_on_behalf),
        asks=(asks.REASON,), tells=(INSPECTOR,), heavy=True,
    ),
    Step(
        "uphold", "Uphold", ("contested",), "issued", FINDERS,
        asks=(asks.REMARK,), tells=(HEAD,), through="findings",
    ),
    Step(
        "add_measure", "Add a measure", ("planning", "rectifying"), None, DOERS, when=(is_planned,),
        through="measures", opens=True,
    ),
    Step(
        "submit_plan", "Submit measures", ("planning",), "plan_review", DOERS,
        needs=(need.has_a_measure, need.every_measure_has_owner_and_date, need.has_a_scan_when_on_behalf),
        tells=(REVIEWER,),
    ),
    Step(
        "approve_plan", "Agree to the measures", ("plan_review",), "rectifying", frozenset({REVIEWER}),
        needs=(need.has_a_measure, need.verifier_is_not_a_doer), asks=(asks.NOTE,), tells=(OWNER, HEAD),
    ),
    Step(
        "return_plan", "Send the measures back", ("plan_review",), "planning", frozenset({REVIEWER}),
        asks=(asks.REASON,), tells=(OWNER, HEAD), heavy=True,
    ),
)  # fmt: skip

PUTTING_RIGHT = (
    Step(
        "report_done", "Apply for closure", ("rectifying",), "verifying", DOERS, when=(is_planned,),
        needs=TO_REPORT, asks=(asks.NOTE,), does=(do.stamp_submitted,), tells=(VERIFIER,),
    ),
    Step(
        "report_done", "Apply for closure", ("rectifying",), "verifying", DOERS, when=(is_immediate,),
        needs=(need.has_an_after_photo, need.nothing_is_on_its_way, need.has_a_scan_when_on_behalf),
        asks=(asks.RESULT,), does=(do.stamp_submitted,), tells=(VERIFIER,), through="measures",
    ),
    Step(
        "ask_extension", "Ask for more time", IN_HAND, None, DOERS,
        needs=(need.is_not_yet_due, need.has_no_undecided_extension), through="extensions", opens=True,
    ),
    Step(
        "reassign", "Change the owner", IN_HAND, None, frozenset({HEAD}),
        asks=(asks.NEW_OWNER, asks.NOTE), does=(do.name_owner,), tells=(OWNER,), through="measures",
    ),
    Step(
        "block", "Say what blocks it", IN_HAND, None, DOERS,
        asks=(asks.BLOCKED_BY, asks.REMARK), does=(do.note_block,), tells=(INSPECTOR,),
    ),
)  # fmt: skip

VERIFYING = (
    Step(
        "pass_on", "Pass to the next level", ("verifying",), "verifying", frozenset({VERIFIER}),
        when=(has_levels_left,), needs=TO_VERIFY, asks=(asks.METHOD, asks.NOTE),
        does=(do.climb_a_level,), tells=(VERIFIER, OWNER), through="verifications",
    ),
    Step(
        "accept", "Accept and close", ("verifying",), "closed", frozenset({VERIFIER}),
        when=(is_last_level,), needs=TO_VERIFY, asks=(asks.METHOD, asks.REMARK),
        tells=(OWNER, HEAD, INSPECTOR), through="verifications",
    ),
    Step(
        "send_back", "Send back", ("verifying",), "rectifying", frozenset({VERIFIER}),
        needs=TO_VERIFY, asks=(asks.METHOD, asks.REASON, asks.NEW_DATE_IF_ANY),
        does=(do.clear_submitted, do.count_return), tells=(OWNER, HEAD), through="verifications", heavy=True,
    ),
)  # fmt: skip

ANY_TIME = (
    Step("comment", "Ask or answer", ISSUED, None,
         frozenset({INSPECTOR, HEAD, OWNER, REVIEWER, VERIFIER, LEADER, SUPPORTER}),
         asks=(asks.QUESTION,), tells=(INSPECTOR, HEAD, OWNER)),
    Step("urge", "Urge", ("issued", "planning", "rectifying"), None, URGING, asks=(asks.NOTE,), tells=(OWNER, HEAD)),
    Step("urge", "Urge", ("plan_review",), None, URGING, asks=(asks.NOTE,), tells=(REVIEWER,)),
    Step("urge", "Urge", ("verifying",), None, URGING, asks=(asks.NOTE,), tells=(VERIFIER,)),
    Step("correct", "Correct the text", ISSUED, None, FINDERS,
         tells=(HEAD, OWNER), through="findings", opens=True),
    Step("transfer", "Transfer to another unit", BEFORE_SUBMISSION, "issued", FINDERS,
         asks=(asks.NEW_UNIT, asks.REASON), tells=(HEAD,), through="findings", heavy=True),
    Step(
        "propose_withdrawal", "Propose to withdraw", ISSUED, None, FINDERS, when=(is_to_stay,),
        asks=(asks.REASON,), does=(do.remember_proposer,), tells=(INSPECTOR, LEADER), heavy=True,
    ),
    Step(
        "confirm_withdrawal", "Confirm the withdrawal", ISSUED, "withdrawn", frozenset({INSPECTOR, LEADER}),
        when=(is_to_be_withdrawn,), needs=(need.proposer_is_somebody_else,),
        asks=(asks.REASON,), tells=(HEAD, OWNER, INSPECTOR), heavy=True,
    ),
    Step("keep", "Do not withdraw", ISSUED, None, frozenset({INSPECTOR, LEADER}), when=(is_to_be_withdrawn,),
         asks=(asks.NOTE,), does=(do.forget_proposer,), tells=(INSPECTOR,)),
)  # fmt: skip

FINDING = Workflow(
    kind="finding",
    label="Finding",
    states=STATES,
    steps=FINDING_OUT + TAKING_ON + PUTTING_RIGHT + VERIFYING + ANY_TIME,
    starts=("draft",),
)
