"""A site study: its figures are those of real plans, its rows hang together."""

import json
from decimal import Decimal

import pytest

from pricing.cost import plan_cost
from pricing.engagement import Engagement
from pricing.money import Money
from pricing.quoting import plan_of
from pricing.reading import read_engagement
from pricing.sites import SiteRequest, site_study
from pricing.sites.chosen import chosen_engagement
from pricing.sites.places import delivered
from staffing.errors import InfeasibleError
from tests.builders.site_studies import SITES, engagement, study

pytestmark = pytest.mark.slow


def amount(money: Money | None) -> Decimal:
    """An amount that is there."""
    assert money is not None
    return money.amount


def cost_of(document: Engagement) -> Decimal:
    """Cost of an engagement's own plan."""
    planned = plan_of(document)
    lines = plan_cost(document, planned.teams, planned.plan)
    return sum((line.amount for line in lines), Decimal(0))


def test_the_best_is_no_dearer_than_any_other_way() -> None:
    best = study().best
    assert all((row.over_best or 0) >= 0 for row in study().options)
    assert all(row.cost.amount >= amount(best.cost) for row in study().options if row.cost)
    assert study().choice.gap < 1e-6


def test_a_whole_service_costs_what_its_own_plan_costs() -> None:
    """The cost of a share of 1 is that of a plan and a quote, not of a formula."""
    curve = next(c for c in study().curves if (c.service, c.site) == ("helpdesk", "Lima"))
    alone = delivered(engagement(), {"helpdesk": [("Lima", Decimal(1))]}, alone=True)
    assert curve.costs[-1] == pytest.approx(float(cost_of(alone)), abs=0.01)


def test_small_teams_cost_more_a_unit_and_any_team_something() -> None:
    for curve in study().curves:
        units = [cost for cost in curve.unit_costs if cost is not None]
        assert units[0] > units[-1]
        assert list(curve.costs) == sorted(curve.costs)
        assert curve.costs[0] > 0


def test_the_real_plan_of_the_choice_is_close_to_the_choice() -> None:
    made = study()
    chosen = chosen_engagement(engagement(), made.choice)
    assert read_engagement(json.loads(chosen.model_dump_json())) == chosen
    real = cost_of(chosen)
    opening = sum(site.open_cost for site in made.choice.sites)
    assert float(amount(made.planned.planned)) == pytest.approx(float(real) + opening, abs=0.01)
    assert made.planned.difference is not None
    assert abs(made.planned.difference) < 0.03


def test_what_cannot_be_had_says_why() -> None:
    (manila,) = (row for row in study().options if row.name == "all at Manila")
    assert manila.refused == "claims: data_residency"
    assert (manila.cost, manila.parts, manila.unit_prices) == (None, (), {})


def test_nights_are_compared_and_days_only_has_none() -> None:
    found = {row.way: row for row in study().nights}
    assert found["days_only"].night_share == 0
    assert found["night_shifts"].night_share > 0.2
    assert min(row.cost.amount for row in study().nights if row.saving == 0) == min(
        row.cost.amount for row in study().nights if row.way == "night_shifts"
    )


def test_most_share_spreads_the_work_and_costs_more() -> None:
    spread = study(max_share=0.7)
    assert spread.choice.concentration <= 0.7 + 1e-6
    assert amount(spread.best.cost) >= amount(study().best.cost)


def test_rules_that_cannot_be_kept_are_named_with_the_cost_of_giving_them_up() -> None:
    document = read_engagement(
        SITES | {"services": [SITES["services"][1] | {"candidates": ["Lima", "Omaha"]}]}
    )
    with pytest.raises(InfeasibleError, match="without languages") as raised:
        site_study(document, SiteRequest(min_sites=2))
    assert "without sites_min (fewer sites)" in raised.value.detail
