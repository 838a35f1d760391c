"""The ledger handed out and read back: as people hand it in, nothing lost, nothing computed, nothing of others."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from PIL import Image

from app.clock import now
from app.db import unit_of_work
from app.evidence import actions as evidence
from app.evidence import sweeping
from app.evidence.receiving import receive
from app.findings.filters import read
from app.intake.commands_load import load
from app.intake.files import read_file
from app.intake.proposals import placed, track_of, weight_of
from app.intake.reading import ReadFinding
from app.jobs.working import Worker
from app.papers import exporting
from app.papers.columns import HEADINGS
from app.papers.ledger_text import harmless
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}
TEXTS = (
    "1.未建立留样制度；2.留样柜无温度记录\n3.门未上锁。",
    "未建立食品留样制度；留样柜无温度记录",
    "=cmd|' /C calc'!A0",
    "＝1+1 灭火器过期",
    "@SUM(A1)消防通道堵塞",
    "-2+3 食堂无证",
)


@pytest.fixture
def scene(app):
    """Five findings of one visit at one school, one closed with its photo; one at another school."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        drafts = [story.draft(cast, inspection=visit, text=text, demand="限期整改") for text in TEXTS]
        for finding in drafts:
            story.take(finding.task, "issue", cast.inspector, now=now())
        photo(story.rectifying(cast).measures[0].task, cast.owner)
        story.issued(cast, unit="north", text="北山的问题")


def photo(task, person, caption="新砌的围墙", kind="after", colour="olive") -> None:
    """A photo that says where and with what it was taken."""
    shot, out = Image.new("RGB", (800, 600), colour), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    shot.save(out, "JPEG", exif=exif)
    stored = receive(BytesIO(out.getvalue()), "整改后.jpg")
    evidence.add(task, person, kind, stored, now=now(), caption=caption)


def export(browser, shape: str, view: str = "state=all", **more) -> bytes:
    asked = browser.post("/papers/ledger", data={"format": shape, "view": view, **more})
    assert asked.status_code == 303, asked.text[:300]
    answer = browser.get(asked.headers["Location"])
    assert answer.status_code == 200, answer.text[:300]
    return answer.data


def sheet(content: bytes):
    return openpyxl.load_workbook(BytesIO(content))["整改台账"]


def test_the_workbook_looks_as_people_hand_it_in(app, sign_in, scene):
    one = sheet(export(sign_in("inspector"), "xlsx"))
    assert one["A1"].value == "清河县教育督导室督导检查发现问题整改台账"
    assert "填报人：许文清" in one["A2"].value
    merged = {str(cells) for cells in one.merged_cells.ranges}
    assert {"A1:T1", "A2:T2", "A3:A4", "B3:H3"} <= merged
    assert [cell.value for cell in one[4]][1:] == list(HEADINGS[1:])
    assert (one.page_setup.orientation, one.page_setup.paperSize) == ("landscape", 9)
    assert one.print_title_rows == "$3:$4"
    assert one["F6"].border.left.style == "thin"
    assert one.page_setup.fitToHeight == 0


def test_whatever_was_typed_no_cell_is_computed(app, sign_in, scene):
    one = sheet(export(sign_in("inspector"), "xlsx"))
    assert {cell.data_type for row in one.iter_rows() for cell in row if cell.value is not None} == {"s"}
    said = {row[5].value for row in one.iter_rows(min_row=5)}
    assert set(TEXTS) <= said
    rows = list(csv.reader(io.StringIO(export(sign_in("inspector"), "csv").decode("utf-8-sig"))))
    assert rows[0] == list(HEADINGS)
    assert [cell for row in rows[1:] for cell in row if cell[:1] in "=@＝" and cell] == []
    assert harmless("-2+3") == "'-2+3"


