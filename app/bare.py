"""Starts a child of `app.standby` that knows its own room only: `python -I bare.py app.intake.apart`.

The packages above the module are there without what their __init__ would load: such a child needs neither Flask nor
tables, and what runs hostile bytes shall know nothing of the house.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

SCRIPT, HOUSE = str(Path(__file__).resolve()), Path(__file__).resolve().parents[1]


def main(module: str) -> None:
    """The `main` of that module, its rooms left bare."""
    sys.path.insert(0, str(HOUSE))
    parts = module.split(".")
    for name in (".".join(parts[:end]) for end in range(1, len(parts))):
        room = ModuleType(name)
        room.__path__ = [str(HOUSE.joinpath(*name.split(".")))]
        sys.modules[name] = room
    importlib.import_module(module).main()


if __name__ == "__main__":
    main(sys.argv[1])
