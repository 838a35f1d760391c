"""Getting in and out: signing in, own password, activation, language, first-run set-up."""

from __future__ import annotations
