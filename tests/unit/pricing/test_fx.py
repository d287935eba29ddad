"""Exchange rates a quote is made with, and that it lists them."""

from decimal import Decimal

import pytest

from pricing.fx import fx_rate
from pricing.ratecard import RateCard
from staffing.errors import BadInputError
from tests.builders.explained import small_quote
from tests.builders.pricing import engagement

PESOS = {"value": 250, "per": "hour", "currency": "PHP"}
DOLLAR, PESO, RUPEE = Decimal("1.1394"), Decimal("69.911"), Decimal("107.856")


def test_a_rate_between_two_currencies_is_the_ratio_of_both_against_the_euro() -> None:
    rate = fx_rate(engagement(), "PHP")
    assert (rate.base, rate.currency, rate.type) == ("USD", "PHP", "reference")
    assert rate.value == PESO / DOLLAR
    assert (rate.as_of, rate.quality) == ("2026-06-30", "official")


def test_against_the_euro_the_rate_is_the_table_s() -> None:
    rate = fx_rate(engagement(currency="EUR"), "PHP")
    assert rate.value == PESO


def test_a_rate_is_as_good_as_the_worse_of_its_two_rows() -> None:
    assert fx_rate(engagement(), "EGP").quality == "secondary"
    assert fx_rate(engagement(), "INR").quality == "official"


def test_a_stated_rate_keeps_its_date_and_source() -> None:
    stated = {"value": 57, "source": "contract, annex 3", "as_of": "2026-10-01"}
    rate = fx_rate(engagement(fx={"PHP": stated}), "PHP")
    assert rate.value == 57
    assert (rate.type, rate.quality) == ("stated", "stated")
    assert (rate.as_of, rate.source) == ("2026-10-01", "contract, annex 3")
    assert fx_rate(engagement(fx={"PHP": 57}), "PHP").quality == "unsourced"


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(BadInputError) as caught:
        fx_rate(engagement(), "KES")
    assert caught.value.issues[0].path == "fx.KES"


def test_a_card_lists_the_rates_it_used_and_no_other() -> None:
    document = engagement({"sites[0].wages.claims_processor": PESOS}, fx={"PHP": 57, "INR": 85})
    card = RateCard(document)
    pay = card.role_rate(document.sites[0], "claims_processor")
    assert pay.wage_per_hour == Decimal(250) / 57
    assert list(card.fx) == ["PHP"]


def test_a_quote_holds_its_rates() -> None:
    assert small_quote()["fx"] == []  # its wages are in dollars
