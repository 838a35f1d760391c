"""The empty table to fill in: one sheet for units, one for people, one that explains."""

from __future__ import annotations

import io

import xlsxwriter

SHEETS: dict[str, list[list[str]]] = {
    "单位": [
        ["单位名称", "上级单位", "单位类别", "编码", "简称", "有无账号"],
        ["示例县教育局", "", "教育局", "", "", "有"],
        ["示例片学区", "示例县教育局", "学区", "", "", "有"],
        ["示例小学", "示例片学区", "学校", "", "示例小", "无"],
    ],
    "人员": [
        ["姓名", "登录名", "手机", "单位", "职务", "角色", "任职日期"],
        ["示例一", "shili1", "", "示例小学", "校长", "单位负责人", "2026-09-01"],
    ],
    "说明": [
        ["项目", "可以填什么"],
        ["单位类别", "教育局、科室、学区、学校、其他"],
        ["有无账号", "有、无;无账号的单位由其上级代签收、代报"],
        ["角色", "单位负责人、责任人、督学、验收人、分管领导"],
        ["登录名", "字母、数字、点、横线;留空时用手机号"],
        ["注意", "示例行请删除;已有的单位和人员不会被覆盖"],
    ],
}


def blank() -> bytes:
    """The workbook; every cell is text, so that codes keep their zeros and nothing is a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 7, 20, text)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, cell, text if line else head)
    return out.getvalue()
