"""Price of a peak's work by hours of notice, from the surge ladder of a site."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import Money, decimal_of
from pricing.rates.report import NoticeRate
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeRequest
from staffing.errors import InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement
    from staffing.optimize.solver import SolveLimits, SolveLog

NOTICE_H = 48.0
DAYS = 7


def notice_rates(
    engagement: Engagement,
    service: str,
    peak: float,
    limits: SolveLimits,
    log: SolveLog,
    tell: Callable[[str], None],
) -> tuple[NoticeRate, ...]:
    """Study a one-week peak of a service's largest team, and price it by notice.

    Parameters
    ----------
    peak : float
        Extra work as a share.

    Returns
    -------
    tuple of NoticeRate
        Empty where the ladder cannot meet the peak and no price stands on work not done.
    """
    asked = SurgeRequest(size=peak, notice_h=NOTICE_H, days=DAYS, service=service)
    try:
        report = surge_report(engagement, asked, limits=limits, log=log, progress=tell)
    except InfeasibleError:
        return ()
    units = Decimal(report.prices.units_in_time)
    hours = decimal_of(report.study.plan.productive_h)
    places = engagement.commercial.unit_price_places
    return tuple(
        NoticeRate(
            notice_h=one.notice_h,
            hour=one.price,
            unit=None
            if one.price is None or not units
            else Money.unit_price(one.price.amount * hours / units, engagement.currency, places),
        )
        for one in report.prices.by_notice
    )
