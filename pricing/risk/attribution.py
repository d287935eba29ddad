"""The derived premium of a quote and the risks it is for, on common random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.risk.factors import GROUPS
from pricing.risk.premium import premium_needed, shapley
from pricing.risk.report import PremiumStudy, RiskShare

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pricing.risk.ground import StudyGround

    Array = NDArray[np.float64]


def premium_study(ground: StudyGround, factors: Mapping[str, Array], draws: int) -> PremiumStudy:
    """Derive the premium and attribute it; every set of risks is read off the same draws."""
    groups = {
        risk: [name for name in names if name in factors]
        for risk, names in GROUPS.items()
        if any(name in factors for name in names)
    }
    parity = {name: float(price) for name, price in ground.prices.parity.items()}
    needed: dict[frozenset[str], tuple[float, str]] = {}

    def worth(some: frozenset[str]) -> float:
        kept = {name: factors[name] for risk in some for name in groups[risk]}
        units, cost = ground.solved.output_quantities(kept, draws)
        needed[some] = premium_needed(
            units @ [parity[name] for name in ground.solved.services],
            cost.sum(axis=1),
            ground.target,
        )
        return needed[some][0]

    parts = shapley(tuple(groups), worth)
    premium, binds = needed[frozenset(groups)]
    shares = _adding_up(parts, round(premium, 6))
    return PremiumStudy(
        needed=round(premium, 6),
        binds="margin" if binds == "margin" else "floor",
        parts=tuple(RiskShare(risk=risk, share=share) for risk, share in shares.items()),
        stated=round(sum(part.share for part in ground.offers.output_based.risk_premium), 6),
    )


def _adding_up(parts: Mapping[str, float], total: float) -> dict[str, float]:
    """Parts at six places that still add up to the total: the largest takes the rounding."""
    shares = {risk: round(share, 6) for risk, share in parts.items()}
    if shares:
        largest = max(shares, key=lambda risk: abs(shares[risk]))
        others = sum(share for risk, share in shares.items() if risk != largest)
        shares[largest] = round(total - others, 6)
    return shares
