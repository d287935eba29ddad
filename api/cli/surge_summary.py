"""A surge report on a terminal: the promise, people by hour, ladder, cost, frontier, price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.surge_prices_summary import price_parts
from api.cli.surge_tables import amount, heading, peak_line, print_all, table, wrapped
from staffing.exports.surge_rows import hour_rows, shown_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from pricing.surge_report import SurgeReport
    from staffing.surge.plan import SurgeFrontier, SurgeLimitLine, SurgePlan

_TOLERANCE = 1e-6
_DAYS = 8
_LIMITS = 5
_SERVICES = (0.5, 0.7, 0.8, 0.9, 1.0)


def print_report(report: SurgeReport) -> None:
    """Print a report: vendor's view."""
    print_all(_parts(report))


def _parts(report: SurgeReport) -> Iterable[RenderableType]:
    plan, study = report.study.plan, report.study
    yield f"{report.engagement}, for {report.client}"
    asked = report.request
    peak = peak_line(asked.size, asked.days, str(asked.start), asked.notice_h)
    yield f"A peak of {study.team}: {peak}"
    yield (
        f"The team has {study.team_heads:,.1f} full-time people. Amounts in {report.currency}. "
        "Vendor's view: it holds cost and margin."
    )
    yield heading("The promise")
    yield wrapped(f"{plan.promise.text}.")
    yield from (wrapped(f"Warning: {warning}.") for warning in plan.warnings)
    yield heading("People by hour since the call")
    yield wrapped(
        "There: on the job or standing ready; worth: ordinary people who would do as much that "
        "day, 0 where nobody works; asked: ordinary people the extra work takes."
    )
    yield _hours(plan)
    yield heading("Who comes, when, at what cost")
    yield wrapped(
        "Output: in hours of ordinary people; cost/h: of an hour of it, standby included, and how "
        "many times the labour of an ordinary hour."
    )
    yield _ladder(plan)
    yield wrapped(_cost_line(plan))
    yield heading("What is not done in time")
    yield from _late(plan)
    yield heading("What would help: one more of what is short")
    yield from _limits(plan.limits)
    if study.frontier is not None:
        yield heading("Cost against service, for each way to meet the peak")
        yield from _frontier(study.frontier)
    yield heading("What the client pays")
    yield from price_parts(report.prices, report.currency)


def _hours(plan: SurgePlan) -> Table:
    """Rows where anything changes in the first days, then one for each week."""
    used = [at for at, source in enumerate(plan.sources) if source.called > _TOLERANCE]
    names = [plan.sources[at].name for at in used]
    shown = table("day", "hour", *names, "there", "worth", "asked")
    for row in shown_hours(hour_rows(plan.model_dump()), plan.notice_h):
        figures = (*(row.people[at] for at in used), row.there, row.worth, row.asked)
        shown.add_row(f"{row.day} {row.time}", f"{row.hour:g}", *(f"{one:,.1f}" for one in figures))
    return shown


def _ladder(plan: SurgePlan) -> Table:
    shown = table(
        *("source", "after", "reserved", "called", "come", "paid h", "output h"),
        *("cost", "cost/h", "times"),
    )
    base = plan.base_cost_per_productive_hour
    for source in plan.sources:
        per_hour = source.cost_per_productive_hour
        times = "" if per_hour is None or base is None else f"{per_hour / base:.2f}"
        shown.add_row(
            source.name,
            f"{source.notice_h:g} h",
            f"{source.reserved:,.1f}" if source.cost.standby else "",
            f"{source.called:,.1f}",
            f"{max(source.on_engagement):,.1f}",
            f"{sum(source.paid_h) + source.paid_after_h:,.0f}",
            f"{sum(source.productive_h):,.0f}",
            f"{source.cost.total:,.0f}",
            "" if per_hour is None else f"{per_hour:,.2f}",
            times,
        )
    cost = plan.cost
    shown.add_section()
    shown.add_row(
        *("all", "", "", "", ""),
        f"{sum(sum(s.paid_h) + s.paid_after_h for s in plan.sources):,.0f}",
        f"{sum(sum(s.productive_h) for s in plan.sources):,.0f}",
        f"{cost.total - cost.shortfall:,.0f}",
    )
    return shown


