"""How many people the client would need, and what they come to: checked by hand."""

import json
from decimal import Decimal
from typing import Any

import pytest

from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.in_house import InHouseCosts, in_house_costs, resolve_in_house
from pricing.in_house.total import people_needed, team_lines
from pricing.quote import quote_json
from pricing.ratecard import RateCard
from tests.builders.comparisons import compared_quote
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, staffing_plan

ROUND_RATES = {
    "burden": Decimal("0.25"),
    "attrition": Decimal("0.2"),
    "recruiting": Decimal("0.1"),
    "management": Decimal("0.1"),
    "software": Decimal("0.05"),
    "facilities": Decimal("0.04"),
}


def made(
    units: dict[str, tuple[float, ...]], services: list[Any] | None = None, **in_house: Any
) -> InHouseCosts:
    months = len(next(iter(units.values())))
    document = engagement(
        services=services or [DEFERRABLE],
        term_months=months,
        in_house={"country": "US", **in_house},
    )
    terms = resolve_in_house(document, RateCard(document))
    found = in_house_costs(document, terms, staffing_plan((), units))
    assert found is not None
    return found


def test_people_follow_the_workload_at_the_client_s_utilisation() -> None:
    # 10 units an hour x 173.93 h x 0.9 x 0.9 = 1408.8 units a month; 5,000 over that at 75 %
    found = made({"claims": (5000.0,) * 12}, staff=[{"service": "claims", "utilisation": 0.75}])
    assert found.teams[0].need_by_year == (4.73,)
    assert found.teams[0].people_from == "workload"


def test_a_small_live_queue_takes_those_who_keep_it_open() -> None:
    found = made({"helpdesk": (10.0,) * 12}, [LIVE])
    # 40 open hours over 40 x 0.81 worked
    assert found.teams[0].people_by_year == (1.23,)
    assert found.teams[0].people_from == "opening hours"


def test_people_stated_for_the_first_year_move_with_volume() -> None:
    stated = [{"service": "claims", "people": 8}]
    found = made({"claims": (5000.0,) * 12 + (7500.0,) * 6}, staff=stated)
    assert found.teams[0].people_by_year == (8.0, 12.0)
    assert found.teams[0].need_by_year == (3.94, 5.92)
    assert found.teams[0].people_from == "stated"


def test_services_do_not_share_people() -> None:
    both = made({"claims": (5000.0,) * 12, "helpdesk": (4000.0,) * 12}, [DEFERRABLE, LIVE])
    apart = [
        made({"claims": (5000.0,) * 12}),
        made({"helpdesk": (4000.0,) * 12}, [LIVE]),
    ]
    whole = sum(one.total.amount for one in apart)
    assert abs(both.total.amount - whole) < Decimal("0.1")  # lines are rounded


def test_lines_of_a_year_by_hand() -> None:
    # 10 people at 40,000, of whom the work alone takes 8: loaded 50,000 each
    lines = team_lines(Decimal(10), Decimal(8), Decimal(40_000), ROUND_RATES, 4)
    assert lines["pay"] == 320_000
    assert lines["burden"] == 80_000
    assert lines["idle_capacity"] == 100_000
    assert lines["recruiting"] == 8_000  # 2 hires at a tenth of 40,000
    assert float(lines["training"]) == pytest.approx(2 * 4 * 50_000 / (365.25 / 7))
    shares = [int(lines[name]) for name in ("management", "software", "facilities")]
    assert shares == [50_000, 25_000, 20_000]


def test_nobody_is_idle_where_fewer_people_are_stated_than_the_work_takes() -> None:
    lines = team_lines(Decimal(5), Decimal(8), Decimal(40_000), ROUND_RATES, 0)
    assert lines["idle_capacity"] == 0
    assert lines["pay"] == 200_000


def test_lines_add_up_by_year_and_over_the_term() -> None:
    found = made({"claims": (5000.0,) * 18}, pay_growth=0.1)
    for year, total in enumerate(found.total_by_year):
        assert total.amount == sum(line.by_year[year].amount for line in found.lines)
    assert found.total.amount == sum(one.amount for one in found.total_by_year)
    # Half a year at a tenth more pay; every line is in proportion to pay.
    first, second = (one.amount for one in found.total_by_year)
    assert float(second / first) == pytest.approx(0.55, rel=1e-6)


def test_more_volume_less_utilisation_or_a_higher_rate_never_make_it_cheaper() -> None:
    base = made({"claims": (5000.0,) * 12}).total.amount
    assert made({"claims": (6000.0,) * 12}).total.amount > base
    assert made({"claims": (5000.0,) * 12}, out_of_office=0.3).total.amount > base
    assert made({"claims": (5000.0,) * 12}, burden=0.5).total.amount > base
    for utilisation, dearer in ((0.6, True), (0.95, False)):
        staff = [{"service": "claims", "utilisation": utilisation}]
        moved = made({"claims": (5000.0,) * 12}, staff=staff).total.amount
        assert (moved > base) is dearer


def test_need_is_the_larger_of_work_and_opening_hours() -> None:
    document = engagement(services=[LIVE], in_house={"country": "US"})
    terms = resolve_in_house(document, RateCard(document))
    assert terms is not None
    team = terms.teams[0]
    enough = team.units_per_month * team.utilisation * team.least
    assert people_needed(team, enough / 2, 1) == (team.least, True)
    assert people_needed(team, enough * 2, 1) == (2 * team.least, False)


def test_without_the_section_there_is_nothing() -> None:
    document = engagement()
    plan = staffing_plan((), {"claims": (1.0,)})
    assert in_house_costs(document, None, plan) is None


def test_every_number_of_the_in_house_side_is_explained() -> None:
    document = json.loads(quote_json(compared_quote()))
    sums = 0
    for steps, _ in numbers(document["in_house"]):
        found = explain(document, written(("in_house", *steps)), 0)
        assert isinstance(found, Explanation)
        assert found.agrees is not False, found.path
        sums += found.agrees is True
    assert sums == 8 + 2 + 1  # lines, years, total
