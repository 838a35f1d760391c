"""Papers from the command line: the same papers, as somebody sees them."""

from __future__ import annotations

import openpyxl

from app.db import unit_of_work
from app.papers.commands import paper
from tests import story
from tests.cast import Cast
from tests.papers.reading import words


def test_a_draft_a_number_and_a_ledger_from_the_command_line(app, tmp_path):
    with app.app_context(), unit_of_work():
        number = story.issued(Cast()).task.number
    run = app.test_cli_runner().invoke
    out = tmp_path / "通知书.docx"
    assert run(paper, ["write", "notice", number, str(out), "--as", "inspector"]).exit_code == 0
    assert "围墙开裂" in words(out.read_bytes())
    issued = run(paper, ["write", "notice", number, str(out), "--as", "inspector", "--issue"])
    assert "1号" in issued.output
    assert issued.output.splitlines()[0] in words(out.read_bytes())
    refused = run(paper, ["write", "notice", number, str(out), "--as", "neighbour"])
    assert refused.exit_code == 1
    assert number in refused.output
    table = tmp_path / "台账.xlsx"
    assert run(paper, ["ledger", str(table), "--as", "head"]).exit_code == 0
    assert openpyxl.load_workbook(table)["整改台账"]["B5"].value == number
