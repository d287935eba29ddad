"""What the client chooses one offer for: a service, or all of them as a bundle.

Bills of a lot stand at *reference prices*; a level of 1.1 on an offer is 10 % above them. All
arrays have one value per future of the term, engagement currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pricing.risk.months import charged
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.risk.outcomes import Outcomes

    Array = NDArray[np.float64]

Chooses = Literal["service", "bundle"]
BUNDLE = "bundle"


@dataclass(frozen=True)
class MonthlyPrices:
    """Reference prices of each month, where a unit of a quantity is not worth the same throughout.

    Parameters
    ----------
    fte_month, unit : ndarray, shape (months, teams) and (months, services)
        In the order of the outcomes, discounted where `discount` is given.
    discount : tuple of float, optional
        What money of each month is worth at the start: costs are discounted as well.
    """

    fte_month: Array
    unit: Array
    discount: tuple[float, ...] | None = None


@dataclass(frozen=True)
class ReferencePrices:
    """Prices that levels multiply, engagement currency, above 0.

    Parameters
    ----------
    fte_month : mapping
        Of an FTE-month by team.
    unit : mapping
        Of a unit by service.
    service_of : mapping
        Service by team.
    monthly : MonthlyPrices, optional
        Instead of these, what holds in each month.
    """

    fte_month: Mapping[str, float]
    unit: Mapping[str, float]
    service_of: Mapping[str, str]
    monthly: MonthlyPrices | None = None

    def bills(self, outcomes: Outcomes) -> tuple[Array, Array]:
        """Bill of the term in each future by team, and by service."""
        if self.monthly is None:
            return (
                outcomes.ordered * [self.fte_month[team] for team in outcomes.teams],
                outcomes.units * [self.unit[name] for name in outcomes.services],
            )
        months = outcomes.months
        assert months is not None  # noqa: S101 (futures of a plan have months)
        return (
            charged(months.orders, self.monthly.fte_month),
            charged(months.units, self.monthly.unit),
        )

    def costs(self, outcomes: Outcomes) -> tuple[Array, Array]:
        """Delivery cost of the term in each future by service under either offer."""
        if self.monthly is None or self.monthly.discount is None:
            return outcomes.cost_input, outcomes.cost_output
        by_hour, by_unit = outcomes.present_input, outcomes.present_output
        assert by_hour is not None  # noqa: S101 (futures were solved for a discounting engagement)
        assert by_unit is not None  # noqa: S101
        return by_hour, by_unit


@dataclass(frozen=True)
class Lot:
    """Bills and costs of a lot in every future.

    Parameters
    ----------
    name : str
        Of the service, or `BUNDLE`.
    services : tuple of str
        What is in it.
    input_bill, output_bill : ndarray, shape (draws,)
        At reference prices, above 0.
    input_cost, output_cost : ndarray, shape (draws,)
        Delivery cost under either offer, 0 or more.
    """

    name: str
    services: tuple[str, ...]
    input_bill: Array
    output_bill: Array
    input_cost: Array
    output_cost: Array

    def __post_init__(self) -> None:
        """Refuse bills that leave nothing to compare."""
        for name in ("input_bill", "output_bill"):
            bill = getattr(self, name)
            if not bill.size or not np.all(np.isfinite(bill)) or bill.min() <= 0:
                found = f"{bill.min():g}" if bill.size else "no futures"
                raise BadInputError.at(f"{self.name}.{name}", found, "bills above 0 in all futures")

    def every(self, step: int) -> Lot:
        """Every n-th future, for searches that need not see them all."""
        arrays = (self.input_bill, self.output_bill, self.input_cost, self.output_cost)
        return Lot(self.name, self.services, *(array[::step] for array in arrays))


def lots_of(outcomes: Outcomes, prices: ReferencePrices, chooses: Chooses) -> tuple[Lot, ...]:
    """Bills and costs by lot.

    Parameters
    ----------
    outcomes : Outcomes
        What the term takes in each future.
    prices : ReferencePrices
        For every team and service of the outcomes.
    chooses : {"service", "bundle"}
        Whether the client chooses for each service or for all together.
    """
    hourly, by_unit = prices.bills(outcomes)
    cost_input, cost_output = prices.costs(outcomes)
    served = np.array([prices.service_of[team] for team in outcomes.teams])
    groups = (
        {BUNDLE: outcomes.services}
        if chooses == "bundle" and len(outcomes.services) > 1
        else {name: (name,) for name in outcomes.services}
    )
    lots = []
    for name, services in groups.items():
        inside = [outcomes.services.index(service) for service in services]
        lots.append(
            Lot(
                name=name,
                services=services,
                input_bill=hourly[:, np.isin(served, services)].sum(axis=1),
                output_bill=by_unit[:, inside].sum(axis=1),
                input_cost=cost_input[:, inside].sum(axis=1),
                output_cost=cost_output[:, inside].sum(axis=1),
            )
        )
    return tuple(lots)
