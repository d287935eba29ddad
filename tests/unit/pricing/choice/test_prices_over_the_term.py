"""Prices from risk by year, discounted and indexed: futures billed afresh hold them, just."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from pricing.choice.beliefs import Knowledge, beliefs
from pricing.engagement import Engagement
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.quote import Quote
from pricing.quoting import Planned, price_plan
from pricing.ratecard import RateCard
from pricing.risk.outcomes import Outcomes
from staffing.errors import BadInputError
from tests.builders.choice import FEW, MadeUpFutures
from tests.builders.explained import small_plan
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, terms_of

GROWTH, SHARE, CAP = 0.04, 0.65, 0.03
YEARLY: dict[str, Any] = {"commercial.price_over_term": "yearly"}
DISCOUNTED: dict[str, Any] = {"commercial.discounting": "capital_cost"}
INDEXED: dict[str, Any] = {
    "commercial.index_growth_per_year": GROWTH,
    "contract": {
        "indexation": {"index": "ECI", "share": str(SHARE), "floor": "0", "cap": str(CAP)},
    },
}
REBATE: dict[str, Any] = {"contract": {"rebates": [{"above": "1", "share": "0.02"}]}}
TAIL: dict[str, Any] = {"commercial.choice": {"tail_margin": 0.13}}
KINDS: dict[str, dict[str, Any]] = {
    "flat": {},
    "yearly": YEARLY,
    "discounted": DISCOUNTED,
    "yearly and discounted": YEARLY | DISCOUNTED,
    "indexed": INDEXED,
    "indexed and discounted": INDEXED | DISCOUNTED,
    "yearly, under a contract": YEARLY | REBATE,
    "yearly, the tail binds": YEARLY | TAIL,
    "indexed, the tail binds": INDEXED | TAIL,
}
MONTHS, STEP = 18, 1e-6
_SMALL: dict[str, Any] = {
    "commercial.prices_from": "risk",
    "commercial.floor_margin": 0.05,
    "commercial.unit_price_places": 6,
    "sites[0].wage_growth_per_year": 0.07,
}


def document_of(changes: dict[str, Any]) -> Engagement:
    """Two services over a year and a half."""
    return engagement(_SMALL | changes, services=[DEFERRABLE, LIVE], term_months=MONTHS)


def quote_of(changes: dict[str, Any]) -> Quote:
    """Its quote on futures made by hand."""
    document = document_of(changes)
    planned = Planned(RateCard(document), terms_of(document), small_plan())
    return price_plan(document, planned, MadeUpFutures(document, wages_sd=0.02))


@cache
def quoted(kind: str) -> Quote:
    """Quote of one kind of term."""
    return quote_of(KINDS[kind])


def by_month(price: Any, over: float) -> list[float]:
    """What is asked in each month, some steps over the price quoted."""
    years = price.by_year or (price.price,) * 2
    return [float(years[month // 12].amount) + over for month in range(MONTHS)]


def worth(document: Engagement, month: int) -> float:
    """What money of a month counts."""
    rate = float(document.commercial.capital_cost.value)
    return (1 + rate) ** (-(month + 1) / 12) if document.commercial.discounting != "none" else 1.0


def billed(kind: str, outcomes: Outcomes, price: list[float], quantity: str, at: int) -> np.ndarray:
    """Bill of one team or service over the term in every future, month by month."""
    document, total = document_of(KINDS[kind]), np.zeros(FEW)
    contract = document.contract
    for month, asked in enumerate(price):
        moved = np.ones(FEW)
        if contract is not None and contract.indexation is not None:
            growth = (1 + GROWTH) * outcomes.factors["wage_inflation"] - 1
            moved = (1 + np.clip(SHARE * growth, 0, CAP)) ** (month // 12) * price[0] / asked
        done = getattr(outcomes.months, quantity)(month)[at]
        kept = 0.98 if contract is not None and contract.rebates else 1.0
        total += asked * moved * done * worth(document, month) * kept
    return total


def afresh(kind: str, steps: float = 0.0) -> Iterator[tuple[float, float]]:
    """Expected margin and its P10 of each service once the client has chosen.

    All invoiced prices are as quoted, or some steps above (FTE-months in cents).
    """
    quote, document = quoted(kind), document_of(KINDS[kind])
    outcomes = MadeUpFutures(document, wages_sd=0.02).outcomes(FEW, 0)
    views = beliefs(outcomes.factors, Knowledge(volume=0.6, complexity=0.6), 0)
    commercial = document.commercial
    left = 1 - float(commercial.sga.value) - float(commercial.financing_share)
    hours = [one for one in quote.offers.input_based.prices if one.invoiced]
    units = quote.offers.output_based.prices
    even = np.mean([worth(document, month) for month in range(MONTHS)])
    for at, (hour, unit) in enumerate(zip(hours, units, strict=True)):
        by_hour = billed(kind, outcomes, by_month(hour, 0.01 * steps), "orders", at)
        by_unit = billed(kind, outcomes, by_month(unit, STEP * steps), "units", at)
        weighed = views.expected(np.column_stack([by_hour, by_unit]))
        takes_hours = weighed[:, 0] <= weighed[:, 1]
        bill = np.where(takes_hours, by_hour, by_unit)
        cost = np.where(takes_hours, outcomes.cost_input[:, at], outcomes.cost_output[:, at]) * even
        yield float(left - cost.mean() / bill.mean()), float(left - np.quantile(cost / bill, 0.9))


def holds(kind: str, found: tuple[float, float]) -> bool:
    """Whether a service's margin and bad futures are what is asked for."""
    least = 0.13 if "tail" in kind else 0.0
    return found[0] >= 0.18 and found[1] >= least


