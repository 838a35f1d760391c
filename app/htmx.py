"""How a page answers: whole, as a part for htmx, or as JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request

BEYOND = 2**31  # no id is as large, and databases refuse to compare with what is


def number(said: str) -> int:
    """A number that was sent: `get(…, type=number)` takes one beyond every id for none."""
    if abs(found := int(said)) >= BEYOND:
        raise ValueError
    return found


def wants_json() -> bool:
    """Whether the caller asked for JSON rather than a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def is_part() -> bool:
    """Whether htmx asked for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A rendered page with its status."""
    return render_template(template, **context), status


def inside(url: str | None) -> str:
    """`url` where it leads to a page of this house, else the home page; browsers read `\\` as `/`."""
    url = url or ""
    strange = len(url) > 1000 or "\\" in url or any(ord(sign) < 33 or ord(sign) == 127 for sign in url)
    return "/" if strange or not url.startswith("/") or url.startswith("//") else url


def back_to(url: str) -> Any:
    """Go on to `url` after something was done: 303, or htmx's own header."""
    if is_part():
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, code=303)


def offer_to_undo(said: Any, *entry_ids: int) -> None:
    """Say on the next page what was done, with a button that undoes it."""
    flash({"said": str(said), "entries": list(entry_ids)}, "undo")  # type: ignore[arg-type]  # kept as JSON


def answer_json(status: int = 200, **body: Any) -> tuple[Response, int]:
    """A JSON answer with its status."""
    return jsonify(body), status
