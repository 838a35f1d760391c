"""Every promised cost as one JSON line: name, value, unit, limit, holds; ends with 1 when one does not hold."""

from __future__ import annotations

import json
import sys

from bench import alike, door, export, intake, ladder, ledger, notices, photo, reader, upload

PARTS = (
    door.figures,
    export.figures,
    photo.figures,
    upload.figures,
    ledger.figures,
    alike.figures,
    ladder.figures,
    notices.figures,
    intake.figures,
    reader.figures,
)


def main() -> int:
    """Measure everything, print as it comes."""
    held = True
    for part in PARTS:
        for figure in part():
            print(json.dumps(figure.line()), flush=True)
            held = held and figure.holds
    return 0 if held else 1


sys.exit(main())
