"""Readers of files and of pasted text, one small file for every shape: rules only, nothing is invented."""

from __future__ import annotations

from app.intake.readers.reader import LIMIT, read_text

__all__ = ["LIMIT", "read_text"]
