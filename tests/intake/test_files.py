"""Files that people send: told by their content, read in a child that alone can fail, refused with what to do."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from app.intake.files import Unreadable, read_file
from app.intake.readers.opening import open_and_read
from app.intake.reading import Reading
from tests.intake import hostile
from tests.intake.corpus.make import make

LIMIT = 20
GROWTH = 50 * 1024  # KiB


@pytest.mark.parametrize("case", hostile.HARMFUL)
def test_a_hostile_file_is_refused_with_a_sentence_and_the_worker_lives(case: str, tmp_path: Path) -> None:
    name, content, word = hostile.HARMFUL[case]
    path = tmp_path / name
    path.write_bytes(content())
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read_file(path, name)
    assert word in str(refusal.value)
    assert len(str(refusal.value)) > 40
    assert time.monotonic() - started < LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH


@pytest.mark.parametrize("case", hostile.STRANGE)
def test_what_cannot_be_read_is_known_by_its_content_and_says_what_to_do(case: str, tmp_path: Path) -> None:
    name, content, word = hostile.STRANGE[case]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(Unreadable, match=word):
        open_and_read(path, name, None, {})


def test_an_empty_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.touch()
    with pytest.raises(Unreadable, match="empty"):
        read_file(path, path.name)


def test_sixty_megabytes_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="50 MB") as refusal:
        read_file(hostile.large(tmp_path / "台账.xlsx"), "台账.xlsx")
    assert refusal.value.status == 413


def test_a_child_that_says_something_else_than_a_reading_is_not_believed() -> None:
    import pickle

    from app.intake import files

    with pytest.raises(Unreadable):
        files.restored(pickle.dumps(Path("/etc/passwd")))
    with pytest.raises(Unreadable):
        files.restored(b"no pickle")
    assert isinstance(files.restored(pickle.dumps(Reading())), Reading)


def test_the_name_does_not_matter_what_it_holds_does(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(hostile.ledger())
    reading = read_file(path, path.name)
    (found,) = reading.findings
    assert (found.text, found.sheet, found.row) == ("围墙开裂", "台账", 2)
    assert [column.meaning for column in reading.columns] == ["number", "problem", "measure"]


def test_a_person_may_say_what_a_column_means(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(hostile.ledger())
    by_key = open_and_read(path, path.name, None, {"台账:2": "problem", "台账:1": ""})
    assert [found.text for found in by_key.findings] == ["联系维修"]
    by_name = open_and_read(path, path.name, None, {"整改措施": ""})
    assert by_name.findings[0].extra["整改措施"] == "联系维修"
    assert not by_name.measures


def test_pictures_are_told_by_the_row_they_lie_in(tmp_path: Path) -> None:
    import xlsxwriter
    from PIL import Image

    picture = tmp_path / "before.png"
    Image.new("RGB", (4, 4), "red").save(picture)
    book = xlsxwriter.Workbook(tmp_path / "台账.xlsx")
    sheet = book.add_worksheet("台账")
    for row, cells in enumerate((["序号", "存在问题", "现场照片"], [1, "围墙开裂"], [2, "井盖缺失"])):
        sheet.write_row(row, 0, cells)
    sheet.insert_image(2, 2, str(picture))
    book.close()
    first, second = open_and_read(tmp_path / "台账.xlsx", "", None, {}).findings
    assert first.pictures == ()
    assert second.pictures == ("xl/media/image1.png",)


def test_ticks_are_read_as_yes_and_no_and_stay_as_written(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    rows = [
        "序号,存在问题,整改措施,是否完成,是否销号",
        "1,围墙开裂,联系维修,√,否",
        "2,井盖缺失,补装井盖,×,",
        "3,灯不亮,换灯,已完成,待定",
    ]
    path.write_text("\n".join(rows), "utf-8")
    found = open_and_read(path, path.name, None, {}).findings
    assert [one.ticks for one in found] == [
        {"是否完成": True, "是否销号": False},
        {"是否完成": False},
        {"是否完成": True},
    ]
    assert [one.extra["是否完成"] for one in found] == ["√", "×", "已完成"]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "台账.xlsx")
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["序号", "存在问题", "经办"])
    sheet.write_row(1, 0, [1, "围墙开裂", "内部"])
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()
    reading = open_and_read(tmp_path / "台账.xlsx", "", None, {})
    assert reading.findings[0].extra["经办"] == "内部"
    assert [column.hidden for column in reading.columns] == [False, False, True]
    assert any("hidden" in str(warning) for warning in reading.warnings)


def test_a_file_that_yields_nothing_says_what_was_seen_and_tried(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n王小明,三年级\n", "utf-8")
    reading = open_and_read(path, path.name, None, {})
    assert not reading.findings
    assert any("姓名" in row for row in reading.seen)
    assert len(reading.tried) > 4
    assert reading.warnings


@pytest.mark.parametrize("source", ["office.gb18030.csv", "report_auto_numbers.docx.page"])
def test_the_child_reads_what_the_reader_reads(source: str, tmp_path: Path) -> None:
    path = make(Path(__file__).parent / "corpus" / "open" / source, tmp_path)
    inside, outside = open_and_read(path, path.name, 2024, {}), read_file(path, path.name, year=2024)
    assert inside.findings
    assert outside.as_json() == inside.as_json()
