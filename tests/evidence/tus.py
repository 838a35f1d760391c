"""A small phone: announces a file and sends it piece by piece, through whatever browser it is given."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

CHUNK = "application/offset+octet-stream"


def metadata(**said: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


class Phone:
    """One file of `content` for a task; `where` is its address once it was announced."""

    def __init__(self, browser: Any, task_id: int, content: bytes, **said: str) -> None:
        self.browser, self.task_id, self.content, self.where = browser, task_id, content, ""
        self.said = {"client_upload_id": secrets.token_hex(8), "filename": "整改后.jpg", "kind": "after"} | said

    def announces(self, beginning: bytes | None = None, **more: str) -> Any:
        """Says what is coming, and brings the `beginning` along where one is given."""
        headers = {"Upload-Length": str(len(self.content)), "Upload-Metadata": metadata(**(self.said | more))}
        brought = {} if beginning is None else {"data": beginning, "content_type": CHUNK}
        headers |= {"Tus-Resumable": "1.0.0", "Accept": "application/json"}
        answer = self.browser.post(f"/tasks/{self.task_id}/uploads", headers=headers, **brought)
        self.where = answer.headers.get("Location", self.where)
        return answer

    def asks(self) -> int:
        return int(self.browser.head(self.where).headers["Upload-Offset"])

    def sends(self, start: int, end: int | None = None, content: bytes | None = None, **headers: str) -> Any:
        body = self.content[start:end] if content is None else content
        said = {"Upload-Offset": str(start), "Tus-Resumable": "1.0.0", "Accept": "application/json"}
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        return self.browser.patch(self.where, data=body, content_type=CHUNK, headers=said | named)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()
