"""The reader against the corpus: what it finds, what it misses, and that it makes nothing up."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.intake.scoring import failures, score, told
from tests.intake.table import KEY

CORPUS = Path(__file__).parent / "corpus"
PARTS = ("open", "kept")


def sources(part: str) -> list[tuple[Path, dict[str, Any]]]:
    """Every file of a part with the reading that is wanted of it."""
    wanted = sorted((CORPUS / part).glob("*.json"))
    return [(_beside(path), json.loads(path.read_text("utf-8"))) for path in wanted]


def _beside(wanted: Path) -> Path:
    (source,) = [path for path in wanted.parent.glob(f"{wanted.stem}.*") if path != wanted]
    return source


@pytest.fixture(scope="session")
def read(opened) -> Callable[[Path, int | None], dict[str, Any]]:
    """What `--json` prints of one source of the corpus."""

    def read_one(source: Path, year: int | None) -> dict[str, Any]:
        return json.loads(json.dumps(opened(source, year)[1].as_json(), default=str))

    return read_one


@pytest.mark.parametrize("part", PARTS)
def test_the_reader_reads_as_a_careful_clerk_would(part, read, record_property):
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    remarks = []
    for source, wanted in sources(part):
        found = read(source, wanted.get("year"))
        shapes[wanted["shape"]].update(score(wanted, found))
        remarks += [f"{source.name}: {line}" for line in told(wanted, found)]
    record_property(KEY, {"part": part, "shapes": {name: dict(counts) for name, counts in shapes.items()}})
    broken = failures(sum(shapes.values(), Counter()))
    assert not broken, "\n".join([*broken, *(remarks if part == "open" else [])])


def _shapes(part: str) -> set[str]:
    return {wanted["shape"] for _, wanted in sources(part)}


def test_both_parts_hold_every_shape_and_a_third_is_kept():
    """The last forty files came later, from somebody who had not seen the reader; a few of their shapes are single."""
    assert len(_shapes("open") & _shapes("kept")) >= 36
    assert len(_shapes("open") ^ _shapes("kept")) <= 8
    assert len(sources("open")) + len(sources("kept")) >= 48
    assert 0.3 < len(sources("kept")) / (len(sources("open")) + len(sources("kept"))) < 0.4


def _perfect(wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: wanted[key] for key in ("findings", "unlinked_measures")}


@pytest.fixture
def clerk() -> dict[str, Any]:
    """A small reading: two problems, each with its measure, and a measure of its own."""
    problem = {"owner": "闻一舟", "deadline": "2024-05-10", "measures": []}
    first = {**problem, "text": "消防栓没有水", "measures": [{"text": "疏通管道", "link": "certain"}]}
    second = {**problem, "text": "围墙开裂", "owner": None, "deadline": None}
    return {"findings": [first, second], "unlinked_measures": [{"text": "召开安全会议"}]}


def test_a_reading_like_the_clerks_passes_and_counts_everything():
    for part in PARTS:
        for source, wanted in sources(part):
            counts = score(wanted, _perfect(wanted))
            assert not failures(counts), source.name
            assert not list(told(wanted, _perfect(wanted))), source.name
            assert counts["measures found"] == counts["measures"], source.name


def _changed(clerk: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> Counter[str]:
    found = json.loads(json.dumps(clerk))
    change(found)
    return score(clerk, found)


def _lies(clerk: dict[str, Any]) -> Iterator[tuple[str, Callable[[dict[str, Any]], Any]]]:
    yield "date invented", lambda found: found["findings"][1].update(deadline="2024-05-10")
    yield "date wrong", lambda found: found["findings"][0].update(deadline="2024-05-11")
    yield "date missed", lambda found: found["findings"][0].update(deadline=None)
    yield "owner invented", lambda found: found["findings"][1].update(owner="总务处")
    yield "owner wrong", lambda found: found["findings"][0].update(owner="迟小满")
    astray = {"text": "召开安全会议", "link": "certain"}
    yield "link wrong", lambda found: found["findings"][1]["measures"].append(astray)


def test_every_lie_of_a_reader_is_counted_once(clerk):
    for verdict, change in _lies(clerk):
        assert _changed(clerk, lambda found: None)[verdict] == 0
        assert _changed(clerk, change)[verdict] == 1, verdict


def test_a_finding_missed_or_made_up_breaks_the_gate(clerk):
    missed = _changed(clerk, lambda found: found["findings"].pop())
    assert failures(missed) == ["recall 50.0% is below 90 %"]
    made_up = {"text": "学校高度重视安全工作", "owner": None, "deadline": None, "measures": []}
    assert failures(_changed(clerk, lambda found: found["findings"].append(made_up))) == [
        "precision 66.7% is below 93 %"
    ]
