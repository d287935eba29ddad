"""Which limits bind, and what one more of each would save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.surge.model import SHARED
from staffing.plan import tidy
from staffing.surge.plan import SurgeLimitLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.surge.model import Case, SurgeModel
    from staffing.optimize.surge.program import Solved

_PRICE_TOLERANCE = 1e-7
_UNITS = {
    "surge_seats": "seat",
    "surge_licences": "licence",
    "surge_training": "trainer place a day",
    "surge_access": "access a day",
}


def binding_limits(model: SurgeModel, solved: Solved) -> tuple[SurgeLimitLine, ...]:
    """Limits of one pool under one event whose loosening would save cost, the dearest first."""
    case = model.cases[0][0]
    lines = [*_shared(model, case, solved), *_heads(model, case, solved), *_waiting(case, solved)]
    return tuple(sorted(lines, key=lambda line: -line.shadow_price))


def _line(
    names: tuple[str, str | None, str], available: float, saved: NDArray[np.float64], first: int = 0
) -> Iterator[SurgeLimitLine]:
    """One line where any day's limit has a price; `saved` by day from `first` on."""
    rule, source, unit = names
    days = np.flatnonzero(saved > _PRICE_TOLERANCE)
    if days.size:
        yield SurgeLimitLine(
            rule=rule,
            source=source,
            unit=unit,
            available=tidy(available),
            days=tuple(int(day) + first for day in days),
            shadow_price=tidy(saved[days].sum()),
        )


def _shared(model: SurgeModel, case: Case, solved: Solved) -> Iterator[SurgeLimitLine]:
    for rule, name, _, _ in SHARED:
        for rows in model.rows.get((rule, None), []):
            available = getattr(case.problem.limits, name)
            yield from _line((rule, None, _UNITS[rule]), available, -solved.row_duals[rows])


def _heads(model: SurgeModel, case: Case, solved: Solved) -> Iterator[SurgeLimitLine]:
    """Heads of a source: those that can be reserved, or, where none need be, called."""
    for one, reserved in zip(case.sources, model.reserved[0], strict=True):
        source = one.source
        names = ("surge_reserve", source.name, "head")
        if source.reserved:
            saved = -solved.reduced_costs[[reserved]]
            price = float(saved.sum())
            if price <= _PRICE_TOLERANCE or solved.values[reserved] < source.heads - 1e-6:
                continue
            rows = model.rows.get((names[0], source.name), [])
            duals = -solved.row_duals[rows[0]] if rows else np.zeros(0)
            days = np.flatnonzero(duals > _PRICE_TOLERANCE)
            yield SurgeLimitLine(
                rule=names[0],
                source=source.name,
                unit=names[2],
                available=tidy(source.heads),
                days=tuple(int(day) + one.first for day in days),
                shadow_price=tidy(price),
            )
        else:
            saved = -source.show_up * solved.reduced_costs[one.people]
            yield from _line(names, source.heads, saved, one.first)


def _waiting(case: Case, solved: Solved) -> Iterator[SurgeLimitLine]:
    limit = case.problem.backlog.share * float(case.problem.need_h.max())
    saved = -solved.reduced_costs[case.waiting[:-1]]
    yield from _line(("surge_waiting", None, "hour of work that may wait"), limit, saved)
