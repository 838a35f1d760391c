"""The OpenAPI document, drawn from the law: nothing in it is written by hand twice."""

from __future__ import annotations

from typing import Any

from app.words import told
from workflows.book import WORKFLOWS
from workflows.grammar import Ask, Step

TYPES = {"text": "string", "line": "string", "task": "string", "choice": "string", "date": "string",
         "number": "integer", "person": "integer", "unit": "integer"}  # fmt: skip
REFUSALS = {
    "400": "The request was not understood",
    "401": "Not signed in",
    "403": "Somebody else takes this step",
    "404": "Not visible to the caller",
    "409": "Out of turn, or changed meanwhile",
    "422": "Something is missing, invalid or unknown",
}
TASK_ID = {"name": "task_id", "in": "path", "required": True, "schema": {"type": "integer"}}


def document(version: str) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    steps = {f"{kind}.{step.name}": step for kind, law in WORKFLOWS.items() for step in law.steps if not step.opens}
    paths = {"/tasks/{task_id}": {"get": reading()}}
    for name in sorted({step.name for step in steps.values()}):
        rows = [(key.split(".")[0], step) for key, step in steps.items() if step.name == name]
        paths[f"/tasks/{{task_id}}/steps/{name}"] = {"post": taking(name, rows)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rectify", "version": version},
        "paths": paths,
        "components": {"schemas": {"Task": task_schema(), "Refusal": refusal_schema()}},
    }


def reading() -> dict[str, Any]:
    """GET of a task."""
    return {
        "summary": told("A task with its offers"),
        "parameters": [TASK_ID],
        "responses": {"200": body("Task"), **refused("401", "404")},
    }


def taking(name: str, rows: list[tuple[str, Step]]) -> dict[str, Any]:
    """POST of a step; rows of one name share the path, told apart by the kind of task and where it stands."""
    kinds = sorted({kind for kind, _step in rows})
    forms = [form_schema(step) for _kind, step in rows]
    unique = [form for number, form in enumerate(forms) if form not in forms[:number]]
    schema = unique[0] if len(unique) == 1 else {"anyOf": unique}
    return {
        "summary": told(rows[0][1].label),
        "tags": kinds,
        "parameters": [TASK_ID],
        "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": {"200": body("Task"), **refused(*REFUSALS)},
    }


def form_schema(step: Step) -> dict[str, Any]:
    """What a step asks, as a JSON schema; anything else is refused."""
    return {
        "type": "object",
        "properties": {"seen": {"type": "integer"}} | {ask.name: ask_schema(ask) for ask in step.asks},
        "required": [ask.name for ask in step.asks if ask.required],
        "additionalProperties": False,
    }


def ask_schema(ask: Ask) -> dict[str, Any]:
    """One thing a step asks."""
    schema: dict[str, Any] = {"type": TYPES[ask.kind], "title": told(ask.label)}
    if ask.kind == "date":
        schema["format"] = "date"
    elif ask.kind == "choice":
        schema["enum"] = [value for value, _label in ask.choices]
    elif ask.kind == "number":
        schema |= {"minimum": 0, "maximum": ask.limit}
    elif TYPES[ask.kind] == "string":
        schema["maxLength"] = ask.limit
    return schema


def task_schema() -> dict[str, Any]:
    """A task as the house shows it."""
    texts = ("kind", "number", "title", "state", "state_label", "due_on", "original_due_on", "waits_on", "wait_until")
    offer = {"type": "object", "properties": {"step": {"type": "string"}, "label": {"type": "string"},
             "asks": {"type": "array"}, "missing": {"type": "array", "items": {"type": "string"}},
             "page": {"type": "boolean"}}}  # fmt: skip
    numbers = ("id", "version", "level", "levels")
    return {
        "type": "object",
        "properties": {name: {"type": ["string", "null"]} for name in texts}
        | {name: {"type": "integer"} for name in numbers}
        | {"offers": {"type": "array", "items": offer}},
    }


def refusal_schema() -> dict[str, Any]:
    """Why not."""
    return {
        "type": "object",
        "properties": {
            "error": {"type": "string"},
            "sentences": {"type": "array", "items": {"type": "string"}},
            "request": {"type": "string"},
        },
    }


def body(schema: str) -> dict[str, Any]:
    """An answer of that shape."""
    return {
        "description": schema,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def refused(*codes: str) -> dict[str, Any]:
    """The refusals an operation may answer."""
    return {code: body("Refusal") | {"description": REFUSALS[code]} for code in codes}
