"""What the term takes in each future under each offer: the one table that prices are judged by.

A future is one draw of every factor, the same for both offers (common random numbers). Bills are
not in it, so any prices can be tried on the same futures:

    input-based    ``ordered @ price of an FTE-month``
    output-based   ``units @ unit price``
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.months import MonthsInProportion
from pricing.risk.term_spread import needed_factor
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.comparison import TeamCurve
    from pricing.cost import CostLine
    from pricing.drawn_contract.term import DrawnMonths
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]

_FIXED_LINES = frozenset({"transition"})


@dataclass(frozen=True)
class CostError:
    """How far the mean cost of the term may be off, engagement currency, each 0 or more.

    Parameters
    ----------
    below, above : float
        Certified: the true mean on these draws lies from ``mean - below`` to ``mean + above``, as
        far as volume, trend and workload over productivity go.
    estimated : float
        Standard error of what is not certified, from futures that were solved and not fitted.
    """

    below: float = 0.0
    above: float = 0.0
    estimated: float = 0.0


@dataclass(frozen=True)
class Outcomes:
    """What the term takes in each draw under each offer; engagement currency, floats.

    Parameters
    ----------
    teams, services : tuple of str
        Names, in the order of the last axes.
    factors : mapping of str to ndarray, shape (draws,)
        What was drawn: volume, complexity, attrition and so on; 1 is as planned.
    ordered : ndarray, shape (draws, teams)
        FTE-months the client orders over the term (input-based).
    units : ndarray, shape (draws, services)
        Good units over the term (output-based).
    cost_input, cost_output : ndarray, shape (draws, services)
        Delivery cost under the input-based and the output-based offer: before SG&A, financing and
        margin, with the stated contingency.
    error_input, error_output : CostError
        Of the mean of all services together.
    months : DrawnMonths, optional
        Units and orders month by month, for the terms of a contract.
    present_input, present_output : ndarray, shape (draws, services), optional
        The same costs discounted to the start; only where prices recover discounted cost.
    """

    teams: tuple[str, ...]
    services: tuple[str, ...]
    factors: Mapping[str, Array]
    ordered: Array
    units: Array
    cost_input: Array
    cost_output: Array
    error_input: CostError = CostError()
    error_output: CostError = CostError()
    months: DrawnMonths | None = None
    present_input: Array | None = None
    present_output: Array | None = None

    def __post_init__(self) -> None:
        """Refuse what does not belong together.

        Raises
        ------
        BadInputError
            When a table has another shape than the names, or not one row per draw.
        """
        draws = len(self.ordered)
        shapes: dict[str, tuple[int, ...]] = {
            "ordered": (draws, len(self.teams)),
            "units": (draws, len(self.services)),
            "cost_input": (draws, len(self.services)),
            "cost_output": (draws, len(self.services)),
        }
        found = {name: getattr(self, name).shape for name in shapes}
        shapes |= {f"factors.{name}": (draws,) for name in self.factors}
        found |= {f"factors.{name}": values.shape for name, values in self.factors.items()}
        for name, shape in shapes.items():
            if found[name] != shape:
                raise BadInputError.at(f"outcomes.{name}", str(found[name]), f"the shape {shape}")
        object.__setattr__(self, "factors", MappingProxyType(dict(self.factors)))

    @property
    def draws(self) -> int:
        """Futures in the table."""
        return len(self.ordered)

    def every(self, step: int) -> Outcomes:
        """Every n-th future, for searches that need not see them all."""
        return replace(
            self,
            factors={name: values[::step] for name, values in self.factors.items()},
            ordered=self.ordered[::step],
            units=self.units[::step],
            cost_input=self.cost_input[::step],
            cost_output=self.cost_output[::step],
            months=None if self.months is None else self.months.some(slice(None, None, step)),
            present_input=None if self.present_input is None else self.present_input[::step],
            present_output=None if self.present_output is None else self.present_output[::step],
        )

    def input_bill(self, fte_month: Mapping[str, float]) -> Array:
        """Input-based bill of the term at prices of an FTE-month by team, shape (draws,)."""
        return np.asarray(self.ordered @ [float(fte_month[name]) for name in self.teams])

    def output_bill(self, unit: Mapping[str, float]) -> Array:
        """Output-based bill of the term at unit prices by service, shape (draws,)."""
        return np.asarray(self.units @ [float(unit[name]) for name in self.services])


def outcomes_along_curves(
    plan: StaffingPlan,
    curves: tuple[TeamCurve, ...],
    lines: tuple[CostLine, ...],
    *,
    volume: Array,
    complexity: Array,
) -> Outcomes:
    """Build the simplest table: people and cost follow the staffing curves, none is hired ahead.

    One draw holds for the whole term, and both offers cost the same. A stand-in where no plan of
    hiring is at hand, and a case that can be worked out by hand.

    Parameters
    ----------
    plan : StaffingPlan
        Orders and units as planned.
    curves : tuple of TeamCurve
        People over work, teams in the order of the plan.
    lines : tuple of CostLine
        Cost as planned; the transition moves with nothing, all else with people.
    volume, complexity : ndarray, shape (draws,)
        Units over plan, and work per unit over plan, above 0.
    """
    services = tuple(item.service for item in plan.volumes)
    planned_units = np.array([sum(item.units_by_month) for item in plan.volumes])
    months = np.array([sum(team.needed_fte_by_month) for team in plan.teams])
    people = np.stack([needed_factor(curve, volume * complexity) for curve in curves], axis=1)
    cost = np.zeros((len(volume), len(services)))
    for k, team in enumerate(plan.teams):
        own = [line for line in lines if line.team == team.name]
        fixed = float(sum(line.amount for line in own if line.name in _FIXED_LINES))
        moving = float(sum(line.amount for line in own if line.name not in _FIXED_LINES))
        cost[:, services.index(team.service)] += fixed + moving * people[:, k]
    return Outcomes(
        teams=tuple(team.name for team in plan.teams),
        services=services,
        factors={"volume": volume, "complexity": complexity},
        ordered=months * people,
        units=volume[:, None] * planned_units,
        cost_input=cost,
        cost_output=cost,
        months=MonthsInProportion(
            np.array([item.units_by_month for item in plan.volumes]).T,
            np.array([team.needed_fte_by_month for team in plan.teams]).T,
            volume,
            people,
        ),
    )
