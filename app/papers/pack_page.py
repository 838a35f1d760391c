"""The page of a pack that is read offline: unit by unit, though findings come by date; little of it is held."""

from __future__ import annotations

from html import escape
from pathlib import Path

STYLE = (
    "body{font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b2430}h2{margin-top:2rem;border-bottom:1px solid #ccc}img{max-width:16rem;max-height:12rem;margin:.3rem;"
    "border:1px solid #ddd}figure{display:inline-block;margin:.3rem;vertical-align:top}figcaption{font-size:.8rem;"
    "max-width:16rem}.none{color:#5b6573}h2{scroll-margin-top:1rem}"
)
TOP = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>佐证材料</title>"
)
NOTE = (
    "照片为去除拍摄位置等信息的副本，待遮挡和含未成年人影像的照片不收入；"
    "原件保存在系统中，以原件校验值为准；文件类材料按提交时原样收入。"
)


class Page:
    """The page being written, a file for each unit until they are joined."""

    def __init__(self, folder: Path, day: str) -> None:
        self.folder, self.day = folder, day
        self.units: dict[str, Path] = {}

    def say(self, unit: str, text: str) -> None:
        """What stands there next of that unit."""
        with self.units.setdefault(unit, self.folder / f"unit-{len(self.units)}").open("a", encoding="utf-8") as file:
            file.write(text)

    def close(self, findings: int, pieces: int) -> None:
        """The page, as a whole: how much there is, which units, and then each."""
        with (self.folder / "page").open("w", encoding="utf-8") as page:
            page.write(f"{TOP}<style>{STYLE}</style><h1>佐证材料</h1><p>{escape(self.day)}　{NOTE}</p>")
            page.write(f"<p>问题{findings}个，佐证材料{pieces}件。")
            page.write("　".join(f'<a href="#u{at}">{escape(unit)}</a>' for at, unit in enumerate(self.units)) + "</p>")
            for at, (unit, part) in enumerate(self.units.items()):
                page.write(f'<h2 id="u{at}">{escape(unit)}</h2>{part.read_text(encoding="utf-8")}')
