"""SurgePlan, SurgeFrontier, SurgeStudy: frozen documents of how a peak is met and what it costs.

Hours count from the call, the moment the peak is known. Quantities are rounded to six places when
a document is written.
"""

from __future__ import annotations

from staffing.roster_plan import Document, Proof
from staffing.surge.problem import SurgeKind

__all__ = [
    "Proof",
    "SurgeCost",
    "SurgeCurve",
    "SurgeFrontier",
    "SurgeLimitLine",
    "SurgePlan",
    "SurgePoint",
    "SurgePromise",
    "SurgeSourcePlan",
    "SurgeStudy",
]


class SurgeCost(Document):
    """Cost by part; `total` is their sum.

    `standby` is due whether or not the peak comes; `shortfall` is the price of work not done in
    time, and no pay.
    """

    standby: float
    wages: float
    premium: float
    onboarding: float
    shortfall: float = 0.0
    total: float


class SurgeSourcePlan(Document):
    """One source: what is reserved, called and done, by day where tuples of numbers are given.

    `heads` may be called at once, `reserved` of them are kept on standby (all, where nothing has
    to be reserved), `called` are called at most at once, of whom `show_up` come. `first_day` is the
    first day it can work, None when that is after the last; `starts`, `releases` and
    `on_engagement` count people who come. `productive_h` is what they can do, in hours of a ramped
    person, `paid_h` what they are paid for; hours paid after the last day, to fill the shortest
    engagement, are `paid_after_h`. `there_by_hour` counts people at each of the plan's `hours`.
    """

    name: str
    kind: SurgeKind
    heads: float
    notice_h: float
    show_up: float
    first_day: int | None
    reserved: float
    called: float
    starts: tuple[float, ...]
    releases: tuple[float, ...]
    on_engagement: tuple[float, ...]
    productive_h: tuple[float, ...]
    paid_h: tuple[float, ...]
    paid_after_h: float
    there_by_hour: tuple[float, ...]
    cost: SurgeCost
    cost_per_productive_hour: float | None


class SurgeLimitLine(Document):
    """A limit that binds, and what one more would save.

    `rule` is the name of the constraint in docs/models/surge.md, `source` the source it belongs
    to, None where all share it. `shadow_price` is the cost saved by one more `unit` of `available`
    on all days; it holds for a small change. `days` are those on which it binds.
    """

    rule: str
    source: str | None
    unit: str
    available: float
    days: tuple[int, ...]
    shadow_price: float


class SurgePromise(Document):
    """People on the job `hours` after the call, against those the peak asks for by then.

    `asked` is the need of the busiest day that starts no later than the day the promise is due, in
    ramped people; with no extra work by then, that of the first day with any. `there` are those
    who have come, `ramped` what they are worth. `text` is the sentence to be read out.
    """

    hours: float
    asked: float
    there: float
    ramped: float
    kept: bool
    text: str


class SurgePlan(Document):
    """The least-cost way to meet one peak.

    By day: `day_start_h` hours since the call, `day_names`, `need_h` extra work in productive
    hours of a ramped person, `hours_per_head` paid hours of one head, `present_share` of them at
    work, `done_h` work done, of that day or waiting, `waiting_h` work that waits at its end,
    `uncovered_h` work not done in time, `spare_h` capacity nobody needs.

    By hour since the call, `hours`: every hour of the first week, then each day's start;
    `need_heads` ramped people the extra work asks for, `worth_heads` ramped people whose work those
    there do; 0 where nobody works.

    `service` is the share of the extra work done within its time; `productive_h` the work done.
    `cost_per_productive_hour` is pay (all cost but the price of shortfall) over the work done,
    None when there is none; `base_cost_per_productive_hour` that of the ordinary team, to compare
    with. `peak_size` is None where work was given and not derived from a peak.
    """

    schema_version: int = 1
    name: str
    peak_size: float | None = None
    notice_h: float
    peak_days: int
    standby_weeks: float
    shortfall_price: float | None
    day_start_h: tuple[float, ...]
    day_names: tuple[str, ...]
    need_h: tuple[float, ...]
    hours_per_head: tuple[float, ...]
    present_share: float
    done_h: tuple[float, ...]
    waiting_h: tuple[float, ...]
    uncovered_h: tuple[float, ...]
    spare_h: tuple[float, ...]
    hours: tuple[float, ...]
    need_heads: tuple[float, ...]
    worth_heads: tuple[float, ...]
    sources: tuple[SurgeSourcePlan, ...]
    limits: tuple[SurgeLimitLine, ...]
    cost: SurgeCost
    productive_h: float
    total_need_h: float
    total_uncovered_h: float
    service: float
    cost_per_productive_hour: float | None
    base_cost_per_productive_hour: float | None
    promise: SurgePromise
    proof: Proof
    warnings: tuple[str, ...]
    reproducible: bool

    @property
    def uncovered_share(self) -> float:
        """Share of the extra work not done in time."""
        return 1 - self.service


class SurgePoint(Document):
    """Least pay for a share of the extra work done in time, under one strategy.

    `service` is the share asked for. `cost` and `cost_per_productive_hour` are None where the
    strategy cannot reach it.
    """

    service: float
    notice_h: float
    cost: float | None
    cost_per_productive_hour: float | None
    reserved: float | None


class SurgeCurve(Document):
    """One strategy: the kinds of sources it may use, and whether work may wait.

    `best_service` is the most it can reach at the peak's own notice, whatever the cost, and `best`
    the least pay for that. `by_service` are at that notice; `by_notice` at the service of the
    frontier's `notice_service`.
    """

    strategy: str
    label: str
    best_service: float
    best: SurgePoint
    by_service: tuple[SurgePoint, ...]
    by_notice: tuple[SurgePoint, ...]


class SurgeFrontier(Document):
    """Cost against service, and against hours of notice, by strategy."""

    services: tuple[float, ...]
    notices_h: tuple[float, ...]
    notice_service: float
    curves: tuple[SurgeCurve, ...]


class SurgeStudy(Document):
    """The plan for one team's peak and the frontier around it.

    `team_heads` are full-time people of the team's ordinary week, `extra_units` the units that come
    in the peak beyond it.
    """

    schema_version: int = 1
    team: str
    team_heads: float
    extra_units: float
    plan: SurgePlan
    frontier: SurgeFrontier | None
