"""Orders and bills of both offers by month, and what they leave by contract year."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from pricing.cost import rounded_lines
from pricing.money import Money, decimal_of, quantize_amount
from pricing.quote import PeriodResult
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.offers import Prices
    from pricing.quote import Method
    from staffing.plan import StaffingPlan

METHODS: tuple[Method, Method] = ("input_based", "output_based")
ORDER_TOLERANCE = Decimal("0.000001")
_MARGIN_PLACES = 6


def ordered_fte(needed: Decimal, step: Decimal) -> Decimal:
    """Full-time equivalents the client orders: the need, rounded up to the ordering step.

    A need that exceeds a step by less than a millionth (the plan's rounding) stays on it.
    """
    steps = (needed / step - ORDER_TOLERANCE).to_integral_value(ROUND_CEILING)
    return max(Decimal(0), steps) * step


def orders_by_month(plan: StaffingPlan, step: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """FTE ordered by team and contract month: the month's mean need, rounded up."""
    return {
        team.name: tuple(ordered_fte(decimal_of(n), step) for n in team.needed_fte_by_month)
        for team in plan.teams
    }


def bills_by_month(
    engagement: Engagement, prices: Prices, plan: StaffingPlan
) -> tuple[list[Decimal], list[Decimal]]:
    """Expected bills of both offers by contract month, in the order of `METHODS`."""
    orders = orders_by_month(plan, engagement.commercial.fte_step)
    return _input_bills(engagement, prices, orders), _output_bills(engagement, prices, plan)


def _input_bills(
    engagement: Engagement, prices: Prices, orders: dict[str, tuple[Decimal, ...]]
) -> list[Decimal]:
    """Bill by month: every team's order at its price, each line rounded."""
    return [
        sum(
            (
                quantize_amount(months[month] * prices.of_team(team, month), engagement.currency)
                for team, months in orders.items()
            ),
            Decimal(0),
        )
        for month in range(engagement.term_months)
    ]


def _output_bills(engagement: Engagement, prices: Prices, plan: StaffingPlan) -> list[Decimal]:
    """Bill by month: every service's units at its price, each line rounded."""
    return [
        sum(
            (
                quantize_amount(
                    decimal_of(volume.units_by_month[month])
                    * prices.of_service(volume.service, month),
                    engagement.currency,
                )
                for volume in plan.volumes
            ),
            Decimal(0),
        )
        for month in range(engagement.term_months)
    ]


def period_results(
    engagement: Engagement, bills: list[Decimal], lines: tuple[CostLine, ...]
) -> tuple[PeriodResult, ...]:
    """Results by contract year, then for the term; years add up to the term exactly."""
    commercial, currency = engagement.commercial, engagement.currency
    by_year = list(zip(*rounded_lines(lines, currency).values(), strict=True))
    num_years = len(by_year)
    rows = []
    for year, delivery in enumerate(by_year):
        bill = sum(bills[MONTHS_PER_YEAR * year : MONTHS_PER_YEAR * (year + 1)], Decimal(0))
        rows.append(
            (
                bill,
                sum(delivery, Decimal(0)),
                quantize_amount(bill * commercial.sga.value, currency),
                quantize_amount(bill * commercial.financing_share, currency),
            )
        )
    term = tuple(sum(column, Decimal(0)) for column in zip(*rows, strict=True))
    years: list[int | None] = [*range(1, num_years + 1), None]
    return tuple(
        _period(year, row, currency) for year, row in zip(years, [*rows, term], strict=True)
    )


def _period(year: int | None, row: tuple[Decimal, ...], currency: str) -> PeriodResult:
    bill, delivery, sga, financing = row
    cost = delivery + sga + financing
    return PeriodResult(
        year=year,
        expected_bill=Money.of(bill, currency),
        delivery_cost=Money.of(delivery, currency),
        sga=Money.of(sga, currency),
        financing=Money.of(financing, currency),
        cost=Money.of(cost, currency),
        profit=Money.of(bill - cost, currency),
        margin=round(float((bill - cost) / bill), _MARGIN_PLACES) if bill else 0.0,
    )
