"""Filling a template in: in a sandbox, everything escaped, nothing missing; and trying one, to say why it does not fit.

It needs nothing of the house: templates that others brought are filled in by a child process (see `apart`).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from app.papers.harmless import faults, is_empty

WORDS = ("发现", "整改", "关于", "问题", "情况", "专项", "经常性", "校园", "开展", "规范", "综合", "安全",
         "教育", "办学", "秋季", "春季", "落实")  # fmt: skip
LARGEST = 20 * 1024 * 1024  # bytes of a paper


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


def made(template: bytes, facts: dict[str, Any]) -> dict[str, Any] | bytes:
    """The paper, or what is wrong with it; what it holds once it is filled in counts, not how it got there."""
    try:
        paper = render(template, facts)
        if found := faults(paper):
            return found
        if is_empty(paper):
            return {"empty": True}
    except MemoryError:
        raise
    except Exception as why:
        return {"wrong": f"{type(why).__name__}: {why}"[:300]}
    return paper if len(paper) <= LARGEST else {"large": True}


def tried(template: bytes, samples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is wrong with a template: what it holds, names it does not know, why it cannot be filled in.

    Even to ask for its names is work that it decides on: what is constant is computed when it is read.
    """
    try:
        if found := faults(template):
            return found
        if names := unknown(template, samples[0]):
            return {"unknown": names}
    except MemoryError:
        raise
    except Exception as why:
        return {"wrong": f"{type(why).__name__}: {why}"[:300]}
    told = (made(template, facts) for facts in samples)
    return next((one for one in told if isinstance(one, dict)), {})
