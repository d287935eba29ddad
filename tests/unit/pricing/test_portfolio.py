"""Quotes added up: which offer counts, what is at risk, no currencies mixed."""

from decimal import Decimal

from pricing.charts.portfolio import AT_RISK, SAFE, profit_at_risk, value_by_state
from pricing.money import Money
from pricing.portfolio import together, worth


def money(amount, currency="USD"):
    return {"amount": str(amount), "currency": currency}


def quote(input_bill=1000, output_bill=1200, currency="USD", p10=0.05):
    """Margins of 18 and 25 % by hand; input-based has the P10 margin given, output-based 0.10."""
    return {
        "offers": {
            "input_based": {
                "term": {
                    "expected_bill": money(input_bill, currency),
                    "profit": money("180.00", currency),
                    "margin": 0.18,
                }
            },
            "output_based": {
                "term": {
                    "expected_bill": money(output_bill, currency),
                    "profit": money("300.00", currency),
                    "margin": 0.25,
                }
            },
        },
        "risk": {
            "spreads": [
                {"method": "input_based", "margin_p10": p10},
                {"method": "output_based", "margin_p10": 0.10},
            ]
        },
    }


def test_before_the_choice_the_lower_bill_counts():
    one = worth(quote())
    assert (one.method, one.value, one.profit) == ("input_based", Decimal(1000), Decimal(180))
    assert worth(quote(output_bill=900)).method == "output_based"


def test_the_offer_that_was_taken_counts():
    one = worth(quote(), {"claims": "output_based", "calls": "output_based"})
    assert (one.method, one.value) == ("output_based", Decimal(1200))


def test_taken_service_by_service_the_lower_bill_counts():
    assert worth(quote(), {"claims": "output_based", "calls": "input_based"}).value == 1000


def test_at_risk_is_what_the_margin_loses_in_one_of_ten_futures():
    """18 % less 5 % of 1000."""
    assert worth(quote()).at_risk == Decimal("130.00")


def test_a_margin_that_only_rises_is_not_at_risk():
    assert worth(quote(p10=0.20)).at_risk == 0


def test_sums_are_by_currency_and_state_and_never_across_currencies():
    quotes = [
        ("sent", worth(quote())),
        ("sent", worth(quote(input_bill=500))),
        ("accepted", worth(quote())),
        ("sent", worth(quote(currency="EUR"))),
    ]
    found = together(quotes)
    assert [(one.currency, one.state, one.count) for one in found] == [
        ("EUR", "sent", 1),
        ("USD", "sent", 2),
        ("USD", "accepted", 1),
    ]
    assert found[1].value == Money(amount=Decimal("1500.00"), currency="USD")
    assert found[1].profit == Money(amount=Decimal("360.00"), currency="USD")
    assert found[1].at_risk == Money(amount=Decimal("195.00"), currency="USD")


def test_nothing_added_up_is_nothing():
    assert together([]) == ()


STANDING = [
    {
        "currency": "USD",
        "state": "pending_approval",
        "count": 2,
        "value": money("1500.00"),
        "profit": money("360.00"),
        "margin_at_risk": money("195.00"),
    },
    {
        "currency": "EUR",
        "state": "sent",
        "count": 1,
        "value": money("1000.00", "EUR"),
        "profit": money("100.00", "EUR"),
        "margin_at_risk": money("130.00", "EUR"),
    },
]


def test_the_chart_shows_the_value_of_one_currency_in_the_order_given():
    spec = value_by_state(STANDING, "USD")
    assert [(row["state"], row["value"]) for row in spec["data"]["values"]] == [
        ("pending approval", 1500.0)
    ]
    assert spec["encoding"]["y"]["sort"] is None
    assert "USD" in spec["encoding"]["x"]["title"]


def test_what_holds_and_what_is_at_risk_make_up_the_profit():
    rows = {row["part"]: row for row in profit_at_risk(STANDING, "USD")["data"]["values"]}
    assert (rows[SAFE]["from"], rows[SAFE]["to"]) == (0.0, 165.0)
    assert (rows[AT_RISK]["from"], rows[AT_RISK]["to"]) == (165.0, 360.0)


def test_more_at_risk_than_earned_is_drawn_as_a_loss():
    rows = {row["part"]: row for row in profit_at_risk(STANDING, "EUR")["data"]["values"]}
    assert rows[SAFE]["to"] == -30.0
    assert rows[AT_RISK]["to"] == 100.0
