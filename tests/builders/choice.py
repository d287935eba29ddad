"""Futures of a service whose bills and costs are known by formula."""

import numpy as np

from pricing.choice.lot import Lot, ReferencePrices
from pricing.risk.outcomes import Outcomes

MU, SIGMA = -0.02, 0.25


def factor(sd: float, draws: int, stream: int, mu: float | None = None) -> np.ndarray:
    """Lognormal factor whose log has exactly the moments asked for; of mean 1 without `mu`."""
    score = np.random.default_rng((11, stream)).standard_normal(draws)
    score = (score - score.mean()) / score.std()
    return np.exp((-(sd**2) / 2 if mu is None else mu) + sd * score)


def stylised_outcomes(
    draws: int = 20_000, *, volume_sd: float = 0.0, sigma: float = SIGMA, services: int = 1
) -> Outcomes:
    """Services at 0.2 hours a unit, cost 7.5 an hour under both offers: the model's own figures.

    A team's FTE-month is an hour; complexity is that of each service, the factor that of the first.
    """
    names = tuple("abcdef"[:services])
    volume = factor(volume_sd, draws, 99) if volume_sd else np.ones(draws)
    complexity = np.stack([factor(sigma, draws, k, mu=MU) for k in range(services)], axis=1)
    hours = 0.2 * complexity * volume[:, None]
    return Outcomes(
        teams=tuple(f"{name} @ Manila" for name in names),
        services=names,
        factors={"volume": volume, "complexity": complexity[:, 0]},
        ordered=hours,
        units=np.repeat(volume[:, None], services, axis=1),
        cost_input=7.5 * hours,
        cost_output=7.5 * hours,
    )


def prices_of(outcomes: Outcomes, rate: float = 10.0, unit_price: float = 2.0) -> ReferencePrices:
    """The same prices for all teams and services."""
    return ReferencePrices(
        fte_month=dict.fromkeys(outcomes.teams, rate),
        unit=dict.fromkeys(outcomes.services, unit_price),
        service_of={team: team.split(" @ ")[0] for team in outcomes.teams},
    )


def lot_of_bills(
    hourly: tuple[float, ...],
    by_unit: tuple[float, ...],
    cost: tuple[float, ...],
    cost_output: tuple[float, ...] | None = None,
) -> Lot:
    """A lot with a future per figure, to be followed by hand."""
    other = cost if cost_output is None else cost_output
    return Lot("a", ("a",), *(np.array(x, dtype=float) for x in (hourly, by_unit, cost, other)))
