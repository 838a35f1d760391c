"""What goes wrong, said plainly: what happened, what was kept, what to do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.htmx import answer_json, inside, wants_json
from app.tasks.refusals import Refused
from app.words import request_number, told

SENTENCES = {
    400: (_l("The request was not understood"), _l("Nothing was changed. Go back, reload the page and try again.")),
    403: (_l("This is somebody else's to do"), _l("Nothing was changed. Ask the person named on the page.")),
    404: (_l("There is nothing here for you"),
          _l("It does not exist, or your posts do not reach it. Search for its number, or ask the issuing unit.")),
    405: (_l("That cannot be done here"), _l("Nothing was changed. Go back and use the buttons of the page.")),
    409: (_l("Somebody was faster"), _l("Nothing was changed. Look at what changed, then try again.")),
    410: (_l("It is not there any more"),
          _l("It was left out, or its time is over. Go back to its page and start anew.")),
    413: (_l("The file is too large"), _l("Nothing was stored. Choose a smaller file or fewer files at once.")),
    415: (_l("The file was not taken"), _l("Nothing was stored. Choose a photo, a PDF, a docx or an xlsx file.")),
    416: (_l("The file has no such part"), _l("It is shorter than what was asked for. Load it from its beginning.")),
    422: (_l("Something is missing"), _l("Nothing was changed. Complete it and send it again.")),
    424: (_l("The paper could not be written"), _l("Nothing was changed. Tell an administrator which paper it was.")),
    429: (_l("Too many tries"), _l("Wait a quarter of an hour, then try again.")),
    460: (_l("The file was changed on its way"), _l("Nothing was stored. Send it again.")),
    503: (_l("The system is busy"), _l("Nothing was changed. Try again in a minute.")),
    507: (_l("The server's disk is full"), _l("Nothing was stored. Tell the administrator; reading still works.")),
}  # fmt: skip
KEPT = _l(
    "The form has expired. What you typed and chose is kept in this browser and stands in it again; files are not."
)
BROKEN = (
    _l("Something broke on our side"),
    _l("Nothing was changed. Tell the administrator the number below."),
)


def init_app(app: Flask) -> None:
    """Answer every error with a page or JSON of the same meaning."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, known)
    app.register_error_handler(StaleDataError, lambda _error: show(409))
    app.register_error_handler(IntegrityError, lambda _error: show(409))
    app.register_error_handler(OperationalError, busy)
    for beyond in (DataError, OverflowError):
        app.register_error_handler(beyond, unthinkable)
    app.register_error_handler(Exception, broken)


def refused(error: Refused) -> Any:
    """A refusal of the law in its own words; the way leads to what it was about, as it stands now."""
    task_id = (request.view_args or {}).get("task_id")
    back = (f"/tasks/{task_id}", _l("See how it stands")) if task_id else None
    return show(error.status, [told(sentence) for sentence in error.sentences], back=back)


def expired(_error: CSRFError) -> Any:
    """A form that was open too long or came from elsewhere; the way leads back to it, by signing in if need be."""
    form = _form_of(urlsplit(request.referrer or ""))
    if not form:
        return show(400, [_l("The form has expired. Reload the page; drafts of texts are kept in this browser.")])
    if current_user.is_authenticated:
        return show(400, [KEPT], back=(form, _l("Back to the form")), expired=True)
    return show(400, [KEPT], back=(url_for("people.sign_in", next=form), _l("Sign in and go on")), expired=True)


def _form_of(referrer: SplitResult) -> str:
    """The page of this house from which a form was sent, if it said so and is worth going back to."""
    page = inside(referrer.path + (f"?{referrer.query}" if referrer.query else ""))
    return page if referrer.netloc == request.host and page not in ("/", url_for("people.sign_in")) else ""


def known(error: HTTPException) -> Any:
    """Everything HTTP has a number for; redirects pass through. What broke at the commit arrives as a 500."""
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, OperationalError):
        return busy(cause)
    if error.response is not None or (error.code or 500) < 400:
        return error
    said = [error.description] if error.code == 422 and error.description else []
    return show(error.code or 500, said, dict(error.get_headers()) if error.code in (405, 416) else {})


def busy(error: OperationalError) -> Any:
    """The database did not answer in time, or has no room left."""
    current_app.logger.exception("database unavailable, request %s", request_number(), exc_info=error)
    if _is_full(error):
        with suppress(OperationalError):  # it can still be read, unless its own log was what had no room
            return show(507)
    g._login_user = AnonymousUserMixin()  # who reads this must not be asked of what does not answer
    return show(507 if _is_full(error) else 503)


def _is_full(error: OperationalError) -> bool:
    """SQLite says it in words, PostgreSQL by its number for a full disk."""
    return "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"


def unthinkable(error: Exception) -> Any:
    """A value that the database has no room for, as in an address that somebody made up."""
    current_app.logger.warning("request %s asks for what cannot be", request_number(), exc_info=error)
    return show(400)


def broken(error: Exception) -> Any:
    """A fault of ours: logged with the number that the page shows."""
    current_app.logger.exception("request %s failed", request_number(), exc_info=error)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return show(500)


def show(status: int, sentences: list[Any] | None = None, headers: dict[str, str] | None = None, *,
         back: tuple[str, Any] | None = None, expired: bool = False) -> Any:  # fmt: skip
    """The error as a page or as JSON; `back` is where its button leads, and what it says."""
    title, advice = SENTENCES.get(status) or (BROKEN if status >= 500 else SENTENCES[400])
    said = [str(sentence) for sentence in sentences or [advice]]
    told_on = {name: value for name, value in (headers or {}).items() if name in ("Allow", "Content-Range")}
    if wants_json():
        body, _status = answer_json(status, error=str(title), sentences=said, request=request_number())
        return body, status, told_on
    page = render_template("layouts/error.html", title=title, sentences=said, advice=advice, status=status,
                           number=request_number(), back=back, expired=expired)  # fmt: skip
    return page, status, told_on
