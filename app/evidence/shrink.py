"""The child process that looks at a picture and draws it smaller; runs without arguments and waits for orders.

An order is a line of JSON: path, sizes (none: only look whether it is whole), boxes (shares of the upright
picture that are covered in every copy). The answer is a letter for the verdict and the copies, each behind its
length in four bytes, or for a look what glance.py tells of it. `python -I shrink.py FILE SIZE…` does the same
once, without the verdict.

It runs hostile bytes through decoders, so it knows no secrets, joins no room and forks for each picture
(see `app.forking`) a process that may open no file for writing and has only so much memory.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from pathlib import Path

GLANCE_AT, FORKING_AT = Path(__file__).with_name("glance.py"), Path(__file__).parents[1] / "forking.py"
MOST_PIXELS = 220_000_000
QUALITY = 82
GLANCE = 160  # pixels of the shorter side that suffice to recognise a picture
HEAVY = 12_000_000  # pixels; blending by alpha doubles what a picture holds, so larger ones are reduced first
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
COVER = (43, 47, 54)
DRAWN, DAMAGED, TOO_MUCH = b"d", b"x", b"m"


def serve() -> None:
    """Answer orders until nobody gives any more."""
    from PIL import Image, ImageDraw, ImageOps, JpegImagePlugin, PngImagePlugin  # noqa: F401  # known to every fork

    _loaded(GLANCE_AT)
    _loaded(FORKING_AT).serve(answer)


def answer(order: bytes) -> bytes:
    """A letter for the verdict, and the copies or what was told."""
    asked = json.loads(order)
    try:
        return DRAWN + b"".join(drawn(asked["path"], asked["sizes"], asked["boxes"]))
    except MemoryError:
        return TOO_MUCH
    except Exception:  # whatever a decoder says of bytes it does not like
        return DAMAGED


def main(path: str, sizes: list[int]) -> None:
    """Write one JPEG for each size, the largest first."""
    _loaded(FORKING_AT).tie_hands()
    sys.stdout.buffer.writelines(drawn(path, sizes, []))


def drawn(path: str, sizes: list[int], boxes: list[list[float]]):  # type: ignore[no-untyped-def]
    """The copies, the largest first, each drawn from the one before, each behind its length."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with open(path, "rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            from pi_heif import register_heif_opener

            register_heif_opener(thumbnails=False)
        file.seek(0)
        image = Image.open(file, formats=FORMATS)
        if not sizes:
            yield _glanced(image)
            return
        image = _covered(_upright(_small(image, max(sizes))), boxes)
    for size in sizes:
        image.thumbnail((size, size))
        copy = _as_jpeg(image)
        yield len(copy).to_bytes(4) + copy


def _glanced(image) -> bytes:  # type: ignore[no-untyped-def]
    """Whether it is whole shows when it is decoded, as small as it goes; what it looks like then is told."""
    glance = _loaded(GLANCE_AT)
    image.draft(None, (GLANCE, GLANCE))
    image.load()
    facts = glance.facts_of(image)
    try:
        return glance.told(_upright(_small(image, glance.SIDE)), facts)
    except Exception:  # it is whole; that it cannot be compared is no reason to refuse it
        return b""


def _loaded(path: Path):  # type: ignore[no-untyped-def]
    """A module of the house by its place: it is alone, and joins no room."""
    from importlib import util

    if path.stem in sys.modules:
        return sys.modules[path.stem]
    spec = util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[path.stem] = module
    return module


def _small(image, size: int):  # type: ignore[no-untyped-def]
    """At most `size` on the longer side; JPEG is decoded small from the start, other kinds as a whole."""
    if "transparency" in image.info:  # one colour of the palette, or of all colours, means nothing is there
        image = image.convert("RGBA")
    elif image.mode == "P":
        image = image.convert("RGB")
    if image.mode.startswith("I"):  # sixteen bits of grey, which nothing here can resize
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA") and image.width * image.height > HEAVY:
        image = image.reduce(max(1, max(image.size) // (2 * size)))
    image.thumbnail((size, size))
    image.load()
    return image


def _upright(image):  # type: ignore[no-untyped-def]
    """Turned as the camera was held, in sRGB, on white; of all that was written beside the pixels nothing stays."""
    from PIL import Image, ImageOps

    upright = _coloured(ImageOps.exif_transpose(image))
    if upright.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        upright = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    plain = upright.convert("RGB")
    plain.info = {}
    return plain


def _covered(image, boxes: list[list[float]]):  # type: ignore[no-untyped-def]
    """What must not be seen is painted over: what lay there is gone from the copy."""
    from PIL import ImageDraw

    pen, (width, height) = ImageDraw.Draw(image), image.size
    for x, y, wide, high in boxes:
        pen.rectangle((int(x * width), int(y * height), -int(-(x + wide) * width), -int(-(y + high) * height)), COVER)
    return image


def _coloured(image):  # type: ignore[no-untyped-def]
    """Colours measured by another profile (phones of wide gamut, print) become sRGB."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    from PIL import ImageCms

    try:
        wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, wide, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a profile nobody understands: the colours as they are
        return image


def _as_jpeg(image) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1], sorted(map(int, sys.argv[2:]), reverse=True))
    else:
        serve()
