"""A wage under a sourced minimum is warned of; others are not."""

from typing import Any

import pytest

from pricing.briefing import team_terms
from pricing.minimum_wage import minimum_wage_warnings
from pricing.ratecard import RateCard
from tests.builders.pricing import engagement


def warnings(country: str, wage: Any, currency: str, start: str = "2027-01-04") -> tuple[str, ...]:
    """Warnings for one team of a site with this wage an hour."""
    stated = {"value": wage, "per": "hour", "currency": currency}
    changes = {"sites[0].country": country, "sites[0].wages.claims_processor": stated}
    document = engagement(changes, start=start)
    card = RateCard(document)
    return minimum_wage_warnings(card, team_terms(document, card))


@pytest.mark.parametrize(("wage", "warned"), [("86.87", True), ("86.88", False)])
def test_metro_manila_pays_at_least_695_pesos_a_day(wage: str, warned: bool) -> None:
    """695 pesos over 8 hours are 86.875."""
    found = warnings("PH", wage, "PHP")
    assert bool(found) == warned
    if warned:
        assert "claims_processor at Manila" in found[0]
        assert "86.88" in found[0]


@pytest.mark.parametrize(
    ("start", "wage", "warned"),
    [("2026-12-07", 14, False), ("2027-01-04", 14, True), ("2027-01-04", "14.60", False)],
)
def test_the_minimum_in_force_on_the_first_day_counts(start: str, wage: Any, warned: bool) -> None:
    """Germany: 13.90 euro until the end of 2026, 14.60 from 2027."""
    assert bool(warnings("DE", wage, "EUR", start)) == warned


def test_a_wage_in_another_currency_is_compared_in_the_minimum_s() -> None:
    """69.911 pesos to the euro: 1.24 euro are 86.69 pesos, 1.25 are 87.39."""
    assert warnings("PH", "1.24", "EUR")
    assert not warnings("PH", "1.25", "EUR")


def test_a_minimum_without_a_source_is_not_held_against_anybody() -> None:
    assert warnings("IN", 1, "INR") == ()


def test_a_country_without_a_row_is_not_checked() -> None:
    assert warnings("KE", 1, "USD") == ()
