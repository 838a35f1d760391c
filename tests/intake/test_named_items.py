"""What is said below a list about items by their number, and in limits that name no day."""

from __future__ import annotations

import pytest

from app.intake.readers import read_text
from app.intake.reading import Reading

LIST = "检查发现以下问题：\n1、食堂无留样；\n2、灭火器过期3具；\n3、围墙开裂；\n4、登记本缺页。\n"


def _answers(reading: Reading) -> set[tuple[str, tuple[int, ...]]]:
    """Each measure with the numbers of the problems it answers for certain."""
    return {
        (one.text.strip("，。；"), tuple(link.finding + 1 for link in one.links if link.certain))
        for one in reading.measures
    }


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        (
            "第1、3项立即停工整改，其余于6月底前完成，第4项由安全员补齐。",
            {("立即停工整改", (1, 3)), ("由安全员补齐", (4,))},
        ),
        ("其中第2项立即停用更换，其他问题请于5月底前整改到位。", {("立即停用更换", (2,))}),
        (
            "整改措施\n1、针对第1、3条，由总务处买盒砌墙。\n2、针对问题二、四：重新登记。",
            {("由总务处买盒砌墙", (1, 3)), ("重新登记", (2, 4))},
        ),
        (
            "我们的打算是：\n（一）针对第2条，更换灭火器。\n（二）针对第4条，补写登记。",
            {("更换灭火器", (2,)), ("补写登记", (4,))},
        ),
        ("第1至4项于5月10日前整改完毕。", set()),
        ("第1项按上述时间完成整改，第2项由周立行负责。", set()),
        ("依据《条例》第3条、第4条规定，责令你单位改正。", set()),
    ],
)
def test_a_measure_for_named_items_answers_exactly_these(said: str, measures: set[tuple[str, tuple[int, ...]]]):
    reading = read_text(LIST + said, 2026)
    assert [one.text.strip("；。") for one in reading.findings] == [
        "食堂无留样",
        "灭火器过期3具",
        "围墙开裂",
        "登记本缺页",
    ]
    assert _answers(reading) == measures


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        (
            "第1、3项限三日内整改完毕，第2项立即停用，第四项于十五日内补齐。",
            "限三日内整改完毕|立即停用|限三日内整改完毕|于十五日内补齐",
        ),
        ("以上问题限三个工作日内整改到位。", "以上问题限三个工作日内整改到位|" * 4),
        ("以上问题自4月2日起十五日内整改到位。", "以上问题自4月2日起十五日内整改到位|" * 4),
    ],
)
def test_a_limit_in_words_is_kept_as_it_is_written_and_names_no_day(said: str, limits: str):
    found = read_text(LIST + said, 2026).findings
    assert [one.deadline_raw for one in found] == limits.split("|")[:4]
    assert not any(one.deadline for one in found)


@pytest.mark.parametrize(
    ("problem", "raw"),
    [
        ("锅炉房值班记录缺页，限三个工作日内补齐。", "限三个工作日内补齐"),
        ("校医室药品过期，限即日清理。", "限即日"),
        ("漏水点一周内未修复。", ""),
        ("上级交办事项3月底前未完成整改。", ""),
        ("限高杆缺失。", ""),
    ],
)
def test_only_what_is_still_to_come_limits_a_problem(problem: str, raw: str):
    (one, _) = read_text(f"存在问题：\n1、{problem}\n2、围墙开裂。", 2026).findings
    assert (one.deadline, one.deadline_raw.startswith(raw), bool(one.deadline_raw)) == (None, True, bool(raw))
