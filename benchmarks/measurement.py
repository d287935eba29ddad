"""One measured figure and the bound it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EXAMPLES = ("claims", "helpdesk", "emergency_coding")
ROOT = Path(__file__).resolve().parent.parent


def example_file(name: str) -> Path:
    """Engagement file of a shipped example."""
    return ROOT / "examples" / f"{name}.yaml"


@dataclass(frozen=True)
class Measurement:
    """A figure, its unit, its bound above and its floor below; with neither it is only shown."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def within(self) -> bool:
        """Whether the figure is within its bounds."""
        above = self.bound is not None and self.value > self.bound
        below = self.floor is not None and self.value < self.floor
        return not (above or below)

    def line(self) -> str:
        """One line of the report."""
        bound = "" if self.bound is None else f"{self.bound:g} {self.unit}"
        if self.floor is not None:
            bound = f">= {self.floor:g} {self.unit}"
        held = self.bound is not None or self.floor is not None
        verdict = ("ok" if self.within else "OUT") if held else ""
        value = f"{self.value:.2f} {self.unit}"
        return f"{self.what:<44}{value:>12}{bound:>10}  {verdict:<5}{self.note}".rstrip()
