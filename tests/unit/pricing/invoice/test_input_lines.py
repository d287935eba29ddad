"""Lines of the input-based offer: each rule at work, and not at work."""

from decimal import Decimal
from typing import Any

from tests.builders.contracts import INPUT
from tests.builders.invoices import CALLS, CLAIMS, agreed, amount, billed, charge

TERMS = {"input_based": INPUT}


def people(contract: dict[str, Any] | None = TERMS, month: int = 1, **team: Any):
    return billed(contract, month, teams={CLAIMS: team})[0]


def prices():
    team = next(one for one in agreed(TERMS).teams if one.team == CLAIMS)
    return team.fte_month, team.paid_hour


def cents(value):
    return value.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def test_an_order_is_billed_in_whole_steps():
    fte, _ = prices()
    line = charge(people(ordered_fte=4.2), "ordered", CLAIMS)
    assert line.amount.amount == 5 * fte
    assert "4.2 ordered, in steps of 1" in line.note
    assert charge(people(ordered_fte=4), "ordered", CLAIMS).note == ""


def test_below_the_minimum_the_rest_is_billed():
    fte, hour = prices()
    assert amount(people(ordered_fte=2), "fte_minimum", CLAIMS) == fte
    assert amount(people(ordered_fte=3), "fte_minimum", CLAIMS) == 0
    assert amount(people(None, ordered_fte=2), "fte_minimum", CLAIMS) == 0
    least = 3 * Decimal("173.928571")
    assert amount(people(hours=500), "fte_minimum", CLAIMS) == cents((least - 500) * hour)


def test_hours_can_be_bought_instead_of_people():
    _, hour = prices()
    invoice = people(hours="700.5")
    assert amount(invoice, "hours", CLAIMS) == cents(Decimal("700.5") * hour)
    assert charge(invoice, "ordered", CLAIMS) is None


def test_hours_that_are_not_billable_come_off():
    _, hour = prices()
    invoice = people(training_hours=10, break_hours=20, client_downtime_hours=30)
    assert amount(invoice, "training", CLAIMS) == -cents(10 * hour)
    assert amount(invoice, "breaks", CLAIMS) == 0
    assert amount(invoice, "client_downtime", CLAIMS) == -cents(15 * hour)
    assert amount(people(None, training_hours=10), "training", CLAIMS) == 0


def test_overtime_is_billed_whole_night_and_holidays_by_their_surcharge():
    _, hour = prices()
    worked: dict[str, Any] = {"overtime_hours": 10, "night_hours": 20, "holiday_hours": 30}
    invoice = people(**worked)
    assert amount(invoice, "overtime", CLAIMS) == cents(10 * hour * Decimal("1.25"))
    assert amount(invoice, "night", CLAIMS) == cents(20 * hour * Decimal("0.1"))
    assert amount(invoice, "holiday", CLAIMS) == cents(30 * hour)
    plain = people(None, **worked)
    assert amount(plain, "overtime", CLAIMS) == cents(10 * hour)
    assert amount(plain, "night", CLAIMS) == 0


def test_places_not_filled_are_not_paid_and_beyond_the_promise_credited():
    fte, _ = prices()
    invoice = people(ordered_fte=10, filled_fte=9)
    assert amount(invoice, "unfilled", CLAIMS) == -fte
    assert amount(invoice, "fill_rate", CLAIMS) == -cents(Decimal("0.05") * 10 * fte)
    within = people(ordered_fte=100, filled_fte=96)
    assert amount(within, "unfilled", CLAIMS) == -4 * fte
    assert amount(within, "fill_rate", CLAIMS) == 0
    assert amount(people(ordered_fte=10, filled_fte=12), "unfilled", CLAIMS) == 0


def test_late_replacement_is_credited_by_the_day():
    fte, _ = prices()
    invoice = people(vacancy_days=[5, 12, 14])
    assert amount(invoice, "replacement", CLAIMS) == -cents(6 * fte / 31)
    assert amount(people(vacancy_days=[10]), "replacement", CLAIMS) == 0
    assert amount(people(None, vacancy_days=[30]), "replacement", CLAIMS) == 0


def test_an_order_holds_from_the_month_its_notice_ends_before():
    fte, _ = prices()
    more: dict[str, Any] = {"order_changes": [{"requested_on": "2027-01-05", "fte": 8}]}
    fewer: dict[str, Any] = {"order_changes": [{"requested_on": "2027-01-04", "fte": 3}]}
    assert amount(people(month=2, **more), "ordered", CLAIMS) == 8 * fte
    assert amount(people(month=2, **fewer), "ordered", CLAIMS) == 4 * fte
    assert amount(people(month=3, **fewer), "ordered", CLAIMS) == 4 * fte
    assert amount(people(None, month=2, **fewer), "ordered", CLAIMS) == 3 * fte


def test_the_other_team_is_billed_as_planned():
    assert charge(people(ordered_fte=9), "ordered", CALLS) == charge(people(), "ordered", CALLS)
