"""What the child process tells of a picture that it has decoded small: grey thumbnails, and what its file says.

Runs inside shrink.py, knows the standard library and Pillow only, and never refuses a picture: what cannot be
read is left out.
"""

from __future__ import annotations

import base64
import json
import re

SIDE = 512
GREYS = ((9, 8), (32, 32))
INNER = (0.05, 0.1)  # shares cut off at every side: a copy that was cropped so is like the inner part
BUSY, GAP, WORTH = 2.0, 0.03, 0.94  # levels of grey · share of the side · less of a side than this is worth a print
TAKEN, OFFSET, CHANGED, MAKE, MODEL, SOFTWARE, GPS = 0x9003, 0x9011, 0x0132, 0x010F, 0x0110, 0x0131, 0x8825
COMMENT = 0x9286
TOOL = re.compile(rb"(?:CreatorTool|softwareAgent)(?:=[\"']|>)([^<\"']{1,80})")
LONGEST = 80


def told(image, facts: dict) -> bytes:  # type: ignore[no-untyped-def]
    """The thumbnails of an upright picture and the facts, as JSON."""
    return json.dumps({"facts": facts, "greys": _greys(image.convert("L"))}).encode()


def facts_of(image) -> dict:  # type: ignore[no-untyped-def]
    """When, where, with what and by what programme it was made, as its own file says."""
    try:
        return {name: value for name, value in _facts(image) if value not in (None, "")}
    except Exception:  # whatever a decoder says of a header it does not like
        return {}


def _facts(image):  # type: ignore[no-untyped-def]
    exif = image.getexif()
    inner, place = exif.get_ifd(0x8769), exif.get_ifd(GPS)
    yield "taken", _text(inner.get(TAKEN))
    yield "offset", _text(inner.get(OFFSET))
    yield "changed", _text(exif.get(CHANGED))
    yield "device", " ".join(filter(None, (_text(exif.get(MAKE)), _text(exif.get(MODEL)))))[:LONGEST]
    yield "software", _screen(inner) or _text(exif.get(SOFTWARE)) or _tool(image)
    yield "latitude", _degrees(place.get(2), place.get(1) == "S", 90)
    yield "longitude", _degrees(place.get(4), place.get(3) == "W", 180)


def _text(value) -> str:  # type: ignore[no-untyped-def]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "".join(c for c in value if c.isprintable()).strip()[:LONGEST] if isinstance(value, str) else ""


def _screen(inner) -> str:  # type: ignore[no-untyped-def]
    """Phones that write of a screenshot that it is one do so in the comment."""
    comment = inner.get(COMMENT)
    return "Screenshot" if isinstance(comment, bytes) and comment[8:].strip(b"\0 ") == b"Screenshot" else ""


def _tool(image) -> str:  # type: ignore[no-untyped-def]
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    found = TOOL.search(xmp.encode() if isinstance(xmp, str) else xmp)
    return _text(found[1]) if found else ""


def _degrees(parts, negative: bool, most: int) -> float | None:  # type: ignore[no-untyped-def]
    try:
        whole, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = whole + minutes / 60 + seconds / 3600
    return round(-value if negative else value, 6) if 0 < value <= most else None


def _greys(grey) -> dict:  # type: ignore[no-untyped-def]
    grey.thumbnail((SIDE, SIDE))
    parts = {"whole": grey}
    for number, cut in enumerate(INNER, start=1):
        x, y = grey.width * cut, grey.height * cut
        parts[f"inner{number}"] = grey.crop((round(x), round(y), round(grey.width - x), round(grey.height - y)))
    framed = grey.crop(_frame(grey))
    if framed.width < grey.width * WORTH or framed.height < grey.height * WORTH:
        parts["framed"] = framed
    return {name: [_small(part, size) for size in GREYS] for name, part in parts.items()}


def _small(grey, size) -> str:  # type: ignore[no-untyped-def]
    from PIL import Image

    return base64.b64encode(grey.resize(size, Image.Resampling.LANCZOS).tobytes()).decode()


def _frame(grey) -> tuple[int, int, int, int]:  # type: ignore[no-untyped-def]
    """The longest stretch of busy rows, and within it of busy columns: a photo on a screen, without its margins."""
    top, bottom = _stretch(grey, upright=False)
    left, right = _stretch(grey.crop((0, top, grey.width, bottom)), upright=True)
    return left, top, right, bottom


def _stretch(grey, upright: bool) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    from PIL import Image, ImageChops

    turned = grey.transpose(Image.Transpose.TRANSPOSE) if upright else grey
    width, height = turned.size
    if width < 8 or height < 8:
        return 0, height
    change = ImageChops.difference(turned.crop((1, 0, width, height)), turned.crop((0, 0, width - 1, height)))
    levels = change.convert("F").resize((1, height), Image.Resampling.BOX).tobytes()
    busy = [level >= BUSY for level in memoryview(levels).cast("f")]
    return _longest(busy, max(1, round(height * GAP))) or (0, height)


def _longest(busy: list[bool], gap: int) -> tuple[int, int] | None:
    best, start, last = (0, 0), None, None
    for at, is_busy in enumerate(busy):
        if not is_busy:
            continue
        if last is None or at - last > gap:
            start = at
        last = at
        if start is not None and last + 1 - start > best[1] - best[0]:
            best = (start, last + 1)
    return best if best[1] - best[0] >= len(busy) // 4 else None
