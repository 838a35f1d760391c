"""The child process that draws a picture smaller: `python -I shrink.py FILE SIZE…`, copies on standard output.

It runs hostile bytes through decoders, so it knows no secrets, imports nothing of ours, may open no file
for writing and has only so much memory. Every copy is preceded by its length in four bytes.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

MEMORY = 512 * 1024 * 1024
SECONDS = 20
MOST_PIXELS = 220_000_000
QUALITY = 82
HEAVY = 12_000_000  # pixels; blending by alpha doubles what a picture holds, so larger ones are reduced first
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def main(path: str, sizes: list[int]) -> None:
    """Write one JPEG for each size, the largest first, each drawn from the one before."""
    _tie_hands()
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with open(path, "rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            from pi_heif import register_heif_opener

            register_heif_opener(thumbnails=False)
        file.seek(0)
        image = _upright(_small(Image.open(file, formats=FORMATS), max(sizes)))
    for size in sizes:
        image.thumbnail((size, size))
        copy = _as_jpeg(image)
        sys.stdout.buffer.write(len(copy).to_bytes(4) + copy)


def _tie_hands() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


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
    main(sys.argv[1], sorted(map(int, sys.argv[2:]), reverse=True))
