"""Unusual but legal engagements give a sound quote, or an error that says what to change."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.quote import Quote, quote_json
from pricing.quoting import quote
from staffing.errors import BadInputError, InfeasibleError
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def history(step: str, *values: float) -> dict[str, Any]:
    """Volume as a history that starts on a Thursday."""
    return {"history": {"starts_on": "2026-01-01", "step": step, "values": list(values)}}


def assert_sound(priced: Quote) -> None:
    """What holds for every quote."""
    assert priced.reproducible
    assert Quote.model_validate_json(quote_json(priced)) == priced
    target = next(x for x in priced.assumptions if x.path == "commercial.target_margin")
    assert priced.offers.input_based.term.margin == pytest.approx(float(target.value), abs=2e-3)
    total = priced.cost.total.amount
    assert total > 0
    for offer in (priced.offers.input_based, priced.offers.output_based):
        assert offer.term.delivery_cost.amount == total
        assert sum(year.expected_bill.amount for year in offer.per_year) == (
            offer.term.expected_bill.amount
        )
        for price in offer.prices:
            assert 0 <= price.floor_price.amount <= price.price.amount
    assert all(min(volume.units_by_month) >= 0 for volume in priced.staffing.volumes)


@pytest.mark.parametrize(
    ("changes", "top"),
    [
        pytest.param({}, {"term_months": 1}, id="one month"),
        pytest.param({}, {"term_months": 18}, id="eighteen months"),
        pytest.param({}, {"start": "2027-01-31", "term_months": 2}, id="starts on the 31st"),
        pytest.param({}, {"interval_minutes": 15}, id="quarter hours"),
        pytest.param({}, {"services": [LIVE]}, id="live queue in office hours"),
        pytest.param(
            {},
            {"services": [DEFERRABLE, LIVE, {**DEFERRABLE, "name": "index", "unit": "record"}]},
            id="three services at one site",
        ),
        pytest.param({"services[0].min_agents": 3}, {}, id="minimum crew"),
        pytest.param({"services[0].volume.units_per_year": 12}, {}, id="one unit a month"),
        pytest.param({"services[0].volume.units_per_year": 3e7}, {}, id="thousands of people"),
        pytest.param(
            {"services[0].volume.units_per_year": 3e7}, {"services": [LIVE]}, id="large live queue"
        ),
        pytest.param({"services[0].volume": history("hour", *[5.0] * 336)}, {}, id="by hour"),
        pytest.param({"services[0].volume": history("day", *[100.0] * 28)}, {}, id="by day"),
        pytest.param({"services[0].volume": history("month", *[3000.0] * 12)}, {}, id="by month"),
        pytest.param({"services[0].volume.profile": [5, 4, 3, 2, 1, 0, 0]}, {}, id="daily profile"),
        pytest.param(
            {"services[0].volume.profile": [1] * 336, "services[0].opening_hours": "24x7"},
            {},
            id="half-hourly profile on full hours",
        ),
        pytest.param({"commercial.fte_step": "0.05"}, {}, id="small ordering step"),
        pytest.param({"commercial.fte_step": 100}, {}, id="large ordering step"),
        pytest.param({"attrition.training_weeks": 52}, {}, id="a year of training"),
        pytest.param({"commercial.target_margin": 0.89}, {}, id="nearly all margin"),
        pytest.param(
            {
                "fx": {"USD": "0.0067"},
                "sites[0].wages.claims_processor.currency": "USD",
                "sites[0].seat_cost_per_year": 300_000,
            },
            {"currency": "JPY"},
            id="yen",
        ),
        pytest.param(
            {"fx": {"USD": "1.1"}, "sites[0].country": "US", "sites[0].wages": {}},
            {"currency": "EUR"},
            id="euro quote of work in the United States",
        ),
        pytest.param(
            {
                "services[0].delivery": [
                    {"site": "Manila", "share": "0.99"},
                    {"site": "Cebu", "share": "0.01"},
                ]
            },
            {"sites": [SITE, {**SITE, "name": "Cebu"}]},
            id="a hundredth at a second site",
        ),
    ],
)
def test_an_unusual_engagement_is_quoted_soundly(
    changes: dict[str, Any], top: dict[str, Any]
) -> None:
    assert_sound(quote(engagement(changes, **top)))


def test_yen_are_quoted_whole_and_unit_prices_to_their_places() -> None:
    changes = {"sites[0].wages.claims_processor.value": 600, "sites[0].seat_cost_per_year": 300_000}
    priced = quote(engagement(changes, currency="JPY"))
    month = priced.offers.input_based.prices[0].price
    assert month.currency == "JPY"
    assert month.amount == month.amount.to_integral_value()
    assert priced.offers.output_based.prices[0].price.amount.as_tuple().exponent == -4
    assert priced.cost.total.amount.as_tuple().exponent == 0


def test_the_same_work_costs_the_same_in_another_currency() -> None:
    """Half a euro to the dollar, and every cost stated in the engagement's currency halved."""
    halves = {
        "fx": {"USD": 2},
        "sites[0].wages.claims_processor.currency": "USD",
        "sites[0].seat_cost_per_year": 1000,
        "sites[0].it_cost_per_fte_year": 500,
        "attrition.recruiting_cost": 250,
    }
    dollars = quote(engagement()).cost.total.amount
    euros = quote(engagement(halves, currency="EUR")).cost.total.amount
    assert abs(dollars - 2 * euros) < Decimal("0.5")


@pytest.mark.parametrize(
    ("service", "units"), [(DEFERRABLE, 2_000_000), (LIVE, 600_000)], ids=["deferrable", "live"]
)
def test_one_seat_for_the_work_of_many_is_infeasible_and_names_the_seats(
    service: dict[str, Any], units: float
) -> None:
    changes = {"sites[0].seats": 1, "services[0].volume.units_per_year": units}
    with pytest.raises(InfeasibleError) as caught:
        quote(engagement(changes, services=[service]))
    assert caught.value.rule == "seats"
    assert "seats" in caught.value.detail
    assert "Manila" in caught.value.detail


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"services[0].turnaround_h": 4, "services[0].volume.profile": [1] * 168},
            ("turnaround_h", "at least 63 h would do"),  # Friday 18:00 to Monday 09:00
        ),
        ({"sites[0].opening_hours": {"sat-sun": "08:00-18:00"}}, ("claims @ Manila",)),
    ],
)
def test_a_turnaround_shorter_than_the_closed_time_is_infeasible_with_the_remedy(
    changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    with pytest.raises(InfeasibleError) as caught:
        quote(engagement(changes))
    for word in words:
        assert word in str(caught.value)


def test_calls_to_a_closed_queue_are_infeasible_with_the_remedy() -> None:
    changes = {"services[0].volume.profile": [1] * 7}
    with pytest.raises(InfeasibleError, match="open then or set the profile to 0"):
        quote(engagement(changes, services=[LIVE]))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"services[0].volume.units_per_year": 0}, "volume"),
        ({"services[0].volume": history("week", *[0.0] * 52)}, "volume"),
        ({"services[0].volume": history("day", *[100.0] * 6)}, "volume.history.values"),
        ({"services[0].turnaround_h": 0.5}, "turnaround_h"),
        ({"services[0].opening_hours": {"mon": "closed"}}, "services[0].opening_hours"),
        ({"sites[0].labour.shift_lengths_h": [8.5]}, "sites[0].labour.shift_lengths_h"),
    ],
)
def test_what_can_only_be_seen_when_planning_is_named_by_field(
    changes: dict[str, Any], path: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        quote(engagement(changes))
    assert path in caught.value.issues[0].path
