"""The name that a file is shown and downloaded under: as its owner wrote it, without what could do harm."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LIMIT = 255  # bytes, as filesystems count
LONGEST_EXTENSION = 16
SAME = {
    ".jpg": {".jpg", ".jpeg", ".jpe", ".jfif"},
    ".heic": {".heic", ".heif", ".hif"},
    ".heif": {".heif", ".heic", ".hif"},
}
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, marks that turn the writing round, halves of characters
TOKEN = re.compile(r"[^A-Za-z0-9!#$&+.^_`|~ ()\-]")
ATTRIBUTE = "!#$&+-.^_`|~"  # attr-char of RFC 8187, with letters and digits


def display_name(raw: str, extension: str = "") -> str:
    """`raw` without path and trickery, at most 255 bytes; it ends as `extension` (".jpg") says it is, if given."""
    name = _plain(re.split(r"[/\\]", raw)[-1])
    stem, ending = _split(name)
    if extension and ending.lower() not in SAME.get(extension, {extension}):
        stem, ending = name, extension
    stem = stem.strip(" .") or "file"
    if RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    return _cut(stem, LIMIT - len(ending.encode())).rstrip(" .") + ending


def content_disposition(name: str, inline: bool) -> str:
    """The header of RFC 6266: the name in ASCII for the old, in UTF-8 (RFC 8187) for everybody else."""
    kind = "inline" if inline else "attachment"
    safe = display_name(name)
    plain = TOKEN.sub("_", safe)
    if plain == safe:
        return f'{kind}; filename="{plain}"'
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe=ATTRIBUTE)}"


def _plain(text: str) -> str:
    """One line of visible characters, composed as Windows and browsers write them (phones send them apart)."""
    text = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if unicodedata.category(char)[0] == "Z" else char for char in text)
    seen = "".join(char for char in spaced if unicodedata.category(char) not in UNSEEN)
    return " ".join(seen.split()).rstrip(" .")


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    plausible = dot and 0 < len(ending) <= LONGEST_EXTENSION and ending.isascii() and ending.isalnum()
    return (stem, f".{ending}") if plausible else (name, "")


def _cut(text: str, limit: int) -> str:
    return text.encode()[: max(limit, 0)].decode(errors="ignore")
