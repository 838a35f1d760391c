"""What a failed statement may tell: which one it was and why, never the values."""

from __future__ import annotations

from sqlalchemy.engine import ExceptionContext


def keep_values_out(failed: ExceptionContext) -> None:
    """PostgreSQL tells the whole failing row, which may be personal or secret: no log needs it."""
    for error in (failed.original_exception, failed.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\nDETAIL:")[0], *error.args[1:])
