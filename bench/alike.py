"""How well a picture that was used before is recognised: ten kinds of change, second shots, strangers; and how fast."""

from __future__ import annotations

import io
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations, repeat
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageEnhance

from app.clock import now
from app.db import db, unit_of_work
from app.evidence import glance, looks, queries_alike
from app.evidence.prints import DHASH, MOST, Print, bands, distance, signed
from bench import loading
from bench.measuring import Figure
from bench.scenes import scene, second_shot
from bench.stage import staged
from tests import story
from tests.cast import Cast

SCENES, STRANGERS = 210, 600
LOOK_UPS, HASHES, SOAK = 60, 100_000, 1_000_000
PIECE = ("task_id", "kind", "name", "sha256", "size", "media_type", "caption", "source", "reduced",
         "uploaded_by_id", "uploaded_at")  # fmt: skip
Prints = tuple[Print, ...]
Change = Callable[[Image.Image, random.Random], Image.Image]


def _sent(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue()))


def _resized(image: Image.Image, share: float) -> Image.Image:
    return image.resize((round(image.width * share), round(image.height * share)))


def _stamped(image: Image.Image, rng: random.Random) -> Image.Image:
    """Time and place in a corner, as site cameras write them."""
    pen = ImageDraw.Draw(image := image.copy())
    lines = f"2026-{rng.randint(1, 12):02d}-05 09:{rng.randint(0, 59):02d}", "Qinghe No. 1", "N30 E114"
    for line, text in enumerate(lines):
        place = 16, image.height - 84 + 24 * line
        pen.text(place, text, (255, 255, 255), font_size=20, stroke_width=1, stroke_fill=(0, 0, 0))
    return image


def _panelled(image: Image.Image, _rng: random.Random) -> Image.Image:
    """A large half-clear panel of a watermark camera."""
    panel = Image.new("RGB", (round(image.width * 0.45), round(image.height * 0.22)), (30, 90, 190))
    at = (16, image.height - panel.height - 16)
    image = image.copy()
    under = image.crop((*at, at[0] + panel.width, at[1] + panel.height))
    image.paste(Image.blend(under, panel, 0.6), at)
    return _stamped(image, _rng)


def _cropped(image: Image.Image, share: float) -> Image.Image:
    x, y = image.width * share, image.height * share
    return image.crop((round(x), round(y), round(image.width - x), round(image.height - y)))


def _on_a_screen(image: Image.Image, rng: random.Random) -> Image.Image:
    """A phone's screen that shows the photo between black bars, with its status line."""
    screen = Image.new("RGB", (720, 1480), (0, 0, 0) if rng.random() < 0.7 else (245, 245, 245))
    photo = image.resize((720, 540))
    screen.paste(photo, (0, rng.randint(380, 520)))
    ImageDraw.Draw(screen).text((30, 18), "09:41   4G 87%", (160, 160, 160), font_size=26)
    return screen


CHANGES: dict[str, Change] = {
    "exact": lambda image, _rng: image,
    "recompressed": lambda image, rng: _sent(image, rng.randint(20, 60)),
    "resized": lambda image, rng: _resized(image, rng.uniform(0.25, 0.8)),
    "sent_by_chat": lambda image, rng: _sent(_resized(image, rng.uniform(0.4, 0.7)), 60),
    "stamped": lambda image, rng: _sent(_stamped(image, rng), 85),
    "panelled": _panelled,
    "brightened": lambda image, rng: ImageEnhance.Brightness(image).enhance(rng.choice((0.75, 1.25))),
    "cropped_2": lambda image, _rng: _cropped(image, 0.02),
    "cropped_5": lambda image, _rng: _cropped(image, 0.05),
    "cropped_10": lambda image, _rng: _cropped(image, 0.1),
    "on_a_screen": _on_a_screen,
    "turned_2": lambda image, rng: image.rotate(rng.choice((-2, 2)), Image.Resampling.BICUBIC),
}
PROMISED = {"exact": 0.1, "recompressed": 5.0, "resized": 5.0, "sent_by_chat": 5.0, "stamped": 5.0}


