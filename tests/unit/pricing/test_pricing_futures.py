"""An engagement's hiring for many futures: what it rests on, and costs turned into prices."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.futures import FuturesReport, futures_report, stated_errors
from pricing.reading import content_hash
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError
from staffing.futures_problem import Risk
from staffing.scenario_table import ScenarioTable
from tests.builders.futures import SMALL_TERMS, small_report, uncertain_engagement

CHEAP = replace(SMALL_TERMS, draws=0)


def with_table(units):
    """Return terms whose scenarios are a table."""
    names = tuple(f"s{i}" for i in range(len(units)))
    chance = np.full(len(units), 1 / len(units))
    return replace(CHEAP, table=ScenarioTable(names, chance, units))


def test_the_report_is_the_same_every_time_and_reads_back():
    again = futures_report(uncertain_engagement(), SMALL_TERMS)
    assert again.model_dump_json() == small_report().model_dump_json()
    assert FuturesReport.model_validate_json(again.model_dump_json()) == small_report()


def test_another_seed_draws_other_futures():
    other = futures_report(uncertain_engagement(), replace(CHEAP, seed=1))
    assert other.plan.cost.expected != small_report().plan.cost.expected
    assert other.cost is None


def test_price_over_marginal_cost_leaves_room_for_all_shares():
    """SG&A 8 %, 60 days at 10 % a year, margin 18 %, contingency 5 % on cost."""
    kept = 1 - 0.08 - 0.10 * 60 / 365 - 0.18
    assert small_report().price_factor == pytest.approx(1.05 / kept)
    assert small_report().floor_price_factor == pytest.approx(1.05 / (kept + 0.18))


def test_what_is_uncertain_is_stated_or_assumed():
    errors = stated_errors(uncertain_engagement())
    assert (errors.volume_cv, errors.productivity_cv) == (0.10, 0.05)
    assert (errors.growth_sd, errors.season_cv, errors.weekly_cv) == (0.03, 0.2, None)
    stated = {"growth_sd": "0.01", "season_cv": "0.1", "weekly_cv": "0.02"}
    errors = stated_errors(uncertain_engagement({"commercial.uncertainty": stated}))
    assert (errors.growth_sd, errors.season_cv, errors.weekly_cv) == (0.01, 0.1, 0.02)


def test_documents_without_the_new_fields_keep_their_hash():
    dumped = uncertain_engagement().model_dump(mode="json")["commercial"]["uncertainty"]
    assert set(dumped) == {"volume_cv", "productivity_cv"}
    assert content_hash(dumped)


def test_without_uncertainty_nothing_is_gained_and_no_futures_are_priced():
    names = ("volume_cv", "productivity_cv", "growth_sd", "season_cv", "weekly_cv")
    certain = {"commercial.uncertainty": dict.fromkeys(names, "0")}
    report = futures_report(uncertain_engagement(certain), SMALL_TERMS)
    assert report.cost is None
    assert any("every future is the same" in note for note in report.notes)
    scale = report.plan.proof.objective
    assert report.plan.value.stochastic_solution == pytest.approx(0, abs=1e-7 * scale)
    assert report.plan.value.information == pytest.approx(0, abs=1e-7 * scale)
    assert report.plan.cost.p10 == pytest.approx(report.plan.cost.at_risk)


def test_a_forecast_too_uncertain_is_planned_and_its_futures_are_not_priced():
    names = ("volume_cv", "productivity_cv", "growth_sd", "season_cv")
    wild = {"commercial.uncertainty": dict.fromkeys(names, "0.9")}
    report = futures_report(uncertain_engagement(wild), SMALL_TERMS)
    assert report.cost is None
    assert any("below 0 within two standard deviations" in note for note in report.notes)


def test_a_table_of_the_forecast_is_the_plan_of_the_forecast():
    document = uncertain_engagement()
    weeks = ContractCalendar(document.start, document.term_months).num_weeks
    units = np.full((2, 2, weeks), 1_000.0)
    report = futures_report(document, with_table(units))
    assert report.source.kind == "table"
    assert report.source.names == ("s0", "s1")
    first, second = report.plan.scenarios
    assert first == second
    double = futures_report(document, with_table(2 * units))
    assert double.plan.cost.expected > 1.5 * report.plan.cost.expected


def test_futures_beside_a_table_are_not_priced_and_the_study_says_so():
    document = uncertain_engagement()
    weeks = ContractCalendar(document.start, document.term_months).num_weeks
    terms = replace(with_table(np.full((1, 2, weeks), 1_000.0)), draws=2_000)
    report = futures_report(document, terms)
    assert report.cost is None
    assert any("only they are priced" in note for note in report.notes)


def test_people_already_there_and_what_may_wait_come_from_the_hiring_terms():
    hiring = {
        "staff": [{"service": "claims", "heads": 5.0, "tenure_weeks": 60}],
        "backlog_share": "0.5",
        "shortfall_price": "30",
        "access_weeks": 2,
    }
    report = futures_report(uncertain_engagement({"sites[0].hiring": hiring}), CHEAP)
    claims, helpdesk = report.plan.pools
    assert (claims.existing, claims.go_live) == (5.0, 0)
    assert claims.staff[0] == pytest.approx(5.0)
    assert helpdesk.go_live > 0
    assert any("the rest is in crewquote hire" in note for note in report.notes)
    assert not any("crewquote hire" in note for note in small_report().notes)
    waits = [path.backlog for path in report.plan.paths]
    assert max(max(own) for own, _ in waits) > 0
    assert max(max(own) for _, own in waits) == 0


def test_work_that_costs_nothing_undone_is_refused():
    hiring = {"shortfall_price": "0"}
    with pytest.raises(BadInputError, match=r"sites\[0\].hiring.shortfall_price: above 0"):
        futures_report(uncertain_engagement({"sites[0].hiring": hiring}), CHEAP)


def test_risk_aversion_buys_a_lower_tail_with_a_higher_mean():
    mean, averse = (
        futures_report(uncertain_engagement(), replace(CHEAP, risk=Risk(weight, 0.8))).plan.cost
        for weight in (0.0, 1.0)
    )
    assert mean.expected <= averse.expected * (1 + 1e-6)
    assert averse.at_risk <= mean.at_risk * (1 + 1e-6)


@pytest.mark.parametrize("draws", [999, 1_000_001, -1])
def test_a_number_of_futures_out_of_range_is_refused(draws):
    with pytest.raises(BadInputError, match=r"draws: 0 for none, or from 1,000"):
        futures_report(uncertain_engagement(), replace(CHEAP, draws=draws))
