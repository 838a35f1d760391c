"""Links to files as they were received: signed for one person and one piece, and dead after a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.tasks.refusals import Refused
from workflows.grammar import say


class Expired(Refused):
    """The link was good once."""

    status = 410

    def __init__(self, evidence_id: int) -> None:
        self.evidence_id = evidence_id
        super().__init__(say("This link has expired. Go back to the page of the file and open it again."))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="evidence-link")


def signed(evidence_id: int, person_id: int, now: datetime) -> str:
    """What to put into the address for that person, good until a few minutes from `now`."""
    until = now + timedelta(minutes=current_app.config["LINK_MINUTES"])
    return str(_signer().dumps([evidence_id, person_id, int(until.timestamp())]))


def read(mark: str, person_id: int, now: datetime) -> int | None:
    """Which piece that link of hers leads to; None when it is not hers or was made up; raises Expired."""
    try:
        evidence_id, whose, until = _signer().loads(mark)
    except (BadSignature, ValueError, TypeError):
        return None
    if whose != person_id:
        return None
    if now.timestamp() > until:
        raise Expired(int(evidence_id))
    return int(evidence_id)
