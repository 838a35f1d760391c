"""`flask intake load`: the same look as text, the same taking in, and nothing when somebody says no."""

from __future__ import annotations

import pytest

from app.db import db
from app.findings.models import Finding
from app.intake.models import Batch
from tests.intake.books import book, row
from tests.intake.pasting import count


@pytest.fixture
def load(app, visit, tmp_path):
    """Run the command on a workbook."""

    def run(content, *more, **how):
        file = tmp_path / "台账.xlsx"
        file.write_bytes(content)
        whole = ["intake", "load", str(file), "--inspection", "2026-ZX-0001", "--as", "inspector", *more]
        return app.test_cli_runner().invoke(args=whole, **how)

    return run


def test_good_rows_go_in_and_bad_ones_are_told_with_their_row(app, load):
    content = book([row(1), row(2, unit="查无此校"), row(3)])
    told = load(content, "--yes")
    assert told.exit_code == 0, told.output
    assert "问题清单:4" in told.output
    assert "查无此校" in told.output
    with app.app_context():
        batch = db.session.query(Batch).one()
        assert (batch.taken, [one["row"] for one in batch.set_aside]) == (2, [5])
    again = load(content, "--yes")
    assert again.exit_code == 0
    assert "许文清" in again.output
    assert count(app) == 2


def test_nothing_is_written_when_somebody_says_no(app, load):
    told = load(book([row(1)]), input="n\n")
    assert told.exit_code == 0
    assert "第1间教室" in told.output
    assert count(app) == count(app, Batch) == 0


def test_what_is_ready_is_issued_at_once(app, load):
    told = load(book([row(1), row(2, due="")]), "--yes", "--issue")
    assert told.exit_code == 0, told.output
    with app.app_context():
        assert [one.task.state for one in db.session.query(Finding).order_by(Finding.seq)] == ["issued", "draft"]
    assert "2026-ZX-0001-02" in told.output


@pytest.mark.parametrize("more", [("--as", "leader"), ("--as", "nobody"), ("--inspection", "2026-ZX-0999"),
                                  ("--as", "stranger")], ids=" ".join)  # fmt: skip
def test_whoever_may_not_is_told_so(app, load, more):
    refused = load(book([row(1)]), "--yes", *more)
    assert refused.exit_code == 1
    assert "Error" in refused.output
    assert count(app) == 0


def test_a_file_without_findings_says_what_was_looked_for(app, load):
    refused = load(book([["甲", "乙"]], head=("姓名", "爱好"), title="名单"), "--yes")
    assert refused.exit_code == 1
    assert "爱好" in refused.output
