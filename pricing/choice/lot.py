"""What the client chooses one offer for: a service, or all of them as a bundle.

Bills of a lot stand at *reference prices*; a level of 1.1 on an offer is 10 % above them. All
arrays have one value per future of the term, engagement currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.risk.outcomes import Outcomes

    Array = NDArray[np.float64]

Chooses = Literal["service", "bundle"]
BUNDLE = "bundle"


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
    """

    fte_month: Mapping[str, float]
    unit: Mapping[str, float]
    service_of: Mapping[str, str]


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
    hourly = outcomes.ordered * [prices.fte_month[team] for team in outcomes.teams]
    by_unit = outcomes.units * [prices.unit[name] for name in outcomes.services]
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
                input_cost=outcomes.cost_input[:, inside].sum(axis=1),
                output_cost=outcomes.cost_output[:, inside].sum(axis=1),
            )
        )
    return tuple(lots)
