"""Cost lines of a plan small enough to add up by hand.

Wage 4 an hour, on-costs 25 %: an hour costs 5, a week of 40 hours 200. Yearly costs of 36 525 are
700 a week.
"""

from decimal import Decimal
from typing import Any

import pytest

from pricing.cost import CostLine, plan_cost, rounded_lines
from pricing.cost.transition import transition_shares
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

YEAR = {"term_months": 12}
SUPPORT = [{"role": "team_leader", "span": 15, "cost_per_year": 36_525}]


def lines_of(
    quantities: dict[str, Any], changes: dict[str, Any] | None = None, **top: Any
) -> dict[str, Decimal]:
    """Cost of one team in one year, by line."""
    document = engagement(changes, **(YEAR | top))
    plan = staffing_plan(
        (team_plan("claims", "Manila", (year_quantities(**quantities),), (1.0,) * 12),),
        {"claims": (100.0,) * 12},
    )
    lines = plan_cost(document, terms_of(document), plan)
    return {line.name: line.amount for line in lines if line.amount}


def assert_lines(lines: dict[str, Decimal], expected: dict[str, float]) -> None:
    """Compare with figures worked out by hand."""
    assert {name: float(amount) for name, amount in lines.items()} == pytest.approx(expected)


def test_the_payroll_is_split_by_what_its_weeks_were_for() -> None:
    weeks = {"payroll_weeks": 100, "trainee_weeks": 4, "ramp_loss_weeks": 2, "idle_weeks": 3}
    lines = lines_of(weeks, {"sites[0].it_cost_per_fte_year": 0})
    assert_lines(
        {name: amount for name, amount in lines.items() if name != "contingency"},
        {
            "labour_productive": 91 * 200,
            "labour_training": 4 * 200,
            "labour_ramp": 2 * 200,
            "labour_idle": 3 * 200,
        },
    )


def test_each_started_hire_costs_recruiting_and_the_lost_ones_their_training() -> None:
    """5 started, 10 % lost: half a person is paid for 2 weeks of training nobody uses."""
    lines = lines_of({"payroll_weeks": 1, "started_hires": 5})
    assert lines["recruiting"] == 5 * 500
    assert lines["labour_training"] == Decimal("0.5") * 2 * 200


def test_premiums_are_due_on_base_pay_of_scheduled_hours() -> None:
    """Night +10 %; Sunday +30 %; Sunday night 1.1 x 1.3 = +43 %: on the wage of 4, not on 5."""
    hours = {"ordinary": 1000.0, "night": 100.0, "sunday": 100.0, "night_sunday": 100.0}
    lines = lines_of(
        {"payroll_weeks": 1, "scheduled_hours_by_class": hours},
        {"sites[0].labour.sunday_premium": 0.3},
    )
    premiums = {name: amount for name, amount in lines.items() if name.startswith("premium")}
    assert_lines(
        premiums, {"premium_night": 40, "premium_sunday": 120, "premium_night_sunday": 172}
    )


def test_overtime_and_surge_hours_carry_base_pay_and_their_premium() -> None:
    """Overtime +25 % and surge +50 % on the wage of 4: an hour of 6 and of 7."""
    lines = lines_of(
        {"payroll_weeks": 1, "overtime_weeks": 1, "surge_weeks": 2},
        {"sites[0].surge.premium": 0.5},
    )
    assert lines["overtime"] == 40 * 6
    assert lines["surge"] == 2 * 40 * 7


def test_support_seats_and_it_are_charged_by_week_peak_and_person() -> None:
    lines = lines_of(
        {
            "payroll_weeks": 98,
            "surge_weeks": 2,
            "seats": 10,
            "support_weeks": {"team_leader": 5},
        },
        {"sites[0].support": SUPPORT, "sites[0].it_cost_per_fte_year": 36_525},
    )
    expected = {"support_team_leader": 5 * 700.0, "seats": 10 * 2000.0, "it": 100 * 700.0}
    assert_lines({name: lines[name] for name in expected}, expected)


def test_contingency_is_a_share_of_every_other_line() -> None:
    lines = lines_of(
        {
            "payroll_weeks": 52,
            "started_hires": 3,
            "seats": 2,
            "overtime_weeks": 1,
            "surge_weeks": 1,
            "support_weeks": {"team_leader": 4},
            "scheduled_hours_by_class": {"night": 50.0},
        },
        {
            "sites[0].support": SUPPORT,
            "commercial.transition": {"cost": 1200, "amortisation_months": 12},
        },
    )
    contingency = lines.pop("contingency")
    assert {"transition", "seats", "it", "recruiting", "surge", "premium_night"} < set(lines)
    assert contingency == Decimal("0.05") * sum(lines.values())


def test_scaling_every_wage_scales_every_labour_line_and_no_other() -> None:
    quantities = {
        "payroll_weeks": 100,
        "trainee_weeks": 4,
        "ramp_loss_weeks": 2,
        "idle_weeks": 3,
        "overtime_weeks": 1,
        "surge_weeks": 2,
        "started_hires": 5,
        "seats": 10,
        "scheduled_hours_by_class": {"night": 100.0},
    }
    low = lines_of(quantities)
    high = lines_of(quantities, {"sites[0].wages.claims_processor.value": 12})
    for name, amount in low.items():
        if name == "contingency":
            continue
        paid = name.startswith(("labour", "premium")) or name in {"overtime", "surge"}
        assert high[name] == (3 * amount if paid else amount), name


