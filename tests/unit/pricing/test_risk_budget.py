"""P(bill > budget): counted over a quote's draws, told to the vendor and to the client."""

from decimal import Decimal

import pytest

from api.cli.summary import _budget
from dashboard.tables import OVER_TERM, offers
from pricing.client_comparison.budget import probability_over
from pricing.client_comparison.build import client_comparison
from pricing.explain.documents import Explanation
from pricing.explain.unfold import explain
from pricing.quote import Quote
from pricing.repricing import basis_key
from pricing.risk.budget import budget_of
from staffing.errors import BadInputError
from tests.builders.choice import FEW, MadeUpFutures
from tests.builders.pricing import DEFERRABLE, LIVE, engagement
from tests.unit.pricing.choice.test_quoted import priced
from tests.unit.pricing.test_risk_term_spread import by_method, risk_of

ASKED = {"commercial.prices_from": "stated", "commercial.risk_from": "futures"}


def with_budget(budget: object) -> Quote:
    """A quote on futures made by hand, with a budget."""
    return priced({**ASKED, "commercial.client_budget": budget})


PLAIN = priced(ASKED)
ABOVE = PLAIN.risk.spreads[1].bill_p50.amount * 11 // 10
QUOTE = with_budget(int(ABOVE))


def test_it_is_the_share_of_the_draws_with_a_dearer_bill() -> None:
    """Units of every future at the quoted unit prices, against a tenth above their P50."""
    document = engagement(services=[DEFERRABLE, LIVE], term_months=18)
    prices = {one.service: float(one.price.amount) for one in QUOTE.offers.output_based.prices}
    bill = MadeUpFutures(document).outcomes(FEW, 0).output_bill(prices)
    hours, units = QUOTE.risk.spreads
    assert units.probability_over_budget == round(float((bill > float(ABOVE)).mean()), 4)
    assert units.probability_over_budget == pytest.approx(0.17, abs=0.02)
    assert hours.probability_over_budget not in {None, units.probability_over_budget}


def test_a_larger_budget_is_never_likelier_to_be_exceeded() -> None:
    scales = ("0.1", "0.9", "1", "1.1", "5")
    found = [with_budget(str(ABOVE * Decimal(scale))).risk for scale in scales]
    for at in (0, 1):
        shares = [one.spreads[at].probability_over_budget for one in found]
        assert shares == sorted(shares, reverse=True)  # type: ignore[type-var]
        assert (shares[0], shares[-1]) == (1.0, 0.0)


def test_a_quote_read_off_the_curve_has_it_as_well() -> None:
    plain, _ = risk_of(0.2, 0.1)
    for at, spread in enumerate(by_method(plain)):
        budget = str(spread.bill_p90.amount)
        with_one = by_method(risk_of(0.2, 0.1, {"commercial.client_budget": budget})[0])[at]
        assert with_one.probability_over_budget == pytest.approx(0.1, abs=0.01)


def test_without_a_budget_nothing_is_said_and_no_other_figure_moves() -> None:
    dumped = PLAIN.model_dump(mode="json")["risk"]
    assert "budget" not in dumped
    assert not any("probability_over_budget" in spread for spread in dumped["spreads"])
    assert _budget(PLAIN) == []
    assert client_comparison(PLAIN).budget is None
    assert PLAIN.offers == QUOTE.offers
    one, two = (
        q.risk.spreads[0].model_copy(update={"probability_over_budget": None})
        for q in (PLAIN, QUOTE)
    )
    assert one == two


def test_the_client_reads_the_same_figure_and_may_ask_about_another_budget() -> None:
    made = client_comparison(QUOTE)
    assert made.budget == QUOTE.risk.budget
    for view, spread in zip(made.offers, QUOTE.risk.spreads, strict=True):
        assert view.over_budget == spread.probability_over_budget
    other = client_comparison(QUOTE, budget=ABOVE * 2)
    units = QUOTE.risk.spreads[1]
    low, mid, high = (float(x.amount) for x in (units.bill_p10, units.bill_p50, units.bill_p90))
    assert other.offers[1].over_budget == probability_over(low, mid, high, float(ABOVE) * 2)
    assert other.budget is not None
    assert other.budget.amount == ABOVE * 2


def test_the_summary_and_the_page_tell_it() -> None:
    ((label, cells),) = _budget(QUOTE)
    assert label == f"probability of a bill above {ABOVE:,.0f}"
    shares = [spread.probability_over_budget or 0 for spread in QUOTE.risk.spreads]
    assert cells == [f"{100 * share:.1f} %" for share in shares]
    row = offers(QUOTE.model_dump(mode="json"))[-1]
    assert row[OVER_TERM] == f"Probability of a bill above {ABOVE:,.0f} USD"
    document = QUOTE.model_dump(mode="json")
    for path in ("risk.budget", "risk.spreads[0].probability_over_budget"):
        assert isinstance(explain(document, path, 0), Explanation)


def test_a_budget_of_the_study_stands_before_that_of_the_engagement() -> None:
    document = engagement({"commercial.client_budget": "500.5"})
    stated, asked = budget_of(document), budget_of(document, "700")
    assert stated is not None
    assert asked is not None
    assert (stated.amount, asked.amount) == (Decimal("500.50"), Decimal(700))
    assert budget_of(engagement()) is None


def test_nothing_is_solved_again_for_another_budget() -> None:
    document = engagement({"commercial.client_budget": 1})
    assert basis_key(document) == basis_key(engagement())
    assert "client_budget" not in engagement().model_dump(mode="json")["commercial"]


@pytest.mark.parametrize(
    ("budget", "accepted"),
    [
        (0, "above 0"),
        ("-3", "above 0"),
        (1000.5, "a whole number, or a decimal number in quotes"),
        ("much", "a whole number, or a decimal number in quotes"),
        (True, "a whole number, or a decimal number in quotes"),
    ],
)
def test_what_is_no_amount_above_0_is_refused(budget: object, accepted: str) -> None:
    with pytest.raises(BadInputError) as found:
        engagement({"commercial.client_budget": budget})
    (issue,) = found.value.issues
    assert issue.path == "commercial.client_budget"
    assert accepted in issue.accepted
