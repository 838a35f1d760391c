"""Processes are killed at random while photos come in: what was acknowledged is there, whole, and once."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
import urllib3

from app.db import db
from app.evidence import sweeping
from app.evidence.models import Evidence, Upload
from app.evidence.ours import storage
from tests.evidence import pictures
from tests.evidence.tus import Phone
from tests.faults.house import Guest, House

pytestmark = pytest.mark.faults
PHONES, CHUNK = 4, 48 * 1024
SOONEST, OFTEN, RARELY = 0.02, 0.25, 5.0  # seconds between two kills: never less, at first at most, at most at all
BROKEN = (urllib3.exceptions.HTTPError, OSError)


class Kept:
    """What the phones were told, and how often a kill met them at work."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.sending, self.over = 0, Event()
        self.kills = self.met = 0


def photographs(guest: Guest, task: int, kept: Kept, seed: int) -> None:
    """One phone: photo after photo, each sent on until the house says that it has it."""
    dice = random.Random(seed)
    while not kept.over.is_set():
        phone = Phone(guest, task, pictures.noise(500, 400, quality=dice.randrange(60, 95), comment=dice.randbytes(8)))
        along = dice.choice((None, phone.content[:CHUNK], phone.content))
        kept.sending += 1
        evidence = delivered(phone, along, kept)
        kept.sending -= 1
        if evidence:
            kept.acknowledged[phone.said["client_upload_id"]] = (evidence, phone.sha256)


def delivered(phone: Phone, along: bytes | None, kept: Kept) -> str | None:
    """Announce, with what goes along, send, ask, send on; whatever breaks is tried again, as a phone would."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(*BROKEN):
            if not phone.where:
                made = phone.announces(along)
                if made.headers.get("Upload-Evidence"):
                    return made.headers["Upload-Evidence"]
                if made.status_code != 201:
                    continue
            offset = phone.asks()
            answer = phone.sends(offset, offset + CHUNK)
            if answer.headers.get("Upload-Evidence"):
                return answer.headers["Upload-Evidence"]
        if kept.over.is_set() and not phone.where:
            return None
    return None


class Pace:
    """How long kills wait for each other: longer while nothing gets through, as long as this machine needs."""

    def __init__(self, kept: Kept, most: float) -> None:
        self.kept, self.least, self.most, self.through = kept, most, most, 0

    def pause(self, dice: random.Random) -> float:
        """A moment nobody chose, within what the house has managed so far."""
        came, self.through = len(self.kept.acknowledged) > self.through, len(self.kept.acknowledged)
        self.most = max(self.least, self.most / 1.5) if came else min(RARELY, self.most * 1.2)
        return dice.uniform(SOONEST, self.most)


def kill(house: House, kept: Kept, enough: Callable[[Kept], bool], pace: Pace, dice: random.Random) -> None:
    """A worker a round, at a moment nobody chose; never the last one that is just being born."""
    while not enough(kept):
        time.sleep(pace.pause(dice))
        workers = house.workers()
        if not workers:
            continue
        kept.met += kept.sending > 0
        kept.kills += 1
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)


def besieged(house: House, enough: Callable[[Kept], bool], seed: int, pause: float = OFTEN) -> Kept:
    kept, task = Kept(), house.measure()
    with house.open(), ThreadPoolExecutor(PHONES) as phones:
        guests = [Guest(house, "owner") for _phone in range(PHONES)]
        running = [phones.submit(photographs, guest, task, kept, seed + n) for n, guest in enumerate(guests)]
        kill(house, kept, enough, Pace(kept, pause), random.Random(seed))
        kept.over.set()
        for phone in running:
            phone.result(90)
    return kept


def within(seconds: float, kills: int, photos: int = PHONES) -> Callable[[Kept], bool]:
    """Enough kills and enough photos that came through them; a house that lets none through is not waited for."""
    until = time.monotonic() + seconds

    def enough(kept: Kept) -> bool:
        return (kept.kills >= kills and len(kept.acknowledged) >= photos) or time.monotonic() > until

    return enough


def check(house: House, kept: Kept) -> None:
    """The equations: the phones' word against the rows, the rows against the files."""
    with house.app.app_context():
        rows = {str(piece.id): piece.sha256 for piece in db.session.query(Evidence)}
        ended = [upload for upload in db.session.query(Upload) if upload.evidence_id]
        lost = {name for name, (number, sha256) in kept.acknowledged.items() if rows.get(number) != sha256}
        assert lost == set(), "acknowledged and not there"
        assert len({upload.evidence_id for upload in ended}) == len(ended) == len(rows), "stored twice"
        assert list(sweeping.unsound()) == [], "not what was sent"
        orphans = {key.rsplit("/", 1)[1] for key in storage().list_keys("originals")} - set(rows.values())
        assert len(orphans) <= kept.kills
    print(f"{kept.kills} kills, {kept.met} while photos came in; {len(kept.acknowledged)} acknowledged, none lost")
    assert kept.met >= 0.6 * kept.kills, "the kills must meet phones at work"
    assert len(kept.acknowledged) >= PHONES


@pytest.mark.timeout(300)
@pytest.mark.parametrize("house", ["folder", "postgresql", "s3"], indirect=True)
def test_what_was_acknowledged_survives_every_kill(house: House):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    check(house, besieged(house, within(120, kills=15), seed))


def half_a_chunk(guest: Guest, phone: Phone, offset: int) -> socket.socket:
    """A connection on which a chunk has begun to come and does not end."""
    host, port = guest.address.removeprefix("http://").split(":")
    line = socket.create_connection((host, int(port)))
    said = {**guest.headers, "Host": host, "Tus-Resumable": "1.0.0", "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream", "Content-Length": str(2 * CHUNK)}  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    line.sendall(f"PATCH {phone.where} HTTP/1.1\r\n{head}\r\n".encode() + phone.content[offset : offset + CHUNK])
    return line


@pytest.mark.timeout(300)
def test_the_whole_house_is_killed_in_mid_upload_and_the_photo_goes_on_after_a_new_sign_in(house: House):
    task, content = house.measure(), pictures.noise(900, 700, quality=90)
    with house.open():
        phone = Phone(Guest(house, "owner"), task, content)
        phone.announces()
        phone.sends(0, CHUNK)
        line = half_a_chunk(phone.browser, phone, CHUNK)
        time.sleep(0.3)
    line.close()
    with house.open():
        phone.browser = Guest(house, "owner")
        offset = phone.asks()
        assert CHUNK <= offset <= 2 * CHUNK
        evidence = phone.sends(offset).headers["Upload-Evidence"]
    with house.app.app_context():
        piece = db.session.query(Evidence).one()
        assert (str(piece.id), piece.sha256) == (evidence, phone.sha256)
        assert list(sweeping.unsound()) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("house", ["folder", "postgresql", "s3"], indirect=True)
def test_what_was_acknowledged_survives_a_thousand_kills(house: House):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    kept = besieged(house, within(6600, kills=1000), seed)
    check(house, kept)
    assert kept.kills >= 1000, "the time was up before"


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("house", ["folder", "postgresql"], indirect=True)
def test_of_a_thousand_photos_none_is_lost_while_workers_are_killed(house: House):
    """Kills that come thick let few photos through; here they come as often as a thousand photos bear."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    check(house, besieged(house, lambda kept: len(kept.acknowledged) >= 1000, seed, pause=3.0))
