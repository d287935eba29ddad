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
    """A figure, its unit and its bound; no bound means it is only shown."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    note: str = ""

    @property
    def within(self) -> bool:
        """Whether the figure is within its bound."""
        return self.bound is None or self.value <= self.bound

    def line(self) -> str:
        """One line of the report."""
        bound = "" if self.bound is None else f"{self.bound:g} {self.unit}"
        verdict = "" if self.bound is None else ("ok" if self.within else "OVER")
        value = f"{self.value:.2f} {self.unit}"
        return f"{self.what:<44}{value:>12}{bound:>10}  {verdict:<5}{self.note}".rstrip()
