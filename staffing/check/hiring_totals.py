"""Totals of a plan of hiring, added up over its weeks, and what is proven of its cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.hiring_people import STATUSES, TOLERANCE, differs
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.hiring_people import Played
    from staffing.hiring.plan import HiringPlan

_SUMS = ("hires", "leavers", "releases", "upskilled_out", "upskilled_in", "temporary_starts")
_LONG_SUMS = ("need_h", "short_h", "overtime_h")  # a cut week counts with its length


def check_totals(pools: list[Played], plan: HiringPlan) -> Iterator[Violation]:
    """``hiring_totals``: totals are sums over the weeks, and the proof fits the cost."""
    need = short = 0.0
    for played, totals in zip(pools, plan.totals.pools, strict=True):
        found = _pool_totals(played)
        need, short = need + found["need_h"], short + found["short_h"]
        for name, value in found.items():
            if differs(getattr(totals, name), value):
                detail = f"{name} is {getattr(totals, name):.6f}, {value:.6f} over the weeks"
                yield Violation("hiring_totals", played.pool.name, detail)
    if differs(plan.totals.service, _service(need, short)):
        yield Violation("hiring_totals", "service", f"{_service(need, short):.6f} of the work")
    yield from _proof(plan)


def _pool_totals(played: Played) -> dict[str, float]:
    plan, lengths = played.plan, played.lengths
    weeks = range(len(lengths))

    def over_time(series: tuple[float, ...]) -> float:
        return sum(length * value for length, value in zip(lengths, series, strict=True))

    heads = [
        sum(played.series[status][week] for status in STATUSES)
        + plan.temporary[week]
        + plan.cross_trained[week]
        for week in weeks
    ]
    found = {name: sum(getattr(plan, name)) for name in _SUMS}
    found |= {name: over_time(getattr(plan, name)) for name in _LONG_SUMS}
    return found | {
        "service": _service(found["need_h"], found["short_h"]),
        "go_live": plan.go_live,
        "cross_trained_weeks": over_time(plan.cross_trained),
        "peak_heads": max(heads),
        "cost": sum(sum(getattr(plan.costs, part)) for part in type(plan.costs).model_fields),
    }


def _service(need: float, short: float) -> float:
    return 1 - short / need if need else 1.0


def _proof(plan: HiringPlan) -> Iterator[Violation]:
    """``hiring_proof``: gap and relaxed cost as they follow; the cost is never below its bound."""
    proof, relaxed = plan.proof, plan.relaxed_cost
    scale = max(abs(proof.objective), 1e-9)
    if proof.bound > proof.objective + TOLERANCE * (1 + scale):
        yield Violation("hiring_proof", "bound", "the bound is above the cost")
    if differs(proof.gap, (proof.objective - proof.bound) / scale):
        yield Violation("hiring_proof", "gap", f"{proof.gap:.6f} does not follow from the bound")
    if (relaxed is None, plan.integrality_gap is None) != (not plan.whole_people,) * 2:
        yield Violation("hiring_proof", "relaxed_cost", "is there for whole people only")
    elif relaxed is not None and plan.integrality_gap is not None:
        if relaxed > proof.objective + TOLERANCE * (1 + scale):
            yield Violation("hiring_proof", "relaxed_cost", "people in fractions cost more")
        if differs(plan.integrality_gap, (proof.objective - relaxed) / scale):
            detail = f"{plan.integrality_gap:.6f} does not follow from the relaxed cost"
            yield Violation("hiring_proof", "integrality_gap", detail)
