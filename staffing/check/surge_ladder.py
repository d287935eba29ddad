"""Independent check of reservations for several pools and peaks: each peak, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.check.surge import TOLERANCE, check_surge_plan, over_limits
from staffing.errors import Violation
from staffing.roster_plan import Proof
from staffing.surge.write import write_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from staffing.surge import SurgeProblem
    from staffing.surge.ladder import LadderProblem, SurgeDecision
    from staffing.surge.plan import SurgePlan

    Cases = Sequence[tuple[SurgeProblem, SurgePlan]]


def check_reservations(
    problem: LadderProblem, decisions: Sequence[Sequence[SurgeDecision]], objective: float
) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the reservations hold.

    Parameters
    ----------
    problem : LadderProblem
        Pools, events and what they share.
    decisions : sequence of sequence of SurgeDecision
        By event, then pool.
    objective : float
        Stated standby and expected cost of calls and shortfall.
    """
    events = [
        [_written(problem.case(e, k), one) for k, one in enumerate(own)]
        for e, own in enumerate(decisions)
    ]
    return (
        *(v for cases in events for case in cases for v in check_surge_plan(*case)),
        *_reserve(problem, decisions),
        *(v for e, cases in enumerate(events) for v in _shared(problem, e, cases)),
        *_cost(problem, events, objective),
    )


def _written(problem: SurgeProblem, decision: SurgeDecision) -> tuple[SurgeProblem, SurgePlan]:
    """Write a decision down; the cost of one pool under one event is proven by nobody."""
    unproven = Proof(objective=0.0, bound=0.0, gap=0.0, stop_reason="gap reached")
    plan = write_plan(problem, decision, (), unproven)
    proof = unproven.model_copy(update={"objective": plan.cost.total})
    return problem, plan.model_copy(update={"proof": proof})


def _reserve(
    problem: LadderProblem, decisions: Sequence[Sequence[SurgeDecision]]
) -> Iterator[Violation]:
    """``surge_reserve``: heads are reserved before it is known which event comes."""
    for k, pool in enumerate(problem.pools):
        kept = np.array([own[k].reserved for own in decisions])
        apart = np.ptp(kept, axis=0)
        for i in np.flatnonzero(apart > TOLERANCE):
            detail = f"{apart[i]:.6f} more in one event than in another"
            yield Violation("surge_reserve", f"{pool.name}, {pool.sources[i].name}", detail)


def _shared(problem: LadderProblem, event: int, cases: Cases) -> Iterator[Violation]:
    """Limits all pools share, and ``surge_heads``: people of a source over all pools."""
    where = problem.events[event].name
    yield from over_limits(where, problem.limits, cases)
    for name, heads in problem.shared_heads.items():
        people = np.sum(
            [one.on_engagement for _, plan in cases for one in plan.sources if one.name == name],
            axis=0,
        )
        for day in np.flatnonzero(people > heads + TOLERANCE * (1 + heads)):
            detail = f"{people[day]:.6f} of {heads:g}"
            yield Violation("surge_heads", f"{where}, {name}, day {day}", detail)


def _cost(problem: LadderProblem, events: Sequence[Cases], objective: float) -> Iterator[Violation]:
    """``surge_cost``: standby, which is due whatever comes, and the expected rest."""
    cost = sum(plan.cost.standby for _, plan in events[0])
    for event, cases in zip(problem.events, events, strict=True):
        cost += event.probability * sum(p.cost.total - p.cost.standby for _, p in cases)
    if not abs(objective - cost) <= TOLERANCE * (10 + abs(cost)):
        detail = f"{objective:.6f} stated, {cost:.6f} found"
        yield Violation("surge_cost", "objective", detail)
