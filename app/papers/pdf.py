"""PDF through LibreOffice, where it is installed: one conversion at a time in a process, within a minute."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

from app.papers.fonts import FONTS
from app.tasks.refusals import Refused
from workflows.grammar import say

SECONDS = 60
_ONE = Lock()


class NotConverted(Refused):
    """LibreOffice is not there, or did not do it in time."""

    status = 503


def is_available() -> bool:
    """Whether this machine can make PDF."""
    return shutil.which("soffice") is not None


def converted(docx: bytes) -> bytes:
    """The same document as PDF; raises NotConverted."""
    if not is_available():
        raise NotConverted(say("This server has no LibreOffice, so it makes no PDF. Download the Word file instead."))
    with _ONE, tempfile.TemporaryDirectory(prefix="paper-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx)
        _soffice(source)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise NotConverted(say("The PDF could not be made in time. Download the Word file, or try again."))
        return made.read_bytes()


def _soffice(source: Path) -> None:
    """A profile of its own for every process, for two in one wait for each other; killed with its children."""
    profile = _profile(os.getpid())
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf",
               "--outdir", str(source.parent), str(source)]  # fmt: skip
    env = {"PATH": os.environ.get("PATH", ""), "HOME": str(profile), "LANG": "C.UTF-8",
           "FONTCONFIG_FILE": str(profile / "fonts.conf")}  # fmt: skip
    child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@cache
def _profile(_process: int) -> Path:
    profile = Path(tempfile.mkdtemp(prefix="soffice-"))
    (profile / "fonts.conf").write_text(FONTS, encoding="utf-8")
    return profile
