"""Looking up how somebody verified."""

from __future__ import annotations

from sqlalchemy import func, select

from app.db import db
from app.findings.models import Finding
from app.people.models import Person
from app.verifications.models import Verification


def last_method(verifier: Person, finding: Finding) -> str:
    """How she verified last: on this visit, else wherever it was; empty the first time."""
    hers = select(Verification.method).where(Verification.person_id == verifier.id)
    hers = hers.order_by(Verification.id.desc()).limit(1)
    here = hers.join(Finding, Finding.id == Verification.finding_id).where(
        Finding.inspection_id == finding.inspection_id
    )
    return db.session.scalar(select(func.coalesce(here.scalar_subquery(), hers.scalar_subquery()))) or ""
