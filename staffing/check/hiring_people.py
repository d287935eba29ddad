"""People of a plan of hiring, played forward week by week and class by class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.hiring.plan import HiringPlan, PoolPlan
    from staffing.hiring.pool import HiringPool
    from staffing.hiring.problem import HiringProblem

TOLERANCE = 1e-6
STATUSES = ("training", "ramping", "experienced", "under_notice", "upskilling")
MOVES = ("leavers", "released", "upskilled_in", "upskilled_out")
HOURS = ("productive_h", "nesting_h")


@dataclass
class Cohort:
    """People who started in the same week and are not yet settled."""

    tenure: int
    heads: float


@dataclass
class Played:
    """What really happens in a pool, by week: people, movements, hours."""

    pool: HiringPool
    plan: PoolPlan
    lengths: list[float]
    cohorts: list[Cohort] = field(default_factory=list)
    settled: float = 0.0
    notices: list[list[float]] = field(default_factory=list)  # weeks left, heads
    away: list[list[float]] = field(default_factory=list)  # number of the way, weeks left, heads
    left: float = 0.0
    series: dict[str, list[float]] = field(default_factory=dict)
    settled_by_week: list[float] = field(default_factory=list)
    taken_too_many: list[tuple[int, float]] = field(default_factory=list)

    def join(self, tenure: int, heads: float) -> None:
        """Take people on; those of full tenure are settled."""
        if tenure >= self._settled_tenure():
            self.settled += heads
        else:
            self.cohorts.append(Cohort(tenure, heads))

    def a_week_passes(self) -> None:
        """People leave on their own, those who stay are a week older, classes end."""
        pool, last = self.pool, self.pool.attrition[-1]
        older, self.cohorts = self.cohorts, []
        self.settled = self._stays(self.settled, last)
        for cohort in older:
            rate = pool.attrition[min(cohort.tenure, len(pool.attrition) - 1)]
            heads = self._stays(cohort.heads, rate)
            if cohort.tenure + 1 == pool.lead_weeks:
                heads = self._stays(heads, pool.early_loss)
            self.join(cohort.tenure + 1, heads)
        for group in (*self.notices, *self.away):
            group[-1] = self._stays(group[-1], last)
            group[-2] -= 1

    def start(self, heads: float) -> None:
        """Start a class; without training weeks its early loss is at once."""
        self.join(0, heads if self.pool.lead_weeks else self._stays(heads, self.pool.early_loss))

    def note(self, name: str, value: float) -> None:
        """Write down a figure of this week."""
        self.series.setdefault(name, []).append(value)

    def note_people(self, week: int) -> None:
        """Write down who is there, in which status, and what they can do."""
        pool = self.pool
        ready, ramp = pool.lead_weeks + pool.access_weeks, pool.ramp
        count = dict.fromkeys(STATUSES, 0.0)
        work = nesting = 0.0
        for cohort in self.cohorts:
            worked = cohort.tenure - ready
            status = (
                "training" if worked < 0 else "ramping" if worked < len(ramp) else "experienced"
            )
            count[status] += cohort.heads
            if worked >= 0:
                work += cohort.heads * (ramp[worked] if worked < len(ramp) else 1.0)
            if cohort.tenure < len(pool.nesting_h):
                nesting += cohort.heads * pool.nesting_h[cohort.tenure]
        count["experienced"] += self.settled
        count["under_notice"] = sum(group[-1] for group in self.notices)
        count["upskilling"] = sum(group[-1] for group in self.away)
        for status, heads in count.items():
            self.note(status, heads)
        at_work = self.settled + count["under_notice"]
        self.settled_by_week.append(at_work)
        self.note("productive_h", self.present_h(week) * (at_work + work))
        self.note("nesting_h", nesting)
        self.note("leavers", self.left)
        self.left = 0.0

    def present_h(self, week: int) -> float:
        """Hours at work of one person."""
        absence = self.pool.absence
        share = float(absence) if isinstance(absence, (int, float)) else float(absence[week])
        return self.pool.hours_per_week * (1 - share)

    def _stays(self, heads: float, leaving: float) -> float:
        self.left += heads * leaving
        return heads - heads * leaving

    def _settled_tenure(self) -> int:
        pool = self.pool
        full = pool.lead_weeks + pool.access_weeks + len(pool.ramp)
        return max(full, len(pool.nesting_h), len(pool.attrition) - 1)


def play(problem: HiringProblem, plan: HiringPlan) -> list[Played]:
    """Play the decisions of a plan forward; what it states otherwise is not read."""
    lengths = week_lengths(problem)
    pairs = zip(problem.pools, plan.pools, strict=True)
    pools = [Played(pool, stated, lengths) for pool, stated in pairs]
    for week in range(problem.num_weeks):
        for played in pools:
            if week:
                played.a_week_passes()
            else:
                for group in played.pool.staff:
                    played.join(group.tenure_weeks, group.heads)
                played.settled += played.plan.go_live
            played.start(played.plan.hires[week])
        _learn(problem, plan, pools, week)
        for played in pools:
            _release(played, week)
            if played.settled < -TOLERANCE:
                played.taken_too_many.append((week, -played.settled))
        for played in pools:
            played.note_people(week)
    return pools


def _release(played: Played, week: int) -> None:
    """Give notice to settled people; those whose notice is over go."""
    notice = played.pool.release.notice_weeks if played.pool.release else 0
    given = played.plan.releases[week]
    played.settled -= given
    played.notices.append([notice, given])
    played.note("released", sum(heads for weeks, heads in played.notices if weeks <= 0))
    played.notices = [group for group in played.notices if group[0] > 0]


def _learn(problem: HiringProblem, plan: HiringPlan, pools: list[Played], week: int) -> None:
    """Send people to learn; those who are done arrive, those who failed leave."""
    names = [pool.name for pool in problem.pools]
    arrived, gone = [0.0] * len(pools), [0.0] * len(pools)
    for number, (way, line) in enumerate(zip(problem.upskillings, plan.upskilling, strict=True)):
        origin, target = names.index(way.from_pool), names.index(way.to_pool)
        played = pools[origin]
        played.settled -= line.starts[week]
        played.away.append([number, way.weeks, line.starts[week]])
        done = sum(g[2] for g in played.away if g[0] == number and g[1] <= 0)
        played.away = [g for g in played.away if g[0] != number or g[1] > 0]
        played.left += done * way.loss
        arrived[target] += done * (1 - way.loss)
        gone[origin] += done * (1 - way.loss)
    for played, come, went in zip(pools, arrived, gone, strict=True):
        played.settled += come
        played.note("upskilled_in", come)
        played.note("upskilled_out", went)


def week_lengths(problem: HiringProblem) -> list[float]:
    """Length of each week inside the term."""
    if problem.week_weights is None:
        return [1.0] * problem.num_weeks
    return [float(weight) for weight in problem.week_weights]


def differs(stated: float, found: float) -> bool:
    """Whether two figures are further apart than rounding explains."""
    return not abs(stated - found) <= TOLERANCE * (1 + abs(found))


def at_week(name: str, week: int) -> str:
    """Where: pool and week, counted from 1."""
    return f"{name}, week {week + 1}"


def check_people(pools: list[Played]) -> Iterator[Violation]:
    """``experienced_balance`` and ``productive_hours``: people and their hours as played."""
    for played in pools:
        for week, missing in played.taken_too_many:
            detail = f"{missing:.6f} more people are released or taught than are experienced"
            yield Violation("experienced_balance", at_week(played.pool.name, week), detail)
        for name in (*STATUSES, *MOVES, *HOURS):
            rule = "productive_hours" if name in HOURS else "experienced_balance"
            stated = getattr(played.plan, name)
            for week, found in enumerate(played.series[name]):
                if differs(stated[week], found):
                    detail = f"{name} is {stated[week]:.6f}, {found:.6f} when played"
                    yield Violation(rule, at_week(played.pool.name, week), detail)
