"""Copies are small, upright, right in colour and say nothing of camera, time and place."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from app.evidence import darkroom, pictures, shrink
from app.evidence.kinds import Refused, kind_of
from app.evidence.pictures import Unreadable, derive, derive_all
from tests.evidence import pictures as made

CLOSE = 12  # levels of 256 that JPEG may be off


def copy_of(tmp_path: Path, content: bytes, size: int = 320) -> Image.Image:
    path = tmp_path / "original"
    path.write_bytes(content)
    return Image.open(io.BytesIO(derive(path, size)))


def looks(image: Image.Image, at: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    seen = image.getpixel((int(image.width * at[0]), int(image.height * at[1])))
    return all(abs(a - b) <= CLOSE for a, b in zip(seen, colour, strict=True))


def test_both_sizes_come_from_one_drawing_and_small_pictures_are_not_blown_up(tmp_path: Path):
    path = tmp_path / "original"
    path.write_bytes(made.jpeg(4000, 3000))
    sizes = {size: Image.open(io.BytesIO(copy)).size for size, copy in derive_all(path).items()}
    assert sizes == {320: (320, 240), 1600: (1600, 1200)}
    assert copy_of(tmp_path, made.jpeg(100, 50), 1600).size == (100, 50)


# Where the blue quarter (upper left as stored) is seen when the picture is held as EXIF says.
SEEN = {
    1: (0.1, 0.1), 2: (0.9, 0.1), 3: (0.9, 0.9), 4: (0.1, 0.9),
    5: (0.1, 0.1), 6: (0.9, 0.1), 7: (0.9, 0.9), 8: (0.1, 0.9),
}  # fmt: skip


@pytest.mark.parametrize("orientation, blue", SEEN.items())
def test_every_way_to_hold_a_phone_gives_an_upright_copy(tmp_path: Path, orientation: int, blue):
    copy = copy_of(tmp_path, made.photo(2000, 1500, orientation))
    assert copy.size == ((320, 240) if orientation < 5 else (240, 320))
    assert looks(copy, blue, made.BLUE)
    assert looks(copy, (1 - blue[0], 1 - blue[1]), made.RED)


def test_of_camera_time_place_and_comment_nothing_is_left(tmp_path: Path):
    original = made.photo(2000, 1500, 6)
    assert made.GPS.encode() in original
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    path = tmp_path / "original"
    path.write_bytes(original)
    for copy in derive_all(path).values():
        image = Image.open(io.BytesIO(copy))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not [word for word in (b"Exif", b"GPS", b"xmp", b"Fictional", b"ICC", b"8BIM") if word in copy]
    assert path.read_bytes() == original, "the original stays as it was received"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_metadata_of_other_kinds_is_left_behind_as_well(tmp_path: Path, kind: str):
    exif = Image.Exif()
    exif[0x010F] = made.GPS
    content = made.saved(made.drawing(), kind, exif=exif)
    assert made.GPS.encode() in content
    assert made.GPS.encode() not in copy_of(tmp_path, content).tobytes()
    assert made.GPS.encode() not in derive(tmp_path / "original", 320)


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1"])
def test_png_of_every_mode_is_drawn(tmp_path: Path, mode: str):
    copy = copy_of(tmp_path, made.saved(made.drawing(mode=mode), "PNG"))
    assert (copy.mode, copy.size) == ("RGB", (320, 240))
    if mode in ("RGB", "RGBA"):
        assert looks(copy, (0.1, 0.1), made.BLUE)


def test_sixteen_bits_keep_their_brightness(tmp_path: Path):
    grey = Image.new("I;16", (400, 300), 128 * 256)
    assert looks(copy_of(tmp_path, made.saved(grey, "PNG")), (0.5, 0.5), (128, 128, 128))


@pytest.mark.parametrize("large", [False, True])
def test_what_is_transparent_is_white(tmp_path: Path, large: bool):
    size = (4400, 3000) if large else (400, 300)
    clear = Image.new("RGBA", size, (0, 0, 0, 0))
    assert looks(copy_of(tmp_path, made.saved(clear, "PNG", compress_level=1)), (0.5, 0.5), made.WHITE)
    few = made.drawing().quantize(2)
    copy = copy_of(tmp_path, made.saved(few, "PNG", transparency=few.getpixel((399, 299))))
    assert looks(copy, (0.9, 0.9), made.WHITE)
    assert looks(copy, (0.1, 0.1), made.BLUE)


def test_a_single_colour_may_stand_for_nothing(tmp_path: Path):
    content = made.saved(made.drawing(), "PNG", transparency=made.RED)
    assert looks(copy_of(tmp_path, content), (0.9, 0.9), made.WHITE)


def test_print_colours_become_screen_colours(tmp_path: Path):
    cyan = made.saved(Image.new("CMYK", (400, 300), (255, 0, 0, 0)), "JPEG")
    assert looks(copy_of(tmp_path, cyan), (0.5, 0.5), (0, 255, 255))


def test_another_colour_profile_is_applied_and_a_broken_one_ignored(tmp_path: Path):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, b"nonsense"):
        assert looks(copy_of(tmp_path, made.jpeg(icc_profile=profile)), (0.1, 0.1), made.BLUE)


def test_heic_is_drawn_upright(tmp_path: Path):
    copy = copy_of(tmp_path, made.HEIC)
    assert sorted(copy.size) == [48, 64]
    assert b"Fictional" not in derive(tmp_path / "original", 320)


BROKEN = {
    "text": b"not a picture",
    "gif": made.saved(made.drawing(mode="P"), "GIF"),
    "cut": made.noise(800, 600)[:5000],
    "bomb": made.png_claiming(20000, 20000),
    "heic-cut": made.HEIC[:400],
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_drawn_is_said_plainly(tmp_path: Path, content: bytes):
    with pytest.raises(Unreadable) as why:
        copy_of(tmp_path, content)
    assert "original is kept" in why.value.args[0]


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path):
    with pytest.raises(Unreadable):
        derive(tmp_path / "nothing", 320)


def test_a_child_that_hangs_is_ended_and_the_next_one_works(tmp_path: Path, monkeypatch):
    path = tmp_path / "pipe"
    os.mkfifo(path)  # opening it waits for a writer that never comes
    monkeypatch.setattr(pictures, "SECONDS", 1)
    with pytest.raises(Unreadable):
        derive(path, 320)
    monkeypatch.undo()
    assert copy_of(tmp_path, made.jpeg()).size == (320, 240)


def test_a_picture_that_needs_more_memory_than_the_child_may_take_is_unreadable(tmp_path: Path):
    """A progressive JPEG of 190 million pixels in colour needs far more even when it is drawn small."""
    whole = made.saved(Image.new("RGB", (800, 600), made.RED), "JPEG", progressive=True)
    at = whole.find(b"\xff\xc2")
    with pytest.raises(Unreadable):
        copy_of(tmp_path, whole[: at + 5] + (12000).to_bytes(2) + (16000).to_bytes(2) + whole[at + 9 :])


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_damaged_behind_a_sound_header_is_refused_by_its_name(tmp_path: Path, kind: str):
    path = tmp_path / "in-1"
    path.write_bytes(made.damaged(kind))
    assert kind_of(path, "门口.jpg").is_picture
    with pytest.raises(Refused) as why:
        pictures.check(path, "门口.jpg")
    assert "门口.jpg” arrived incomplete or is damaged" in str(why.value)
    path.write_bytes(made.photo())
    pictures.check(path, "门口.jpg")


def test_a_picture_that_takes_too_much_is_refused_and_one_that_waits_too_long_is_asked_for_again(tmp_path, monkeypatch):
    path = tmp_path / "in-1"
    path.write_bytes(made.png_claiming(14000, 14000))
    with pytest.raises(Refused) as why:
        pictures.check(path, "大.jpg")
    assert "memory" in str(why.value)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(pictures, "SECONDS", 1)
    with pytest.raises(pictures.Busy) as busy:
        pictures.check(pipe, "慢.jpg")
    assert busy.value.status == 503


def test_a_phone_of_200_megapixels_is_taken_and_drawn(tmp_path: Path):
    path = tmp_path / "in-1"
    Image.new("L", (16320, 12240), 90).save(path, "JPEG", quality=50)
    assert kind_of(path, "两亿像素.jpg").width == 16320
    pictures.check(path, "两亿像素.jpg")
    assert Image.open(io.BytesIO(derive(path, 1600))).size == (1600, 1200)


def test_what_is_covered_is_painted_over_as_the_picture_is_held(tmp_path: Path):
    path = tmp_path / "original"
    path.write_bytes(made.photo(2000, 1500, 6))
    copies = derive_all(path, boxes=[[0, 0, 0.5, 0.25], [0.9, 0.9, 0.5, 0.5]])
    for content in copies.values():
        copy = Image.open(io.BytesIO(content))
        assert looks(copy, (0.25, 0.12), shrink.COVER)
        assert looks(copy, (0.97, 0.97), shrink.COVER)
        assert looks(copy, (0.9, 0.1), made.BLUE)
    assert path.read_bytes() == made.photo(2000, 1500, 6), "the original stays as it was received"


def test_the_child_that_waits_is_the_same_and_a_dead_one_is_replaced(tmp_path: Path):
    path = tmp_path / "original"
    path.write_bytes(made.jpeg())
    derive(path, 320)
    (waiting,) = darkroom.waiting.idle[-1:]
    derive(path, 320)
    assert darkroom.waiting.idle[-1] is waiting
    waiting.kill()
    waiting.wait()
    assert Image.open(io.BytesIO(derive(path, 320))).size == (320, 240)


def test_the_child_knows_nothing_of_the_house_and_cannot_write(tmp_path: Path):
    probe = (
        f"import sys, runpy; sys.argv = ['shrink', {str(tmp_path / 'p.jpg')!r}, '320'];"
        f"runpy.run_path({darkroom.SCRIPT!r}, run_name='__main__');"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('app', 'flask', 'workflows', 'sqlalchemy')];"
        "import resource;"
        "assert resource.getrlimit(resource.RLIMIT_AS)[0] == 512 * 1024 * 1024;"
        "assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 0"
    )
    (tmp_path / "p.jpg").write_bytes(made.jpeg())
    child = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, env={}, timeout=30)
    assert child.returncode == 0, child.stderr.decode()


def test_no_shell_and_no_foreign_converter_is_called_anywhere():
    for path in (Path(pictures.__file__).parent).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("shell=True", "os.system", "popen", "ghostscript", "imagemagick") if word in text]
