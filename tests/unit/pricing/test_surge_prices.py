"""Price of a peak by hand: the golden week of a surge plan at the small engagement's terms.

The plan does 368 of 400 hours and costs 200 of standby, 10,880 of wages and 640 of premium. The
role costs 5 an hour, of which 0.9 is at work. Contingency 5 %, margin 18 %, SG&A 8 %, 60 days at
10 % a year.
"""

from decimal import Decimal

import pytest

from pricing.offers import Prices
from pricing.quoting import prepare
from pricing.reading import read_engagement
from pricing.surge_prices import surge_prices
from pricing.surge_report import SurgePrices
from staffing.optimize.surge import surge_frontier, surge_plan
from staffing.surge.plan import SurgeStudy
from tests.builders.pricing import engagement_data
from tests.golden.test_staffing_surge_week import PROBLEM

ROOM = 1 - 0.18 - 0.08 - 0.10 * 60 / 365
LABOUR = 5 / 0.9
EXTRA = 200 + 10_880 + 640 - 368 * LABOUR
QUOTED_HOUR = 2000 / (40 * 365.25 / 7 / 12 * 0.9)


def priced(extra_units: float = 1000.0, **commercial: object) -> SurgePrices:
    changes = {f"commercial.{name}": value for name, value in commercial.items()}
    engagement = read_engagement(engagement_data(changes))
    _, (team,), _ = prepare(engagement)
    study = SurgeStudy(
        team=team.name,
        team_heads=20,
        extra_units=extra_units,
        plan=surge_plan(PROBLEM),
        frontier=surge_frontier(PROBLEM),
    )
    quoted = Prices({team.name: Decimal(2000)}, {"claims": Decimal("1.5")}, {})
    return surge_prices(engagement, team, study, quoted)


def test_the_cost_of_the_surcharge_leaves_out_the_labour_the_quoted_price_holds() -> None:
    lines = {name: float(line.amount) for name, line in priced().cost_lines.items()}
    assert lines == pytest.approx(
        {
            "standby": 200,
            "wages": 10_880,
            "premium": 640,
            "onboarding": 0,
            "ordinary_labour": -368 * LABOUR,
            "contingency": 0.05 * EXTRA,
        },
        abs=0.006,
    )


def test_an_hour_in_the_peak_costs_the_quoted_hour_and_the_surcharge() -> None:
    rate = priced().input_rate
    assert rate is not None
    assert float(rate.ordinary.amount) == pytest.approx(QUOTED_HOUR, abs=1e-4)
    assert float(rate.surcharge.amount) == pytest.approx(EXTRA * 1.05 / ROOM / 368, abs=1e-3)
    assert rate.price.amount == rate.ordinary.amount + rate.surcharge.amount
    assert rate.surcharge_share == pytest.approx(
        float(rate.surcharge.amount / rate.ordinary.amount), abs=1e-6
    )


def test_a_unit_carries_the_same_cost_and_the_risk_premium() -> None:
    prices = priced()
    rate = prices.output_rate
    assert rate is not None
    assert prices.units_in_time == "920.00"
    expected = 1.06 * EXTRA * 1.05 / ROOM / 920
    assert float(rate.surcharge.amount) == pytest.approx(expected, abs=1e-4)
    assert float(rate.ordinary.amount) == 1.5
    assert float(prices.output_bill.bill.amount) == pytest.approx(920 * float(rate.price.amount))


def test_the_surcharge_earns_the_target_margin_and_the_premium_on_units_more() -> None:
    prices = priced()
    assert prices.input_bill.margin == pytest.approx(0.18, abs=1e-4)
    assert prices.output_bill.margin > 0.18
    bill = prices.input_bill
    paid = (bill.extra_cost, bill.sga, bill.financing, bill.profit)
    assert sum(one.amount for one in paid) == bill.surcharge.amount
    assert bill.bill.amount == bill.ordinary.amount + bill.surcharge.amount


def test_charges_are_rounded_and_add_up_to_the_bill() -> None:
    prices = priced()
    assert [charge.name for charge in prices.charges] == ["ordinary", "standby", "call_off"]
    assert sum(charge.amount.amount for charge in prices.charges) == prices.input_bill.bill.amount
    standby = prices.charges[1]
    months = 5 * 4 / (365.25 / 7 / 12)  # 5 people for 4 weeks
    assert float(standby.quantity) == pytest.approx(months, abs=0.005)
    assert float(standby.amount.amount) == pytest.approx(200 * 1.05 / ROOM, rel=1e-3)


def test_the_floor_is_the_price_at_the_floor_margin() -> None:
    at_target = priced(floor_margin=0.18)
    assert at_target.input_rate is not None
    assert at_target.input_floor is not None
    assert float(at_target.input_floor.amount) == pytest.approx(
        float(at_target.input_rate.price.amount), abs=1e-3
    )
    prices = priced(floor_margin=0.0)
    assert prices.input_floor is not None
    assert prices.input_rate is not None
    assert prices.input_floor.amount < prices.input_rate.price.amount


def test_more_notice_is_never_dearer_for_the_client() -> None:
    found = [one.price.amount for one in priced().by_notice if one.price is not None]
    assert len(found) > 3
    assert found == sorted(found, reverse=True)


def test_where_no_work_is_done_there_is_no_rate() -> None:
    prices = priced(extra_units=0.0)
    assert (prices.input_rate, prices.output_rate) == (None, None)
    assert prices.output_bill.bill.amount == 0
