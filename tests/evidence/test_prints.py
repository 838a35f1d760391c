"""Hashes by which a picture is recognised: small changes move few bits, and the bands miss nothing nearby."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from app.db import db
from app.evidence import looks, pictures, queries_alike
from app.evidence.prints import BANDS, MOST, WIDTH, Print, bands, dhash, distance, near, phash, signed, unsigned
from app.evidence.traces import PictureHash
from bench.scenes import scene, second_shot
from tests import story
from tests.evidence.pictures import saved

ZONE = ZoneInfo("Asia/Shanghai")


def seen(image, folder: Path, **how):
    path = folder / "photo.jpg"
    path.write_bytes(saved(image, "JPEG", **how))
    return looks.of(pictures.check(path, "photo.jpg"), ZONE)


def whole(look, kind="d"):
    return next(one.bits for one in look.prints if (one.kind, one.part) == (kind, "whole"))


def test_dhash_says_where_it_gets_brighter_to_the_right():
    assert dhash(bytes(range(9)) * 8) == 2**64 - 1
    assert dhash(bytes(reversed(range(9))) * 8) == 0
    assert dhash(bytes(range(9)) + bytes(9 * 7)) == 0xFF << 56


def test_phash_marks_the_slow_waves_of_a_picture_and_not_its_light():
    rng = random.Random(1)
    grey = bytes(rng.randrange(200) for _pixel in range(1024))
    assert phash(grey).bit_count() == 32
    assert distance(phash(grey), phash(bytes(level + 40 for level in grey))) <= 1


def test_seven_bits_over_four_bands_leave_one_band_with_at_most_one():
    splits = (split for split in product(range(MOST["d"] + 1), repeat=BANDS) if sum(split) <= max(MOST.values()))
    assert all(min(split) <= 1 for split in splits)
    assert len(set(near(0))) == 1 + WIDTH == len([band for band in range(1 << WIDTH) if band.bit_count() <= 1])


def test_every_hash_within_the_distance_shares_a_band_that_is_looked_up():
    rng = random.Random(2)
    for _time in range(3000):
        mine = rng.getrandbits(64)
        other = mine
        for bit in rng.sample(range(64), MOST["d"]):
            other ^= 1 << bit
        assert any(theirs in near(ours) for ours, theirs in zip(bands(mine), bands(other), strict=True))


def test_a_database_keeps_all_sixty_four_bits():
    for bits in (0, 1, 2**63, 2**64 - 1):
        assert unsigned(signed(bits)) == bits
        assert -(2**63) <= signed(bits) < 2**63


def test_a_photo_sent_on_is_nearly_the_same_and_a_second_place_is_not(tmp_path):
    first = scene(11)
    known, sent = seen(first, tmp_path), seen(first.resize((400, 300)), tmp_path, quality=40)
    stranger = seen(scene(12), tmp_path)
    for kind, most in MOST.items():
        assert distance(whole(known, kind), whole(sent, kind)) <= most
        assert distance(whole(known, kind), whole(stranger, kind)) > most
    assert distance(whole(known), whole(seen(second_shot(first, 11), tmp_path))) > 0


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_dark_or_blank_picture_is_left_out_and_said_so(tmp_path, level):
    from PIL import Image

    look = seen(Image.new("RGB", (400, 300), (level, level, level)), tmp_path)
    assert (look.is_plain, look.prints) == (True, ())


def test_the_look_up_finds_all_within_the_distance_and_nothing_beyond(cast):
    rng, mine = random.Random(4), 0x8F31_77AA_0C5E_D219
    task = story.draft(cast).task
    expected = set()
    for number in range(120):
        other = mine
        for bit in rng.sample(range(64), number % 12):
            other ^= 1 << bit
        piece = story.evidence(task, cast.inspector, "before")
        parts = {f"b{n}": band for n, band in enumerate(bands(other))}
        db.session.add(PictureHash(evidence_id=piece.id, kind="d", part="whole", h=signed(other), **parts))
        expected |= {piece.id} if number % 12 <= MOST["d"] else set()
    db.session.flush()
    found = queries_alike.alike([Print("d", "whole", mine)])
    assert {one.evidence_id for one in found} == expected
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    assert queries_alike.alike([Print("p", "whole", mine)]) == []


TWENTY_THOUSAND = (  # which the planner has counted, and found vacuumed: of a few rows any way is as cheap
    "SET LOCAL session_replication_role = replica",
    "INSERT INTO picture_hashes (evidence_id, kind, part, h, b0, b1, b2, b3)"
    " SELECT n, 'd', 'whole', n, n * 31 % 65536, n * 37 % 65536, n * 41 % 65536, n * 43 % 65536"
    " FROM generate_series(1000001, 1020000) AS n",
    "ANALYZE picture_hashes",
    "UPDATE pg_class SET relallvisible = relpages WHERE oid = 'picture_hashes'::regclass",
)


def test_a_look_up_reads_its_four_indexes_and_no_row(cast):
    connection, asked = db.session.connection(), queries_alike.sought(Print("d", "whole", 0x8F31_77AA_0C5E_D219))
    explain, read = "EXPLAIN QUERY PLAN ", "USING COVERING INDEX ix_picture_hashes_b"
    if connection.dialect.name == "postgresql":
        explain, read = "EXPLAIN ", "Index Only Scan using ix_picture_hashes_b"
        for statement in TWENTY_THOUSAND:
            connection.execute(sa.text(statement))
    spelled = queries_alike.in_a_band().params(asked).compile(connection, compile_kwargs={"literal_binds": True})
    plan = str(connection.exec_driver_sql(explain + str(spelled).replace("%", "%%")).all())
    assert [plan.count(f"{read}{band}") for band in range(BANDS)] == [1] * BANDS
