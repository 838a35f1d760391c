"""Where the days of states come from: the rule where one names a number, else plainly the house's own default."""

HOUSE = "House default; no rule names a number"
GIVEN = "The date it was given"
RECEIPT = "House default; rules ask for a receipt of everything sent, none names a number"
OBJECTION = "Objection to a conclusion: answered within 30 days"
FEEDBACK = "A school’s rule: what an inspector found is acted on within 5 working days"
ACCEPTANCE = "Accepted within 5 working days of the request (Shiquan County); major hazards within 10 days (Hubei)"
ANSWER = "The date the leader set; usual in supervision: urgent 1–5 days, ordinary 15, difficult 30"
MONTHLY = "Once a month, as the bureau of Wenzhou asks"
MORE_TIME = "House default; rules ask for it before the date and for a definite new one, none names days for deciding"
NAMED = (OBJECTION, FEEDBACK, ACCEPTANCE, ANSWER, MONTHLY)
