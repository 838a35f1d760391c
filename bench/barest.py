"""The barest endpoint that takes a photo: writes it, has it on the disk, hashes it; no house around it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from flask import Flask, request

app = Flask("barest")
FOLDER = Path(os.environ.get("BAREST_FOLDER", "."))


@app.post("/")
def keep() -> tuple[str, int]:
    """One file of a form, under the name of its hash."""
    content = request.files["file"].stream.read()
    sha256 = hashlib.sha256(content).hexdigest()
    with (FOLDER / f"{sha256}.part").open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    (FOLDER / f"{sha256}.part").rename(FOLDER / sha256)
    handle = os.open(FOLDER, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    return sha256, 201


@app.get("/healthz")
def healthz() -> str:
    """Whether it is up."""
    return "ok"
