"""Labels and explanations of fields, as a sales person would say them."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.pointers import steps_of
from dashboard.wording import words


class Words(NamedTuple):
    """What a field is called, and what it means."""

    label: str
    help: str


# By the last step of a field's place; by the last two where that says too little.
_WORDS = {
    "name": Words("Name of the work", "Printed on the quote and on every document made of it."),
    "services/name": Words("Service", "Names the work in prices, plans and invoices."),
    "sites/name": Words("Site", "Where people work."),
    "client": Words("Client", "Who the quote is for; only its users see what is sent."),
    "currency": Words("Currency", "ISO 4217 code of all prices, e.g. USD."),
    "start": Words("First day of the contract", "Wages, rates and volumes count from it."),
    "term_months": Words("Term, months", "One-off cost is spread over it."),
    "interval_minutes": Words(
        "Interval of the plan, minutes", "Shorter is more exact and slower to plan."
    ),
    "contract_hours_per_week": Words(
        "Paid hours a week of one FTE", "What one full-time equivalent is under this contract."
    ),
    "occupancy_cap": Words(
        "Highest occupancy of live queues, %", "Handling time over available time, at most."
    ),
    "utilisation": Words(
        "Utilisation of deferrable work, %", "Handling time over available time, planned."
    ),
    "out_of_office": Words("Out of office, %", "Paid time away: leave, holidays, sickness."),
    "in_office": Words(
        "In office, not at work, %", "Breaks, meetings, coaching, downtime. Both shares multiply."
    ),
    "annual": Words("Leavers a year, %", "Over average headcount."),
    "early_loss": Words("Lost before production, %", "Of those who start training."),
    "recruiting_cost": Words("Cost of a hire", "Per person who starts, in the quote's currency."),
    "training_weeks": Words("Training, weeks", "Paid weeks before the first productive one."),
    "unit": Words("What is produced", "One of it: claim, call, chart, record."),
    "role": Words("Role of the agents", "Wages are found by it, e.g. claims_processor."),
    "language": Words("Language", "Of the agents, e.g. en."),
    "time_zone": Words("Time zone", "IANA name, e.g. America/Chicago: its clock is meant."),
    "opening_hours": Words("Open", "24x7, or days and hours: mon-fri 08:00-18:00; sat 08:00-12:00"),
    "channel": Words("Kind of work", ""),
    "service_level": Words("Answered in time, %", "Share of contacts answered in so many seconds."),
    "answer_within_s": Words("In time means within, s", "Seconds, e.g. 20."),
    "patience_s": Words("Callers wait on average, s", "Then they hang up; empty: nobody does."),
    "max_abandonment": Words("Hang up, at most, %", "Only where callers' patience is stated."),
    "concurrency": Words("Contacts at once", "Chats one agent handles together."),
    "routing": Words(
        "Who takes a contact",
        "Every site its share at all times, or in each interval the site that serves it at least "
        "cost.",
    ),
    "turnaround_h": Words("Turnaround, hours", "Latest completion after arrival, clock hours."),
    "handle_time_s": Words("Handling time of a unit, s", "Average, before rework."),
    "units_per_hour": Words("Units per handling hour", "Average, before rework."),
    "ramp": Words(
        "Productivity while learning, %",
        "In the weeks after training, then full: 50, 60, 75.",
    ),
    "min_agents": Words("Fewest agents at work", "Whenever it is open."),
    "target": Words("Accuracy promised, %", "Share of units that are right."),
    "rework_share": Words("Units redone, %", "Planned; it costs effort and is not billed."),
    "rework_effort": Words("Effort of a redo, % of a first pass", ""),
    "units_per_year": Words("Units in the first year", "What arrives in the first contract year."),
    "growth_per_year": Words("Growth a year, %", "From the first day of the contract."),
    "scale": Words("Factor on the history", "The share of a market series that is this work's."),
    "seasonality": Words("Season", "Twelve numbers, January first: 1.1 is a tenth above the mean."),
    "profile": Words(
        "Shape of the week",
        "7 numbers from Monday, or 168, 336 or 672 over the week. Empty: flat while open, or as "
        "the history has it.",
    ),
    "opening_backlog": Words("Backlog on the first day", "Units that wait already."),
    "opening_backlog_weeks": Words("Weeks to work it off", ""),
    "starts_on": Words("The history starts on", "First day of its first step."),
    "step": Words("One number for each", ""),
    "country": Words("Country", "ISO code; labour rules and wages are looked up by it."),
    "seats": Words("Seats", "At any moment; empty: no limit."),
    "shifts_per_seat": Words("Shifts that share a seat", "1 to 3."),
    "seat_cost_per_year": Words("Cost of a seat a year", "In the quote's currency."),
    "it_cost_per_fte_year": Words("IT cost of an FTE a year", "In the quote's currency."),
    "variable_pay": Words("Variable pay, % of base pay", ""),
    "on_cost": Words(
        "Employer on-costs, % of base pay", "Empty: the country's, from the reference table."
    ),
    "wage_growth_per_year": Words("Wages grow a year, %", "Over the term."),
    "wages/value": Words("Gross pay", "Empty: from the reference table."),
    "wages/per": Words("For each", ""),
    "shift_lengths_h": Words("Lengths of a shift, hours", "From start to end: 8, 10."),
    "shift_start_step_min": Words("Shifts start every, minutes", ""),
    "daily_rest_h": Words("Rest between shifts, hours", "Of working weeks (tours)."),
    "weekly_hours_max": Words("Most paid hours a week", "Of working weeks (tours)."),
    "night_premium": Words("Night premium, %", "Empty: the country's, from the reference table."),
    "saturday_premium": Words("Saturday premium, %", "Empty: the country's."),
    "sunday_premium": Words("Sunday premium, %", "Empty: the country's."),
    "overtime_premium": Words("Overtime premium, %", "Empty: the country's."),
    "overtime_share_max": Words("Overtime, at most, %", "Of the productive team's hours."),
    "pool_heads": Words("People on call", "For peaks, at once; 0: none."),
    "premium": Words("Premium of people on call, %", "On top of an ordinary paid hour."),
    "effectiveness": Words("Productivity of people on call, %", "Against a ramped agent."),
    "target_margin": Words("Target margin, % of price", "Both offers are priced to earn it."),
    "floor_margin": Words(
        "Floor margin, % of price", "Lowest margin to sell at; floors of prices follow from it."
    ),
    "sga": Words("SG&A, % of price", "Selling, general and administrative cost."),
    "contingency": Words("Contingency, % of cost", "For risks that are not simulated."),
    "dso_days": Words("Days until the client pays", "Financing is priced in."),
    "capital_cost": Words("Cost of capital a year, %", ""),
    "validity_days": Words("Valid, days", "From sending on."),
    "client_budget": Words(
        "Client's budget for the term",
        "Before tax, in the quote's currency. How likely each bill is above it, for the client to "
        "see as well.",
    ),
    "unit_price_places": Words("Decimals of a unit price", "2 to 6."),
    "fte_step": Words("FTE are ordered in steps of", "1: whole people."),
    "transition/cost": Words("Cost of going live", "One-off, in the quote's currency."),
    "amortisation_months": Words("Recovered over, months", "At most the term."),
    "interest_per_year": Words("Interest on it a year, %", ""),
    "productivity": Words("Premium for productivity, %", "On the unit price, for who bears it."),
    "risk_premium/volume": Words("Premium for volume, %", "On the unit price."),
    "quality": Words("Premium for quality, %", "On the unit price."),
    "wage_and_fx": Words("Premium for wages and currencies, %", "On the unit price."),
    "volume_cv": Words("Volume may be off by, %", "Standard deviation over the whole term."),
    "productivity_cv": Words("Productivity may be off by, %", "Standard deviation."),
    "days_on": Words("Days on", "Worked in a week, 1 to 7."),
    "tours/name": Words("Tour", "For example five days."),
    "tours/shift_lengths_h": Words("Lengths of its shifts, hours", "Empty: those of the site."),
    "start_band_min": Words(
        "Starts within, minutes", "All shifts of a person start inside one band of this width."
    ),
    "share_max": Words("People on it, at most, %", "Of the team, e.g. of part-time people."),
    "weekend": Words("Weekend", ""),
    "consecutive_days_off": Words("Days off", ""),
    "shift_starts": Words("Shifts start at", "Times of the day: 06:00, 14:00, 22:00."),
    "sources/name": Words("Source", "Who comes, e.g. the pool of Manila."),
    "sources/kind": Words("Kind", ""),
    "heads": Words("People at once", "At most; of overtime it may be left out."),
    "notice_h": Words("Notice, hours", "From the call to the first hour on the job."),
    "hourly_cost": Words("Cost of an hour", "All in, without premium, in the quote's currency."),
    "promise_h": Words("People are promised after, hours", "Counted from the call."),
    "shortfall_price": Words("Price of an hour not done", "In the quote's currency."),
    "minimum_commitment/amount": Words(
        "Least charges a month", "What is missing to it is billed as a true-up."
    ),
    "at_risk": Words("At risk, % of a month's charges", "All credits together are no more."),
    "earn_back_months": Words("Earned back after, months", "On target in each of them."),
    "sla_credits_for": Words("Credits under", ""),
    "measures/name": Words("Measure", "For example answered in 20 s."),
    "measures/target": Words("Target", "In the measure's own unit: 0.8 of 80 %."),
    "higher_is_better": Words("Direction", ""),
    "allocation": Words("Credit when missed, % of what is at risk", ""),
    "standby_heads": Words("People on standby", "Reserved for the client."),
    "standby_fee": Words("Standby fee", "A reserved person a month, in the quote's currency."),
    "minimum_hours": Words("Hours billed at least", "For each person who is called."),
    "rates/notice_h": Words("Called at least so many hours before", "The rate of this notice."),
    "hour_price": Words("Price of an hour", "In the quote's currency."),
    "ramp_up_days": Words("Notice for more people, days", "E.g. 60."),
    "ramp_down_days": Words("Notice for fewer people, days", "E.g. 90."),
    "replacement_within_days": Words(
        "A leaver is replaced within, days", "Else the vacancy is credited; empty: not agreed."
    ),
    "overtime": Words("Overtime hours cost, times", "1.5: half as much again."),
    "night": Words("Night hours cost, times", "1.1: a tenth more."),
    "holiday": Words("Holiday hours cost, times", "2: double."),
    "index": Words("Index", "Which one prices follow, e.g. ECI private industry."),
    "indexation/share": Words("Part of the price that follows, %", ""),
    "floor": Words("Least change a year, %", ""),
    "cap": Words("Most change a year, %", ""),
    "within_days": Words("Paid within, days", "Of the invoice."),
    "discount": Words("Discount, %", "Of what is paid early."),
    "price_over_term": Words("Prices over the term", "One price, or each year at its own cost."),
    "prices_from": Words(
        "Where prices come from",
        "Stated premiums, or the lowest prices that hold margin and bad futures after the client "
        "has chosen.",
    ),
}


def words_of(place: str) -> Words:
    """Label and explanation of the field at a place; its own name where there is none."""
    named = [step for step in steps_of(place) if not step.isdigit()]
    last = named[-1] if named else ""
    found = _WORDS.get("/".join(named[-2:])) or _WORDS.get(last)
    return found or Words(words(last).capitalize(), "")
