"""Delivering: a thread for each channel that has something to send, so that a slow one holds up nobody else."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import select, update

from app.clock import now
from app.db import db, release, unit_of_work
from app.escalations.watches import Watch
from app.notices import carriers, lease
from app.notices.channels import Carrier, NotSent
from app.notices.letters import write
from app.notices.models import Channel, Message
from app.notices.queries_delivery import due_channels
from app.pouring import put_if_missing
from workflows.grammar import say

PAUSE = 1.0
DELIVER, EVERY = "deliver", timedelta(seconds=30)
BROKE = say("It could not be written; the administrator finds the reason in the log.")


def one(channel_id: int, worker: str, now: datetime) -> bool:
    """Deliver the next message of that channel; whether there was one. Nothing is locked while it is on its way."""
    channel = db.session.get(Channel, channel_id)
    if channel is None:
        return False
    carrier = carriers.of(channel)
    release()
    message_id = lease.claim(channel_id, worker, carrier.spacing, now)
    if message_id is None:
        return False
    try:
        _carry(message_id, carrier, now)
    except NotSent as why:
        lease.failed(message_id, worker, why, now)
    except Exception as broken:
        current_app.logger.error("message %d could not be written: %s", message_id, type(broken).__name__)
        lease.failed(message_id, worker, NotSent(BROKE), now)
    else:
        lease.sent(message_id, worker, now)
    return True


def _carry(message_id: int, carrier: Carrier, now: datetime) -> None:
    try:
        letter = write(db.session.get_one(Message, message_id))
    finally:
        release()
    carrier.carry(letter, now)


class Deliverer:
    """One process; several may run, each message is taken by one of them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.ended = threading.Event()
        self.busy: dict[int, Future[None]] = {}
        self.beaten: datetime | None = None

    def run(self, *, once: bool) -> None:
        """Until it is ended, or until nothing is due any more."""
        with ThreadPoolExecutor(max_workers=32) as threads:
            while not self.ended.is_set():
                due = self._due()
                for channel_id in due - self.busy.keys():
                    self.busy[channel_id] = threads.submit(self._drain, channel_id)
                self.busy = {number: future for number, future in self.busy.items() if not future.done()}
                if once and not due and not self.busy:
                    return
                self.ended.wait(0.02 if once else PAUSE)

    def _due(self) -> set[int]:
        with self.app.app_context():
            try:
                moment = now()
                self._beat(moment)
                return due_channels(moment)
            except Exception:
                self.app.logger.exception("the deliverer could not ask what is due; it tries again")
                return set()

    def _beat(self, moment: datetime) -> None:
        if self.beaten is not None and moment - self.beaten < EVERY:
            return
        with unit_of_work():
            put_if_missing(Watch, name=DELIVER, at=moment, found={})
            db.session.execute(update(Watch).where(Watch.name == DELIVER).values(at=moment))
        self.beaten = moment

    def _drain(self, channel_id: int) -> None:
        try:
            while not self.ended.is_set():
                with self.app.app_context():
                    if not one(channel_id, self.name, now()):
                        return
        except Exception:
            self.app.logger.exception("channel %d broke off; it is tried again", channel_id)


def last_seen() -> datetime | None:
    """When a deliverer last said that it lives."""
    return db.session.scalar(select(Watch.at).where(Watch.name == DELIVER))
