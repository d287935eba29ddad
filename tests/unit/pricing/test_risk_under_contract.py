"""A study of risk under a contract: bills follow its terms, costs do not, and words say so."""

import pytest

from api.cli.risk_summary import print_risk
from api.risk_files import risk_page
from pricing.charts.risk_cells import contract_lines
from pricing.risk.report import RiskRequest
from pricing.risk_study import study_of
from tests.builders.pricing import engagement
from tests.builders.risk import CLAIMS, DRAWS, small_plan, small_study

TEAM = "claims @ Manila"
COLLAR = {"service": "claims", "collar": {"floor": "1", "cap": "1"}}


def study(contract, **request):
    document = engagement(CLAIMS | {"contract": contract}, term_months=24)
    asked = RiskRequest(draws=DRAWS, **request)
    return study_of(document, small_plan(), asked).model_dump(mode="json")


def test_a_collar_that_is_shut_takes_the_spread_out_of_the_bill_not_of_the_cost() -> None:
    plain = small_study()
    shut = study({"output_based": {"services": [COLLAR]}})
    assert shut["offers"][0] == plain["offers"][0]
    before, after = plain["offers"][1], shut["offers"][1]
    assert after["cost"] == before["cost"]
    assert after["bill"]["p10"] == after["bill"]["p90"]
    assert before["bill"]["p10"] != before["bill"]["p90"]
    assert after["planned_margin"] == pytest.approx(before["planned_margin"], abs=1e-4)


def test_a_budget_is_judged_on_the_bill_under_the_contract() -> None:
    plain = small_study()["offers"][1]["bill"]["p90"]["amount"]
    assert small_study(budget=plain)["offers"][1]["probability_over_budget"] == pytest.approx(
        0.1, abs=0.002
    )
    least = {"output_based": {"minimum_commitment": {"amount": plain}}}
    assert study(least, budget=plain)["offers"][1]["probability_over_budget"] == 1


def test_a_minimum_of_people_is_billed_in_every_future() -> None:
    least = study({"input_based": {"minimum_fte": [{"team": TEAM, "fte": 60}]}})["offers"][0]
    assert least["bill"]["p10"] == least["bill"]["p90"]
    assert least["planned_margin"] > small_study()["offers"][0]["planned_margin"]


def test_without_a_contract_nothing_of_it_is_said(capsys) -> None:
    plain = small_study()
    assert "contract" not in plain
    assert contract_lines(plain) == []
    print_risk(plain)
    assert "contract" not in capsys.readouterr().out


def test_the_terms_in_the_bills_are_listed_and_so_are_those_that_are_not(capsys) -> None:
    found = study({"output_based": {"services": [COLLAR]}, "early_payment": EARLY})
    assert found["contract"]["not_drawn"] == ["early payment"]
    assert "Not drawn, so in no bill: early payment." in risk_page(found)
    print_risk(found)
    shown = capsys.readouterr().out
    assert "Bills are under the contract: claims: cap and collar" in shown
    assert "Not drawn, so in no bill: early payment." in shown


EARLY = {"within_days": 7, "discount": "0.01"}
