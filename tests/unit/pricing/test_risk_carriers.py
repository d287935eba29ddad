"""Who carries which risk, and how clauses of a contract divide it."""

from typing import Any

import pytest

from pricing.risk.carriers import carriers
from tests.builders.pricing import DEFERRABLE, LIVE, engagement

CLAIMS: dict[str, Any] = {"service": "claims"}


def risks(**contract: Any):
    return {one.risk: one for one in carriers(engagement({"contract": contract}))}


def bearers(found, risk: str) -> tuple[str, str]:
    return found[risk].input_based, found[risk].output_based


def test_volume_and_productivity_are_the_client_s_risk_in_one_offer_and_ours_in_the_other() -> None:
    found = {one.risk: one for one in carriers(engagement())}
    for risk in ("volume", "productivity", "rework"):
        assert bearers(found, risk) == ("client", "vendor")
    for risk in ("wages and exchange rates", "attrition and ramp"):
        assert bearers(found, risk) == ("vendor", "vendor")
    assert "both prices are flat" in found["wages and exchange rates"].why


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ({"minimum_commitment": {"amount": 100}}, "minimum commitment"),
        ({"services": [CLAIMS | {"hybrid": {"base_share": 0.4}}]}, "base charge"),
        ({"services": [CLAIMS | {"band": {"dead_band": 0.1}}]}, "base charge for the baseline"),
        ({"services": [CLAIMS | {"collar": {"floor": 0.8}}]}, "collar"),
        ({"services": [CLAIMS | {"forecast_lock": {"pay_share": 0.9}}]}, "binding forecast"),
    ],
)
def test_what_is_due_whatever_the_units_shares_the_risk_of_volume(output, word) -> None:
    found = risks(output_based=output)
    assert bearers(found, "volume") == ("client", "shared")
    assert word in found["volume"].why
    assert bearers(found, "productivity") == ("client", "vendor")


def test_a_conversion_shares_the_risk_of_productivity() -> None:
    found = risks(output_based={"conversion": {"first_month": 1, "last_month": 2}})
    assert bearers(found, "productivity") == ("client", "shared")
    assert bearers(found, "volume") == ("client", "vendor")


def test_indexation_and_exchange_rates_pass_on_a_part_under_both_offers() -> None:
    index = {"index": "CPI", "share": 0.65, "cap": 0.04}
    clause = {"currency": "PHP", "base_rate": 57, "local_share": 0.7}
    both = risks(indexation=index, fx_clauses=[clause])["wages and exchange rates"]
    assert (both.input_based, both.output_based) == ("shared", "shared")
    assert "65% of the price follows an index, from 0% to 4% a year" in both.why
    assert "70% of it follows PHP beyond 3%, by 10% at most" in both.why
    nothing = risks(indexation=index | {"share": 0})["wages and exchange rates"]
    assert nothing.input_based == "vendor"
    assert "no clause passes on" in nothing.why


def test_prices_by_year_are_not_called_flat() -> None:
    found = carriers(engagement({"commercial.price_over_term": "yearly"}))
    assert any("prices of each year are agreed" in one.why for one in found)


def test_only_live_queues_wait() -> None:
    names = {one.risk for one in carriers(engagement(services=[DEFERRABLE]))}
    assert "waiting time of live queues" not in names
    live = {one.risk: one for one in carriers(engagement(services=[DEFERRABLE, LIVE]))}
    assert bearers(live, "waiting time of live queues") == ("client", "vendor")
