"""A study of risk: parts that add up, factors in their order, words, charts where figures are."""

import io
import json
import subprocess
import sys
from decimal import Decimal

import altair
import openpyxl
import pytest

from api.risk_files import risk_page, risk_workbook
from pricing.charts.risk import convergence_of, margins_of_offers, tornado_of
from pricing.charts.risk_cells import (
    contingency_line,
    error_lines,
    factor_cells,
    measure_cells,
    premium_cells,
    premium_line,
    tornado_cells,
)
from pricing.risk.report import RiskRequest
from pricing.risk_study import study_of
from tests.builders.pricing import engagement
from tests.builders.risk import CLAIMS, DRAWS, small_engagement, small_plan, small_study


def test_the_parts_of_the_premium_add_up_to_it_exactly() -> None:
    premium = small_study()["premium"]
    parts = [Decimal(str(part["share"])) for part in premium["parts"]]
    assert sum(parts) == Decimal(str(premium["needed"]))
    assert [part["risk"] for part in premium["parts"]] == [
        "volume",
        "productivity",
        "people",
        "wages and exchange rates",
    ]
    assert premium["stated"] == 0.06


def test_a_premium_is_nothing_where_nothing_may_come_otherwise() -> None:
    certain = {"volume_cv": 0, "productivity_cv": 0, "factors": []}
    study = study_of(small_engagement(certain), small_plan(), RiskRequest(draws=1000))
    assert study.premium.needed == 0
    assert study.premium.parts == ()
    assert study.tornado == ()
    for offer in study.offers:
        assert offer.margin.p10 == offer.margin.p90 == pytest.approx(offer.planned_margin, abs=1e-4)
        assert offer.bill.p10 == offer.bill.p90


def test_each_offer_is_measured_at_its_own_cost() -> None:
    fixed = {"committed_weeks": 104, "factors": []}
    request = RiskRequest(draws=1000)
    people, units = study_of(small_engagement(fixed), small_plan(), request).offers
    assert (people.method, units.method) == ("input_based", "output_based")
    assert units.cost.mean.amount > Decimal("1.005") * people.cost.mean.amount


def test_prices_chosen_from_risk_are_those_studied() -> None:
    chosen = engagement(CLAIMS | {"commercial.prices_from": "risk"}, term_months=24)
    study = study_of(chosen, small_plan(), RiskRequest(draws=2000))
    assert study.premium.stated != 0.06
    # Both hold the target, and more: the client takes the cheaper one.
    for offer in study.offers:
        assert offer.margin.mean > study.target_margin


def test_the_as_planned_margin_is_where_each_factor_starts() -> None:
    study = small_study()
    planned = {one["method"]: one["planned_margin"] for one in study["offers"]}
    wages = next(bar for bar in study["tornado"] if bar["factor"] == "wage_inflation")
    # A straight line in wages, between ends as far from the plan either way.
    for side, method in (("input", "input_based"), ("output", "output_based")):
        middle = (wages[f"{side}_low"] + wages[f"{side}_high"]) / 2
        assert middle == pytest.approx(planned[method], abs=2e-4)


def test_the_widest_swing_comes_first() -> None:
    swings = [
        max(abs(b["input_high"] - b["input_low"]), abs(b["output_high"] - b["output_low"]))
        for b in small_study()["tornado"]
    ]
    assert swings == sorted(swings, reverse=True)
    assert len(swings) == 8


def test_quantiles_are_in_order_and_shares_are_shares() -> None:
    study = small_study(budget="1")
    for one in study["offers"]:
        for name in ("bill", "cost"):
            amounts = [Decimal(one[name][level]["amount"]) for level in ("p10", "p50", "p90")]
            assert amounts == sorted(amounts)
        assert one["margin"]["p10"] < one["margin"]["p50"] < one["margin"]["p90"]
        assert one["margin_tail"] < one["margin"]["p10"]
        assert one["probability_of_loss"] <= one["probability_below_floor"] <= 1
        assert one["probability_over_budget"] == 1
        for name in ("histogram", "bill_histogram", "cost_histogram"):
            assert 0.98 < sum(part["share"] for part in one[name]) <= 1
        for what in ("bill", "cost"):
            bins = one[f"{what}_histogram"]
            assert bins[0]["low"] < float(one[what]["p10"]["amount"])
            assert bins[-1]["high"] > float(one[what]["p90"]["amount"])
            below = sum(b["share"] for b in bins if b["high"] <= float(one[what]["p50"]["amount"]))
            assert below == pytest.approx(0.5, abs=0.06)  # to within the bin it lies in
        assert one["convergence"][-1]["draws"] == DRAWS
        assert one["convergence"][-1]["mean"] == pytest.approx(one["margin"]["mean"], abs=1e-4)
    assert small_study()["offers"][0]["probability_over_budget"] is None


