"""What futures cost under a fixed plan, and what a little more or less work costs: documents.

Money is in plain numbers; work in productive full-time weeks.
"""

from __future__ import annotations

from staffing.roster_plan import Document


class CertifiedStatistic(Document):
    """A statistic of the cost of the futures, between bounds, with its Monte Carlo error."""

    name: str
    lower: float
    upper: float
    standard_error: float
    certified: bool


class CertifiedFutures(Document):
    """Cost of equally likely futures: `plan_cost` is in every statistic.

    `certified` says that the bounds of every statistic are as close as its Monte Carlo error.
    """

    futures: int
    solves: int
    plan_cost: float
    certified: bool
    statistics: tuple[CertifiedStatistic, ...]


class MarginalStep(Document):
    """Work of one pool changed by a share in every week, the plan of hiring fixed.

    `cost_per_week` is per full-time week: what more work costs, or what less work saves.
    """

    pool: str
    share: float
    work: float
    cost: float
    cost_per_week: float


class MarginalSlope(Document):
    """Cost of the next full-time week of a pool (`arc`), saving of the last one (`rrc`)."""

    pool: str
    arc: float
    rrc: float


class MarginalSpike(Document):
    """Work of one pool up by a share in one week, known some weeks ahead."""

    pool: str
    week: int
    share: float
    notice_weeks: int
    work: float
    cost: float
    cost_per_week: float


class MarginalCosts(Document):
    """Short-run marginal costs by pool: steps, their limit at no step, and spikes by notice."""

    steps: tuple[MarginalStep, ...]
    slopes: tuple[MarginalSlope, ...]
    spikes: tuple[MarginalSpike, ...]
