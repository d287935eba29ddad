"""A quote whose prices come from risk: on a plan and futures made by hand, nothing solved."""

from typing import Any

import numpy as np
import pytest

import pricing.planning
import pricing.quoting
from api.cli.summary import _futures
from dashboard.tables import drawn
from pricing.charts.choice_words import chosen_sentences
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.quote import Quote
from pricing.quoting import Planned, price_plan
from pricing.ratecard import RateCard
from pricing.risk.quoted import reads_futures
from tests.builders.choice import FEW, MadeUpFutures
from tests.builders.explained import small_plan
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, terms_of


def priced(changes: dict[str, Any] | None = None) -> Quote:
    stated = {"commercial.prices_from": "risk", "commercial.floor_margin": 0.05}
    document = engagement(stated | (changes or {}), services=[DEFERRABLE, LIVE], term_months=18)
    planned = Planned(RateCard(document), terms_of(document), small_plan())
    return price_plan(document, planned, MadeUpFutures(document))


QUOTE = priced()
CHOSEN = QUOTE.chosen


def test_margin_and_bad_futures_hold_after_the_choice() -> None:
    assert CHOSEN is not None
    assert [lot.name for lot in CHOSEN.lots] == ["claims", "helpdesk"]
    for lot in CHOSEN.lots:
        assert lot.margin >= 0.18 - 1e-6
        assert lot.p10 >= -1e-6
        assert lot.stand_alone_margin < lot.margin
    assert CHOSEN.margin >= 0.18 - 1e-6
    assert (CHOSEN.knowledge_volume, CHOSEN.knowledge_complexity) == (0.6, 0.6)


def test_what_the_client_knows_is_listed_as_assumed_when_nobody_states_it() -> None:
    assert "commercial.choice.knowledge_complexity" in QUOTE.unsourced
    stated = {"value": 0.9, "source": "a pilot"}
    known = priced({"commercial.choice": {"knowledge_complexity": stated}})
    assert "commercial.choice.knowledge_complexity" not in known.unsourced
    assert known.chosen is not None
    assert known.chosen.lots[0].output_level > CHOSEN.lots[0].output_level  # type: ignore[union-attr]


def test_every_formula_of_the_quote_gives_the_number_shown() -> None:
    document = QUOTE.model_dump(mode="json")
    wrong = []
    for steps, _ in numbers(document):
        found = explain(document, written(steps), 0)
        assert isinstance(found, Explanation)
        if found.agrees is False:
            wrong.append((found.path, found.value, found.result))
    assert wrong == []


def test_the_premium_is_derived_and_its_parts_add_up() -> None:
    assert CHOSEN is not None
    for lot in CHOSEN.lots:
        total = sum(part.share for part in lot.premium)
        assert total == pytest.approx(lot.output_level - 1, abs=1e-5)
    names = [part.name for part in QUOTE.offers.output_based.risk_premium]
    assert names == [part.name for part in CHOSEN.lots[0].premium]


def test_how_prices_were_chosen_is_told_and_nothing_of_stated_ones() -> None:
    assert CHOSEN is not None
    document = QUOTE.model_dump(mode="json")
    rests, margin, *premiums = chosen_sentences(document)
    assert "knowing 60% of the spread of its volume" in rests
    assert f"the margin is {CHOSEN.margin:.1%}" in margin
    assert premiums[1].startswith(f"Unit price of helpdesk on parity {_over(1):+.2%}")
    assert chosen_sentences(document | {"chosen": None}) == []


def _over(lot: int) -> float:
    assert CHOSEN is not None
    return CHOSEN.lots[lot].output_level - 1


def test_floors_are_the_lowest_after_the_choice() -> None:
    for offer in (QUOTE.offers.input_based, QUOTE.offers.output_based):
        assert all(price.floor_price.amount < price.price.amount for price in offer.prices)


def test_risk_is_that_of_the_futures_prices_were_chosen_on() -> None:
    assert QUOTE.risk.draws == FEW
    hours, units = QUOTE.risk.spreads
    assert (hours.method, units.method) == ("input_based", "output_based")
    assert hours.margin_p10 != units.margin_p10
    assert units.bill_p10.amount < units.bill_p50.amount < units.bill_p90.amount


def test_prices_as_stated_are_parity_and_premiums_as_before() -> None:
    stated = priced({"commercial.prices_from": "stated"})
    assert stated.chosen is None
    assert "chosen" not in stated.model_dump()
    silent = engagement(services=[DEFERRABLE, LIVE], term_months=18)
    assert "prices_from" not in silent.model_dump()["commercial"]
    assert "choice" not in silent.model_dump()["commercial"]
    parts = [part.name for part in stated.offers.output_based.risk_premium]
    assert parts == ["productivity", "volume", "quality", "wage_and_fx"]


