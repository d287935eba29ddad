"""How the comparison writes offers and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.quote import Method

OFFERS: dict[Method, str] = {"input_based": "input-based", "output_based": "output-based"}


def percent(share: float, places: int = 1) -> str:
    """``94.3 %``."""
    return f"{100 * share:.{places}f} %"


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