def _cost_line(plan: SurgePlan) -> str:
    cost, per_hour = plan.cost, plan.cost_per_productive_hour
    parts = ", ".join(
        f"{name} {getattr(cost, name):,.0f}"
        for name in ("standby", "wages", "premium", "onboarding")
    )
    text = f"Pay is {cost.total - cost.shortfall:,.0f}: {parts}."
    if cost.standby:
        text += f" Standby is that of {plan.standby_weeks:,.1f} weeks."
    if per_hour is not None:
        text += f" An hour of the extra work done costs {per_hour:,.2f}"
        base = plan.base_cost_per_productive_hour
        if base:
            text += f", {per_hour / base:.2f} times the labour of an ordinary hour ({base:,.2f})"
        text += "."
    return text


def _late(plan: SurgePlan) -> Iterable[RenderableType]:
    price = plan.shortfall_price
    if plan.total_uncovered_h <= _TOLERANCE:
        yield wrapped("Nothing: all extra work is done in its time.")
        return
    text = f"{plan.total_uncovered_h:,.0f} of {plan.total_need_h:,.0f} hours of extra work"
    text += f" ({1 - plan.service:.1%})"
    if price is not None:
        text += f", at {price:,.2f} an hour {plan.cost.shortfall:,.0f}"
    yield wrapped(f"{text}.")
    days = [day for day, hours in enumerate(plan.uncovered_h) if hours > _TOLERANCE]
    shown = table("day", "hours after the call", "hours late", "people short", "price")
    for day in days[:_DAYS]:
        hours, one = plan.uncovered_h[day], plan.present_share * plan.hours_per_head[day]
        name = f"{day + 1} ({plan.day_names[day]})" if plan.day_names else f"{day + 1}"
        start = plan.day_start_h[day]
        cells = (f"{hours:,.1f}", f"{hours / one:,.1f}" if one else "")
        shown.add_row(name, f"{start:g} to {start + 24:g}", *cells, f"{hours * (price or 0):,.0f}")
    yield shown
    if len(days) > _DAYS:
        yield f"  and {len(days) - _DAYS} more days"


def _limits(limits: Sequence[SurgeLimitLine]) -> Iterable[str]:
    """Say what one more of a limit would save, the most first."""
    if not limits:
        yield wrapped("Nothing: no limit binds.")
    for line in limits[:_LIMITS]:
        of = f" of {line.source}" if line.source else ""
        days = f"{len(line.days)} day{'s' if len(line.days) != 1 else ''}"
        yield wrapped(
            f"one more {line.unit}{of} ({line.available:,.1f} there, short on {days}) saves up to "
            f"{line.shadow_price:,.0f}"
        )


def _frontier(frontier: SurgeFrontier) -> Iterable[RenderableType]:
    yield wrapped(
        "Each way but the mix uses sources of its own kind only. Least pay, standby included; - "
        "where it cannot be done."
    )
    shown = table("share in time", *(f"{share:.0%}" for share in _SERVICES), "most it can", "for")
    for curve in frontier.curves:
        by_share = {point.service: point.cost for point in curve.by_service}
        cells = [amount(by_share.get(share)) for share in _SERVICES]
        best = f"{curve.best_service:.1%}"
        shown.add_row(curve.label, *cells, best, amount(curve.best.cost))
    yield shown
    yield ""
    labels = [curve.label for curve in frontier.curves]
    shown = table(f"notice, {frontier.notice_service:.0%} in time", *labels)
    for number, hours in enumerate(frontier.notices_h):
        costs = (curve.by_notice[number].cost for curve in frontier.curves)
        shown.add_row(f"{hours:g} h", *(amount(cost) for cost in costs))
    yield shown