@pytest.mark.parametrize("kind", KINDS)
def test_prices_are_the_lowest_that_hold_when_futures_are_billed_afresh(kind: str) -> None:
    """What is quoted holds, a step below does not."""
    assert all(holds(kind, one) for one in afresh(kind))
    assert not any(holds(kind, one) for one in afresh(kind, steps=-1.0))
    chosen = quoted(kind).chosen
    assert chosen is not None
    for lot, (margin, p10) in zip(chosen.lots, afresh(kind), strict=True):
        # Rounding a price may let one of the 2,000 futures change sides.
        assert lot.margin == pytest.approx(margin, abs=1 / FEW / 5)
        assert lot.p10 == pytest.approx(p10, abs=1e-3)
        assert lot.binding == ("tail" if "tail" in kind else "margin")


@pytest.mark.parametrize("kind", ["yearly", "indexed and discounted"])
def test_a_dearer_margin_takes_dearer_prices_and_the_same_asked_twice_is_the_same(
    kind: str,
) -> None:
    dearer = quote_of(KINDS[kind] | {"commercial.target_margin": 0.19})
    for one, two in zip(_invoiced(quoted(kind)), _invoiced(dearer), strict=True):
        assert [year.amount for year in one.by_year] < [year.amount for year in two.by_year]
        assert one.floor_price.amount < one.price.amount
    assert quote_of(KINDS[kind]) == quoted(kind)


def _invoiced(quote: Quote) -> list[Any]:
    both = (quote.offers.input_based, quote.offers.output_based)
    return [price for offer in both for price in offer.prices if price.invoiced]


def test_each_year_has_the_price_of_its_own_cost_at_the_same_level() -> None:
    yearly, flat = quoted("yearly"), quote_of({})
    stated = quote_of(YEARLY | {"commercial.prices_from": "stated"})
    assert yearly.chosen is not None
    levels = [lot.input_level for lot in yearly.chosen.lots]
    for level, own, parity in zip(
        levels, _invoiced(yearly)[:2], _invoiced(stated)[:2], strict=True
    ):
        ratios = [
            float(one.amount / two.amount)
            for one, two in zip(own.by_year, parity.by_year, strict=True)
        ]
        assert ratios == pytest.approx([level] * 2, abs=1e-4)
    assert _invoiced(flat)[0].by_year == ()


def test_a_faster_index_lowers_the_price_of_the_first_year() -> None:
    slow = quote_of(INDEXED | {"commercial.index_growth_per_year": 0.01})
    for one, two in zip(_invoiced(slow), _invoiced(quoted("indexed")), strict=True):
        assert two.by_year[0].amount < one.by_year[0].amount
        assert two.by_year[1].amount > one.by_year[1].amount


def test_what_the_prices_mean_is_told() -> None:
    chosen = quoted("yearly and discounted").chosen
    assert chosen is not None
    assert "each contract year has its own prices" in chosen.notes[0]
    assert "discounted to the start at 10.0% a year" in chosen.notes[1]
    flat = quote_of({}).chosen
    assert flat is not None
    assert flat.notes == ()


def test_an_index_beside_prices_by_year_is_still_refused() -> None:
    with pytest.raises(BadInputError, match=r"index_growth_per_year: none where price_over_term"):
        document_of(INDEXED | YEARLY)


@pytest.mark.parametrize("kind", ["yearly", "discounted", "indexed and discounted"])
def test_every_formula_of_such_prices_gives_the_number_shown(kind: str) -> None:
    document = quoted(kind).model_dump(mode="json")
    wrong, checked = [], 0
    for steps, _ in numbers(document):
        path = written(steps)
        if not path.startswith("offers"):
            continue
        found = explain(document, path, 0)
        assert isinstance(found, Explanation)
        checked += found.agrees is True
        if found.agrees is False:
            wrong.append((found.path, found.value, found.result))
    assert wrong == []
    assert checked > 20
