"""The server's pricer: what is staffed as before is priced without a solver."""

import pytest

import pricing.repricing
from api.pricer import Pricer
from pricing.quoting import Planned
from pricing.ratecard import RateCard
from tests.builders.choice import MadeUpFutures
from tests.builders.explained import small_plan
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, terms_of


def document(changes=None):
    stated = {"commercial.prices_from": "risk"}
    return engagement(stated | (changes or {}), services=[DEFERRABLE, LIVE], term_months=18)


@pytest.fixture
def solved(monkeypatch):
    """What the pricer had solved: plans and risks, by what was asked."""
    asked = []

    def plan(wanted, **_):
        asked.append("plan")
        return Planned(RateCard(wanted), terms_of(wanted), small_plan())

    def risk(wanted, _planned):
        asked.append("risk")
        return MadeUpFutures(wanted)

    monkeypatch.setattr(pricing.repricing, "plan_of", plan)
    monkeypatch.setattr(pricing.repricing, "quote_risk", risk)
    return asked


def test_another_margin_knowledge_or_term_of_sale_solves_nothing(solved):
    pricer = Pricer(1)
    first = pricer.price(document())
    assert solved == ["plan", "risk"]
    dearer = pricer.price(document({"commercial.target_margin": 0.22}))
    knowing = pricer.price(document({"commercial.choice": {"knowledge_complexity": 1}}))
    later = pricer.price(document({"commercial.dso_days": 90, "name": "Later"}))
    stated = pricer.price(document({"commercial.prices_from": "stated"}))
    assert pricer.price(document()) == first
    assert solved == ["plan", "risk"]
    prices = [
        quote.offers.output_based.prices[0].price.amount
        for quote in (first, dearer, knowing, later)
    ]
    assert prices[0] < min(prices[1:])
    assert stated.chosen is None


def test_risk_is_solved_only_where_it_is_wanted(solved):
    pricer = Pricer(1)
    pricer.price(document({"commercial.prices_from": "stated"}))
    assert solved == ["plan"]
    pricer.price(document())
    assert solved == ["plan", "risk"]
    assert pricer.basis(document(), with_risk=True).risk is not None
    assert solved == ["plan", "risk"]


@pytest.mark.parametrize(
    "changes",
    [
        {"commercial.contingency": 0.1},
        {"commercial.fte_step": "0.5"},
        {"commercial.uncertainty": {"volume_cv": 0.2}},
        {"services[0].units_per_hour": 11},
        {"sites[0].on_cost": 0.3},
        {"term_months": 12},
    ],
)
def test_what_moves_people_cost_or_risk_is_solved_again(changes):
    before = pricing.repricing.basis_key(document())
    assert pricing.repricing.basis_key(document({"name": "Other"})) == before
    assert pricing.repricing.basis_key(document(changes)) != before


def test_only_the_last_few_plans_are_kept(solved):
    pricer = Pricer(1)
    for cv in range(10):
        pricer.price(document({"commercial.uncertainty": {"volume_cv": cv / 100}}))
    solved.clear()
    pricer.price(document({"commercial.uncertainty": {"volume_cv": 0.09}}))
    assert solved == []
    pricer.price(document({"commercial.uncertainty": {"volume_cv": 0.0}}))
    assert solved == ["plan", "risk"]
