"""The catalogue of everything said to people: gathered from code, templates and the law, kept in translations/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from flask import Flask
from jinja2.ext import babel_extract

from workflows import rungs
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS
from workflows.roles import LABELS

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "say": None,
    "ngettext": (1, 2),
}
PLACES = re.compile(r"%\((\w+)\)[sd]|%\((\w+)\)\.\d+f")
WIDTH = 110
BEGUN = datetime(2026, 11, 1, tzinfo=UTC)  # a fixed date: the file changes only with its words
MessageId = str | tuple[str, ...]


def init_app(app: Flask) -> None:
    """Hang the catalogue on the command line."""
    app.cli.add_command(words)


def catalogue_file(locale: str = "zh_Hans_CN") -> Path:
    """Where the translations of a locale are kept, under the full name that Babel gives it."""
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def said() -> set[MessageId]:
    """Every message that the house may say."""
    return {message for source in (_in_code(), _in_templates(), _in_the_law()) for message in source if message}


def _in_code() -> Iterator[MessageId]:
    for folder in ("app", "workflows"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _extracted("python", path)


def _in_templates() -> Iterator[MessageId]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from _extracted(babel_extract, path)


def _extracted(method: Any, path: Path) -> Iterator[MessageId]:
    options = {"encoding": "utf-8", "silent": "false", "trimmed": "true"}
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract(method, file, KEYWORDS, options=options):
            yield message if isinstance(message, str) else tuple(message)


def _in_the_law() -> Iterator[str]:
    yield from LABELS.values()
    yield from (label for _name, label in (*WEIGHTS, *TRACKS))
    for named in (rungs.LABELS, rungs.HEARS, rungs.LIGHTS, rungs.CHANNELS):
        yield from named.values()
    yield from (ladder.name for ladder in rungs.SHIPPED.values())
    for workflow in WORKFLOWS.values():
        yield workflow.label
        yield from (said for state in workflow.states for said in (state.label, state.days_from))
        for step in workflow.steps:
            yield step.label
            for ask in step.asks:
                yield from (ask.label, ask.hint, *(label for _value, label in ask.choices))


def read(path: Path) -> Catalog:
    """The catalogue at `path`, empty when there is none yet."""
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def _empty() -> Catalog:
    return Catalog(
        locale="zh_CN", project="Rectify", version="1", header_comment="# Rectify in Chinese.", fuzzy=False,
        creation_date=BEGUN, revision_date=BEGUN, last_translator="Rectify", language_team="Rectify",
    )  # fmt: skip


def missing(catalogue: Catalog) -> list[MessageId]:
    """Messages without a translation."""
    return sorted((m for m in said() if not _is_translated(catalogue.get(_key(m)))), key=str)


def misplaced(catalogue: Catalog) -> list[Any]:
    """Messages whose translation names other places than they do."""
    return [m.id for m in catalogue if m.id and _is_translated(m) and _places(m.id) != _places(m.string)]


def _places(text: Any) -> set[str]:
    parts = [text] if isinstance(text, str) else list(text)
    return {a or b for part in parts for a, b in PLACES.findall(part)}


def _is_translated(message: Message | None) -> bool:
    said = message.string if message else ""
    return bool(said) if isinstance(said, str) else all(said or ())


def _key(message: MessageId) -> str:
    return message if isinstance(message, str) else message[0]


def refresh(path: Path) -> Catalog:
    """Write the catalogue anew: what is said stays or is added, what nobody says any more is dropped."""
    old = read(path)
    new = _empty()
    for message in sorted(said(), key=str):
        known = old.get(_key(message))
        new.add(message, known.string if known else "")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=WIDTH, omit_header=False, sort_output=True)
    return new


@click.command("words")
def words() -> None:
    """Refresh the Chinese catalogue and list what is not translated yet."""
    catalogue = refresh(catalogue_file())
    for message in missing(catalogue):
        click.echo(f"untranslated: {message}")
    for message in misplaced(catalogue):
        click.echo(f"other places: {message}")
