"""What a paper that is numbered and not yet written out forgets when words of its tasks are erased.

A file that was written is the paper that went out; it stays as it is.
"""

from __future__ import annotations

from typing import Any

from app.evidence.actions_covering import around
from app.papers import queries
from app.papers.facts import headed
from app.papers.phrases import clean
from app.tasks.erasing import GONE, hears_what_goes
from app.tasks.models import Task

SHORT = 4  # signs; a shorter text is no more than a word, and goes only where it stands alone


@hears_what_goes
def forget(task: Task, words: set[str]) -> None:
    """Take those texts out of what the unwritten papers about that task say."""
    papers = queries.unwritten_about([one.id for one in around(task)])
    texts = sorted({form for word in words for form in (clean(word), headed(word)) if form}, key=len, reverse=True)
    for paper in papers:
        paper.unwritten = {**(paper.unwritten or {}), "says": without((paper.unwritten or {})["says"], texts)}


def without(told: Any, texts: list[str]) -> Any:
    """The same facts without those texts, the longest first."""
    if isinstance(told, dict):
        return {name: without(value, texts) for name, value in told.items()}
    if isinstance(told, list):
        return [without(value, texts) for value in told]
    if not isinstance(told, str):
        return told
    for text in texts:
        alone = headed(told) == headed(text)
        told = GONE if alone else told.replace(text, GONE) if len(text) >= SHORT else told
    return told
