"""Every promised cost as one JSON line: name, value, unit, limit, holds; ends with 1 when one does not hold.

`python -m bench door ladder` measures only those; SOAK=1 takes the full numbers, BENCH_DB=sqlite one database.
"""

from __future__ import annotations

import json
import sys

from bench import alike, charts, door, export, intake, ladder, ledger, notices, photo, reader, upload

PARTS = (
    door.figures,
    export.figures,
    photo.figures,
    upload.figures,
    ledger.figures,
    alike.figures,
    ladder.figures,
    charts.figures,
    notices.figures,
    intake.figures,
    reader.figures,
)


def main() -> int:
    """Measure everything, print as it comes."""
    held, asked = True, set(sys.argv[1:])
    for part in (part for part in PARTS if not asked or part.__module__.removeprefix("bench.") in asked):
        for figure in part():
            print(json.dumps(figure.line()), flush=True)
            held = held and figure.holds
    return 0 if held else 1


sys.exit(main())
