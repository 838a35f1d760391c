"""What every answer carries: security headers, no caching of what is not public; and the administrators' door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, current_app, request, session
from flask_login import current_user, login_required

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


FROM_STRANGERS = 1024 * 1024  # bytes: they sign in, activate an account, set the house up


def weigh_strangers() -> Any:
    """Whoever never signed in fills no disk: asked to sign in, or cut off, before a byte of a file is kept."""
    if "_user_id" in session:
        return None
    request.max_content_length = FROM_STRANGERS
    large = (request.content_length or 0) > FROM_STRANGERS
    return current_app.login_manager.unauthorized() if large else None  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    """Put the headers on every answer; HSTS only where the cookie already demands TLS."""
    secure = app.config["SESSION_COOKIE_SECURE"]

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "private, no-store")
            response.vary.add("Cookie")
        return response


def for_administrators(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that only administrators may call; others get 403, strangers sign in first."""

    @wraps(view)
    @login_required
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_admin:
            abort(403)
        return view(*args, **kwargs)

    return guarded
