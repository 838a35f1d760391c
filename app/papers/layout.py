"""The official page of GB/T 9704-2012: sizes, fonts, paragraphs and page numbers, as styles that Word can edit."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

TITLE, HEAD, SUBHEAD, BODY, PAGE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
# What Word takes where the font named first is not installed.
OTHERWISE = {TITLE: "华文中宋;宋体", HEAD: "SimHei", SUBHEAD: "楷体;KaiTi", BODY: "仿宋;FangSong", PAGE: "SimSun"}
PITCH = 28.95  # points between lines: 22 lines on 225 mm
SIGN = 15.75  # points a sign of 16 takes, closer by a quarter point: 28 signs on 156 mm
RED = RGBColor(0xC0, 0x00, 0x00)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY


class Look(NamedTuple):
    """How a paragraph style looks: font, points, line pitch (0: as high as it needs), first line and alignment."""

    font: str
    size: float
    pitch: float = PITCH
    indent: int = 0
    align: Any = BOTH
    keep: bool = False


STYLES = {
    "公文标题": Look(TITLE, 22, 36, align=CENTRE, keep=True),
    "发文机关": Look(TITLE, 34, 0, align=CENTRE),
    "发文字号": Look(BODY, 16, align=CENTRE),
    "主送机关": Look(BODY, 16, align=LEFT),
    "公文正文": Look(BODY, 16, indent=200),
    "一级标题": Look(HEAD, 16, indent=200, keep=True),
    "二级标题": Look(SUBHEAD, 16, indent=200, keep=True),
    "落款": Look(BODY, 16, align=RIGHT),
    "表题": Look(HEAD, 16, align=LEFT, keep=True),
    "栏目": Look(HEAD, 12, 0, align=CENTRE),
    "表文": Look(BODY, 12, 0, align=LEFT),
    "表中": Look(BODY, 12, 0, align=CENTRE),
    "列表栏目": Look(HEAD, 10.5, 0, align=CENTRE),
    "列表": Look(BODY, 10.5, 0, align=LEFT),
    "列表中": Look(BODY, 10.5, 0, align=CENTRE),
    "编号行": Look(BODY, 14, align=LEFT, keep=True),
    "附注": Look(BODY, 10.5, 0, align=LEFT),
    "裁切线": Look(PAGE, 10.5, 0, align=CENTRE),
}


def blank() -> Any:
    """An empty A4 document with those margins, styles and page numbers."""
    document = Document()
    _page(document.sections[0])
    _default(document)
    for name, look in STYLES.items():
        _style(document, name, look)
    _fallbacks(document)
    _numbers(document)
    return document


def saved(document: Any) -> bytes:
    """The document as a file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)


def turn(section: Any) -> None:
    """The same page on its side: each edge keeps what stands at it."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(35), Mm(37)
    section.footer_distance = Mm(16)


def _default(document: Any) -> None:
    normal = document.styles["Normal"]
    face(normal, BODY, 16)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    for spacing in ("autoSpaceDE", "autoSpaceDN"):  # no gap between Chinese and digits: 2026年3月5日
        off = OxmlElement(f"w:{spacing}")
        off.set(qn("w:val"), "0")
        normal.element.get_or_add_pPr().insert(0, off)
    compat = document.settings.element.find(qn("w:compat"))
    if compat is not None:  # a line that ends by hand is not stretched to the edge
        compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.author = document.core_properties.comments = ""


def _style(document: Any, name: str, look: Look) -> None:
    style = document.styles.add_style(name, 1)
    style.base_style, style.quick_style = document.styles["Normal"], True
    face(style, look.font, look.size)
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next = look.align, look.keep
    shape.space_before = shape.space_after = Pt(0)
    if look.pitch:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.pitch)
    else:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if (look.size, look.pitch) == (16, PITCH):
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), f"{(SIGN - look.size) * 20:.0f}")
        style.element.get_or_add_rPr().insert_element_before(closer, *AFTER_SPACING)
    if look.indent:
        in_characters(style.element.get_or_add_pPr(), "firstLine", look.indent, look.size)


AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang")


def in_characters(properties: Any, side: str, hundredths: int, size: float) -> None:
    """Indent by characters, as Chinese typesetting counts; the twips beside it are for other programs."""
    indent = properties.get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(hundredths))
    indent.set(qn(f"w:{side}"), str(round(hundredths / 100 * size * 20)))


def face(styled: Any, font: str, size: float) -> None:
    """Font and size; Chinese text takes its font from eastAsia, which `font.name` does not touch."""
    styled.font.name, styled.font.size = font, Pt(size)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)


def _fallbacks(document: Any) -> None:
    """Name in the font table what each font may be replaced by."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")), None)
    if part is None:
        return
    table = parse_xml(part.blob)
    for font, others in OTHERWISE.items():
        entry = OxmlElement("w:font")
        entry.set(qn("w:name"), font)
        other = OxmlElement("w:altName")
        other.set(qn("w:val"), others.replace(";", ","))
        entry.append(other)
        table.append(entry)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbers(document: Any) -> None:
    """— 1 — in 14 points below the type area, outside: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align, side in ((section.footer, RIGHT, "right"), (section.even_page_footer, LEFT, "left")):
        line = footer.paragraphs[0]
        line.alignment = align
        in_characters(line._p.get_or_add_pPr(), side, 100, 14)
        for part in ("— ", _field(), " —"):
            run = line.add_run(part if isinstance(part, str) else "")
            face_of_run(run, PAGE, 14)
            if not isinstance(part, str):
                run._r.extend(part)


def face_of_run(run: Any, font: str, size: float) -> None:
    """The same for a run of text."""
    run.font.name, run.font.size = font, Pt(size)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def _field() -> list[Any]:
    parts = ('<w:fldChar {0} w:fldCharType="begin"/>', '<w:instrText {0} xml:space="preserve"> PAGE </w:instrText>',
             '<w:fldChar {0} w:fldCharType="separate"/>', "<w:t {0}>1</w:t>",
             '<w:fldChar {0} w:fldCharType="end"/>')  # fmt: skip
    return [parse_xml(part.format(nsdecls("w"))) for part in parts]