def test_what_we_hand_out_we_read_back_without_loss(app, sign_in, scene, tmp_path):
    content = export(sign_in("inspector"), "xlsx")
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    reading = read_file(path, path.name).as_json()
    rows = [[cell.value or "" for cell in row] for row in sheet(content).iter_rows(min_row=5)]
    place = {heading: number for number, heading in enumerate(HEADINGS)}
    assert [one["text"] for one in reading["findings"]] == [row[place["存在问题"]] for row in rows]
    assert [one["unit"] for one in reading["findings"]] == [row[place["责任单位"]] for row in rows]
    assert [one["owner"] or "" for one in reading["findings"]] == [row[place["责任人"]] for row in rows]
    assert [one["deadline"] for one in reading["findings"]] == [row[place["整改时限"]] for row in rows]
    read = [[measure["text"] for measure in one["measures"]] for one in reading["findings"]]
    assert read == [[row[place["整改措施"]]] if row[place["整改措施"]] else [] for row in rows]
    assert all(measure["link"] == "certain" for one in reading["findings"] for measure in one["measures"])
    assert reading["unlinked_measures"] == []
    for number, one in enumerate(reading["findings"]):
        assert rows[number][place["问题编号"]] in str(one)
        assert all(rows[number][place[name]] == said for name, said in one["extra"].items())
    (tmp_path / "台账.csv").write_bytes(export(sign_in("inspector"), "csv"))
    other = read_file(tmp_path / "台账.csv", "台账.csv").as_json()
    bare = [[{**one, "sheet": "", "row": 0} for one in said["findings"]] for said in (reading, other)]
    assert bare[0] == bare[1]


BROUGHT = (
    ["序号", "问题描述", "责任单位", "责任人", "整改时限", "整改措施", "联系电话", "牵头领导", "资金（万元）",
     "整改情况", "备注", "问题来源", "是否\n公示", "=1+1"],
    ["市-7", "食堂未建立留样制度", "清河县第一小学", "李秀云（校长）", "2026年5月底", "建立留样制度", "0311-8800",
     "许局长", "2.5", "正在办理", "家长反映；较大问题", "省级督导", "√", "=2+2"],
    ["2", "消防通道堵塞", "清河县第一小学", "李秀云", "2026年6月1日", "", "", "", "", "", "", "", "×", ""],
)  # fmt: skip


