"""The checker passes sound plans and finds every kind of broken one."""

import ast
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import staffing.check
from staffing.check import check_plan
from staffing.planner import plan_staffing
from tests.builders.broken_plans import MUTATIONS, broken
from tests.builders.mutation import altered, leaf_paths
from tests.builders.staffing import (
    ALWAYS,
    by_hour,
    deferrable_service,
    labour_rules,
    live_service,
    site_brief,
    staffing_brief,
    turnaround_target,
    volume_brief,
)

# Covers, tours, skills, peaks, hiring, futures, sites are no plans of a quote: they have own tests.
ELSEWHERE = (
    "cover_rules",
    "skills",
    "tours",
    "tour_figures",
    "surge",
    "hiring",
    "futures",
    "value",
    "sites",
)
SOURCES = sorted(
    path
    for path in Path(staffing.check.__file__).parent.glob("*.py")
    if not path.name.startswith(ELSEWHERE)
)
UNGUARDED = {
    "schema_version",
    "reproducible",
    "roster.proof.stop_reason",
    "routings.stop_reason",
    "workforce.stop_reason",
}


def clauses():
    """Find every place in the checker that makes a violation: (file, line), rule."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Violation":
                yield (str(source), node.lineno), ast.literal_eval(node.args[0])


@contextmanager
def lines_run(sources):
    """Collect (file, line) of every line of the sources that runs."""
    monitoring, tool, seen = sys.monitoring, 4, set()
    files = {str(source) for source in sources}

    def on_line(code, line):
        if code.co_filename in files:
            seen.add((code.co_filename, line))
        return monitoring.DISABLE

    monitoring.use_tool_id(tool, "clauses")
    monitoring.register_callback(tool, monitoring.events.LINE, on_line)
    monitoring.restart_events()
    monitoring.set_events(tool, monitoring.events.LINE)
    try:
        yield seen
    finally:
        monitoring.set_events(tool, monitoring.events.NO_EVENTS)
        monitoring.free_tool_id(tool)


def rules_broken(brief, plan):
    return {violation.rule for violation in check_plan(brief, plan)}


def test_a_sound_plan_of_whole_brief_has_no_violation(whole_brief, plan):
    assert check_plan(whole_brief, plan) == ()


def test_the_plan_under_test_uses_every_means(plan):
    """Else the mutations below would prove less than they seem to."""
    calls, claims, boston, sydney, chat = plan.teams
    for series in ("hires", "overtime", "surge_starts", "surge"):
        assert max(getattr(calls.workforce, series)) > 0
    for field in ("trainee_weeks", "ramp_loss_weeks", "idle_weeks"):
        assert getattr(calls.years[0], field) > 0
    assert claims.roster.proof.gap > 0
    assert min(len(calls.roster.shifts), len(claims.roster.shifts)) > 5
    assert len(calls.years) == 2
    assert 0 < sum(boston.routing) < len(boston.routing)
    assert max(weeks.short_head_hours for weeks in boston.clock_weeks + sydney.clock_weeks) > 0
    assert plan.routings[0].gap > 0
    assert min(len(chat.roster.breaks), len(chat.roster.tours), len(chat.roster.people)) > 3
    assert 0 < max(chat.roster.shortfall) <= 2.5
    assert any("short in the week" in warning for warning in plan.warnings)


def test_idle_time_of_calls_is_what_lets_the_claims_be_done_in_time(whole_brief, plan):
    claims = replace(whole_brief.services[1], target=turnaround_target())
    alone = replace(
        whole_brief, services=(whole_brief.services[0], claims, *whole_brief.services[2:])
    )
    assert rules_broken(alone, plan) - {"workload"} <= {"turnaround", "backlog"}
    assert rules_broken(alone, plan) - {"workload"}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m[0]}: {m[1]}")
def test_a_broken_plan_is_found_out_by_its_rule(whole_brief, plan, mutation):
    assert mutation[0] in rules_broken(whole_brief, broken(plan, mutation))


def test_every_rule_of_the_checker_has_a_broken_plan():
    of_people = {"counts", "days_on", "break_window", "tour_rule"}  # see test_check_tours.py
    assert {rule for _, rule in clauses()} == {m[0] for m in MUTATIONS} - of_people


def test_every_clause_of_the_checker_is_reached_by_a_broken_plan(whole_brief, plan):
    """No clause may lie where no plan can reach it: each line that reports is run at least once."""
    wanted = {place for place, _ in clauses()}
    with lines_run(SOURCES) as seen:
        for mutation in MUTATIONS:
            check_plan(whole_brief, broken(plan, mutation))
    assert not sorted(wanted - seen)


def test_every_figure_of_a_plan_is_guarded_by_some_rule(whole_brief, plan):
    """Change any number or text of the plan: something is found, but for what is only said."""
    unnoticed = set()
    for path in leaf_paths(plan):
        if not path.startswith("warnings"):
            changed = altered(plan, path, spoilt)
            if not check_plan(whole_brief, changed):
                unnoticed.add(".".join(s for s in path.split(".") if not s.isdigit()))
    assert {path.removeprefix("teams.") for path in unnoticed} == UNGUARDED


def spoilt(value):
    if value is None:
        return 1.0
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=7)
    if value is None:
        return "something"
    return value + "?" if isinstance(value, str) else value + 1


def test_a_violation_names_team_interval_and_what_was_found(whole_brief, plan):
    short = altered(plan, "teams.0.roster.shifts", lambda shifts: shifts[1:])
    found = next(v for v in check_plan(whole_brief, short) if v.rule == "cover")
    assert found.where == "helpdesk @ Manila, Mon 08:00"
    assert str(found).startswith("cover at helpdesk @ Manila, Mon 08:00: 0 at work")


def test_one_unreadable_team_does_not_hide_what_is_wrong_with_another(whole_brief, plan):
    both = altered(plan, "teams.0.years", lambda years: years[:1])
    both = altered(both, "teams.1.roster.peak_heads", lambda peak: peak + 1)
    assert {("figures", "helpdesk @ Manila"), ("presence", "claims @ Manila")} <= {
        (violation.rule, violation.where) for violation in check_plan(whole_brief, both)
    }


SMALL = volume_brief(units_per_year=15_000)
NIGHT_OPEN = by_hour({(160, 180): 1.0}).astype(bool)  # Sunday 16:00 to Monday 12:00


@pytest.mark.parametrize(
    "brief",
    [
        staffing_brief(live_service(volume=SMALL)),
        staffing_brief(deferrable_service(volume=SMALL)),
        staffing_brief(live_service(open_mask=ALWAYS, volume=SMALL)),
        staffing_brief(live_service(open_mask=NIGHT_OPEN, volume=SMALL)),
        staffing_brief(
            deferrable_service(target=turnaround_target(turnaround_h=400.0)), term_months=13
        ),
        staffing_brief(live_service(volume=SMALL), sites=(site_brief(seats=3),)),
    ],
    ids=["live", "deferrable", "round the clock", "sunday night", "slow turnaround", "seats"],
)
def test_our_own_plans_pass(brief):
    assert check_plan(brief, plan_staffing(brief)) == ()


def test_a_brief_with_stricter_rules_fails_the_same_plan(whole_brief, plan):
    """The checker reads the brief: the plan is the same, the promise is not."""

    def with_team(**changes):
        teams = tuple(replace(team, **changes) for team in whole_brief.teams)
        return replace(whole_brief, teams=teams)

    fast = replace(whole_brief.services[1], target=turnaround_target(turnaround_h=2.0))
    assert "turnaround" in rules_broken(
        replace(whole_brief, services=(whole_brief.services[0], fast, *whole_brief.services[2:])),
        plan,
    )
    assert "shift_length" in rules_broken(with_team(labour=labour_rules()), plan)
    assert "roster_cost" in rules_broken(with_team(hourly_cost=8.01), plan)
    *others, chat = whole_brief.teams
    for change, rule in (
        ({"daily_rest_h": 17.0}, "daily_rest"),
        ({"weekly_hours_max": 20.0}, "weekly_hours"),
    ):
        strict = replace(chat, labour=replace(chat.labour, **change))
        assert rule in rules_broken(replace(whole_brief, teams=(*others, strict)), plan)
    halved = tuple(replace(role, span=role.span / 2) for role in whole_brief.teams[0].support)
    assert "support_span" in rules_broken(with_team(support=halved), plan)


def test_one_seat_fewer_than_people_at_the_peak_is_found_at_the_peak(whole_brief, plan):
    peak = plan.sites[0].peak_heads
    for seats, where in ((peak, []), (peak - 1, ["people, 10 seats"])):
        site, *others = whole_brief.sites
        brief = replace(whole_brief, sites=(replace(site, seats=seats), *others))
        found = check_plan(brief, altered(plan, "sites.0.seats", lambda _, seats=seats: seats))
        assert sorted({v.detail[3:] for v in found if v.rule == "seats"}) == where
    assert peak == 11


def test_a_shift_at_a_time_that_is_not_among_those_given_is_found_out(whole_brief, plan):
    """Given the starts that the plan uses nothing is found; without one of them its shifts are."""
    team, *others = whole_brief.teams
    per_day, minutes = 24, 60
    used = {line.start_interval % per_day * minutes for line in plan.teams[0].roster.shifts}
    for given, expected in ((used, set()), (used - {max(used)}, {"shift_start"})):
        labour = replace(team.labour, shift_starts_min=tuple(sorted(given)))
        brief = replace(whole_brief, teams=(replace(team, labour=labour), *others))
        assert rules_broken(brief, plan) == expected
