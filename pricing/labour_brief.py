"""Labour rules of a site as the planner reads them, refused where they do not fit the grid."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from pricing.opening_hours import check_on_grid, minutes
from staffing.brief import LabourRules
from staffing.errors import BadInputError
from staffing.grid import MINUTES_PER_DAY
from staffing.tours import BreakRule, TourRule

if TYPE_CHECKING:
    from pricing.engagement import BreakTerms, LabourTerms, TourTerms
    from pricing.ratecard import SiteRates
    from staffing.grid import WeekGrid


def labour_rules(labour: LabourTerms, rates: SiteRates, grid: WeekGrid, path: str) -> LabourRules:
    """Join stated labour rules and those of the reference table.

    Parameters
    ----------
    path : str
        Where the rules stand in the engagement, for messages.

    Raises
    ------
    BadInputError
        When lengths or clock times are off the interval grid.
    """
    offered = [("shift_lengths_h", labour.shift_lengths_h)]
    offered += [
        (f"tours[{index}].shift_lengths_h", tour.shift_lengths_h)
        for index, tour in enumerate(labour.tours)
        if tour.shift_lengths_h is not None
    ]
    for field, lengths in offered:
        for hours in lengths:
            if (hours / grid.interval_h) % 1:
                raise BadInputError.at(
                    f"{path}.{field}",
                    hours,
                    f"multiples of the interval of {grid.interval_min} minutes",
                )
    for rule, minute in (
        ("night_from", rates.premiums.night_from_min),
        ("night_to", rates.premiums.night_to_min),
    ):
        clock = f"{minute // 60:02d}:{minute % 60:02d}"
        check_on_grid(clock, [minute], grid, f"{path}.{rule}")
    starts = tuple(minutes(start) for start in labour.shift_starts)
    for index, (start, minute) in enumerate(zip(labour.shift_starts, starts, strict=True)):
        check_on_grid(start, [minute], grid, f"{path}.shift_starts[{index}]")
    step = max(labour.shift_start_step_min, grid.interval_min)
    return LabourRules(
        contract_hours_per_week=float(rates.contract_hours_per_week),
        shift_lengths_h=labour.shift_lengths_h,
        # Of given starts the step is the widest grid that holds them all.
        shift_start_step_min=gcd(*starts, MINUTES_PER_DAY) if starts else step,
        premiums=rates.premiums,
        overtime_premium=rates.overtime_premium,
        overtime_share_max=float(labour.overtime_share_max.value),
        breaks=tuple(_break(terms) for terms in labour.breaks),
        tours=tuple(_tour(terms, labour) for terms in labour.tours),
        daily_rest_h=labour.daily_rest_h,
        weekly_hours_max=labour.weekly_hours_max,
        path=path,
        shift_starts_min=starts,
    )


def _break(terms: BreakTerms) -> BreakRule:
    return BreakRule(
        name=terms.name,
        length_min=terms.length_min,
        paid=terms.paid,
        centre=terms.centre,
        window_min=terms.window_min,
        shift_at_least_h=terms.shift_at_least_h,
    )


def _tour(terms: TourTerms, labour: LabourTerms) -> TourRule:
    return TourRule(
        name=terms.name,
        days_on=terms.days_on,
        shift_lengths_h=terms.shift_lengths_h or labour.shift_lengths_h,
        consecutive_days_off=terms.consecutive_days_off,
        start_band_min=terms.start_band_min,
        weekend=terms.weekend,
        share_max=terms.share_max,
    )
