"""Taxes by countries, treatment and day; a bill of 1000 worked out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pricing.engagement.tax_terms import TaxTerms
from pricing.input_based import PriceTerms, price_from_cost
from pricing.offers import price_terms
from pricing.reading import read_quote
from pricing.reference_tables import rows
from pricing.taxes import TaxRule, tax_on, tax_rules
from staffing.errors import BadInputError
from tests.builders.explained import small_quote
from tests.builders.pricing import engagement

DAY = date(2027, 1, 4)
BILL = Decimal(1000)


def rules(vendor: str, client: str, day: date = DAY, **terms: Any) -> dict[str, TaxRule]:
    """Rules of an invoice by tax and country."""
    stated = TaxTerms.model_validate({"client_country": client} | terms)
    return {f"{x.tax} {x.country}": x for x in tax_rules(stated, vendor, day)}


def test_at_home_the_standard_rate_is_on_the_invoice() -> None:
    (rule,) = rules("PH", "PH").values()
    assert (rule.treatment, rule.rate) == ("on_invoice", Decimal("0.12"))
    assert tax_on(BILL, rule.rate, rule.treatment, "USD") == 120


def test_an_export_is_zero_rated_and_the_client_accounts_for_its_own_tax() -> None:
    found = rules("PH", "DE")
    assert (found["vat PH"].treatment, found["vat PH"].rate) == ("zero_rated", Decimal(0))
    assert (found["vat DE"].treatment, found["vat DE"].rate) == (
        "reverse_charge",
        Decimal("0.19"),
    )
    assert rules("DE", "PH")["vat DE"].treatment == "outside_scope"


@pytest.mark.parametrize(("day", "rate"), [(date(2025, 7, 31), "0.19"), (date(2025, 8, 1), "0.21")])
def test_the_rate_in_force_on_the_day_counts(day: date, rate: str) -> None:
    assert rules("RO", "RO", day)["vat RO"].rate == Decimal(rate)


def test_a_tax_withheld_is_grossed_up_so_that_the_bill_arrives_whole() -> None:
    """20 % of 1250 is 250: the client pays 250 more, and 1000 arrive."""
    rule = rules("US", "IN")["withholding IN"]
    assert (rule.treatment, rule.rate) == ("grossed_up", Decimal("0.2"))
    assert tax_on(BILL, rule.rate, rule.treatment, "USD") == 250


def test_a_tax_the_vendor_bears_is_a_share_of_the_bill_and_inside_the_price() -> None:
    found = rules("US", "IN", withholding_borne_by="vendor", withholding_rate="0.1")
    rule = found["withholding IN"]
    assert (rule.treatment, tax_on(BILL, rule.rate, rule.treatment, "USD")) == (
        "inside_price",
        Decimal(100),
    )


def test_a_stated_rate_stands_for_the_table_s_and_keeps_its_source() -> None:
    treaty = {"value": "0.1", "source": "treaty, article 12", "as_of": "2026-01-01"}
    rule = rules("US", "IN", withholding_rate=treaty)["withholding IN"]
    assert (rule.rate, rule.quality, rule.source) == (
        Decimal("0.1"),
        "stated",
        "treaty, article 12",
    )


def test_nothing_is_withheld_at_home_unless_it_is_stated() -> None:
    assert "withholding IN" not in rules("IN", "IN")
    assert "withholding IN" in rules("IN", "IN", withholding_rate="0.02")


def test_a_country_without_a_row_has_no_rate_and_no_source() -> None:
    rule = rules("PH", "KE")["vat KE"]
    assert (rule.rate, rule.quality, rule.source) == (Decimal(0), "unsourced", None)


def test_a_vendor_that_bears_it_must_say_how_much() -> None:
    tax = {"client_country": "IN", "withholding_borne_by": "vendor"}
    with pytest.raises(BadInputError) as caught:
        engagement({"commercial.tax": tax})
    assert caught.value.issues[0].path == "commercial.tax.withholding_rate"


def test_the_price_holds_its_margin_after_the_tax_the_vendor_bears() -> None:
    """Cost 60 %, margin 18 %, SG&A 8 %, financing 10 % x 60 / 365, tax 5 %: shares sum to 1."""
    tax = {"client_country": "IN", "withholding_borne_by": "vendor", "withholding_rate": "0.05"}
    document = engagement({"commercial.tax": tax})
    terms = price_terms(document.commercial)
    price = price_from_cost(Decimal(100), terms)
    kept = price * (1 - terms.sga - Decimal(6) / 365 - Decimal("0.05")) - 100
    assert float(kept / price) == pytest.approx(0.18)
    assert document.commercial.financing_share == Decimal(6) / 365 + Decimal("0.05")


def test_a_tax_the_client_bears_is_in_no_price() -> None:
    tax = {"client_country": "IN", "withholding_rate": "0.05"}
    with_tax, without = (engagement({"commercial.tax": tax}), engagement())
    assert price_terms(with_tax.commercial) == price_terms(without.commercial)
    assert PriceTerms.withholding == 0


def test_shares_and_tax_must_leave_room_for_cost() -> None:
    tax = {"client_country": "IN", "withholding_borne_by": "vendor", "withholding_rate": "0.8"}
    with pytest.raises(BadInputError) as caught:
        engagement({"commercial.tax": tax})
    assert "withholding_rate" in caught.value.issues[0].accepted


def test_a_quote_shows_taxes_of_both_offers_beside_its_prices() -> None:
    """Manila bills the United States; 3 % withheld are the vendor's."""
    quote = read_quote(small_quote())
    assert quote.taxes is not None
    assert (quote.taxes.vendor_country, quote.taxes.client_country) == ("PH", "US")
    withheld = {x.method: x for x in quote.taxes.lines if x.tax == "withholding"}
    for offer in (quote.offers.input_based, quote.offers.output_based):
        line = withheld[offer.method]
        amounts = [p.expected_bill.amount * Decimal("0.03") for p in offer.per_year]
        assert [float(x.amount) for x in line.by_year] == pytest.approx(
            [float(amount) for amount in amounts], abs=0.005
        )
        assert line.amount.amount == sum(x.amount for x in line.by_year)


def test_a_quote_without_countries_has_no_taxes() -> None:
    quote = small_quote()
    del quote["taxes"]
    assert read_quote(quote).taxes is None


def test_every_country_with_wages_has_rows_and_every_row_a_rate_that_leaves_a_bill() -> None:
    countries = {row["country"] for row in rows("wages")}
    for tax in ("vat", "withholding_services"):
        assert {row["country"] for row in rows("taxes") if row["tax"] == tax} == countries
    for row in rows("taxes"):
        assert 0 <= Decimal(row["rate"]) < Decimal("0.5")
        assert row["tax"] == "withholding_services" or row["export"] in {
            "zero_rated",
            "outside_scope",
        }
