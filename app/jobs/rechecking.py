"""Looking anew at every piece of evidence, as long work: a photo after the other, called off whenever one likes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.clock import now
from app.evidence import rechecking
from app.jobs.kinds import Made, long_work
from app.jobs.work import Work
from workflows.grammar import say


@long_work("recheck", _l("Compare all photos anew"))
def recheck(work: Work) -> Made:
    """By the rule as it is now; what was dismissed stays dismissed. Taken up again it begins anew, to no harm."""
    far = None
    for far in rechecking.everything(now(), anew=bool(work.params.get("anew"))):
        work.far(far.looked, far.pieces)
    assert far is not None  # it says so even of nothing
    return Made(said=say("%(looked)d pieces compared, %(hints)d new hints.", looked=far.looked, hints=far.hints))
