"""One broken plan per clause of the checker: rule, where to change the plan, and what to."""

import math

from staffing.plan import BreakLine
from tests.builders.mutation import altered

CALLS, CLAIMS, BOSTON, CHAT = "teams.0", "teams.1", "teams.2", "teams.4"
NIGHT_SHIFT = {"day": "Tue", "start": "20:00", "start_interval": 44}


def plus(amount):
    return lambda value: value + amount


def to(value):
    return lambda _: value


def line(**changes):
    return lambda shift: shift.model_copy(update=changes)


def without_last(values):
    return values[:-1]


def crowd(shifts):
    """Put everyone on Monday's first shift, twice as many: enough hours, at the wrong time."""
    heads = 2 * sum(shift.heads for shift in shifts)
    return (shifts[0].model_copy(update={"heads": heads}),)


def falling(points):
    """Swap hours and seats of the two largest volumes."""
    *rest, last, largest = points
    swapped = {"paid_hours_by_class": last.paid_hours_by_class, "peak_heads": last.peak_heads}
    kept = {"paid_hours_by_class": largest.paid_hours_by_class, "peak_heads": largest.peak_heads}
    return (*rest, last.model_copy(update=kept), largest.model_copy(update=swapped))


def surge_of(heads):
    """Call off a number of people once, in week 20, for two weeks."""

    def change(workforce):
        starts, on_call = list(workforce.surge_starts), list(workforce.surge)
        starts[20], on_call[20], on_call[21] = heads, heads, heads
        return workforce.model_copy(update={"surge_starts": tuple(starts), "surge": tuple(on_call)})

    return change


def first_day_off(shifts):
    """Send everybody home who starts on Monday."""
    return tuple(shift for shift in shifts if shift.day != "Mon")


SIESTA = BreakLine(rule="siesta", start_interval=13, length_intervals=1, heads=1)

