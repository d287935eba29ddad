"""Bills, bands, beliefs, budget and recommendation of the client's comparison."""

from decimal import Decimal
from types import SimpleNamespace as Given
from typing import Any

import pytest

from pricing.client_comparison import ClientComparison, client_comparison
from pricing.client_comparison.beliefs import PRODUCTIVITIES, VOLUMES
from pricing.client_comparison.budget import probability_over
from pricing.client_comparison.recommendation import better_offer
from pricing.money import Money
from staffing.errors import BadInputError
from tests.builders.comparisons import compared_quote


@pytest.fixture(scope="module")
def made() -> ClientComparison:
    return client_comparison(compared_quote(), budget=Decimal(400_000))


def test_a_comparison_survives_json(made: ClientComparison) -> None:
    assert ClientComparison.model_validate_json(made.model_dump_json()) == made


def test_a_unit_and_an_hour_cost_what_the_bill_says(made: ClientComparison) -> None:
    for offer in made.offers:
        for one in offer.equivalents:
            prices = {(p.service, p.unit): p.price.amount for p in offer.prices}
            own = prices.get((one.service, one.unit)) or prices[one.service, "paid hour"]
            shown = one.per_unit if (one.service, one.unit) in prices else one.per_paid_hour
            assert float(shown.amount) == pytest.approx(float(own), rel=1e-4)
    by_method = [offer.equivalents[0] for offer in made.offers]
    ratio = float(by_method[0].per_unit.amount / by_method[1].per_unit.amount)
    hourly = float(by_method[0].per_paid_hour.amount / by_method[1].per_paid_hour.amount)
    assert ratio == pytest.approx(hourly, rel=1e-3)
    assert ratio == pytest.approx(made.services[0].productivity, rel=1e-3)


def test_bands_hold_the_bill_and_widen_with_it(made: ClientComparison) -> None:
    for point in made.bills:
        for name in ("input", "output"):
            low, bill, high = (
                getattr(point, f"{name}_{end}").amount for end in ("low", "based", "high")
            )
            assert low <= bill <= high
    last = made.bills[-1]
    offer = made.offers[1]
    ratio = offer.bill_p90.amount / offer.expected_bill.amount
    assert float(last.output_high.amount / last.output_based.amount) == pytest.approx(float(ratio))


def test_break_even_of_each_service_and_of_the_bundle(made: ClientComparison) -> None:
    quote = compared_quote()
    assert [one.name for one in (made.bundle, *made.services)] == [
        *("all services", "claims", "helpdesk")
    ]
    assert made.bundle.productivity == quote.comparison.break_even_productivity
    for service in made.services:
        assert len(service.crossings) <= 21
        for crossing in service.crossings:
            assert crossing.cheaper_below != crossing.cheaper_above
        below = [c.cheaper_below for c in service.crossings[1:]]
        assert below == [c.cheaper_above for c in service.crossings[:-1]]


def test_every_cell_of_the_map_is_a_reading_of_both_bills(made: ClientComparison) -> None:
    cells = {(cell.volume, cell.productivity): cell for cell in made.beliefs.cells}
    assert set(cells) == {(v, p) for v in VOLUMES for p in PRODUCTIVITIES}
    assert cells[1.0, 1.0] == made.at
    for volume in (0.5, 1.0, 1.45):
        outputs = {cells[volume, p].output_based.amount for p in PRODUCTIVITIES}
        assert len(outputs) == 1  # productivity is the vendor's
        inputs = [cells[volume, p].input_based.amount for p in PRODUCTIVITIES]
        assert inputs == sorted(inputs, reverse=True)


def test_a_belief_is_read_without_planning_anew() -> None:
    at = client_comparison(compared_quote(), volume=1.2, productivity=0.8).at
    same = client_comparison(compared_quote(), volume=1.5, productivity=1.0).at
    assert at.input_based == same.input_based  # 1.2 / 0.8 is the work of 1.5
    assert float(same.output_based.amount / at.output_based.amount) == pytest.approx(1.25, rel=1e-6)
    assert at.difference == pytest.approx(
        float(at.output_based.amount / at.input_based.amount) - 1, abs=1e-4
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"budget": Decimal(0)}, "budget: an amount above 0"),
        ({"budget": Decimal("NaN")}, "budget: an amount above 0"),
        ({"volume": 0.05}, "volume: a share of plan, 0.1 to 3"),
        ({"productivity": 3.5}, "productivity: a share of plan, 0.1 to 3"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        client_comparison(compared_quote(), **asked)


def test_the_probability_of_a_budget_is_exact_at_the_three_quantiles() -> None:
    for budget, over in ((80.0, 0.9), (100.0, 0.5), (150.0, 0.1)):
        assert probability_over(80, 100, 150, budget) == pytest.approx(over, abs=1e-4)
    falling = [probability_over(80, 100, 150, b) for b in (1, 60, 90, 100, 120, 200, 1e6)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] == pytest.approx(1)
    assert falling[-1] == pytest.approx(0)


def test_a_bill_without_spread_is_over_or_it_is_not() -> None:
    assert [probability_over(100, 100, 100, b) for b in (99, 100, 101)] == [1.0, 0.0, 0.0]


def spread(p50: int, p90: int) -> Any:
    bills = {"bill_p50": p50, "bill_p90": p90}
    return Given(**{name: Money.of(Decimal(bill), "USD") for name, bill in bills.items()})


@pytest.mark.parametrize(
    ("input_based", "output_based", "better"),
    [
        ((100, 110), (105, 120), "input_based"),
        ((100, 140), (98, 120), "output_based"),
        ((100, 140), (105, 120), "output_based"),  # 20 saved on a bad course, 5 paid for it
        ((100, 110), (105, 108), "input_based"),  # 2 saved on a bad course, 5 paid for it
        ((100, 110), (100, 110), "output_based"),
    ],
)
def test_the_recommendation_weighs_p50_against_p90(
    input_based: tuple[int, int], output_based: tuple[int, int], better: str
) -> None:
    spreads = {"input_based": spread(*input_based), "output_based": spread(*output_based)}
    assert better_offer(spreads)[0] == better  # type: ignore[arg-type]


def test_the_recommendation_states_its_gains(made: ClientComparison) -> None:
    advice = made.recommendation
    bills = {offer.method: offer for offer in made.offers}
    other = next(offer for offer in made.offers if offer.method != advice.method)
    gain = other.bill_p50.amount - bills[advice.method].bill_p50.amount
    assert advice.gain_at_p50.amount == gain
    assert any("productivity" in point for point in advice.points)
    assert advice.points[0].startswith("output-based leaves volume, productivity")


def test_risks_are_those_of_the_quote_in_a_client_s_words(made: ClientComparison) -> None:
    theirs = [(c.input_based, c.output_based) for c in compared_quote().risk.carriers]
    assert [(risk.input_based, risk.output_based) for risk in made.risks] == theirs
    assert "pay levels and exchange rates" in {risk.risk for risk in made.risks}
