"""What a Word file may not hold, because programs that open it would fetch or start it: standard library alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURED = ("{http://www.w3.org/2000/svg}", "{urn:schemas-microsoft-com:vml}")
AS_TEXT = ("<", "\ufeff<", "ÿþ", "þÿ", "ï»¿<")  # how a part of XML begins, byte by byte
# What a part may be to another; whatever is not named here could be an object, a program or a file of its own.
KNOWN = frozenset(" ".join((
    "officeDocument core-properties extended-properties custom-properties thumbnail styles stylesWithEffects settings",
    "webSettings fontTable font theme numbering header footer footnotes endnotes comments commentsExtended commentsIds",
    "commentsExtensible people image hyperlink customXml customXmlProps glossaryDocument chart chartUserShapes",
    "chartStyle chartColorStyle themeOverride diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing",
    "hdphoto",
)).split())  # fmt: skip
# Fields that count, repeat or show what stands in the file; all others could fetch or start something.
FIELDS = frozenset(" ".join((
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE TOC TC XE INDEX REF PAGEREF NOTEREF",
    "STYLEREF SEQ HYPERLINK TITLE SUBJECT AUTHOR KEYWORDS COMMENTS DOCPROPERTY FILENAME NUMWORDS NUMCHARS EQ SYMBOL",
    "ADVANCE IF COMPARE LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT FORMTEXT FORMCHECKBOX FORMDROPDOWN SHAPE",
)).split())  # fmt: skip
MADE_UP = "…"  # stands for a field within the order of another


def faults(content: bytes) -> dict[str, str]:
    """The first thing in it that fetches (`foreign`) or acts (`acting`); nothing in a harmless file."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name, root in _parts(package):
            if found := _linked(root) if name.endswith(".rels") else _inside(root):
                return found
    return {}


def is_empty(content: bytes) -> bool:
    """Whether its pages show neither a word nor a picture."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        root = fromstring(package.read("word/document.xml"))
    shown = (one.text or "" for one in root.iter(f"{WORD}t"))
    drawn = (one for tag in ("drawing", "pict") for one in root.iter(f"{WORD}{tag}"))
    return not any(text.strip() for text in shown) and next(drawn, None) is None


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, Element]]:
    """Every part of XML, whatever it is called."""
    for name in package.namelist():
        content = package.read(name)
        if content[:80].decode("latin-1").lstrip().startswith(AS_TEXT):
            yield name, fromstring(content)


def _linked(root: Element) -> dict[str, str]:
    """Links that only a reader follows are fine."""
    for link in root:
        kind = (link.get("Type") or "").rsplit("/", 1)[-1]
        if link.get("TargetMode") == "External" and kind != "hyperlink":
            return {"foreign": str(link.get("Target"))}
        if kind not in KNOWN:
            return {"acting": kind or "?"}
    return {}


def _inside(root: Element) -> dict[str, str]:
    for one in root.iter():
        if str(one.tag).startswith(PICTURED) and (address := _fetched(one)):
            return {"foreign": address}
    if next(root.iter(f"{WORD}mailMerge"), None) is not None:
        return {"acting": "mailMerge"}
    for order in _orders(root):
        word = order.split(maxsplit=1)[0].upper() if order.strip() else ""
        if word and word not in FIELDS and not word.startswith("="):
            return {"acting": word}
    return {}


def _fetched(one: Element) -> str:
    """Where a drawing takes a picture from; a link on a shape is only followed by a reader."""
    local = str(one.tag).rpartition("}")[2]
    for name, value in one.attrib.items():
        at = name.rpartition("}")[2]
        inside = not value or value.startswith(("#", "data:"))
        if not inside and (at == "src" or (at == "href" and local in ("image", "imagedata", "fill", "use", "feImage"))):
            return value
    return ""


def _orders(root: Element) -> Iterator[str]:
    """What each field does, put together from the pieces that Word cuts it into."""
    begun: list[list[str] | None] = []  # None: its order is over, what follows is what it shows
    for one in root.iter():
        if one.tag == f"{WORD}fldSimple":
            yield one.get(f"{WORD}instr") or ""
        elif one.tag == f"{WORD}fldChar":
            yield from _turned(one.get(f"{WORD}fldCharType"), begun)
        elif one.tag in (f"{WORD}instrText", f"{WORD}delInstrText"):
            pieces = begun[-1] if begun else None
            if pieces is None:
                yield one.text or ""
            else:
                pieces.append(one.text or "")
    yield from ("".join(pieces) for pieces in begun if pieces)


def _turned(kind: str | None, begun: list[list[str] | None]) -> Iterator[str]:
    if kind == "begin":
        if begun and begun[-1] is not None:
            begun[-1].append(MADE_UP)
        begun.append([])
    elif begun:
        yield "".join(begun[-1] or ())
        begun[-1] = None
        if kind == "end":
            begun.pop()