def seen(image: Image.Image) -> Prints:
    """The prints as the child process takes them, from a JPEG as it comes."""
    taken = _sent(image, 92) if image.format != "JPEG" else image
    taken.draft(None, (160, 160))
    look = looks.of(glance.told(taken.convert("RGB"), {}), ZoneInfo("Asia/Shanghai"))
    return look.prints if look else ()


def is_alike(mine: Prints, others: Prints) -> bool:
    """The rule of the look-up, said on two pictures."""
    return any(
        one.kind == other.kind and "whole" in (one.part, other.part)
        and distance(one.bits, other.bits) <= MOST[one.kind]
        for one in mine for other in others
    )  # fmt: skip


def figures() -> Iterator[Figure]:
    """Shares that are missed, false alarms, and one look-up; the table goes to standard error."""
    known, missed, again = [], dict.fromkeys(CHANGES, 0), 0
    for number in range(SCENES):
        photo = _sent(scene(number), 92)
        known.append(seen(photo))
        for name, change in CHANGES.items():
            missed[name] += not is_alike(seen(change(photo, random.Random(number))), known[-1])
        again += is_alike(seen(second_shot(photo, number)), known[-1])
    for name, count in missed.items():
        yield _share(name, "missed", count, PROMISED.get(name, 100.0))
    yield _share("second_shot", "taken_for_a_copy", again, 100.0)
    yield _false_alarms(known)
    yield from _looking_up()


def _share(name: str, what: str, count: int, limit: float) -> Figure:
    share = 100 * count / SCENES
    print(f"{name:16} {share:6.2f} % {what.replace('_', ' ')} of {SCENES}", file=sys.stderr)
    return Figure(f"picture_{name}_{what}", share, "%", limit)


def _false_alarms(known: list[Prints]) -> Figure:
    """Every picture against every other."""
    strangers = known + [seen(scene(number)) for number in range(SCENES, STRANGERS)]
    pairs = list(combinations(strangers, 2))
    share = 100 * sum(is_alike(*pair) for pair in pairs) / len(pairs)
    print(f"{'strangers':16} {share:6.3f} % false alarms of {len(pairs)} pairs", file=sys.stderr)
    return Figure("picture_false_alarms", share, "%", 0.1)


def _looking_up() -> Iterator[Figure]:
    """One look-up of one print among many, the medians on both databases; a million under SOAK=1."""
    many = SOAK if os.environ.get("SOAK") else HASHES
    for dialect in ("sqlite", "postgresql"):
        with staged(dialect):
            _fill(many)
            rng, took = random.Random(5), []
            for _time in range(LOOK_UPS):
                mine = Print(DHASH, "whole", rng.getrandbits(64))
                start = time.perf_counter()
                queries_alike.alike([mine])
                took.append(1000 * (time.perf_counter() - start))
            db.session.rollback()
            yield Figure(f"picture_look_up_among_{many}_{dialect}", statistics.median(took), "ms", 20.0)


def _fill(many: int) -> None:
    """That many pieces on one finding, each with one print."""
    rng = random.Random(3)
    with unit_of_work():
        cast = Cast()
        task, sender, moment = story.draft(cast).task.id, cast.inspector.id, now()
        piece = (task, "after", "照片.jpg", "0" * 64, 1, "image/jpeg", "", "", False, sender, moment)
        loading.load("evidence", ("id", *PIECE), loading.numbered(repeat(piece, many)))
        drawn = (rng.getrandbits(64) for _hash in range(many))
        rows = ((1 + n, DHASH, "whole", signed(bits), *bands(bits)) for n, bits in enumerate(drawn))
        loading.load("picture_hashes", ("evidence_id", "kind", "part", "h", "b0", "b1", "b2", "b3"), rows)
        loading.settle(["evidence", "picture_hashes"])
    loading.vacuum("picture_hashes")
