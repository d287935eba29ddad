"""Rates at the margin: their laws, the price rule by hand, and two full plans as an oracle."""

from decimal import Decimal

import pytest

from pricing.cost import plan_cost
from pricing.money import Money
from pricing.offers import price_terms
from pricing.quoting import plan_of
from pricing.rates.report import RateRequest, ServiceRates
from pricing.rates.rule import RateRule
from pricing.rates.study import lower
from pricing.reading import read_document
from staffing.errors import BadInputError
from tests.builders.rate_reports import STEPS, engagement, report

pytestmark = pytest.mark.slow

CENT = Decimal("0.01")


def claims() -> ServiceRates:
    """Rates of the claims, whose contract states a band."""
    return report().services[1]


@pytest.fixture(params=[0, 1], ids=["calls", "claims"])
def rates(request: pytest.FixtureRequest) -> ServiceRates:
    """Rates of either service."""
    found: int = request.param
    return report().services[found]


def cost_of_plan(scale: float) -> Decimal:
    """Cost of a full plan, shifts and all, at a multiple of the claims."""
    document = engagement(scale)
    planned = plan_of(document)
    lines = plan_cost(document, planned.teams, planned.plan)
    return sum((line.amount for line in lines), Decimal(0))


def test_a_reduced_unit_is_credited_no_more_than_an_additional_one_costs(
    rates: ServiceRates,
) -> None:
    assert rates.rrc.amount <= rates.arc.amount
    late = {step.share: step for step in rates.short_run}
    for step in STEPS:
        assert late[-step].labour_rate.amount <= late[step].labour_rate.amount
    assert rates.last_unit.amount <= rates.next_unit.amount


def test_a_credit_above_the_charge_is_cut_to_it() -> None:
    dear, cheap = (Money(amount=Decimal(x), currency="USD") for x in ("1.5", "1.2"))
    assert lower(dear, cheap) == cheap
    assert lower(cheap, dear) == cheap


def test_bands_sum_to_the_step_they_end_in(rates: ServiceRates) -> None:
    for step in rates.long_run:
        inside = [
            band
            for band in rates.bands
            if 0 <= band.from_share < band.to_share <= step.share
            or step.share <= band.from_share < band.to_share <= 0
        ]
        total = sum((band.cost.amount for band in inside), Decimal(0))
        assert abs(total - abs(step.cost.amount)) <= CENT * len(inside)
        units = sum((Decimal(band.units) for band in inside), Decimal(0))
        assert units == abs(Decimal(step.units))


def test_the_cost_lines_of_a_step_sum_to_it(rates: ServiceRates) -> None:
    steps = [(one.cost, one.cost_lines) for one in rates.long_run]
    steps += [(one.cost, one.cost_lines) for one in rates.short_run]
    for cost, lines in steps:
        total = sum((line.amount for line in lines.values()), Decimal(0))
        assert abs(total - cost.amount) <= CENT * len(lines)


def test_a_rate_is_the_cost_of_a_unit_over_what_is_left_of_its_price() -> None:
    """``1 - g - f - m = 1 - 0.08 - 0.10 x 60 / 365 - 0.18``; contingency is in the cost."""
    room = 1 - Decimal("0.08") - Decimal("0.10") * 60 / 365 - Decimal("0.18")
    for step in claims().long_run:
        by_hand = step.cost.amount / Decimal(step.units) / room
        assert step.rate.amount == pytest.approx(by_hand, abs=Decimal("0.0001"))


def test_a_quarter_more_and_less_cost_what_two_full_plans_differ_by() -> None:
    """Volumes are flat, so both steps are solved points of the curve, shifts and all."""
    base = cost_of_plan(1.0)
    for step, scale in ((claims().long_run[-1], 1.25), (claims().long_run[0], 0.75)):
        difference = cost_of_plan(scale) - base
        assert float(step.cost.amount) == pytest.approx(float(difference), rel=0.02)


def test_the_dual_values_of_both_ends_enclose_the_labour_of_a_late_step(
    rates: ServiceRates,
) -> None:
    digits = Decimal("0.0001")
    for step in rates.short_run:
        low, high = step.dual_low.amount - digits, step.dual_high.amount + digits
        assert low <= step.labour_rate.amount <= high


def test_too_late_to_hire_takes_overtime_and_call_off_and_saves_little() -> None:
    more = claims().short_run[-1]
    assert more.overtime_weeks + more.surge_weeks > 0
    assert "labour_productive" not in more.cost_lines or (
        abs(more.cost_lines["labour_productive"].amount)
        < abs(claims().long_run[-1].cost_lines["labour_productive"].amount)
    )
    less = claims().short_run[0]
    assert abs(less.cost.amount) < abs(claims().long_run[0].cost.amount)


def test_rates_of_the_contract_stand_beside_the_proposed_ones() -> None:
    arc, rrc = claims().contract
    assert (arc.name, arc.contract.amount, arc.proposed) == ("arc", Decimal("1.20"), claims().arc)
    assert (rrc.name, rrc.contract.amount, rrc.proposed) == ("rrc", Decimal("0.40"), claims().rrc)
    assert report().services[0].contract == ()


def test_of_the_proposed_rate_the_target_margin_is_kept() -> None:
    document = engagement()
    rule = RateRule(document, price_terms(document.commercial))
    cost = Decimal(7)
    assert rule.margin(rule.price(cost), cost) == pytest.approx(0.18, abs=1e-6)
    assert rule.margin(Decimal(0), cost) is None


def test_the_nearest_step_is_proposed() -> None:
    assert RateRequest().proposed_step == 0.10
    assert RateRequest(steps=(0.05, 0.3)).proposed_step == 0.05
    assert RateRequest(steps=(0.05, 0.3), band=0.25).proposed_step == 0.3


@pytest.mark.parametrize("steps", [[0.1, 0.1], [0.2, 0.1], [], [1.5], [0]])
def test_steps_that_mean_nothing_are_refused(steps: list[float]) -> None:
    with pytest.raises(BadInputError) as raised:
        read_document(RateRequest, {"steps": steps})
    assert raised.value.issues[0].path.startswith("steps")
