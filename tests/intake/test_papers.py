"""Papers of a few lines, each of a shape that offices use: what is found, who owns it, until when, what answers it."""

from __future__ import annotations

from app.intake.readers import read_text
from app.intake.reading import Reading


def _told(found: Reading) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.owner, str(one.deadline or one.deadline_raw)) for one in found.findings]


ALIGNED = """
车间安全巡检 2026年5月
区域        隐患描述                责任人     完成时限
一号车间    行车吊钩防脱卡损坏      鲍启明     2026年5月8日
            砂轮机无防护罩          鲍启明     立即
二号车间    配电柜前堆放杂物，
            柜门敞开                韩 露      5月10日
三号仓库    正常                    --         --

序号  检查点位  存在问题  整改责任人  整改期限
1  食堂  留样不足125克  向 荣  2026-05-13
2  配电房  绝缘垫破裂    2026-05-15
检查人：方圆
"""


def test_columns_that_only_blanks_part_are_read_below_their_headings() -> None:
    assert _told(read_text(ALIGNED, 2026)) == [
        ("行车吊钩防脱卡损坏", "鲍启明", "2026-05-08"),
        ("砂轮机无防护罩", "鲍启明", "立即"),
        ("配电柜前堆放杂物，柜门敞开", "韩露", "2026-05-10"),
        ("留样不足125克", "向荣", "2026-05-13"),
        ("绝缘垫破裂", None, "2026-05-15"),
    ]


ENGLISH = """
Site Safety Inspection
A. ACCESS
  A1  Scaffold board split on level 2.
      Action required: Replace the board. [R. Osei – by 16 May 2025]
  A2  No edge protection at stairwell B. Action: install guard rails (Site Manager, 48 hours)
  A3  Welfare cabin clean and stocked. No action.
B. PEOPLE
  B1  Two drivers without reversing assistants. Action: brief all subcontractors - Ann Kerr, 20 May 2025
4. Block D, cold room
Issue: Rinse temperature only 61 °C, below the 82 °C required.
Recommendation: Call the service engineer.
By whom: Kitchen Manager / Tom Adeyemi
By when: TBC
5. Block D, dry store
Issue: None.
"""


def test_english_items_have_codes_and_tell_who_and_when_in_brackets_or_lines() -> None:
    found = read_text(ENGLISH)
    assert _told(found) == [
        ("Scaffold board split on level 2.", "R. Osei", "2025-05-16"),
        ("No edge protection at stairwell B.", None, "48 hours"),  # a manager is a role
        ("Two drivers without reversing assistants.", "Ann Kerr", "2025-05-20"),
        ("Rinse temperature only 61 °C, below the 82 °C required", "Tom Adeyemi", "TBC"),
    ]
    assert [one.text for one in found.measures] == [
        "Replace the board.", "install guard rails", "brief all subcontractors", "Call the service engineer",
    ]  # fmt: skip
    assert found.findings[3].extra == {"location": "Block D, cold room"}
