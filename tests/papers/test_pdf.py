"""PDF through LibreOffice: looked at where it is installed, said plainly where it is not."""

from __future__ import annotations

import pytest

from app.db import unit_of_work
from app.papers import pdf
from tests import story
from tests.cast import Cast

needs_soffice = pytest.mark.skipif(not pdf.is_available(), reason="NOT RUN: LibreOffice is not installed")


def issued(app) -> int:
    with app.app_context(), unit_of_work():
        return story.issued(Cast()).id


@needs_soffice
def test_a_paper_becomes_a_pdf_once_and_stays_that_pdf(app, sign_in):
    browser = sign_in("inspector")
    paper = browser.post(f"/papers/notice/{issued(app)}", headers={"Accept": "application/json"}).json
    first = browser.get(f"{paper['url']}/file.pdf")
    assert first.data.startswith(b"%PDF")
    assert first.mimetype == "application/pdf"
    assert browser.get(f"{paper['url']}/file.pdf").data == first.data


def test_a_server_without_libreoffice_says_so_and_hands_out_the_word_file(app, sign_in, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    browser, finding = sign_in("inspector"), issued(app)
    shown = browser.get(f"/papers/notice/{finding}").text
    assert "LibreOffice" in shown
    assert "draft.pdf" not in shown
    assert browser.get(f"/papers/notice/{finding}/draft.pdf").status_code == 503
    assert browser.get(f"/papers/notice/{finding}/draft.docx").status_code == 200


@needs_soffice
def test_a_conversion_that_hangs_is_ended_and_told(app, monkeypatch, inside):
    monkeypatch.setattr(pdf, "SECONDS", 0.05)
    with pytest.raises(pdf.NotConverted):
        pdf.converted(b"PK")