# Each case: rule, path in the plan, change. The name of a case is its rule and path.
MUTATIONS = [
    ("teams", "teams", without_last),
    ("teams", f"{CLAIMS}.service", to("nobody")),
    ("presence", "interval_minutes", to(30)),
    ("presence", f"{CALLS}.roster.on_duty.8", plus(1)),
    ("presence", f"{CALLS}.roster.peak_heads", plus(1)),
    ("shift_length", f"{CALLS}.roster.shifts.0.length_h", to(7.0)),
    ("shift_start", f"{CALLS}.roster.shifts.0", line(start="09:00", start_interval=9)),
    ("shift_start", f"{CALLS}.roster.shifts.0.day", to("Tue")),
    ("heads", f"{CALLS}.roster.shifts.0.heads", to(0)),
    ("site_hours", f"{CLAIMS}.roster.shifts.0", line(**NIGHT_SHIFT)),
    ("cover", f"{CALLS}.roster.shifts.0.heads", plus(-1)),
    ("cover", f"{CALLS}.roster.shifts", without_last),
    ("cover", f"{CALLS}.roster.required_heads.8", plus(0.5)),
    ("cover", f"{CLAIMS}.roster.shifts", to(())),
    ("turnaround", f"{CLAIMS}.roster.shifts", crowd),
    ("turnaround", f"{CLAIMS}.roster.required_heads.12", plus(0.5)),
    ("backlog", f"{CLAIMS}.roster.shifts", lambda shifts: shifts[:5]),
    ("workload", f"{CALLS}.workload.arrivals.9", plus(1)),
    ("workload", f"{CALLS}.workload.slots.9", plus(1)),
    ("workload", f"{CALLS}.workload.patience_s", to(60.0)),
    ("workload", f"{CLAIMS}.workload.due_intervals", plus(1)),
    ("figures", f"{CALLS}.workload.slots", without_last),
    ("paid_hours", f"{CALLS}.roster.paid_hours", plus(1)),
    ("paid_hours", f"{CALLS}.roster.paid_hours_by_class.ordinary", plus(1)),
    ("roster_cost", f"{CALLS}.roster.labour_cost", plus(1)),
    ("roster_cost", f"{CALLS}.roster.proof.objective", plus(1)),
    ("roster_cost", f"{CALLS}.roster.proof.bound", plus(5)),
    ("roster_cost", f"{CLAIMS}.roster.proof.gap", to(0.0)),
    ("seats", f"{CLAIMS}.roster.shifts.0.heads", plus(20)),
    ("seats", "sites.0.peak_heads", plus(1)),
    ("seats", "sites.0.seats", to(None)),
    ("seats", "sites", to(())),
    ("volume", "volumes", without_last),
    ("volume", "volumes.0.base_week_units", plus(1)),
    ("volume", "volumes.0.units_by_week.7", plus(1)),
    ("volume", "volumes.1.units_by_month.2", plus(-1)),
    ("volume", "volumes.0.units_by_week", without_last),
    ("figures", f"{CALLS}.roster.on_duty", without_last),
    ("figures", f"{CALLS}.roster.required_heads", without_last),
    ("figures", f"{CALLS}.workforce.hires", without_last),
    ("figures", f"{CALLS}.needed_fte_by_month", without_last),
    ("figures", f"{CALLS}.years", without_last),
    ("figures", f"{CALLS}.roster.paid_hours_by_class", to({"ordinary": 300.0})),
    ("figures", f"{CALLS}.curve", to(())),
    ("figures", f"{CALLS}.curve.3.scale", to(0.25)),
    ("figures", f"{CALLS}.roster.proof.bound", to(math.nan)),
    ("figures", f"{CALLS}.workforce.payroll.5", to(math.inf)),
    ("non_negative", f"{CALLS}.workforce.hires.9", to(-0.1)),
    ("curve", f"{CALLS}.units_per_week", plus(1)),
    ("curve", f"{CALLS}.curve.2.units_per_week", plus(1)),
    ("curve", f"{CALLS}.curve", falling),
    ("curve", f"{CALLS}.curve.4.paid_hours_by_class.ordinary", plus(-1)),
    ("needed", f"{CALLS}.hours_per_fte_week", plus(1)),
    ("needed", f"{CALLS}.workforce.needed.7", plus(0.01)),
    ("needed", f"{CALLS}.needed_fte_by_month.3", plus(0.01)),
    ("headcount_balance", f"{CALLS}.workforce.productive.12", plus(0.01)),
    ("headcount_balance", f"{CALLS}.workforce.payroll.12", plus(0.01)),
    ("headcount_balance", f"{CALLS}.workforce.hires.12", plus(0.01)),
    ("headcount_balance", f"{CALLS}.workforce.hires.0", plus(0.01)),
    ("workload", f"{CALLS}.workforce.overtime.5", plus(-0.01)),
    ("overtime_cap", f"{CALLS}.workforce.overtime.20", plus(5)),
    ("surge_pool", f"{CALLS}.workforce.surge.20", plus(1)),
    ("surge_pool", f"{CALLS}.workforce", surge_of(2.5)),
    *(
        ("year_totals", f"{CALLS}.years.1.{field}", plus(0.01))
        for field in (
            "payroll_weeks",
            "trainee_weeks",
            "ramp_loss_weeks",
            "idle_weeks",
            "overtime_weeks",
            "surge_weeks",
            "started_hires",
            "seats",
        )
    ),
    ("year_totals", f"{CALLS}.years.1.year", plus(1)),
    ("year_totals", f"{CALLS}.years.0.scheduled_hours_by_class.ordinary", plus(0.1)),
    ("support_span", f"{CALLS}.years.0.support_weeks.team_leader", plus(0.01)),
    ("support_span", f"{CALLS}.years.1.support_weeks.trainer", plus(0.01)),
    ("support_span", f"{CALLS}.years.1.support_weeks", to({})),
    ("routing", "routings", to(())),
    ("routing", f"{BOSTON}.routing", to(())),
    ("routing", f"{BOSTON}.routing", without_last),
    ("routing", f"{BOSTON}.routing.30", lambda share: 1 - share),
    ("routing", f"{BOSTON}.routing.30", to(0.5)),
    ("routing", f"{CALLS}.routing", to((1.0,))),
    ("routing", "routings.0.objective", plus(1)),
    ("routing", "routings.0.bound", plus(1e4)),
    ("routing", "routings.0.gap", plus(0.01)),
    ("presence", f"{CHAT}.roster.at_work.60", plus(1)),
    ("cover", f"{CHAT}.roster.shortfall.60", plus(0.5)),
    ("roster_cost", f"{CHAT}.roster.shortfall_cost", plus(1)),
    ("worst_interval", f"{CHAT}.roster.shifts", first_day_off),
    ("figures", f"{CHAT}.roster.at_work", without_last),
    ("figures", f"{CHAT}.roster.shortfall", without_last),
    ("tours", f"{CHAT}.roster.tours", to(())),
    ("tours", f"{CHAT}.roster.breaks.0.length_intervals", plus(1)),
    ("tours", f"{CALLS}.roster.breaks", to((SIESTA,))),
    ("tours", f"{CHAT}.roster.people.0.shifts.0.break_rules", to(("siesta",))),
    ("counts", f"{CHAT}.roster.people", without_last),
    ("counts", f"{CHAT}.roster.breaks.0.heads", plus(1)),
    ("counts", f"{CHAT}.roster.tours.0.people", plus(1)),
    ("days_on", f"{CHAT}.roster.people.0.shifts", without_last),
    ("break_window", f"{CHAT}.roster.people.0.shifts.0.breaks", to(())),
    ("tour_rule", f"{CHAT}.roster.people.0.tour", to("six days")),
    ("clock", f"{BOSTON}.clock_weeks.0.short_head_hours", plus(1)),
    ("clock", f"{BOSTON}.clock_weeks", to(())),
]


def broken(plan, mutation):
    _, path, change = mutation
    return altered(plan, path, change)
