"""What a client may see of a surge report: people, service and prices; no cost, no source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.surge_report import SurgeOffer, SurgePromiseText
from staffing.plan import rounded

if TYPE_CHECKING:
    from pricing.surge_report import SurgeReport
    from staffing.surge.plan import SurgePlan

_VISIBLE = 0.99  # less than this share is a difference one can see
_TOLERANCE = 1e-6


def client_offer(report: SurgeReport) -> SurgeOffer:
    """Cut a report down to what its client may see."""
    plan, prices, request = report.study.plan, report.prices, report.request
    called = [s for s in plan.sources if s.called > _TOLERANCE]
    shortest = {rung.name: rung.min_engagement_days for rung in report.rungs}
    by_hour = zip(*(source.there_by_hour for source in plan.sources), strict=True)
    return SurgeOffer(
        engagement=report.engagement,
        client=report.client,
        currency=report.currency,
        service=str(request.service),
        site=str(request.site),
        unit=report.unit,
        size=request.size,
        notice_h=request.notice_h,
        days=request.days,
        start=str(request.start),
        dates=report.dates,
        day_names=plan.day_names,
        promise=_promise(plan),
        in_time=plan.service,
        hours=plan.hours,
        people=rounded(sum(people) for people in by_hour),
        worth=plan.worth_heads,
        need=plan.need_heads,
        need_h=plan.need_h,
        late_h=plan.uncovered_h,
        charges=prices.charges,
        input_bill=prices.input_bill.bill,
        input_rate=prices.input_rate,
        output_bill=prices.output_bill.bill,
        output_rate=prices.output_rate,
        units_in_time=prices.units_in_time,
        shortest_days=max((shortest[source.name] for source in called), default=0),
        notice_service=prices.notice_service,
        by_notice=prices.by_notice,
    )


def _promise(plan: SurgePlan) -> SurgePromiseText:
    """Say who stands ready, without a word on where they come from."""
    told = plan.promise
    text = f"{told.there:.0f} people stand ready within {told.hours:g} hours of the call"
    if told.ramped < _VISIBLE * told.there:
        text += f", with the output of {told.ramped:.0f} experienced people at first"
    text += f"; the extra work asks for {told.asked:.0f}"
    if plan.total_uncovered_h > _TOLERANCE:
        text += f"; {plan.service:.1%} of it is done in time"
    else:
        text += "; all of it is done in time"
    return SurgePromiseText(
        hours=told.hours,
        asked=told.asked,
        there=told.there,
        worth=told.ramped,
        kept=told.kept,
        text=text,
    )
