"""What a client reads holds nothing of the vendor's: no word, and no number."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from pricing.client_comparison import ClientComparison, client_comparison, vendor_view
from pricing.client_comparison.vendor import VendorView
from pricing.quote import Quote
from tests.builders.comparisons import FORBIDDEN, compared_quote

# Titles of sources are quoted as they are; names are the client's own.
QUOTED = {"source", "pay_source", "name", "client"}


@cache
def shown() -> Any:
    return client_comparison(compared_quote(), budget=Decimal(400_000)).model_dump(mode="json")


def texts(value: object, own: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every key and every text of plain data; texts under the keys of `own` left out."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            if not (key in own and isinstance(item, str | None)):
                yield from texts(item, own)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, own)
    elif isinstance(value, str):
        yield value


def numbers(value: object) -> Iterator[float]:
    """Every number of plain data, amounts of money included."""
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, bool) or value is None:
        return
    elif re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", str(value)):
        yield float(str(value))


def vendor_numbers(quote: Quote) -> dict[str, float]:
    """Every number of the vendor's side that could tell something, by what it is."""
    offers = (quote.offers.input_based, quote.offers.output_based)
    found: dict[str, float] = {"cost": float(quote.cost.total.amount)}
    for line in quote.cost.lines:
        found[line.name] = float(line.amount.amount)
    for offer in offers:
        for period in (offer.term, *offer.per_year):
            for name in ("delivery_cost", "sga", "financing", "cost", "profit"):
                at = f"{offer.method} {period.year} {name}"
                found[at] = float(getattr(period, name).amount)
            found[f"{offer.method} {period.year} margin"] = period.margin
        for price in offer.prices:
            at = f"floor of {price.service} per {price.unit}"
            found[f"{offer.method} {at}"] = float(price.floor_price.amount)
        for name, money in offer.parity_unit_prices.items():
            found[f"parity {name}"] = float(money.amount)
    for spread in quote.risk.spreads:
        for name in ("margin_p10", "margin_p50", "margin_p90"):
            found[f"{spread.method} {name}"] = getattr(spread, name)
    for team in quote.staffing.teams:
        for year in team.years:
            found[f"{team.name} payroll {year.year}"] = year.payroll_weeks
            found[f"{team.name} hires {year.year}"] = year.started_hires
    return {name: value for name, value in found.items() if value > 0.02}


def test_no_forbidden_word_in_the_schema() -> None:
    schema = ClientComparison.model_json_schema()
    assert [text for text in texts(schema) if FORBIDDEN.search(text)] == []


def test_no_forbidden_word_in_keys_or_texts() -> None:
    assert [text for text in texts(shown(), frozenset(QUOTED)) if FORBIDDEN.search(text)] == []


def test_the_words_are_found_where_they_are() -> None:
    quote = compared_quote()
    vendor = json.dumps([VendorView.model_json_schema(), quote.model_dump(mode="json")])
    assert {word.lower() for word in FORBIDDEN.findall(vendor)} >= {
        *("cost", "margin", "wage", "premium", "profit", "floor", "parity", "sga", "contingency")
    }


def test_no_number_of_the_vendor_s_side() -> None:
    visible = {round(number, 6) for number in numbers(shown())}
    leaked = {
        name: value
        for name, value in vendor_numbers(compared_quote()).items()
        if round(value, 6) in visible
    }
    assert leaked == {}


def test_no_number_of_the_vendor_s_side_is_one_step_of_arithmetic_away_from_the_document() -> None:
    """The band of a bill must not be the band of a margin in other words."""
    quote = compared_quote()
    visible = sorted({abs(n) for n in numbers(shown()["offers"]) if n})
    secrets = [spread.margin_p50 for spread in quote.risk.spreads]
    for secret in secrets:
        assert not any(abs(one - (1 - secret)) < 1e-6 for one in visible)


def test_the_vendor_s_numbers_are_found_where_they_are() -> None:
    quote = compared_quote()
    everything = {round(number, 6) for number in numbers(quote.model_dump(mode="json"))}
    secrets = vendor_numbers(quote)
    assert len(secrets) > 40
    assert all(round(value, 6) in everything for value in secrets.values())


@pytest.mark.parametrize("name", ["cost", "margin", "staffing", "assumptions", "vendor"])
def test_the_schema_refuses_more_than_it_names(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ClientComparison.model_validate({**shown(), name: 1})


def test_the_vendor_s_view_stands_apart() -> None:
    quote = compared_quote()
    comparison = client_comparison(quote)
    view = vendor_view(quote, comparison)
    assert view.recommended_to_client == comparison.recommendation.method
    assert view.agree == (view.preferred == view.recommended_to_client)
    margins = {offer.method: offer.margin_p10 for offer in view.offers}
    assert margins[view.preferred] == max(margins.values())
