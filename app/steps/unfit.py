"""The answer to a form that cannot be taken: its page with everything typed, or JSON naming the fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.forms import Form
from app.htmx import answer_json, page, wants_json
from app.words import told
from workflows.grammar import Sentence


def unfit(form: Form, template: str, missing: Sequence[Sentence] = (), **context: Any) -> Any:
    """422: the same page with a sentence for each field and for what is missing, or the same as JSON."""
    if not wants_json():
        return page(template, 422, form=form, missing=missing, **context)
    fields = {name: [str(sentence) for sentence in said] for name, said in form.errors.items() if name}
    said = [str(sentence) for sentence in form.form_errors] + [told(sentence) for sentence in missing]
    return answer_json(422, error=said[0] if said else "", sentences=said, fields=fields)
