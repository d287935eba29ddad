"""Which factors move the future of an engagement: stated, or assumed and said to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pricing.risk.correlation import Correlation, correlation_matrix
from pricing.risk.distributions import Empirical, HeldNormal, Lognormal, Normal, Pert, Triangular
from staffing.calendar import MONTHS_PER_YEAR
from staffing.errors import BadInputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pricing.engagement import Engagement
    from pricing.engagement.uncertain_factors import FactorCorrelation, UncertainFactor
    from pricing.risk.distributions import Distribution

FACTORS = (
    "volume",
    "trend",
    "shock",
    "complexity",
    "ramp",
    "attrition",
    "absence",
    "wage_inflation",
    "fx",
)
GROUPS = {
    "volume": ("volume", "trend", "shock"),
    "productivity": ("complexity",),
    "people": ("ramp", "attrition", "absence"),
    "wages and exchange rates": ("wage_inflation", "fx"),
}
"""Risks that a premium is attributed to, and the factors of each."""
ASSUMED_TREND_SD = 0.03
_MOST_DECLINE = 0.95
ASSUMED: dict[str, Distribution] = {
    "trend": Normal(1.0, ASSUMED_TREND_SD),
    "ramp": Pert(0.7, 1.0, 1.3),
    "attrition": Pert(0.7, 1.0, 1.3),
    "absence": Pert(0.8, 1.0, 1.2),
    "wage_inflation": Normal(1.0, 0.015),
    "fx": Lognormal(1.0, 0.06),
}
"""Spread where an engagement states none: assumed, without a source, and listed as such.

Each has mean 1: an assumption may widen what comes, but not say that the plan is wrong.
"""
COMMITTED_WEEKS = 13
ORDER_NOTICE_WEEKS = 8


@dataclass(frozen=True)
class RiskFactor:
    """One factor, its distribution, and whether the engagement states it."""

    name: str
    distribution: Distribution
    stated: bool


@dataclass(frozen=True)
class FactorModel:
    """All factors of an engagement, and how they go together.

    Parameters
    ----------
    factors : tuple of RiskFactor
        In the order of `FACTORS`; none that does not vary.
    correlation : ndarray, shape (factors, factors)
        Of the normals beneath them.
    """

    factors: tuple[RiskFactor, ...]
    correlation: NDArray[np.float64]

    @property
    def distributions(self) -> dict[str, Distribution]:
        """Distribution by factor."""
        return {factor.name: factor.distribution for factor in self.factors}


def factor_model(engagement: Engagement, *, foreign_pay: bool) -> FactorModel:
    """Read the factors of an engagement.

    Parameters
    ----------
    engagement : Engagement
        Whose `commercial.uncertainty` is read.
    foreign_pay : bool
        Whether anybody is paid in another currency; an exchange rate moves nothing otherwise.

    Raises
    ------
    BadInputError
        When the stated correlations cannot be.
    """
    terms = engagement.commercial.uncertainty
    listed = {one.name: one for one in terms.factors or ()}
    found: dict[str, RiskFactor] = {}
    for name, cv in (("volume", terms.volume_cv), ("complexity", terms.productivity_cv)):
        found[name] = RiskFactor(name, Lognormal(1.0, float(cv.value)), stated=not cv.is_assumed)
    if terms.factors is None:
        for name, distribution in ASSUMED.items():
            found[name] = RiskFactor(name, distribution, stated=False)
        spread = None if terms.growth_sd is None else float(terms.growth_sd.value)
        found["trend"] = RiskFactor("trend", _trend(engagement, spread), spread is not None)
    for name, one in listed.items():
        found[name] = RiskFactor(name, distribution_of(one), stated=True)
    stated = _stated_correlations(terms.correlations or (), tuple(found))
    if not foreign_pay:
        found.pop("fx", None)
    factors = tuple(
        found[name] for name in FACTORS if name in found and found[name].distribution.sd > 0
    )
    _something_is_left(engagement, factors)
    names = [factor.name for factor in factors]
    drawn = [one for one in stated if {one.first, one.second} <= set(names)]
    return FactorModel(factors, correlation_matrix(names, drawn))


def _trend(engagement: Engagement, growth_sd: float | None) -> Distribution:
    """Trend of a forecast this far off, held where a twentieth of the volume is left at the end."""
    years = engagement.term_months / MONTHS_PER_YEAR
    spread = ASSUMED_TREND_SD if growth_sd is None else growth_sd
    free, floor = Normal(1.0, spread), 1 - _MOST_DECLINE / years
    return free if free.least > floor else HeldNormal(1.0, spread, floor)


def _stated_correlations(
    terms: tuple[FactorCorrelation, ...], names: tuple[str, ...]
) -> list[Correlation]:
    """Refuse a correlation of a factor that is not drawn, or a pair that cannot be."""
    stated = [Correlation(*one.between, float(one.correlation)) for one in terms]
    correlation_matrix(names, stated)
    return stated


def _something_is_left(engagement: Engagement, factors: tuple[RiskFactor, ...]) -> None:
    """Refuse a trend that may leave nothing of the volume before the term ends."""
    years = engagement.term_months / MONTHS_PER_YEAR
    for factor in factors:
        least = factor.distribution.least
        if factor.name == "trend" and (least - 1) * years <= -1:
            raise BadInputError.at(
                "commercial.uncertainty",
                f"a trend down to {least:.3g} times the volume a year",
                f"one that leaves some volume after {years:g} years: above {1 - 1 / years:.3g}",
            )


def distribution_of(factor: UncertainFactor) -> Distribution:
    """Distribution of a stated factor."""
    number = factor.number
    if factor.distribution == "normal":
        return Normal(number("mean"), number("sd"))
    if factor.distribution == "lognormal":
        return Lognormal(number("mean"), number("cv"))
    if factor.distribution == "empirical":
        return Empirical(factor.history or ())
    shape = Triangular if factor.distribution == "triangular" else Pert
    return shape(number("low"), number("mode"), number("high"))
