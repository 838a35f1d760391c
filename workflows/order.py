"""A supervision order (督办单): a leader demands an answer by a date, and judges it."""

from workflows import asks, sources
from workflows import conditions as need
from workflows import effects as do
from workflows.grammar import UNTIL_DUE, State, Step, Taking, Workflow, working_days
from workflows.roles import HEAD, INSPECTOR, LEADER, OWNER

UNIT, SIGNER = frozenset({HEAD, OWNER}), frozenset({LEADER})
PAPERS = (Taking("paper", UNIT), Taking("scan", UNIT))

DECIDING = (
    Step("issue", "Sign and send out", ("draft",), "issued", SIGNER,
         does=(do.stamp_issued,), tells=(HEAD, OWNER, INSPECTOR), through="orders", opens=True),
    Step("decline", "Do not send it", ("draft",), "withdrawn", SIGNER,
         asks=(asks.REASON,), tells=(INSPECTOR,), heavy=True),
)
ANSWERING = (
    Step(
        "answer", "Answer", ("answering",), "answered", UNIT,
        needs=(need.nothing_is_on_its_way, need.has_a_scan_when_on_behalf), asks=(asks.ANSWER,),
        does=(do.note_answer, do.stamp_submitted), tells=(LEADER, INSPECTOR),
    ),
    Step("accept", "Accept the answer", ("answered",), "accepted", SIGNER,
         asks=(asks.NOTE,), tells=(HEAD, OWNER, INSPECTOR)),
    Step(
        "send_back", "Send the answer back", ("answered",), "answering", SIGNER,
        asks=(asks.REASON, asks.NEW_DATE_IF_ANY), does=(do.clear_submitted, do.count_return),
        tells=(HEAD, OWNER), through="orders", heavy=True,
    ),
    Step("withdraw", "Withdraw", ("issued", "answering", "answered"), "withdrawn", SIGNER,
         asks=(asks.REASON,), tells=(HEAD, OWNER, INSPECTOR), heavy=True),
)

ORDER = Workflow(
    kind="order",
    label="Supervision order",
    states=(
        State("draft", "To be decided", LEADER, working_days(2), "waiting"),
        State("issued", "To be acknowledged", HEAD, working_days(1), "waiting", (), sources.RECEIPT),
        State("answering", "To be answered", HEAD, UNTIL_DUE, "active", PAPERS, sources.ANSWER),
        State("answered", "Answer to be judged", LEADER, working_days(3), "waiting"),
        State("accepted", "Settled", tone="done"),
        State("withdrawn", "Withdrawn", tone="ended"),
    ),
    steps=(
        *DECIDING,
        Step("acknowledge", "Acknowledge", ("issued",), "answering", frozenset({HEAD}), tells=(LEADER, INSPECTOR)),
        *ANSWERING,
    ),
    starts=("draft",),
)  # fmt: skip
