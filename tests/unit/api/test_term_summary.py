"""The money over the term as a person reads it."""

from typing import Any

from rich.console import Console
from rich.table import Table

from api.cli.term_summary import exit_line, prices_by_year, term_table
from pricing.quote import Quote
from pricing.term.documents import TermMoney
from tests.builders.explained import small_quote


def term_of(**changes: object) -> TermMoney:
    """Money over the term of a quote priced on a plan made by hand."""
    quote = Quote.model_validate(small_quote(**changes))  # type: ignore[arg-type]
    assert quote.term is not None
    return quote.term


def printed(table: Table | None) -> str:
    """A table as it is printed."""
    console = Console(width=100, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def shown(term: TermMoney) -> str:
    """The table of the term as it is printed."""
    return printed(term_table(term))


def test_both_offers_stand_side_by_side() -> None:
    term = term_of()
    text = shown(term)
    assert f"{term.input_based.tcv.amount:,.0f}" in text
    assert f"{term.output_based.npv.amount:,.0f}" in text
    assert f"in month {term.input_based.peak_exposure_month}" in text
    assert f"from month {term.output_based.payback_month}" in text


def test_a_client_who_pays_at_once_exposes_nobody() -> None:
    changes = {
        "commercial.dso_days": 0,
        "commercial.transition": {"cost": 0, "amortisation_months": 1},
    }
    text = shown(term_of(**changes))
    assert "deepest exposure" in text
    assert "none" in text
    assert "from month 0" in text


def test_what_an_early_end_leaves_open_is_told_year_by_year() -> None:
    assert exit_line(term_of()).startswith(
        "Ending the contract early leaves open, USD: after month 0 30,000; after month 12 "
    )
    without = {"commercial.transition": {"cost": 0, "amortisation_months": 1}}
    assert exit_line(term_of(**without)) == "Ending the contract early leaves nothing open."


def test_prices_by_year_have_a_table_of_their_own() -> None:
    yearly: dict[str, Any] = {"commercial.price_over_term": "yearly"}
    offers = Quote.model_validate(small_quote(**yearly)).offers
    text = printed(prices_by_year(offers))
    assert "invoiced by year" in text
    for amount in (*offers.input_based.prices[0].by_year, *offers.output_based.prices[0].by_year):
        assert f"{amount.amount:,f}" in text
    assert prices_by_year(Quote.model_validate(small_quote()).offers) is None
