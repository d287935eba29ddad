"""Charts of a plan: pure functions from its JSON to a Vega-Lite specification.

A specification is a plain dictionary with its data inside, so that a page, a document or a test
can use it without any drawing library. Text takes its colour from whatever draws the chart; the
colours of marks are told apart by colour-blind readers and stand out on light and dark.
"""

from staffing.charts.clocks import hours_on_one_clock, site_hours
from staffing.charts.forecast import backtest_by_horizon, forecast_fan, season_by_year
from staffing.charts.forecast_week import arrivals_heat_map
from staffing.charts.futures import (
    cost_of_futures,
    demand_fan,
    marginal_spikes,
    marginal_steps,
)
from staffing.charts.gantt import shift_gantt
from staffing.charts.headcount import comings_and_goings, headcount_over_term, hires_by_month
from staffing.charts.heat_map import cover_heat_map, difference_heat_map, required_heat_map
from staffing.charts.hiring import headcount_by_status, hires_and_leavers
from staffing.charts.hiring_periods import hiring_periods, hiring_weeks
from staffing.charts.history import history_line
from staffing.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SERIES,
    SLATE,
)
from staffing.charts.parts import (
    SCHEMA,
)
from staffing.charts.plan_weeks import PlanTerms, plan_weeks, team_weeks
from staffing.charts.site_week import site_week, sites_of_plan
from staffing.charts.skills import skills_over_week
from staffing.charts.surge import cost_by_notice, cost_by_service, people_by_hour, surge_by_hour
from staffing.charts.term import people_over_term
from staffing.charts.term_map import cover_by_week, difference_by_week, need_by_week
from staffing.charts.totals import week_totals
from staffing.charts.tours import tour_days
from staffing.charts.week import heads_over_week

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PURPLE",
    "RED",
    "SCHEMA",
    "SERIES",
    "SLATE",
    "PlanTerms",
    "arrivals_heat_map",
    "backtest_by_horizon",
    "comings_and_goings",
    "cost_by_notice",
    "cost_by_service",
    "cost_of_futures",
    "cover_by_week",
    "cover_heat_map",
    "demand_fan",
    "difference_by_week",
    "difference_heat_map",
    "forecast_fan",
    "headcount_by_status",
    "headcount_over_term",
    "heads_over_week",
    "hires_and_leavers",
    "hires_by_month",
    "hiring_periods",
    "hiring_weeks",
    "history_line",
    "hours_on_one_clock",
    "marginal_spikes",
    "marginal_steps",
    "need_by_week",
    "people_by_hour",
    "people_over_term",
    "plan_weeks",
    "required_heat_map",
    "season_by_year",
    "shift_gantt",
    "site_hours",
    "site_week",
    "sites_of_plan",
    "skills_over_week",
    "surge_by_hour",
    "team_weeks",
    "tour_days",
    "week_totals",
]
