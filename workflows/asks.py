"""What steps ask of people, one name for each question; forms, JSON and OpenAPI are built from these."""

from workflows.grammar import Ask

REMARK = Ask("remark", "Remark")
NOTE = Ask("remark", "Remark", required=False)
REASON = Ask("reason", "Reason", hint="The other side reads this sentence first.")
RESULT = Ask("result", "What was done", hint="One sentence is enough when the photos show the rest.")
METHOD = Ask(
    "method",
    "How it was verified",
    kind="choice",
    choices=(("papers", "From the papers"), ("on_site", "On site")),
)
NEW_OWNER = Ask("owner", "Owner", kind="person")
NEW_UNIT = Ask("unit", "Responsible unit", kind="unit")
NEW_DATE = Ask("on", "New date", kind="date", bound="future")
NEW_DATE_IF_ANY = Ask(
    "on",
    "New date",
    kind="date",
    required=False,
    bound="future",
    hint="Left empty: the days that were left at submission, at least 3.",
)
BLOCKED_BY = Ask(
    "blocked_by",
    "What blocks it",
    kind="choice",
    choices=(
        ("", "Nothing"),
        ("money", "Money"),
        ("superior", "A superior body"),
        ("locality", "The locality"),
    ),
    required=False,
)
QUESTION = Ask("text", "Question or answer")
ORIGINAL = Ask("original", "Number of the finding that stays", kind="task", limit=40)
FINISHED_ON = Ask("finished_on", "Finished on", kind="date", bound="past")
PROGRESS = Ask("text", "Progress this month")
PERCENT = Ask("percent", "Percent done", kind="number", limit=100)
ANSWER = Ask("text", "What was done", hint="What was done, by whom, and what is left until when.")
EXPLANATION = Ask("text", "Explanation", hint="Why it is late, as the unit sees it; it stands beside the paper.")
MINUTES = Ask("minutes", "Minutes of the talk", limit=4000)
PROMISE = Ask("promise", "What the unit promised")
HELD_ON = Ask("held_on", "Held on", kind="date", bound="past")
KEPT_BY = Ask("on", "To be kept by", kind="date", bound="future")
