"""A task and its offers as JSON, in the shapes the OpenAPI document promises."""

from __future__ import annotations

from typing import Any

from app.tasks.models import Task
from app.words import told
from workflows.grammar import Ask, Sentence, Step


def task(shown: Task, offered: list[tuple[Step, list[Sentence]]]) -> dict[str, Any]:
    """Where the task stands, whom it waits on, and what the viewer may do."""
    state, wait = shown.workflow.state(shown.state), shown.current_wait
    return {
        "id": shown.id, "kind": shown.kind, "number": shown.number, "title": shown.title,
        "state": shown.state, "state_label": told(state.label), "version": shown.version,
        "level": shown.level, "levels": shown.levels,
        "due_on": shown.due_on.isoformat() if shown.due_on else None,
        "original_due_on": shown.original_due_on.isoformat() if shown.original_due_on else None,
        "waits_on": wait.role if wait else None,
        "wait_until": wait.until.isoformat() if wait and wait.until else None,
        "offers": [offer(step, missing) for step, missing in offered],
    }  # fmt: skip


def offer(step: Step, missing: list[Sentence]) -> dict[str, Any]:
    """One step: what it asks and what is still missing."""
    return {
        "step": step.name,
        "label": told(step.label),
        "asks": [asked(ask) for ask in step.asks],
        "missing": [told(sentence) for sentence in missing],
        "page": step.opens,
    }


def asked(ask: Ask) -> dict[str, Any]:
    """One thing a step asks."""
    return {
        "name": ask.name, "label": told(ask.label), "kind": ask.kind, "required": ask.required,
        "limit": ask.limit, "choices": [{"value": v, "label": told(label)} for v, label in ask.choices],
    }  # fmt: skip
