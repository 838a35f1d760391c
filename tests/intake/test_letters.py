"""Letters to and from those who were inspected or who complained: what was verified, and who is to act."""

from __future__ import annotations

from app.intake.readers import read_text

REPLY = """关于“东湖里小区油烟扰民”信访事项的答复
您好！您反映的问题，我局于4月20日现场核查，现答复如下：
反映问题一：“烧烤油烟直排，熏得开不了窗”。
经查，情况属实。该店油烟净化器损坏停用，烟气未经处理直排小区内侧。
反映问题二：“小区门口的垃圾站臭”。
现场检查时，垃圾站当日清运，未发现明显异味，所反映情况不属实。
2026年4月24日"""
LETTER = """Dear Sir, the following deficiencies were noted:
1. Six extinguishers are past their service date. Have them serviced by 22 May 2026. Action: Mr. Alan Pryce
2. Emergency lighting did not operate when tested. Action: Estates Office. Due: 15 June 2026"""


def test_what_was_verified_is_found_and_not_what_was_complained_of():
    (found,) = read_text(REPLY, None).findings
    assert found.text.startswith("该店油烟净化器损坏停用")


def test_an_action_in_english_may_name_who_is_to_act():
    found = read_text(LETTER, None)
    assert [(one.owner, str(one.deadline)) for one in found.findings] == [
        ("Alan Pryce", "2026-05-22"),
        (None, "2026-06-15"),  # an office is nobody
    ]
    assert [one.text.strip(".") for one in found.measures] == ["Have them serviced by 22 May 2026"]
