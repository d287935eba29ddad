"""FuturesPlan: the frozen document of one hiring plan for many futures of demand.

Hires are fixed before demand is known and are the same in every scenario; surge, overtime,
backlog and shortfall answer each scenario. Work and people are in productive full-time
equivalents (FTE), by full week; money is in the plain numbers of the problem.
"""

from __future__ import annotations

from pydantic import Field

from staffing.roster_plan import Document

Weeks = tuple[float, ...]


class FuturesPool(Document):
    """One pool: who is hired when, and the demand it is hired for.

    `existing` are people already there on day one, `go_live` those hired to be productive on it
    besides, `hires` people who start in each week, `staff` the
    productive people there are; `demand_p10` to `demand_p90` are quantiles over the scenarios.
    """

    name: str
    existing: float
    go_live: float
    hires: Weeks
    staff: Weeks
    demand_p10: Weeks
    demand_p50: Weeks
    demand_p90: Weeks
    demand_mean: Weeks


class FutureScenario(Document):
    """One future in total: cost with hiring, share of the work done in time, FTE-weeks by answer.

    `overtime`, `surge` and `shortfall` are full-time weeks over the term.
    """

    probability: float = Field(gt=0)
    cost: float
    service: float
    overtime: float
    surge: float
    shortfall: float


class FuturePath(Document):
    """One scenario week by week and pool by pool, `number` its place among the scenarios."""

    number: int
    demand: tuple[Weeks, ...]
    surge_starts: tuple[Weeks, ...]
    overtime: tuple[Weeks, ...]
    backlog: tuple[Weeks, ...]
    shortfall: tuple[Weeks, ...]
    recourse_cost: float


class FuturesCost(Document):
    """Cost over the scenarios: `hiring` (wages included) is in every one of them.

    `at_risk` is the mean of the worst ``1 - tail`` of the scenarios.
    """

    hiring: float
    expected: float
    p10: float
    p50: float
    p90: float
    at_risk: float


class FuturesProof(Document):
    """What is proven: no plan has an objective below `lower_bound`.

    The objective is ``(1 - risk_aversion) x expected + risk_aversion x at_risk``; `iterations` is 0
    when one linear program gave the answer.
    """

    objective: float
    lower_bound: float
    gap: float
    iterations: int


class FuturesValue(Document):
    """What is gained by planning on scenarios, and what knowing demand would be worth.

    `mean_plan` is the objective of the plan made for mean demand, `perfect_information` that of
    hiring for each scenario as if it were known: no plan can be that cheap.
    `stochastic_solution` and `information` are the distances of this plan to them.
    """

    mean_plan: float
    perfect_information: float
    stochastic_solution: float
    information: float


class FuturesPlan(Document):
    """One plan of hiring for all scenarios, its cost in each and what is proven of it.

    `paths` holds the scenarios week by week: all of them when they are few, else a sample.
    """

    schema_version: int = 1
    risk_aversion: float
    tail: float
    week_weights: Weeks
    pools: tuple[FuturesPool, ...] = Field(min_length=1)
    cost: FuturesCost
    service: float
    service_p10: float
    proof: FuturesProof
    value: FuturesValue
    scenarios: tuple[FutureScenario, ...] = Field(min_length=1)
    paths: tuple[FuturePath, ...]
    knows: str = (
        "each scenario's answer knows its whole path of demand: the cost is what hindsight in "
        "calling people would cost, a floor of the true one"
    )
