"""What moves prices in each future: the index of an indexation, exchange rates of FX clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.engagement.contract import Contract
    from pricing.terms.fx_band import FxClause
    from pricing.terms.indexation import Indexation

    Array = NDArray[np.float64]

WAGES, FX = "wage_inflation", "fx"


@dataclass(frozen=True)
class PriceMoves:
    """Price over first-year price less 1, by contract year; and what each FX clause adds.

    Parameters
    ----------
    index : tuple of ndarray or float
        By contract year, the first 0; empty: no indexation, or one that is not known.
    rates : tuple of ndarray or float
        Share of the charge by clause, as `pricing.terms.fx_band.fx_adjustment` has it.
    """

    index: tuple[Array | float, ...] = ()
    rates: tuple[Array | float, ...] = ()

    def factor(self, year: int) -> Array | float:
        """Charges over charges at the prices of the first year, in a contract year, 0 first."""
        index = self.index[year] if self.index else 0.0
        return (1 + index) * (1 + sum(self.rates, start=0.0))

    def some(self, futures: slice) -> PriceMoves:
        """What moves prices in some of the futures."""
        index, rates = (
            tuple(one if isinstance(one, float) else one[futures] for one in values)
            for values in (self.index, self.rates)
        )
        return PriceMoves(index, rates)


def price_moves(
    contract: Contract,
    factors: Mapping[str, Array],
    *,
    years: int,
    index_growth: float | None,
) -> PriceMoves:
    """Read off the draws what moves prices.

    Parameters
    ----------
    contract : Contract
        Its indexation and FX clauses.
    factors : mapping
        Drawn: the index follows wages as they come out, foreign money costs what it costs.
    years : int
        Contract years.
    index_growth : float, optional
        Planned growth of the index a year; without one the index is not known and moves nothing.
    """
    index: tuple[Array | float, ...] = ()
    if contract.indexation is not None and index_growth is not None:
        growth = (1 + index_growth) * factors.get(WAGES, np.ones(1))
        change = yearly_change(contract.indexation, growth)
        by_year = tuple((1 + change) ** year - 1 for year in range(years))
        index = by_year if WAGES in factors else tuple(float(one[0]) for one in by_year)
    money = factors.get(FX)
    rates = (
        ()
        if money is None
        else tuple(rate_adjustment(clause, money) for clause in contract.fx_clauses)
    )
    return PriceMoves(index, rates)


def yearly_change(terms: Indexation, growth: Array) -> Array:
    """Change of the price a year where the index grows by a factor a year."""
    return np.clip(float(terms.share) * (growth - 1), float(terms.floor), float(terms.cap))


def rate_adjustment(clause: FxClause, money: Array) -> Array:
    """Share by which a clause moves the price; `money` is the price of foreign money over plan."""
    move = money - 1
    beyond = float(clause.local_share) * np.maximum(np.abs(move) - float(clause.band), 0.0)
    return np.asarray(np.copysign(np.minimum(beyond, float(clause.cap)), move))
