"""Pictures and papers for tests, made when they are needed; nothing binary lies in the repository."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

GPS = "Fictional Camera Works"
# 64 × 48, red, blue on the left half, turned a quarter by its EXIF; drawn by us with a HEIF encoder, which is
# too much of a library to install for 604 bytes.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAEAAAgAAAAACIgABAAAAAAAAADoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAgm1kYXQAAAA8KAGvWOb06r//8QD5H5T0/+jy/V/9Kvr/uMPr+ngVaV9tHbPIwkdy"
    "rBEyUFv39uIPBQjPAjeMOEgu9FrAAAAABkV4aWYAAE1NACoAAAAIAAIBDwACAAAACgAAACYBEgADAAAAAQAGAAAAAAAARmljdGlv"
    "bmFsAA=="
)
RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)


def drawing(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red, with a blue upper left quarter."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height // 2))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(width: int = 400, height: int = 300, **how: object) -> bytes:
    return saved(drawing(width, height), "JPEG", **how)


def photo(width: int = 400, height: int = 300, orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: camera, time and place in EXIF, more in XMP, and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, GPS, "2026:03:05 09:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: tuple(IFDRational(n) for n in (30, 1, 2)), 3: "E"})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>Fictional Camera Works</place></x:xmpmeta>'
    return jpeg(width, height, exif=exif, xmp=xmp, comment=GPS.encode())


def noise(width: int, height: int, **how: object) -> bytes:
    """A JPEG as large as a real photo: coarse noise costs what leaves and gravel cost."""
    return saved(Image.effect_noise((800, 600), 60).convert("RGB").resize((width, height)), "JPEG", **how)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""
    body = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + _chunk(b"IEND", b"")


def damaged(kind: str = "PNG") -> bytes:
    """Whole by its header, its sums and its end, and yet nobody can draw it."""
    if kind == "PNG":
        whole = png_claiming(40, 30)
        return whole[:33] + _chunk(b"IDAT", b"\xff" * 400) + _chunk(b"IEND", b"")
    whole = bytearray(saved(Image.effect_noise((300, 200), 60).convert("RGB"), kind))
    whole[40:440] = b"\xff" * 400
    return bytes(whole)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pdf(extra: bytes = b"") -> bytes:
    return (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b">>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
            b"startxref\n0\n%%EOF\n")  # fmt: skip


DOCX = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats'
    '-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "word/document.xml": '<?xml version="1.0"?><document>整改报告</document>',
}


def package(parts: dict[str, str | bytes], squeeze: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", squeeze) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(more: dict[str, str | bytes] | None = None) -> bytes:
    """A document with further parts, or with other content in its own."""
    return package({**DOCX, **(more or {})})


def xlsx() -> bytes:
    """A real workbook, as the house itself writes them."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "问题")
    return out.getvalue()
