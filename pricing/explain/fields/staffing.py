"""Fields of the staffing plan: what was asked of it, what a solver found, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, given, searched

if TYPE_CHECKING:
    from pricing.explain.registry import Entry

_REQUIREMENT = "docs/models/requirement.md"
_COVERAGE = "docs/models/coverage.md"
_WORKFORCE = "docs/models/workforce.md"
_CLOCKS = "docs/models/clocks.md"
_TEAM = "staffing.teams[*]"
_ROSTER = {
    "objective": "staffing.teams[{0}].roster.proof.objective",
    "bound": "staffing.teams[{0}].roster.proof.bound",
    "gap": "staffing.teams[{0}].roster.proof.gap",
    "stop reason": "staffing.teams[{0}].roster.proof.stop_reason",
}
_HIRING = {"stop reason": "staffing.teams[{0}].workforce.stop_reason"}
_ROUTING = {
    name: f"staffing.routings[{{0}}].{name.replace(' ', '_')}"
    for name in ("objective", "bound", "gap", "stop reason")
}

_DEMAND = {
    "staffing.interval_minutes": "Length of an interval of the week (`interval_minutes`), minutes.",
    "staffing.volumes[*].base_week_units": "Units of the standard week, by the engagement's volume "
    "and its growth and season.",
    "staffing.volumes[*].units_by_week[*]": "Units of the week, by the engagement's volume and its "
    "growth and season.",
    "staffing.volumes[*].units_by_month[*]": "Units of the contract month: its share of each week.",
    f"{_TEAM}.units_per_week": "The team's units of the standard week: its share of the service.",
    f"{_TEAM}.workload.arrivals[*]": "Units that arrive in the interval of the standard week.",
    f"{_TEAM}.workload.due_intervals": "Intervals after which a unit must be finished "
    "(`turnaround_h`).",
    f"{_TEAM}.workload.handle_time_s": "Seconds of work on one contact, rework included.",
    f"{_TEAM}.workload.service_level": "Share of contacts to be answered in time.",
    f"{_TEAM}.workload.threshold_s": "Seconds within which a contact is answered in time.",
    f"{_TEAM}.workload.patience_s": "Seconds a caller waits on average before hanging up.",
    "staffing.sites[*].seats": "Seats available at the site at any moment (`sites[].seats`).",
}
_OF_ROSTER = {
    "shifts[*].length_h": "Hours from start to end of a shift that was chosen.",
    "shifts[*].heads": "People who work this shift of the standard week.",
    "shifts[*].start_interval": "Interval in which the shift starts; Monday 00:00 is 0.",
    "breaks[*].start_interval": "Interval in which the break starts.",
    "breaks[*].length_intervals": "Intervals the break lasts.",
    "breaks[*].heads": "People who take this break.",
    "tours[*].length_h": "Hours of each shift of the tour.",
    "tours[*].people": "People on this tour.",
    "people[*].people": "People with this week.",
    "people[*].shifts[*].start_interval": "Interval in which the shift starts.",
    "people[*].shifts[*].length_h": "Hours from start to end of the shift.",
    "people[*].shifts[*].breaks[*]": "Interval in which the break starts.",
    "on_duty[*]": "People in their shifts in the interval.",
    "at_work[*]": "People on duty and not on a break in the interval.",
    "shortfall[*]": "Heads missing to what the work needs in the interval.",
    "paid_hours": "Paid hours of the standard week.",
    "paid_hours_by_class.*": "Paid hours of the standard week in this premium class.",
    "labour_cost": "Cost rate of the week's paid hours as the solver saw it; no price rests on it.",
    "shortfall_cost": "Priced heads missing in the week as the solver saw them.",
    "peak_heads": "Most people on duty at once.",
    "proof.objective": "Cost of the roster that was found, as the solver saw it.",
    "proof.bound": "Cost that no roster can beat.",
    "proof.gap": "How far the roster can be from the best, as a share of its cost.",
}
_OF_CURVE = {
    "scale": "Multiple of the standard week for which shifts were found.",
    "units_per_week": "Units per week at this point of the staffing curve.",
    "paid_hours_by_class.*": "Paid hours of a week in this premium class at this volume.",
    "peak_heads": "Most people on duty at once at this volume.",
}
_OF_WORKFORCE = {
    "needed": "Full-time equivalents the week needs, absence included.",
    "productive": "Full-time equivalents' worth of work the people of the week do.",
    "payroll": "Full-time equivalents on the payroll.",
    "hires": "Full-time equivalents that join and stay.",
    "overtime": "Full-time equivalents' worth of overtime.",
    "surge_starts": "Full-time equivalents called in who start.",
    "surge": "Full-time equivalents called in.",
}
_OF_YEAR = {
    "year": "Contract year, 1 first.",
    "payroll_weeks": "FTE-weeks on the payroll in the contract year.",
    "trainee_weeks": "FTE-weeks in training in the contract year.",
    "ramp_loss_weeks": "FTE-weeks lost while new people become fully productive.",
    "idle_weeks": "FTE-weeks on the payroll that no work needs.",
    "overtime_weeks": "FTE-weeks of overtime in the contract year.",
    "surge_weeks": "FTE-weeks of people called in in the contract year.",
    "started_hires": "People who start in the contract year, those lost before production too.",
    "scheduled_hours_by_class.*": "Scheduled hours of the contract year in this premium class.",
    "seats": "Seats the contract year takes: most people on duty at once, trainees included.",
    "support_weeks.*": "Weeks of this supporting role in the contract year.",
}
_OF_CLOCK = {
    "num_weeks": "Consecutive weeks that lie otherwise in time than the standard week.",
    "hours": "Real length of such a week in hours.",
    "distance_change_min": "Minutes by which the site's clock is further ahead of the service's.",
    "paid_hours": "Paid hours of such a week.",
    "short_head_hours": "Head-hours missing in such a week.",
    "worst_short_heads": "Most heads missing at once in such a week.",
    "late_units": "Units finished late in such a week.",
    "short_head_hours_if_moved": "Head-hours missing if every shift moved with the clock.",
    "late_units_if_moved": "Units finished late if every shift moved with the clock.",
}

FIELDS: dict[str, Entry] = {
    "staffing.schema_version": fixed("Version of the plan's layout.", "docs/api.md"),
    **{pattern: given(meaning, _REQUIREMENT) for pattern, meaning in _DEMAND.items()},
    f"{_TEAM}.hours_per_fte_week": computed(
        "Hours a full-time equivalent is scheduled in a week: contract hours less absence.",
        "contract_hours_per_week * (1 - out_of_office)",
        _WORKFORCE,
        within="0.000001",
        contract_hours_per_week="workings.teams[{0}].rates.contract_hours_per_week",
        out_of_office="workings.teams[{0}].rates.out_of_office",
    ),
    f"{_TEAM}.routing[*]": searched(
        "Share of the service's contacts that this site takes in the interval, chosen by cost.",
        _COVERAGE,
        **_ROSTER,
    ),
    f"{_TEAM}.workload.capacity[*]": searched(
        "Units that those at work can finish in the interval.", _COVERAGE, **_ROSTER
    ),
    f"{_TEAM}.workload.slots[*]": searched(
        "Contacts that those at work can handle at once in the interval.", _COVERAGE, **_ROSTER
    ),
    f"{_TEAM}.roster.required_heads[*]": searched(
        "Heads the work needs in the interval: fewest agents that keep the service level, or the "
        "pace that keeps turnaround times.",
        _REQUIREMENT,
    ),
    **{
        f"{_TEAM}.roster.{path}": searched(meaning, _COVERAGE, **_ROSTER)
        for path, meaning in _OF_ROSTER.items()
    },
    **{
        f"{_TEAM}.curve[*].{path}": searched(meaning, _COVERAGE)
        for path, meaning in _OF_CURVE.items()
    },
    **{
        f"{_TEAM}.workforce.{path}[*]": searched(meaning, _WORKFORCE, **_HIRING)
        for path, meaning in _OF_WORKFORCE.items()
    },
    **{
        f"{_TEAM}.years[*].{path}": searched(meaning, _WORKFORCE, **_HIRING)
        for path, meaning in _OF_YEAR.items()
    },
    f"{_TEAM}.needed_fte_by_month[*]": searched(
        "Full-time equivalents the month needs on average, absence included.",
        _WORKFORCE,
        **_HIRING,
    ),
    **{
        f"{_TEAM}.clock_weeks[*].{path}": searched(meaning, _CLOCKS)
        for path, meaning in _OF_CLOCK.items()
    },
    "staffing.sites[*].peak_heads": searched(
        "Most people on duty at once at the site in the standard week.", _COVERAGE
    ),
    **{
        f"staffing.routings[*].{path}": searched(meaning, _COVERAGE, **_ROUTING)
        for path, meaning in {
            "objective": "Cost of the routed teams' standard weeks as the solver saw it.",
            "bound": "Cost that no split over the sites and no shifts can beat.",
            "gap": "How far the routing can be from the best, as a share of its cost.",
        }.items()
    },
}
