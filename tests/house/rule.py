"""What a rule is: where it looks, what it finds, what to do instead, and a fault that it must find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ("app/**/*.py", "workflows/**/*.py", "config.py", "wsgi.py")


@dataclass(frozen=True)
class Rule:
    """A sentence about one file at a time; `finds` yields the lines of a text that break it."""

    says: str
    instead: str
    finds: Callable[[str], Iterable[int]]
    bad: tuple[str, ...]
    fine: tuple[str, ...]
    among: tuple[str, ...] = PYTHON
    but: tuple[str, ...] = ()

    def files(self, root: Path) -> Iterator[Path]:
        """Every file that the rule holds for."""
        spared = {path for pattern in self.but for path in root.glob(pattern)}
        found = {path for pattern in self.among for path in root.glob(pattern)}
        return (path for path in sorted(found - spared) if "vendor" not in path.parts)

    def complaints(self, root: Path = ROOT) -> list[str]:
        """`file:line` of everything that breaks the rule."""
        return [
            f"{path.relative_to(root)}:{line}"
            for path in self.files(root)
            for line in self.finds(path.read_text(encoding="utf-8"))
        ]


@dataclass(frozen=True)
class TreeRule:
    """A sentence about the tree as a whole; `planted` is a small tree that breaks it."""

    says: str
    instead: str
    finds: Callable[[Path], Iterable[str]]
    planted: dict[str, str]
    sound: dict[str, str]

    def complaints(self, root: Path = ROOT) -> list[str]:
        """Everything that breaks the rule below `root`."""
        return list(self.finds(root))


def plant(root: Path, tree: dict[str, str]) -> Path:
    """Write `tree` (path → text) below `root`."""
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
