"""Lines of the input-based offer, team by team."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.engagement.contract_input import Billable, HourMultipliers, InputTerms, Notice
from pricing.invoice.lines import Days, part
from pricing.terms.input.billable import hours_not_billed
from pricing.terms.input.fill_rate import fill_rate_credit
from pricing.terms.input.fte_orders import in_steps, short_of_minimum
from pricing.terms.input.notice import OrderChange, effective_orders
from pricing.terms.input.premium_hours import overtime_price, surcharge
from pricing.terms.input.replacement import days_beyond_guarantee

if TYPE_CHECKING:
    from pricing.agreement import AgreedTeam
    from pricing.invoice.lines import Bill
    from pricing.invoice.month import Month

ORDER_LINES = ("ordered", "hours", "fte_minimum")
_FTE = "FTE-month"
_HOUR = "hour"
_SHARE = "share of the charge"


def bill_teams(month: Month, bill: Bill) -> None:
    """Bill every team: its order, hours priced apart, and guarantees."""
    terms = month.terms.input_based or InputTerms()
    for team in month.agreement.teams:
        _order(month, team, terms, bill)
        _not_billable(month, team, terms, bill)
        _premium_hours(month, team, terms, bill)
        _guarantees(month, team, terms, bill)


def ordered_fte(month: Month, team: AgreedTeam, terms: InputTerms) -> Decimal:
    """FTE ordered for the month, before steps and minimum."""
    stated, planned = month.team(team.team), month.planned_orders(team.team)
    if stated.ordered_fte is not None:
        return stated.ordered_fte
    notice = terms.notice or Notice()
    changes = [OrderChange(one.requested_on, one.fte) for one in stated.order_changes]
    return effective_orders(
        planned,
        month.starts,
        changes,
        up_days=notice.ramp_up_days,
        down_days=notice.ramp_down_days,
    )[month.at]


def _order(month: Month, team: AgreedTeam, terms: InputTerms, bill: Bill) -> None:
    stated = month.team(team.team)
    if stated.hours is not None:
        bill.add("hours", team.team, "hours bought", [part(stated.hours, _HOUR, team.paid_hour)])
        least = team.minimum_fte * team.hours_per_fte_month
        short = short_of_minimum(stated.hours, least)
        note = f"{team.minimum_fte:f} FTE are billed in any case, {least.normalize():f} hours"
        parts = [part(short, _HOUR, team.paid_hour, month.days)]
        bill.add("fte_minimum", team.team, "up to the minimum", parts, note)
        return
    asked = ordered_fte(month, team, terms)
    ordered = in_steps(asked, team.fte_step)
    note = "" if ordered == asked else f"{asked:f} ordered, in steps of {team.fte_step:f}"
    parts = [part(ordered, _FTE, team.fte_month, month.days)]
    bill.add("ordered", team.team, "people ordered", parts, note)
    short = short_of_minimum(ordered, team.minimum_fte)
    parts = [part(short, _FTE, team.fte_month, month.days)]
    note = f"{team.minimum_fte:f} FTE are billed in any case"
    bill.add("fte_minimum", team.team, "up to the minimum", parts, note)


def _not_billable(month: Month, team: AgreedTeam, terms: InputTerms, bill: Bill) -> None:
    stated, billable = month.team(team.team), terms.billable or Billable()
    for mechanism, text, hours, share in (
        ("training", "training not billable", stated.training_hours, billable.training),
        ("breaks", "breaks not billable", stated.break_hours, billable.breaks),
        (
            "client_downtime",
            "client downtime not billable",
            stated.client_downtime_hours,
            billable.client_downtime,
        ),
    ):
        off = hours_not_billed(hours, share)
        note = f"{share:.0%} of {hours:f} hours are billable"
        bill.add(mechanism, team.team, text, [part(-off, _HOUR, team.paid_hour)], note)


def _premium_hours(month: Month, team: AgreedTeam, terms: InputTerms, bill: Bill) -> None:
    stated, times = month.team(team.team), terms.hour_multipliers or HourMultipliers()
    for mechanism, text, hours, price, multiplier in (
        (
            *("overtime", "overtime", stated.overtime_hours),
            *(overtime_price(team.paid_hour, times.overtime), times.overtime),
        ),
        (
            *("night", "surcharge at night", stated.night_hours),
            *(surcharge(team.paid_hour, times.night), times.night),
        ),
        (
            *("holiday", "surcharge on holidays", stated.holiday_hours),
            *(surcharge(team.paid_hour, times.holiday), times.holiday),
        ),
    ):
        note = f"hour price {team.paid_hour:f} x {multiplier:f}"
        bill.add(mechanism, team.team, text, [part(hours, _HOUR, price)], note)


def _guarantees(month: Month, team: AgreedTeam, terms: InputTerms, bill: Bill) -> None:
    stated = month.team(team.team)
    if stated.filled_fte is not None and stated.hours is None:
        ordered = in_steps(ordered_fte(month, team, terms), team.fte_step)
        open_fte = max(Decimal(0), ordered - stated.filled_fte)
        charged = bill.basis(ORDER_LINES, team.team)
        parts = [part(-open_fte, _FTE, team.fte_month, month.days)]
        note = f"{stated.filled_fte.normalize():f} of {ordered.normalize():f} places were filled"
        bill.add("unfilled", team.team, "places not filled", parts, note)
        if terms.fill_rate is not None:
            promise = terms.fill_rate
            share = fill_rate_credit(
                ordered,
                stated.filled_fte,
                target=promise.target,
                credit_per_point=promise.credit_per_point,
                cap=promise.cap,
            )
            note = f"{promise.target:.0%} of places were promised, {note}"
            bill.add(
                "fill_rate", team.team, "fill rate missed", [part(-share, _SHARE, charged)], note
            )
    if terms.replacement_within_days is not None:
        within = terms.replacement_within_days
        days = days_beyond_guarantee(stated.vacancy_days, within)
        note = f"replacement within {within} days; {days} days beyond"
        parts = [part(Decimal(-1), _FTE, team.fte_month, Days(days, month.days.of))]
        bill.add("replacement", team.team, "replacement late", parts, note)
