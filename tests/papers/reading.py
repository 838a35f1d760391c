"""Reading a docx back: its words, in order."""

from __future__ import annotations

from io import BytesIO

from docx import Document


def words(content: bytes) -> str:
    """Every paragraph and every cell, a line each."""
    document = Document(BytesIO(content))
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
