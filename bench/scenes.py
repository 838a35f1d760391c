"""Scenes of a school, drawn anew from a number: yards, corridors, façades, stores, papers; and second shots of them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

SIZE = (640, 480)
Colour = tuple[int, int, int]


def scene(number: int) -> Image.Image:
    """The scene of that number, always the same."""
    rng = random.Random(number)
    image = _lit(rng, SIZE)
    rng.choice(KINDS)(rng, image)
    for _thing in range(rng.randint(2, 7)):
        _thing_in(rng, image)
    return _grained(rng, _shaded(rng, image))


def second_shot(image: Image.Image, number: int) -> Image.Image:
    """The same place a moment later: a step aside, held otherwise, in other light; somebody moved something."""
    rng = random.Random(number + 7_000_003)
    width, height = image.size
    far = 0.05 + rng.random() * 0.09
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    seen = [(x + (rng.random() if x == 0 else -rng.random()) * far * width,
             y + (rng.random() if y == 0 else -rng.random()) * far * height) for x, y in corners]  # fmt: skip
    corner = [coordinate for point in seen for coordinate in point]
    turned = image.transform(image.size, Image.Transform.QUAD, corner, Image.Resampling.BICUBIC)
    _thing_in(rng, turned)
    lit = ImageEnhance.Brightness(turned).enhance(0.85 + rng.random() * 0.3)
    return _grained(rng, _shaded(rng, lit))


def _colour(rng: random.Random, low: int = 20, high: int = 235) -> Colour:
    base = rng.randint(low, high)
    return tuple(max(0, min(255, base + rng.randint(-45, 45))) for _channel in range(3))  # type: ignore[return-value]


def _lit(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    """Two colours that run into each other, as a sky or a wall does."""
    slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(size)
    return Image.composite(Image.new("RGB", size, _colour(rng)), Image.new("RGB", size, _colour(rng)), slope)


def _facade(rng: random.Random, image: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(image), image.size
    top, left, right = height * rng.uniform(0.1, 0.4), width * rng.uniform(0, 0.3), width * rng.uniform(0.65, 1)
    pen.rectangle((left, top, right, height * 0.85), _colour(rng))
    across, down = rng.randint(3, 9), rng.randint(2, 5)
    glass = _colour(rng, 20, 120)
    step_x, step_y = (right - left) / across, (height * 0.8 - top) / down
    for column in range(across):
        for row in range(down):
            x, y = left + step_x * (column + 0.2), top + step_y * (row + 0.25)
            pen.rectangle((x, y, x + step_x * 0.6, y + step_y * 0.55), glass if rng.random() < 0.9 else _colour(rng))
    pen.rectangle((0, height * 0.85, width, height), _colour(rng, 60, 150))


def _corridor(rng: random.Random, image: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(image), image.size
    x, y = width * rng.uniform(0.3, 0.7), height * rng.uniform(0.3, 0.6)
    walls = [((0, 0), (width, 0)), ((width, 0), (width, height)), ((width, height), (0, height)), ((0, height), (0, 0))]
    for one, other in walls:
        pen.polygon([one, other, (x, y)], _colour(rng))
    for door in range(rng.randint(2, 6)):
        near = 0.2 + door * 0.13
        at, high = x * near, height * (1 - near) * 0.4
        pen.rectangle((at, y - high * 0.6, at + 40 * (1 - near) + 8, y + high), _colour(rng))
    pen.rectangle((x - 40, y - 40, x + 40, y + 40), _colour(rng))


def _yard(rng: random.Random, image: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(image), image.size
    line = height * rng.uniform(0.35, 0.65)
    pen.rectangle((0, line, width, height), _colour(rng, 60, 180))
    for _tree in range(rng.randint(2, 6)):
        x, round_ = rng.uniform(0, width), rng.uniform(30, 110)
        pen.rectangle((x - 6, line - round_, x + 6, line + 30), _colour(rng, 30, 90))
        pen.ellipse((x - round_, line - 2.2 * round_, x + round_, line - round_ * 0.5), _colour(rng, 40, 130))
    for mark in range(rng.randint(1, 5)):
        y = line + (height - line) * (mark + 1) / 6
        pen.line((rng.uniform(-200, 200), y, width + rng.uniform(-200, 200), y + rng.uniform(-60, 60)),
                 _colour(rng, 160, 235), rng.randint(3, 12))  # fmt: skip


def _store(rng: random.Random, image: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(image), image.size
    shelves = rng.randint(2, 5)
    for shelf in range(1, shelves + 1):
        y = height * shelf / (shelves + 0.5)
        pen.rectangle((0, y, width, y + rng.randint(6, 16)), _colour(rng))
        x = rng.uniform(0, 60)
        while x < width:
            wide, high = rng.uniform(20, 120), rng.uniform(30, height / shelves * 0.8)
            if rng.random() < 0.8:
                pen.rectangle((x, y - high, x + wide, y), _colour(rng))
            x += wide + rng.uniform(2, 40)


def _paper(rng: random.Random, image: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(image), image.size
    sheet = Image.new(
        "RGB", (int(width * rng.uniform(0.4, 0.7)), int(height * rng.uniform(0.6, 0.95))), (240, 238, 230)
    )
    ink = ImageDraw.Draw(sheet)
    for line in range(30, sheet.height - 20, rng.randint(14, 26)):
        if rng.random() < 0.85:
            ink.line((25, line, rng.uniform(0.3, 0.95) * sheet.width, line), (40, 40, 48), rng.randint(3, 7))
    if rng.random() < 0.5:
        at = rng.uniform(0.3, 0.7) * sheet.width
        ink.ellipse((at, sheet.height - 130, at + 100, sheet.height - 30), outline=(200, 30, 30), width=6)
    mask = Image.new("L", sheet.size, 255)
    turn = rng.uniform(-12, 12)
    place = int(rng.uniform(0, width - sheet.width)), int(rng.uniform(-20, height - sheet.height))
    image.paste(sheet.rotate(turn, expand=True), place, mask.rotate(turn, expand=True))
    pen.line((0, rng.uniform(0, height), width, rng.uniform(0, height)), _colour(rng), 5)


KINDS: tuple[Callable[[random.Random, Image.Image], None], ...] = (_facade, _corridor, _yard, _store, _paper)


def _thing_in(rng: random.Random, image: Image.Image) -> None:
    """A cabinet, a ball, a pipe, a heap: something that stands or lies about."""
    pen, (width, height) = ImageDraw.Draw(image), image.size
    x, y, big = rng.uniform(0, width), rng.uniform(height * 0.3, height), rng.uniform(20, 120)
    shape = rng.randrange(4)
    if shape == 0:
        pen.rectangle((x, y - big, x + big * 0.7, y), _colour(rng), outline=_colour(rng), width=4)
    elif shape == 1:
        pen.ellipse((x, y, x + big, y + big), _colour(rng))
    elif shape == 2:
        pen.line((x, y, x + rng.uniform(-400, 400), y + rng.uniform(-200, 200)), _colour(rng), rng.randint(4, 16))
    else:
        round_ = [(x + big * math.cos(n) * rng.uniform(0.4, 1), y + big * math.sin(n) * rng.uniform(0.4, 1))
                  for n in range(6)]  # fmt: skip
        pen.polygon(round_, _colour(rng))


def _shaded(rng: random.Random, image: Image.Image) -> Image.Image:
    """Broad patches of light and shade, as clouds and lamps make them."""
    patches = Image.new("L", (6, 5))
    patches.putdata([rng.randint(110, 255) for _patch in range(30)])
    shade = patches.resize(image.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(20))
    return ImageChops.multiply(image, Image.merge("RGB", (shade, shade, shade)))


def _grained(rng: random.Random, image: Image.Image) -> Image.Image:
    """Gravel and leaves, coarse and fine."""
    coarse = _noise(rng, (image.width // 8, image.height // 8)).resize(image.size, Image.Resampling.BICUBIC)
    grained = Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", (coarse,) * 3)), 0.5)
    fine = _noise(rng, (image.width // 2, image.height // 2)).resize(image.size)
    return Image.blend(grained, ImageChops.soft_light(grained, Image.merge("RGB", (fine,) * 3)), 0.4)


def _noise(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
