"""Composing a paper from paragraphs and tables; what stands in {{ }} is filled in when a paper is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from app.papers import layout

WIDTH = 156  # mm of the type area
DATE_FROM, OVER_DATE = Pt(208), 14  # a line from here to the right edge has its middle over that of a date
MASTHEAD = Pt(94)  # with the air above its signs, 35 mm below the top of the type area


class Cell(NamedTuple):
    """A cell of a form: its text, how many columns it takes, its style."""

    text: str
    span: int = 1
    style: str = "表文"


def label(text: str, span: int = 1) -> Cell:
    """The name of a box."""
    return Cell(text, span, "栏目")


class Composed:
    """A paper being composed, from top to bottom."""

    def __init__(self) -> None:
        self.document = layout.blank()
        self._turns = False

    def turned(self) -> None:
        """On its side, for a wide table; the binding stays where it was, which is above then."""
        layout.turn(self.document.sections[0])

    def save(self) -> bytes:
        """The template as a docx file."""
        return layout.saved(self.document)

    def line(self, text: str, style: str = "公文正文") -> Any:
        """One paragraph."""
        made = self.document.add_paragraph(text, style=style)
        if layout.STYLES[style].keep:  # said here, too: LibreOffice overlooks it in the style
            made.paragraph_format.keep_with_next = True
        if self._turns:
            made.paragraph_format.page_break_before, self._turns = True, False
        return made

    def lines(self, *texts: str, style: str = "公文正文") -> None:
        """Several paragraphs of one style."""
        for text in texts:
            self.line(text, style)

    def gap(self, count: int = 1) -> None:
        """Empty lines."""
        for _ in range(count):
            self.line("", "公文正文")

    def masthead(self) -> None:
        """Whose paper it is, in red, its number, and the red line below."""
        name = self.line("", "发文机关")
        name.paragraph_format.space_before = MASTHEAD
        name.add_run("{{ issuer }}").font.color.rgb = layout.RED
        self.gap(2)
        number = self.line("{{ number }}", "发文字号")
        number._p.get_or_add_pPr().append(parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="6" w:color="C00000"/></w:pBdr>'
        ))  # fmt: skip
        self.gap(2)

    def title(self, text: str) -> None:
        """The title of a letter, with a line of air below."""
        self.line(text, "公文标题")
        self.gap()

    def form_title(self, text: str) -> None:
        """The title of a form, and its number just above the box."""
        self.line(text, "公文标题")
        self.line("编号：{{ number }}", "编号行")

    def note(self, text: str) -> None:
        """Small print below a table."""
        self.line(text, "附注").paragraph_format.space_before = Pt(4)

    def closing(self, *texts: str) -> None:
        """The last lines before the signature, which never stands alone on a page."""
        for text in texts:
            self.announced(text)

    def announced(self, text: str) -> None:
        """A line that never stands alone at the foot of a page."""
        self.line(text).paragraph_format.keep_with_next = True

    def signed(self, who: str = "issuer") -> None:
        """Who signs and when: the date ends four characters from the right edge, the name stands over its middle.

        A name that has no room there ends at the right edge. The seal goes on both.
        """
        self.closing("", "")
        self.line(f"{{%p if {who}|length <= {OVER_DATE} %}}")
        short = self.line(f"{{{{ {who} }}}}", "落款")
        short.alignment, short.paragraph_format.left_indent = layout.CENTRE, DATE_FROM
        self.line("{%p else %}")
        long = self.line(f"{{{{ {who} }}}}", "落款")
        self.line("{%p endif %}")
        date = self.line("{{ day }}", "落款")
        layout.in_characters(date._p.get_or_add_pPr(), "right", 400, layout.SIGN)
        short.paragraph_format.keep_with_next = long.paragraph_format.keep_with_next = True

    def page_break(self) -> None:
        """What follows begins a new page; a break of its own would leave one empty where the last was just full."""
        self._turns = True

    def form(self, widths: Sequence[float], rows: Sequence[tuple[float, Sequence[Cell]]]) -> Any:
        """A bordered form: for every row its least height in mm and its cells."""
        table = self._table(widths)
        for height, cells in rows:
            row, at = table.add_row(), 0
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            _whole(row)
            for cell in cells:
                place = row.cells[at].merge(row.cells[at + cell.span - 1]) if cell.span > 1 else row.cells[at]
                _filled(place, cell)
                at += cell.span
        return table

    def listed(self, heads: Sequence[str], widths: Sequence[float], each: str, cells: Sequence[str],
               last: Sequence[str] = ()) -> None:  # fmt: skip
        """A table with one row for `each` ("x in xs") and perhaps a `last` one; its heads stand on every page.

        What begins with | stands in the middle of its cell.
        """
        table = self._table(widths)
        head = table.add_row()
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _whole(head)
        for place, text in zip(head.cells, heads, strict=True):
            _filled(place, Cell(text, 1, "列表栏目"))
        for texts in ([f"{{%tr for {each} %}}"], cells, ["{%tr endfor %}"], *([last] if last else ())):
            row = table.add_row()
            _whole(row)
            for place, text in zip(row.cells, [*texts, *[""] * (len(heads) - len(texts))], strict=True):
                _filled(place, Cell(text.removeprefix("|"), 1, "列表中" if text.startswith("|") else "列表"))
                if texts is last:  # it stays with what is said below the table
                    place.paragraphs[0].paragraph_format.keep_with_next = True

    def _table(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths_of = (("top", 28), ("left", 70), ("bottom", 28), ("right", 70))
        sides = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in widths_of)
        margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # the order is prescribed
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table


def _filled(place: Any, cell: Cell) -> None:
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first, *others = cell.text.split("\n")
    place.paragraphs[0].text, place.paragraphs[0].style = first, cell.style
    for text in others:
        place.add_paragraph(text, style=cell.style)


def _whole(row: Any) -> None:
    """A row that is short enough is not torn between two pages."""
    mark = OxmlElement("w:cantSplit")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