@pytest.mark.slow
def test_the_same_request_gives_the_same_study_byte_for_byte_in_another_process() -> None:
    program = (
        "from tests.builders.risk import *; "
        "print(study_of(small_engagement(), small_plan(), RiskRequest(draws=1000))"
        ".model_dump_json())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)},
    )
    assert json.loads(other.stdout) == small_study(draws=1000)
    assert small_study(draws=1000) != small_study(draws=1000, seed=3)


def test_what_is_assumed_is_listed_and_what_is_stated_is_not() -> None:
    stated = {
        "volume_cv": {"value": 0.1, "source": "three years of invoices"},
        "factors": [{"name": "fx", "distribution": "lognormal", "cv": 0.05}],
    }
    study = study_of(small_engagement(stated), small_plan(), RiskRequest(draws=1000))
    assert study.assumed == ("commercial.uncertainty.productivity_cv",)
    assert [(f.name, f.stated) for f in study.factors] == [
        ("volume", True),
        ("complexity", False),
        ("fx", True),
    ]
    assert "attrition: not drawn here" in study.contingency.covers
    assert "recruiting" in study.contingency.drawn
    assert "labour_productive" in study.contingency.drawn


def test_the_contingency_is_that_of_the_plan_and_its_scope_is_said() -> None:
    study = small_study()
    assert study["contingency"]["share"] == 0.05
    assert "price of seats and of IT" in study["contingency"]["covers"]
    assert "5.00 %" in contingency_line(study)


def test_cells_hold_the_study_s_figures() -> None:
    study = small_study(budget="500000")
    rows = {row[""]: row for row in measure_cells(study)}
    first = study["offers"][0]
    assert rows["Margin, P10"]["input-based"] == f"{100 * first['margin']['p10']:.2f} %"
    assert "Probability of a bill above 500,000" in rows
    assert [row["Source"] for row in factor_cells(study)] == ["assumed"] * 8
    assert premium_cells(study)[-2]["Risk"] == "all together"
    assert len(tornado_cells(study)) == 8
    assert "on parity" in premium_line(study)
    assert len(error_lines(study)) == 2


@pytest.mark.parametrize("method", ["input_based", "output_based"])
def test_bars_run_from_the_plan_to_the_margin_at_the_end(method: str) -> None:
    study = small_study()
    bars = tornado_of(study, method)["data"]["values"]
    planned = next(o["planned_margin"] for o in study["offers"] if o["method"] == method)
    assert {bar["from"] for bar in bars} == {planned}
    ends = {
        b[f"{method.split('_', maxsplit=1)[0]}_{end}"]
        for b in study["tornado"]
        for end in ("low", "high")
    }
    assert {bar["to"] for bar in bars} == ends


def test_charts_are_vega_lite_with_their_data_inside() -> None:
    study = small_study()
    for spec in (
        margins_of_offers(study),
        tornado_of(study, "output_based"),
        convergence_of(study),
    ):
        assert spec["title"]
        altair.Chart.from_dict(spec)


@pytest.mark.slow
def test_a_page_holds_the_tables_and_a_workbook_adds_up() -> None:
    study = small_study()
    page = risk_page(study)
    assert "all together" in page
    assert page.count('class="chart"') == 4
    book = openpyxl.load_workbook(io.BytesIO(risk_workbook(study)))
    assert book.sheetnames == [
        "offers",
        "premium",
        "tornado",
        "factors",
        "margins",
        "convergence",
    ]
    assert book["premium"]["B6"].value == "=SUM(B2:B5)"
    assert book["tornado"]["H2"].value == "=ABS(E2-D2)"
