"""Where no terms apply, the plan's months are billed as the quote expects them."""

from typing import Any

import pytest

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.money import quantize_amount
from tests.builders.invoices import billed, quoted


@pytest.mark.parametrize("contract", [None, {}])
def test_invoices_of_planned_months_sum_to_the_expected_bill(contract):
    quote = quoted(contract)
    months = [invoice_month(quote, Actuals(), number=number) for number in (1, 2, 3)]
    for at, offer in enumerate((quote.offers.input_based, quote.offers.output_based)):
        bills = [month.invoices[at].total.amount for month in months]
        assert sum(bills) == offer.term.expected_bill.amount
        assert min(bills) > 0


def test_a_quote_made_before_contracts_is_billed_at_its_prices():
    quote = quoted()
    older = quote.model_copy(update={"agreement": None})
    for number in (1, 2, 3):
        assert (
            invoice_month(older, Actuals(), number=number).invoices
            == invoice_month(quote, Actuals(), number=number).invoices
        )


def test_lines_are_rounded_once_and_sum_to_the_total():
    happened: dict[str, Any] = {
        "services": {"claims": {"units": 4321.37}, "helpdesk": {"units": 17}},
        "teams": {"claims @ Manila": {"overtime_hours": 3.7}},
        "days": 11,
    }
    for invoice in billed(**happened):
        assert sum(line.amount.amount for line in invoice.lines) == invoice.total.amount
        for line in invoice.lines:
            exact = sum(
                p.quantity * p.unit_price * (p.days or 1) / (p.of_days or 1) for p in line.parts
            )
            assert line.amount.amount == quantize_amount(exact, "USD")


def test_a_month_without_volume_is_billed():
    nothing: dict[str, Any] = {"services": {"claims": {"units": 0}, "helpdesk": {"units": 0}}}
    teams = {"claims @ Manila": {"ordered_fte": 0}, "helpdesk @ Manila": {"ordered_fte": 0}}
    people, units = billed(**nothing, teams=teams)
    assert people.total.amount == 0
    assert units.total.amount == 0
    assert {line.mechanism for line in (*people.lines, *units.lines)} == {"ordered", "units"}


def test_days_of_a_partial_month_prorate_the_plan():
    whole, half = billed(month=2), billed(month=2, days=14)
    for one, other in zip(whole, half, strict=True):
        assert abs(other.total.amount - one.total.amount / 2) <= 1