def test_wage_growth_lifts_pay_and_support_from_the_second_year_on() -> None:
    document = engagement(
        {"sites[0].wage_growth_per_year": 0.1, "sites[0].support": SUPPORT}, term_months=24
    )
    same = {"payroll_weeks": 10, "seats": 1, "support_weeks": {"team_leader": 1}}
    years = tuple(year_quantities(year, **same) for year in (1, 2))
    plan = staffing_plan(
        (team_plan("claims", "Manila", years, (1.0,) * 24),), {"claims": (1.0,) * 24}
    )
    by_year: dict[str, list[Decimal]] = {}
    for line in plan_cost(document, terms_of(document), plan):
        by_year.setdefault(line.name, []).append(line.amount)
    for name in ("labour_productive", "support_team_leader"):
        assert by_year[name][1] == by_year[name][0] * Decimal("1.1")
    assert by_year["seats"][0] == by_year["seats"][1]


def transition_by_year(term: int, months: int, interest: float = 0.0) -> list[float]:
    """Transition cost charged in each contract year, to two teams of which one is three times
    the other."""
    terms = {"cost": 120_000, "amortisation_months": months, "interest_per_year": interest}
    document = engagement(
        {"commercial.transition": terms}, services=[DEFERRABLE, LIVE], term_months=term
    )
    num_years = -(-term // 12)
    teams = tuple(
        team_plan(
            service,
            "Manila",
            tuple(year_quantities(y + 1, payroll_weeks=weeks) for y in range(num_years)),
            (1.0,) * term,
        )
        for service, weeks in (("claims", 30.0), ("helpdesk", 10.0))
    )
    plan = staffing_plan(teams, {"claims": (1.0,) * term, "helpdesk": (1.0,) * term})
    lines = [x for x in plan_cost(document, terms_of(document), plan) if x.name == "transition"]
    by_team = {t: sum(x.amount for x in lines if x.team.startswith(t)) for t in ("cl", "help")}
    assert float(by_team["cl"]) == pytest.approx(3 * float(by_team["help"]))
    return [float(sum(x.amount for x in lines if x.year == y + 1)) for y in range(num_years)]


@pytest.mark.parametrize(
    ("term", "months", "by_year"),
    [
        (36, 36, [40_000, 40_000, 40_000]),
        (36, 24, [60_000, 60_000, 0]),
        (36, 18, [80_000, 40_000, 0]),
        (18, 18, [80_000, 40_000]),
        (12, 1, [120_000]),
    ],
)
def test_the_transition_is_charged_in_equal_instalments_until_it_is_recovered(
    term: int, months: int, by_year: list[float]
) -> None:
    assert transition_by_year(term, months) == pytest.approx(by_year)


def test_with_interest_a_year_carries_twelve_instalments_of_the_annuity() -> None:
    assert transition_by_year(36, 36, 0.10) == pytest.approx([12 * 3872.0622] * 3)


def test_a_last_year_of_six_months_pays_half_a_year_of_seats() -> None:
    document = engagement(term_months=18)
    years = (
        year_quantities(1, payroll_weeks=52, seats=4),
        year_quantities(2, payroll_weeks=26, seats=4),
    )
    plan = staffing_plan(
        (team_plan("claims", "Manila", years, (1.0,) * 18),), {"claims": (1.0,) * 18}
    )
    seats = [x.amount for x in plan_cost(document, terms_of(document), plan) if x.name == "seats"]
    assert seats == [8000, 4000]


def test_lines_are_rounded_once_by_year_and_add_up_to_the_cent() -> None:
    lines = tuple(
        CostLine(name, team, year, Decimal("0.333"))
        for name in ("labour_productive", "seats")
        for team in ("a", "b")
        for year in (1, 2)
    )
    table = rounded_lines(lines, "USD")
    assert table == {
        "labour_productive": (Decimal("0.67"), Decimal("0.67")),
        "seats": (Decimal("0.67"), Decimal("0.67")),
    }


def test_a_line_that_is_zero_in_every_year_is_left_out_and_one_of_a_single_year_kept() -> None:
    lines = (
        CostLine("surge", "a", 1, Decimal(0)),
        CostLine("surge", "a", 2, Decimal(0)),
        CostLine("overtime", "a", 1, Decimal(0)),
        CostLine("overtime", "a", 2, Decimal(5)),
    )
    assert rounded_lines(lines, "JPY") == {"overtime": (Decimal(0), Decimal(5))}


def test_a_line_that_only_a_later_team_has_stands_where_that_team_has_it() -> None:
    def team(name: str, *lines: str) -> list[CostLine]:
        return [CostLine(line, name, 1, Decimal(1)) for line in lines]

    lines = (
        *team("here", "labour", "premium_night", "seats", "contingency"),
        *team("there", "labour", "premium_holiday", "seats", "it", "contingency"),
    )
    names = ["labour", "premium_holiday", "premium_night", "seats", "it", "contingency"]
    assert list(rounded_lines(lines, "USD")) == names


def test_a_plan_that_employs_nobody_splits_its_transition_evenly() -> None:
    years = (year_quantities(1, payroll_weeks=0, surge_weeks=9),)
    teams = tuple(team_plan(name, "Manila", years, (1.0,) * 3) for name in ("claims", "calls"))
    plan = staffing_plan(teams, {"claims": (1.0,) * 3, "calls": (1.0,) * 3})
    assert list(transition_shares(plan).values()) == [Decimal("0.5")] * 2