def test_another_margin_or_knowledge_is_priced_without_a_solve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be solved")

    monkeypatch.setattr(pricing.planning, "plan_staffing", refuse)
    monkeypatch.setattr(pricing.quoting, "quote_risk", refuse)
    dearer = priced({"commercial.target_margin": 0.22})
    assert dearer.chosen is not None
    assert dearer.chosen.margin == pytest.approx(0.22, abs=1e-6)
    prices = [q.offers.output_based.prices[0].price.amount for q in (QUOTE, dearer)]
    assert prices[0] < prices[1]
    assert priced() == QUOTE


ASKED = {"commercial.prices_from": "stated", "commercial.risk_from": "futures"}


def test_a_quote_with_stated_premiums_takes_its_risk_from_futures_when_asked() -> None:
    asked, silent = priced(ASKED), priced({"commercial.prices_from": "stated"})
    assert asked.chosen is None
    assert asked.offers == silent.offers
    assert (asked.risk.draws, asked.risk.factors) == (FEW, ("volume", "complexity"))
    for spread in asked.risk.spreads:
        assert spread.cost_p10 is not None
        assert spread.cost_p50 is not None
        assert spread.cost_p90 is not None
        assert spread.cost_p10.amount < spread.cost_p50.amount < spread.cost_p90.amount
        assert spread.cost_error is not None
    hours, units = asked.risk.spreads
    assert hours.cost_p90 != units.cost_p90


def test_the_premium_futures_ask_for_stands_beside_the_stated_one() -> None:
    """At parity times one and the premium, expected margin or floor is just held."""
    asked = priced(ASKED)
    derived = asked.risk.derived_premium
    assert derived is not None
    document = engagement(
        {"commercial.floor_margin": 0.05}, services=[DEFERRABLE, LIVE], term_months=18
    )
    outcomes = MadeUpFutures(document).outcomes(FEW, 0)
    stated = 1 + sum(part.share for part in asked.offers.output_based.risk_premium)
    prices = asked.offers.output_based.prices
    bill = outcomes.output_bill({one.service: float(one.price.amount) / stated for one in prices})
    cost = outcomes.cost_output.sum(axis=1)
    kept = 1 - float(document.commercial.sga.value) - float(document.commercial.financing_share)
    by_margin = cost.mean() / bill.mean() / (kept - 0.18) - 1
    by_floor = np.quantile(cost / bill, 0.9) / (kept - 0.05) - 1
    assert derived.share == pytest.approx(max(by_margin, by_floor), abs=1e-3)
    assert derived.binds == ("margin" if by_margin >= by_floor else "floor")
    spent, premium = _futures(asked)
    assert spent[0] == "delivery cost, P10 to P90"
    assert premium[1] == ["", f"{stated - 1:+.1%}; {derived.share:+.1%}"]


def test_a_quote_that_asks_for_the_curve_reads_no_futures() -> None:
    silent = priced({"commercial.prices_from": "stated"})
    dumped = silent.model_dump(mode="json")["risk"]
    assert silent.risk.draws == 10_000
    assert not {"factors", "derived_premium"} & set(dumped)
    assert _futures(silent) == []
    assert not any(name.startswith("cost") for spread in dumped["spreads"] for name in spread)


@pytest.mark.parametrize(
    ("prices_from", "risk_from", "read"),
    [
        (None, None, True),
        ("stated", None, True),
        ("stated", "curve", False),
        ("stated", "futures", True),
        ("risk", None, True),
        ("risk", "curve", True),
    ],
)
def test_futures_are_read_unless_the_curve_is_asked_for_and_prices_are_as_stated(
    prices_from: str | None, risk_from: str | None, *, read: bool
) -> None:
    stated = {"commercial.prices_from": prices_from, "commercial.risk_from": risk_from}
    document = engagement(stated, services=[DEFERRABLE])
    assert reads_futures(document) is read
    assert ("risk_from" in document.model_dump()["commercial"]) is (risk_from is not None)


def test_what_was_drawn_is_named_on_the_page() -> None:
    silent = priced({"commercial.prices_from": "stated"})
    assert drawn(silent.model_dump(mode="json")) == "volume and productivity"
    assert drawn(priced(ASKED).model_dump(mode="json")) == "volume and complexity"
