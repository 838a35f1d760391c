"""Rare names are names where a label or a heading says that a person stands; posts and places never are."""

from __future__ import annotations

import pytest

from app.intake.readers import read_text
from app.intake.readers.called import persons_in


@pytest.mark.parametrize(
    ("said", "who"),
    [("生秀", "生秀"), ("物理组长 生秀", "生秀"), ("紫苏、远志", "紫苏、远志"), ("阿依古丽·热合曼", "阿依古丽·热合曼"),
     ("张三", "张三"), ("总务处", None), ("全体教师", None), ("食堂", None), ("XX", None), ("待定", None),
     ("各班", None), ("施工方", None), ("社区民警", None), ("立即整改", None), ("同上", None), ("—", None)],
)  # fmt: skip
def test_who_a_place_for_persons_names(said, who):
    assert persons_in(said) == who


def test_a_label_is_needed_for_a_rare_name():
    text = "一、存在问题\n1.批改有错未纠（责任人：物理组长 生秀，整改时间：2016年5月6日前）。\n2.紫苏架倒伏，未清理。\n"
    assert [one.owner for one in read_text(text).findings] == ["生秀", None]
