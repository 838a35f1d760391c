"""Which unit a list means: its name, code or alias as typed; anything nearer than nothing is only suggested."""

from __future__ import annotations

from collections.abc import Sequence

from app.folding import fold
from app.units.models import Unit

SHORTEST = 2


class Names:
    """The units a list may name, by everything they are called."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._called: dict[str, list[Unit]] = {}
        for unit in units:
            for name in {fold(name) for name in (unit.name, unit.code, *unit.other_names)}:
                self._called.setdefault(name, []).append(unit)

    def find(self, name: str | None) -> Unit | None:
        """The one unit that is called so."""
        called = self._called.get(fold(name or ""), [])
        return called[0] if len(called) == 1 else None

    def near(self, name: str) -> list[Unit]:
        """Units whose name holds these words or lies within them, at most three."""
        said = fold(name)
        if len(said) < SHORTEST:
            return []
        found = [units[0] for called, units in self._called.items() if said in called or called in said]
        return list(dict.fromkeys(found))[:3]
