"""What of a bill pays people in another currency: a case by hand, and the lines that are pay."""

from decimal import Decimal
from typing import Any

from pricing.charts.foreign_pay import PAY_LINES, foreign_pay, foreign_pay_sentences
from pricing.risk.rates import kind_of
from tests.builders.explained import small_quote

LINES = {"labour_productive": "60.5", "premium_night": "4.5", "overtime": "5", "seats": "900"}


def quote(*currencies: str) -> dict[str, Any]:
    """A cost of 700; bills of 1 000 by the hour and 800 by the unit; teams paid so."""
    teams = [{"pay_currency": one, "cost_by_line": LINES} for one in currencies]
    bills = {"input_based": "1000.00", "output_based": "800.00"}
    return {
        "engagement": {"currency": "USD"},
        "cost": {"total": {"amount": "700.00"}},
        "offers": {
            name: {"term": {"expected_bill": {"amount": bill}}} for name, bill in bills.items()
        },
        "workings": {"teams": teams},
    }


def test_pay_of_all_teams_paid_in_a_currency_is_added_up() -> None:
    found = quote("PHP", "USD", "PHP", "INR", "")
    assert foreign_pay(found) == {"PHP": Decimal(140), "INR": Decimal(70)}
    assert foreign_pay_sentences(found)[0] == (
        "Pay in PHP is 20.0 % of delivery cost: 14.0 % of the expected input-based bill and "
        "17.5 % of the output-based one move with its exchange rate."
    )


def test_nothing_is_said_where_nobody_is_paid_in_another_currency() -> None:
    assert foreign_pay_sentences(quote("USD", "")) == []
    assert foreign_pay_sentences({**quote(), "workings": None}) == []


def test_what_moves_is_what_the_futures_move_with_the_exchange_rate() -> None:
    lines = {name for team in small_quote()["workings"]["teams"] for name in team["cost_by_line"]}
    assert {name for name in lines if kind_of(name) == "pay"} == {
        name for name in lines if name.startswith(PAY_LINES)
    }
    assert len(lines) > 10
