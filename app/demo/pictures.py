"""Drawn photos for the demo: plain scenes, before and after, no real place and no real person."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

WIDTH, HEIGHT = 1280, 960
SKY, GROUND = (198, 212, 224), (150, 146, 134)


@dataclass(frozen=True)
class Camera:
    """What a phone writes into its photos: the hour on its clock, where it was held, and what saved the file last."""

    taken: datetime
    place: tuple[float, float] | None = None
    software: str = ""


def photo(scene: str, seed: int, *, mended: bool, camera: Camera | None = None, shot: int = 0) -> BytesIO:
    """A JPEG of `scene` (wall, shelf, room, yard), damaged or mended; the same seed draws the same place.

    Each `shot` of it has its own light and stand; without a camera its file says nothing.
    """
    place, light = random.Random(seed), random.Random(seed * 2 + mended + shot * 1000)
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(image)
    SCENES[scene](draw, place, mended)
    noise = Image.effect_noise((WIDTH, HEIGHT), 18 + light.random() * 8).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(0.8)), noise, 0.07)
    image = _lit(image, light)
    out = BytesIO()
    image.save(out, "JPEG", quality=82, **_said(camera))
    out.seek(0)
    return out


def _lit(image: Image.Image, light: random.Random) -> Image.Image:
    """Light and shade as that hour had them, and the camera held a little otherwise: no two photos are alike."""
    patches = Image.new("L", (6, 5))
    patches.putdata([light.randint(90, 255) for _patch in range(30)])
    shade = patches.resize(image.size, Image.Resampling.BICUBIC)
    x, y, far = light.randrange(120), light.randrange(90), 1 + light.random() * 0.12
    seen = (x, y, x + int((WIDTH - 240) * far), y + int((HEIGHT - 180) * far))
    held = image.crop(seen).resize(image.size)
    return ImageChops.multiply(held, Image.merge("RGB", (shade, shade, shade)))


def _said(camera: Camera | None) -> dict[str, Any]:
    if camera is None:
        return {}
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Fictional", "Phone 7"
    exif.get_ifd(0x8769)[0x9003] = camera.taken.strftime("%Y:%m:%d %H:%M:%S")
    if camera.software:
        exif[0x0131] = camera.software
    if camera.place:
        north, east = map(_degrees, camera.place)
        exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east})
    return {"exif": exif}


def _degrees(value: float) -> tuple[IFDRational, ...]:
    minutes = value % 1 * 60
    return IFDRational(int(value)), IFDRational(int(minutes)), IFDRational(round(minutes % 1 * 6000), 100)


def sent_on(scene: str, seed: int, *, mended: bool = False) -> BytesIO:
    """The same photo once more, as it comes out of a chat programme."""
    image = Image.open(photo(scene, seed, mended=mended)).resize((WIDTH // 2, HEIGHT // 2))
    out = BytesIO()
    image.save(out, "JPEG", quality=60)
    out.seek(0)
    return out


def wall(draw: ImageDraw.ImageDraw, place: random.Random, mended: bool) -> None:
    """A brick wall; cracked and leaning, or rebuilt."""
    draw.rectangle((0, 720, WIDTH, HEIGHT), fill=GROUND)
    tilt = 0 if mended else 70 + place.randrange(40)
    for row in range(14):
        y, shift = 190 + row * 40, (row % 2) * 50 + tilt * (14 - row) // 14
        for column in range(-1, 12):
            tone = place.randrange(-16, 16)
            x = column * 104 + shift
            draw.rectangle((x, y, x + 98, y + 34), fill=(168 + tone, 98 + tone // 2, 78 + tone // 2))
    if not mended:
        x, y = 380 + place.randrange(300), 190
        while y < 740:
            step = place.randrange(-34, 38)
            draw.line((x, y, x + step, y + 30), fill=(40, 34, 30), width=9)
            x, y = x + step, y + 30


def shelf(draw: ImageDraw.ImageDraw, place: random.Random, mended: bool) -> None:
    """Shelves with folders; fallen about, or in order with labels."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(224, 218, 206))
    for row in range(4):
        base = 220 + row * 210
        draw.rectangle((90, base, 1190, base + 16), fill=(124, 92, 62))
        x = 110
        while x < 1150:
            wide = 40 if mended else 22 + place.randrange(44)
            lean = 0 if mended else place.randrange(-46, 46)
            tall = 150 if mended else 84 + place.randrange(80)
            tone = place.randrange(70, 190)
            colour = (60, 96, 140) if mended else (tone, tone - 20, 90)
            draw.polygon(((x, base), (x + wide, base), (x + wide + lean, base - tall), (x + lean, base - tall)),
                         fill=colour)  # fmt: skip
            if mended:
                draw.rectangle((x + 8, base - 110, x + wide - 8, base - 70), fill=(240, 240, 236))
            x += wide + (6 if mended else place.randrange(4, 60))


def room(draw: ImageDraw.ImageDraw, place: random.Random, mended: bool) -> None:
    """A room with desks; boxes in the way, or cleared."""
    draw.rectangle((0, 0, WIDTH, 560), fill=(226, 228, 222))
    draw.rectangle((0, 560, WIDTH, HEIGHT), fill=(172, 160, 144))
    draw.rectangle((120, 120, 520, 420), fill=(188, 214, 230), outline=(110, 110, 110), width=8)
    draw.rectangle((860, 160, 1120, 640), fill=(132, 100, 74))
    for number in range(3 if mended else 8):
        x = 140 + number * 330 if mended else place.randrange(60, 1000)
        y = 640 if mended else place.randrange(540, 720)
        size = 180 if mended else 90 + place.randrange(130)
        tone = place.randrange(120, 190)
        draw.rectangle(
            (x, y, x + size, y + size * 0.7), fill=(tone, tone - 30, tone - 70), outline=(80, 70, 60), width=4
        )


def yard(draw: ImageDraw.ImageDraw, place: random.Random, mended: bool) -> None:
    """A playground; muddy with puddles, or hardened with a running track."""
    draw.rectangle((0, 380, WIDTH, HEIGHT), fill=(154, 74, 62) if mended else (140, 118, 88))
    draw.rectangle((0, 300, WIDTH, 380), fill=(104, 138, 92))
    for number in range(7 if mended else 12):
        if mended:
            draw.line((640, 380, -500 + number * 380, HEIGHT), fill=(240, 238, 232), width=7)
        else:
            x, y = place.randrange(0, 1100), place.randrange(420, 860)
            draw.ellipse((x, y, x + 90 + place.randrange(200), y + 26 + place.randrange(50)), fill=(112, 122, 126))


SCENES = {"wall": wall, "shelf": shelf, "room": room, "yard": yard}
