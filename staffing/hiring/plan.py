"""HiringPlan: the frozen document of who joins, helps out and leaves, by week, and its cost.

One entry per week where tuples of numbers are given. People are heads, work is in hours of an
experienced person at work (``_h``), cost in plain numbers. Nothing is rounded: the independent
check (``staffing.check.hiring``) re-derives every figure.
"""

from __future__ import annotations

from staffing.roster_plan import Document, Proof

__all__ = [
    "COST_PARTS",
    "HiringCosts",
    "HiringPlan",
    "HiringTotals",
    "PoolPlan",
    "PoolTotals",
    "Proof",
    "ShadowPrice",
    "UpskillingLine",
]


class HiringCosts(Document):
    """Cost of one pool by week and part; a week counts with its length inside the term.

    `wages` are those of people past training and access, under notice or in upskilling included;
    `training` those of people in training or waiting for access; `hiring` what each person who
    starts costs, and the team of the first day; `ahead` and `backlog` what it costs to do work
    early and to keep it waiting. `shortfall` is the price of work not done, and no pay.
    """

    wages: tuple[float, ...]
    training: tuple[float, ...]
    hiring: tuple[float, ...]
    overtime: tuple[float, ...]
    temporary: tuple[float, ...]
    cross_trained: tuple[float, ...]
    severance: tuple[float, ...]
    upskilling: tuple[float, ...]
    ahead: tuple[float, ...]
    backlog: tuple[float, ...]
    shortfall: tuple[float, ...]


COST_PARTS = tuple(HiringCosts.model_fields)


class PoolPlan(Document):
    """One pool by week.

    Need: `need_h` hours of work due, `present_h` hours at work of one person after absence,
    `need_heads` the first over the second: experienced people that the week's own work takes.

    People, each counted once: `training` (in training or waiting for access), `ramping`,
    `experienced` (fully productive and neither under notice nor away), `under_notice` (they still
    work), `upskilling` (away to learn the work of another pool), `temporary`, `cross_trained`.
    `overtime_heads` are overtime hours over `present_h`. `classes` is empty where people start
    alone.

    Movements since the week before: `go_live` experienced people put there on the first day;
    `hires` who start training; `leavers` who went on their own, the early loss of a class and
    failed upskillings included; `releases` given notice at the start of the week; `released` gone
    for good after their notice; `upskilled_in` and `upskilled_out`, who come from and go to other
    pools once trained (who starts to learn when: the plan's `upskilling`); `temporary_starts` and
    `temporary_ends` of contracts. People in own employment (the first five above) are those of
    last week + hires + upskilled_in - upskilled_out - released - leavers; in the first week, those
    of the problem's `staff` + go_live + the same.

    Work: `productive_h` ordinary hours of own people, ramp included; `nesting_h` those of them
    spent on new people; `overtime_h`; `temporary_h` and `cross_trained_h` hours of those people
    times their effectiveness. `done_h` is productive - nesting + overtime + temporary +
    cross-trained less `spare_h`, hours that nobody needs; `short_h` hours of the week are given
    up. All of these are per full week, of which a cut week has its share `length`. At the end of
    the week `backlog_h` hours wait and `ahead_h` hours are done before their week: length x (done_h
    + short_h - need_h) = ahead_h - (last week's ahead_h) - backlog_h + (last week's).
    """

    name: str
    hours_per_week: float
    need_h: tuple[float, ...]
    present_h: tuple[float, ...]
    need_heads: tuple[float, ...]
    training: tuple[float, ...]
    ramping: tuple[float, ...]
    experienced: tuple[float, ...]
    under_notice: tuple[float, ...]
    upskilling: tuple[float, ...]
    temporary: tuple[float, ...]
    cross_trained: tuple[float, ...]
    overtime_heads: tuple[float, ...]
    go_live: float
    hires: tuple[float, ...]
    classes: tuple[float, ...]
    leavers: tuple[float, ...]
    releases: tuple[float, ...]
    released: tuple[float, ...]
    upskilled_out: tuple[float, ...]
    upskilled_in: tuple[float, ...]
    temporary_starts: tuple[float, ...]
    temporary_ends: tuple[float, ...]
    productive_h: tuple[float, ...]
    nesting_h: tuple[float, ...]
    overtime_h: tuple[float, ...]
    temporary_h: tuple[float, ...]
    cross_trained_h: tuple[float, ...]
    done_h: tuple[float, ...]
    spare_h: tuple[float, ...]
    backlog_h: tuple[float, ...]
    ahead_h: tuple[float, ...]
    short_h: tuple[float, ...]
    costs: HiringCosts


class UpskillingLine(Document):
    """People who start to learn the work of another pool, by week."""

    from_pool: str
    to_pool: str
    starts: tuple[float, ...]


class ShadowPrice(Document):
    """What a constraint costs, by week.

    `rule` is its name in docs/models/workforce.md, `where` the pool, way or shared limit. `by_week`
    is the cost saved by one more unit of it in that week (`unit`), everything else as it is; for
    the need: the cost of one hour more. It holds for a small change, and for people in fractions.
    `meaning` says it in words.
    """

    rule: str
    where: str
    unit: str
    meaning: str
    by_week: tuple[float, ...]


class PoolTotals(Document):
    """A pool over the term: sums over weeks, `peak_heads` most people on pay at once.

    `service` is the share of the work that was done.
    """

    name: str
    need_h: float
    short_h: float
    service: float
    go_live: float
    hires: float
    leavers: float
    releases: float
    upskilled_out: float
    upskilled_in: float
    temporary_starts: float
    overtime_h: float
    cross_trained_weeks: float
    peak_heads: float
    cost: float


class HiringTotals(Document):
    """All pools over the term; `cost_by_part` has the parts of the cost, `cost` is their sum."""

    cost: float
    cost_by_part: dict[str, float]
    service: float
    pools: tuple[PoolTotals, ...]


class HiringPlan(Document):
    """A least-cost plan of hiring over the weeks of a term.

    `proof` has the cost, what is proven of it and why the search stopped. With whole people,
    `relaxed_cost` is the proven least cost of people in fractions and `integrality_gap` how much
    more the plan costs, over the plan's cost; both None where people are fractions. Shadow prices
    are those of people in fractions.
    """

    schema_version: int = 1
    num_weeks: int
    week_weights: tuple[float, ...]
    whole_people: bool
    pools: tuple[PoolPlan, ...]
    upskilling: tuple[UpskillingLine, ...]
    totals: HiringTotals
    shadow_prices: tuple[ShadowPrice, ...]
    proof: Proof
    relaxed_cost: float | None = None
    integrality_gap: float | None = None
    reproducible: bool = True
