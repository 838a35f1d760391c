"""Filling a template in: in a sandbox, everything escaped, nothing missing; as a program it tries one and says why not.

It needs nothing of the house, so that a trial in a process of its own begins at once.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

WORDS = ("发现", "整改", "关于", "问题", "情况", "专项", "经常性", "校园", "开展")
MEMORY = 1 << 30


def sandbox() -> SandboxedEnvironment:
    """Where templates are filled in: no way out of it, no text that becomes markup."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.filters["paragraphs"] = lambda text: str(text).replace("\n", "\a")
    env.filters["balanced"] = balanced
    return env


def render(template: bytes, facts: dict[str, Any]) -> bytes:
    """The paper as docx; lines of a value become lines, `|paragraphs` makes them paragraphs."""
    document, out = DocxTemplate(BytesIO(template)), BytesIO()
    document.render(facts, jinja_env=sandbox(), autoescape=True)
    document.save(out)
    return out.getvalue()


def balanced(title: str, most: int = 19) -> str:
    """A long title in lines of about the same length, broken where a word ends rather than inside one."""
    title = str(title)
    lines = -(-len(title) // most)
    if lines < 2:
        return title
    middle = len(title) // lines
    places = [place for place in range(max(middle - 5, 1), min(middle + 6, len(title))) if _may_break(title, place)]
    cut = min(places, key=lambda place: abs(place - middle), default=middle)
    return f"{title[:cut]}\n{balanced(title[cut:], most)}"


def _may_break(title: str, place: int) -> bool:
    return title[place:].startswith(WORDS) or title[place - 1] in "的》、”"


def unknown(template: bytes, facts: dict[str, Any]) -> list[str]:
    """The names it asks for that there are no facts of."""
    asked = DocxTemplate(BytesIO(template)).get_undeclared_template_variables(jinja_env=sandbox())
    return sorted(asked - set(facts))


def tried(path: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with it: names it does not know, or why it cannot be filled in; nothing when it can.

    Even to ask for its names is work that it decides on: what is constant is computed when it is read.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        template = path.read_bytes()
        if names := unknown(template, facts):
            return {"unknown": names}
        render(template, facts)
    except Exception as why:
        return {"wrong": f"{type(why).__name__}: {why}"[:300]}
    return {}


if __name__ == "__main__":
    json.dump(tried(Path(sys.argv[1]), json.load(sys.stdin)), sys.stdout)
