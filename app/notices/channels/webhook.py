"""A webhook of the county's own: JSON, signed by HMAC over time and body, any 2xx means that it arrived."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict
from datetime import datetime

from app.notices.channels import Letter, NotSent
from app.notices.channels.posting import post
from workflows.grammar import say


class Webhook:
    """`X-Rectify-Signature: sha256=…` over the timestamp, a dot and the body; the number tells copies apart."""

    spacing = 0.0

    def __init__(self, address: str, secret: str) -> None:
        self.address, self.secret = address, secret

    def carry(self, letter: Letter, now: datetime) -> None:
        """Send it; what is not 2xx is a failure."""
        body = json.dumps(_told(letter), ensure_ascii=False).encode()
        stamp = str(int(now.timestamp()))
        signature = hmac.new(self.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {"X-Rectify-Timestamp": stamp, "X-Rectify-Delivery": letter.mark,
                   "X-Rectify-Signature": f"sha256={signature}"}  # fmt: skip
        answer = post(self.address, body, headers)
        if answer.status == 429:
            raise NotSent(say("Too many messages (429)."), rests=answer.retry_after or 60.0)
        if not 200 <= answer.status < 300:
            raise NotSent(
                say("It answered with status %(status)d.", status=answer.status), in_doubt=answer.status >= 500
            )


def _told(letter: Letter) -> dict[str, object]:
    return {"number": letter.mark, "kind": letter.kind, "again": letter.again, "made_at": letter.made_at.isoformat(),
            "subject": letter.subject, "lines": [asdict(line) for line in letter.lines]}  # fmt: skip