def brought(app, path, lines=BROUGHT) -> None:
    """Taken in from a ledger with columns of its own."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)
    taken_in(app, path)


def taken_in(app, path) -> str:
    with app.app_context(), unit_of_work():
        number = story.visit(Cast()).task.number
    said = app.test_cli_runner().invoke(load, [str(path), "--inspection", number, "--as", "inspector", "--yes"])
    assert said.exit_code == 0, said.output
    return number


def test_columns_of_the_list_that_was_brought_stand_behind_ours_and_go_round_without_loss(app, sign_in, tmp_path):
    """Out as a workbook and in again at another visit, and out again: the same rows, cell by cell."""
    browser, text = sign_in("inspector"), {"序号": None, "问题编号": None}
    brought(app, tmp_path / "台账.csv")
    first = export(browser, "xlsx", "state=draft")
    (tmp_path / "再来.xlsx").write_bytes(first)
    one = sheet(first)
    heads = [cell.value for cell in one[4]][1:]
    behind = heads[len(HEADINGS) - 1 :]
    assert behind == ["是否公示", "联系电话", "牵头领导", "资金（万元）", "=1+1", "原台账原文"]
    assert "原台账栏目" in [cell.value for cell in one[3]]
    row = dict(zip(heads, [cell.value or "" for cell in one[5]][1:], strict=True))
    assert (row["联系电话"], row["资金（万元）"], row["是否公示"], row["=1+1"]) == ("0311-8800", "2.5", "√", "=2+2")
    assert (row["整改情况"], row["备注"]) == ("正在办理", "较大问题；家长反映")
    assert row["原台账原文"].split("\n") == [
        "编号：市-7", "责任人：李秀云（校长）", "整改时限：2026年5月底", "问题来源：省级督导",
    ]  # fmt: skip
    assert {cell.data_type for line in one.iter_rows() for cell in line if cell.value is not None} == {"s"}
    number = taken_in(app, tmp_path / "再来.xlsx")
    again = sheet(export(browser, "xlsx", f"state=draft&q={number}"))
    told = [
        [dict(zip(heads, [cell.value for cell in line][1:], strict=True)) | text for line in book.iter_rows(min_row=5)]
        for book in (one, again)
    ]
    assert [cell.value for cell in again[4]][1:] == heads
    assert told[0] == told[1]
    lines = list(csv.reader(io.StringIO(export(browser, "csv", f"state=draft&q={number}").decode("utf-8-sig"))))
    assert lines[0] == [*HEADINGS, *behind[:4], "'=1+1", "原台账原文"]


def test_columns_beyond_thirty_stand_together_and_beyond_six_are_not_printed(app, sign_in, tmp_path):
    said = {f"附列{n}": f"甲{n}" for n in range(1, 37)}
    with app.app_context(), unit_of_work():
        for text in ("门未上锁", "灭火器失效", "通道堵塞"):
            story.draft(Cast(), text=text).extra = said
    content = export(sign_in("inspector"), "xlsx", "state=draft")
    one = sheet(content)
    assert one.print_area.endswith("$T$7")
    (tmp_path / "台账.xlsx").write_bytes(content)
    read = read_file(tmp_path / "台账.xlsx", "台账.xlsx").findings
    assert [one.text for one in read] == ["门未上锁", "灭火器失效", "通道堵塞"]
    behind = {name: value for name, value in read[0].extra.items() if name in said}
    assert behind | dict(line.split("：") for line in read[0].extra["其他栏目"].split("\n")) == said
    assert len(behind) == 30


def test_a_ledger_we_wrote_gives_place_basis_way_and_weight_back():
    said = {"地点": "食堂", "依据": "消-02", "整改要求": "清空", "整改方式": "立行立改", "备注": "退回1次；较大问题"}
    found = ReadFinding("通道堵塞", deadline_raw="2027-03-01", extra=said)
    assert placed(found) == {"place": "食堂", "basis": "消-02", "demand": "清空"}
    assert (track_of(found), weight_of(found)) == ("immediate", "serious")
    assert weight_of(ReadFinding("通道堵塞", extra={"备注": "不是重大问题"})) == "ordinary"


def test_an_export_has_the_filters_of_the_page_and_only_what_she_may_see(app, sign_in, scene):
    everything, narrowed = (sheet(export(sign_in("leader"), "xlsx", view)) for view in ("state=all", "unit=north"))
    assert everything.max_row == 4 + len(TEXTS) + 2
    assert [row[5].value for row in narrowed.iter_rows(min_row=5)] == ["北山的问题"]
    hers = sheet(export(sign_in("northerner"), "xlsx"))
    assert [row[5].value for row in hers.iter_rows(min_row=5)] == ["北山的问题"]
    assert sheet(export(sign_in("stranger"), "xlsx")).max_row == 4


def test_photos_stand_in_the_cells_when_they_are_asked_for(app, sign_in, scene, tmp_path):
    with app.app_context(), unit_of_work():
        task, many = (story.draft(Cast(), text=text).task for text in ("两张照片", "六张照片"))
        for colour in ("navy", "gold"):
            photo(task, Cast().inspector, kind="before", colour=colour)
        for colour in ("red", "green", "blue", "pink", "teal", "gray"):
            photo(many, Cast().inspector, kind="before", colour=colour)
        many_number = many.number
    content = export(sign_in("inspector"), "xlsx", photos="y")
    one = sheet(content)
    assert [cell.value for cell in one[3]][-2:] == ["整改前照片", "整改后照片"]
    assert len(one._images) == 3 + 4
    told = {row[5].value: row[-2].value for row in one.iter_rows(min_row=5)}
    assert told["两张照片"] in (None, "")
    assert told["六张照片"] == f"另有2张，见佐证材料包：清河县第一小学/{many_number}"
    (tmp_path / "台账.xlsx").write_bytes(content)
    reading = read_file(tmp_path / "台账.xlsx", "台账.xlsx")
    shown = {found.text: len(found.pictures) for found in reading.findings if found.pictures}
    assert shown == {"两张照片": 2, "六张照片": 4}, "a photo of the result does not show how it was found"
    assert "1 photos show what was done" in " ".join(map(str, reading.warnings))
    assert b"SecretCamera" not in b"".join(
        zipfile.ZipFile(BytesIO(content)).read(n) for n in zipfile.ZipFile(BytesIO(content)).namelist()
    )


def test_a_pack_holds_copies_catalogue_hashes_and_a_page(app, sign_in, scene):
    packed = zipfile.ZipFile(BytesIO(export(sign_in("inspector"), "pack")))
    assert packed.testzip() is None
    (photo,) = [name for name in packed.namelist() if name.endswith(".jpg")]
    assert photo.startswith("清河县第一小学/")
    assert b"SecretCamera" not in packed.read(photo)
    sums = packed.read("SHA256SUMS.txt").decode()
    assert sums == f"{hashlib.sha256(packed.read(photo)).hexdigest()}  {photo}\n"
    shown = packed.read("index.html").decode()
    assert "新砌的围墙" in shown
    assert re.findall(r"<h2 id=\"(u\d)\">([^<]*)", shown) == [("u0", "清河县第一小学"), ("u1", "北山中学")]
    assert "#u1" in shown
    assert "http" not in shown
    catalogue = openpyxl.load_workbook(BytesIO(packed.read("目录.xlsx")))["目录"]
    assert catalogue["E2"].value == "新砌的围墙"
    assert (catalogue.page_setup.orientation, catalogue.print_title_rows) == ("landscape", "$1:$1")


def test_names_in_a_pack_fit_every_system_and_its_page_finds_them(app, sign_in, scene):
    captions = ["南楼/3层", "北楼/3层", '完成50%25?#2:"门"', "高1.5米的围墙"]
    with app.app_context(), unit_of_work():
        cast = Cast()
        measure = story.rectifying(cast).measures[0]
        for caption in captions:
            photo(measure.task, cast.owner, caption)
    packed = zipfile.ZipFile(BytesIO(export(sign_in("inspector"), "pack")))
    files = [name for name in packed.namelist() if name.endswith(".jpg")]
    assert len(set(files)) == len(files) == 5
    assert not [name for name in files if set(name) & set('\\:*?"<>|')]
    assert {name.rsplit("/", 1)[1][3:] for name in files} >= {"整改后照片 南楼 3层.jpg", "整改后照片 高1.5米的围墙.jpg"}
    linked = re.findall(r'<a href="([^"#][^"]*)"', packed.read("index.html").decode())
    assert sorted(unquote(urlsplit(link).path) for link in linked) == sorted(files)


def test_many_rows_become_a_job_that_makes_the_same_file(app, sign_in, scene, monkeypatch):
    browser = sign_in("inspector")
    at_once = sheet(export(browser, "xlsx"))
    monkeypatch.setitem(app.config, "EXPORT_ROWS", 3)
    answer = browser.post("/papers/ledger", data={"format": "xlsx", "view": "state=all"}, headers=JSON)
    assert answer.status_code == 202
    with app.app_context():
        assert Worker().next()
    job = browser.get(answer.json["url"], headers=JSON).json
    assert (job["phase"], job["said"]) == ("done", "")
    made = sheet(browser.get(job["file"]).data)
    assert [[cell.value for cell in row] for row in made.rows] == [[cell.value for cell in row] for row in at_once.rows]


@pytest.mark.parametrize("shape", ["xlsx", "pack"])
def test_a_large_export_says_after_every_finding_how_far_it_is(app, inside, scene, tmp_path, shape):
    """Photos of four hundred findings take longer than a worker may be silent, and than anybody waits who calls off."""
    far: list[int] = []
    asked = {"format": shape, "photos": True}
    exporting.write(tmp_path / "out", Cast().inspector, read({"state": "all"}), asked, far.append)
    assert sorted(set(far)) == list(range(1, len(TEXTS) + 3)) or set(far) == set(range(len(TEXTS) + 3))


def test_an_export_costs_no_statement_a_row(app, sign_in, scene):
    browser = sign_in("inspector")
    export(browser, "csv", "unit=north")
    with counted(app) as few:
        export(browser, "csv", "unit=north")
    with counted(app) as many:
        export(browser, "csv")
    assert len(many) <= len(few)


def test_the_ledger_page_leads_to_its_export(app, sign_in, scene):
    assert "/papers/ledger?state=all" in sign_in("inspector").get("/findings?state=all").text.replace("&amp;", "&")
    shown = sign_in("inspector").get("/papers/ledger?state=all").text
    assert f"{len(TEXTS) + 2} 个问题" in shown


def test_nothing_lies_about_after_an_export(app, sign_in, scene):
    from app.evidence.receiving import waiting_room

    export(sign_in("inspector"), "pack")
    with app.app_context():
        assert [
            path for path in waiting_room().iterdir() if path.name.startswith(("export-", "photos-", "pack-"))
        ] == []


def test_what_a_killed_export_left_beside_it_is_swept_away(app, inside):
    from app.evidence.receiving import waiting_room

    left = waiting_room() / "pack-killed"
    left.mkdir()
    (left / "sums").write_text("")
    sweeping.sweep_now(now() + timedelta(days=400))
    assert not left.exists()
