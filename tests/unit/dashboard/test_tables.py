"""Tables and sentences say what the quote says, and nothing else."""

import pytest

from dashboard import sentences, tables
from tests.builders.quotes import base_quote


@pytest.fixture
def quote():
    return base_quote()


def test_both_offers_stand_side_by_side(quote):
    rows = {row["Over the term"]: row for row in tables.offers(quote)}
    for label, method in (("Input-based", "input_based"), ("Output-based", "output_based")):
        term = quote["offers"][method]["term"]
        bill = rows["Expected bill, USD"][label].replace(",", "")
        assert bill == str(round(float(term["expected_bill"]["amount"])))
        assert rows["Margin on price"][label] == f"{term['margin']:.1%}".replace("%", " %")
    assert "   of it in year 1" in rows


def test_every_price_is_listed_with_its_floor(quote):
    rows = tables.prices(quote)
    offers = quote["offers"].values()
    assert len(rows) == sum(len(offer["prices"]) for offer in offers)
    assert [row["Invoiced"] for row in rows if row["Per"] == "paid hour"] == [
        "same offer, by the hour"
    ]


def test_every_break_even_and_every_unsourced_value_is_listed(quote):
    assert len(tables.break_evens(quote)) == len(quote["comparison"]["break_even"])
    assert [row["Value"] for row in tables.unsourced(quote)] == quote["unsourced"]


def test_shifts_stand_by_start_and_day_and_lose_nobody(quote):
    roster = quote["staffing"]["teams"][0]["roster"]
    rows = tables.shifts(roster)
    counted = sum(int(row[day]) for row in rows for day in tables.DAYS if row[day] != "–")
    assert counted == sum(shift["heads"] for shift in roster["shifts"])
    assert [row["Starts"] for row in rows] == sorted(row["Starts"] for row in rows)


def test_plan_volume_is_told_with_both_bills(quote):
    text = sentences.cheaper_at_plan(quote)
    assert "input-based is cheaper for the client" in text
    assert text.count("USD") == 2


@pytest.mark.parametrize(
    ("count", "words"), [(0, "never cross"), (1, "Break-even at"), (2, "2 break-evens")]
)
def test_break_even_is_told_for_none_one_and_many(quote, count, words):
    comparison = quote["comparison"]
    comparison["break_even"] = comparison["break_even"][:count]
    assert words in sentences.break_even(quote)


def test_what_the_contract_makes_of_the_planned_bills_is_told():
    bill = {"amount": "2155483.80", "currency": "USD"}
    rows = [
        {
            "method": "input_based",
            "bill": bill,
            "beyond_prices": {"amount": "-1400.20"},
            "margin": 0.185,
        },
        {"method": "output_based", "bill": bill, "beyond_prices": {"amount": "0"}, "margin": None},
    ]
    quote = {"engagement": {"currency": "USD"}, "contract_at_plan": rows}
    first, second = sentences.contract_at_plan(quote)
    assert "2,155,484 USD, 1,400 less than plain prices, with a margin of 18.5 %." in first
    assert second.endswith("0 more than plain prices.")
    assert sentences.contract_at_plan({"engagement": {"currency": "USD"}}) == []
