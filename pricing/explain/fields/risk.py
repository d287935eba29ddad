"""Fields of the risk: figures over common draws (`pricing.risk`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, given, simulated

if TYPE_CHECKING:
    from pricing.explain.registry import Entry

_PAGE = "docs/models/risk.md"
_DRAWS = {"draws": "risk.draws", "seed": "risk.seed"}
_QUANTILES = {"p10": "10 %", "p50": "50 %", "p90": "90 %"}

FIELDS: dict[str, Entry] = {
    "risk.draws": fixed("Draws the figures of risk are taken over.", _PAGE),
    "risk.seed": fixed("Seed of the draws: the same seed gives the same figures.", _PAGE),
    "risk.volume_cv": computed(
        "Coefficient of variation of the term's volume.",
        "volume_cv",
        _PAGE,
        volume_cv="@commercial.uncertainty.volume_cv",
    ),
    "risk.productivity_cv": computed(
        "Coefficient of variation of the term's productivity.",
        "productivity_cv",
        _PAGE,
        productivity_cv="@commercial.uncertainty.productivity_cv",
    ),
    **{
        f"risk.spreads[*].{what}_{name}": simulated(
            f"{meaning} not exceeded in {share} of the draws.", _PAGE, **_DRAWS
        )
        for what, meaning in (("bill", "Bill over the term"), ("margin", "Margin on price"))
        for name, share in _QUANTILES.items()
    },
    "risk.spreads[*].probability_of_loss": simulated(
        "Share of the draws in which the margin is below 0.", _PAGE, **_DRAWS
    ),
    "risk.spreads[*].probability_below_floor": simulated(
        "Share of the draws in which the margin is below the floor margin.", _PAGE, **_DRAWS
    ),
    "risk.spreads[*].probability_over_budget": simulated(
        "Share of the draws in which the bill of the term is above the client's budget.",
        _PAGE,
        **_DRAWS,
    ),
    "risk.budget": given("What the client can spend over the term, before tax; as stated.", _PAGE),
    **{
        f"risk.spreads[*].cost_{name}": simulated(
            f"Delivery cost over the term, before SG&A and financing, not exceeded in {share} of "
            "the draws.",
            _PAGE,
            **_DRAWS,
        )
        for name, share in _QUANTILES.items()
    },
    "risk.spreads[*].cost_error.below": simulated(
        "How far the mean delivery cost may lie below the one used, certified.", _PAGE, **_DRAWS
    ),
    "risk.spreads[*].cost_error.above": simulated(
        "How far the mean delivery cost may lie above the one used, certified.", _PAGE, **_DRAWS
    ),
    "risk.spreads[*].cost_error.estimated": simulated(
        "Standard error of what of the mean cost is not certified.", _PAGE, **_DRAWS
    ),
    "risk.derived_premium.share": simulated(
        "Premium on parity at which the unit price holds target margin and floor over the draws; "
        "in no price, beside the stated one.",
        _PAGE,
        **_DRAWS,
    ),
}
