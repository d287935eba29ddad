"""The quote as a person reads it on a terminal: vendor's view, cost and margin included."""

from __future__ import annotations

import sys
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from api.cli.contract_summary import contract_break_even_lines, contract_lines
from api.cli.staffing_summary import staffing_table
from api.cli.tax_summary import fx_line, tax_notes, tax_table
from api.cli.term_summary import exit_line, prices_by_year, term_table
from pricing.charts.choice_words import chosen_sentences
from pricing.charts.comparison_cells import volume
from pricing.charts.foreign_pay import foreign_pay_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from pricing.money import Money
    from pricing.quote import Comparison, Offer, Quote

_WIDTH = 100
_SHOWN_CROSSINGS = 4
_SHOWN_SHARES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_OFFER = {"input_based": "input-based", "output_based": "output-based", "equal": "equal"}


def print_summary(quote: Quote) -> None:
    """Print a quote: offers, break-even, risk, people, cost, and what it rests on."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(quote):
        console.print(part)


def _parts(quote: Quote) -> Iterable[RenderableType]:
    about = quote.engagement
    yield f"{about.name}, for {about.client}"
    yield (
        f"{about.term_months} months from {about.start} in {about.currency}, valid "
        f"{about.validity_days} days. Vendor's view: it holds cost and margin."
    )
    yield _heading("Two offers for the same work")
    yield _offers(quote)
    yield _prices(quote)
    by_year = prices_by_year(quote.offers)
    if by_year is not None:
        yield by_year
    yield from (_indented(line) for line in contract_lines(quote))
    if quote.chosen is not None:
        yield _heading("How prices were chosen")
        yield from map(_indented, chosen_sentences(quote.model_dump(mode="json")))
    yield _heading("Which is cheaper for the client")
    yield from (_indented(line) for line in break_even_lines(quote.comparison))
    yield from (_indented(line) for line in contract_break_even_lines(quote))
    yield _bills(quote.comparison)
    yield _heading("Who carries which risk")
    yield _carriers(quote)
    yield _heading("People")
    yield staffing_table(quote.staffing)
    yield _heading("Cost over the term")
    yield _cost(quote)
    shown = quote.model_dump(mode="json")
    yield from (_indented(line) for line in foreign_pay_sentences(shown))
    if quote.term is not None:
        yield _heading("Money over the term")
        yield term_table(quote.term)
        yield _indented(exit_line(quote.term))
    if quote.taxes is not None:
        yield _heading("Taxes on the expected bills")
        yield tax_table(quote.taxes)
        yield from (_indented(line) for line in tax_notes(quote.taxes))
    yield _heading("What it rests on")
    yield from (_indented(line) for line in _basis(quote))


def _heading(text: str) -> str:
    return f"\n{text}"


def _indented(text: str) -> str:
    """Wrap a line under its heading; its own indent carries over to the lines it breaks into."""
    indent = "  " + " " * (len(text) - len(text.lstrip()))
    return textwrap.fill(
        text.strip(), _WIDTH - 2, initial_indent=indent, subsequent_indent=indent + "  "
    )


def _table(*headings: str, left: int = 1) -> Table:
    """Open a plain table; the first `left` columns are text, the others figures."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for position, heading in enumerate(headings):
        table.add_column(heading, justify="left" if position < left else "right")
    return table


def _whole(money: Money) -> str:
    """An amount without its minor units: a summary is read, not booked."""
    return f"{money.amount:,.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _offers(quote: Quote) -> Table:
    offers = (quote.offers.input_based, quote.offers.output_based)
    spreads = quote.risk.spreads
    table = _table("", "input-based", "output-based")
    for label, cells in (
        ("expected bill, term", [_whole(o.term.expected_bill) for o in offers]),
        *_years(*offers),
        ("cost with SG&A and financing", [_whole(o.term.cost) for o in offers]),
        ("profit", [_whole(o.term.profit) for o in offers]),
        ("margin on price", [_percent(o.term.margin) for o in offers]),
        ("bill, P10 to P90", [f"{_whole(s.bill_p10)} to {_whole(s.bill_p90)}" for s in spreads]),
        (
            "margin, P10 to P90",
            [f"{_percent(s.margin_p10)} to {_percent(s.margin_p90)}" for s in spreads],
        ),
        ("probability of a loss", [_percent(s.probability_of_loss) for s in spreads]),
        ("probability below floor margin", [_percent(s.probability_below_floor) for s in spreads]),
        *_budget(quote),
        *_futures(quote),
    ):
        table.add_row(label, *cells)
    return table


def _budget(quote: Quote) -> list[tuple[str, list[str]]]:
    """How likely each bill is above the client's budget, where the engagement states one."""
    budget = quote.risk.budget
    if budget is None:
        return []
    shares = [s.probability_over_budget for s in quote.risk.spreads]
    label = f"probability of a bill above {_whole(budget)}"
    return [(label, [_percent(one) for one in shares if one is not None])]


def _futures(quote: Quote) -> list[tuple[str, list[str]]]:
    """What is only known where futures were solved: cost, and the premium they ask for."""
    found = []
    if all(spread.cost_p10 and spread.cost_p90 for spread in quote.risk.spreads):
        cells = [
            f"{_whole(s.cost_p10)} to {_whole(s.cost_p90)}"
            for s in quote.risk.spreads
            if s.cost_p10 and s.cost_p90
        ]
        found.append(("delivery cost, P10 to P90", cells))
    derived = quote.risk.derived_premium
    if derived is not None:
        stated = sum(part.share for part in quote.offers.output_based.risk_premium)
        found.append(
            ("premium in the price; futures ask for", ["", f"{stated:+.1%}; {derived.share:+.1%}"])
        )
    return found


def _years(first: Offer, second: Offer) -> list[tuple[str, list[str]]]:
    return [
        (f"  year {one.year}", [_whole(one.expected_bill), _whole(two.expected_bill)])
        for one, two in zip(first.per_year, second.per_year, strict=True)
    ]


def _prices(quote: Quote) -> Table:
    currency = quote.engagement.currency
    table = _table("offer", "service", "site", "unit", f"price, {currency}", "floor", left=4)
    for offer in (quote.offers.input_based, quote.offers.output_based):
        for price in offer.prices:
            table.add_row(
                _OFFER[offer.method] if price.invoiced else "",
                price.service,
                price.site or "all",
                price.unit,
                f"{price.price.amount:,f}",
                f"{price.floor_price.amount:,f}",
            )
    return table


def break_even_lines(comparison: Comparison) -> list[str]:
    """Say in words where the cheaper offer changes, and by productivity."""
    unit, found = comparison.volume_unit, comparison.break_even
    crossings = len(found) + comparison.break_even_left_out
    plan = min(comparison.bills, key=lambda point: abs(point.share_of_plan - 1))
    lines = [
        f"At plan volume, {volume(comparison.plan_volume_per_month)} {unit}: "
        f"{_whole(plan.input_based)} input-based, {_whole(plan.output_based)} output-based; "
        f"{_OFFER[plan.cheaper]} is cheaper."
    ]
    low, high = comparison.volume_range
    if not found:
        everywhere = _OFFER[comparison.cheaper_when_no_crossing or "equal"]
        lines.append(
            f"The bills never cross between {low:.0%} and {high:.0%} of plan volume; "
            f"{everywhere} is always cheaper."
        )
    else:
        lines.append(
            f"Below {volume(found[0].volume)} {_OFFER[found[0].cheaper_below]} is always cheaper, "
            f"above {volume(found[-1].volume)} {_OFFER[found[-1].cheaper_above]} "
            f"(up to {high:.0%} of plan). Crossings: {crossings:,}; the input bill climbs in steps."
        )
        lines += [
            f"  {volume(crossing.volume):>12} ({_percent(crossing.share_of_plan)} of plan): "
            f"{_OFFER[crossing.cheaper_below]} cheaper below, "
            f"{_OFFER[crossing.cheaper_above]} above"
            for crossing in found[-_SHOWN_CROSSINGS:]
        ]
        if crossings > _SHOWN_CROSSINGS:
            has = "the first and last" if comparison.break_even_left_out else "all"
            lines.append(
                f"  and {crossings - _SHOWN_CROSSINGS:,} at lower volumes (--json has {has})"
            )
    lines.append(
        "If each unit takes longer than planned, output-based is cheaper from "
        f"{_percent(comparison.break_even_productivity)} of planned productivity downwards."
    )
    return lines


def _bills(comparison: Comparison) -> Table:
    table = _table("of plan", "volume", "FTE ordered", "input-based", "output-based", "cheaper")
    for point in comparison.bills:
        if point.share_of_plan in _SHOWN_SHARES:
            table.add_row(
                f"{point.share_of_plan:.0%}",
                volume(point.volume),
                " + ".join(point.ordered_fte.values()),
                _whole(point.input_based),
                _whole(point.output_based),
                _OFFER[point.cheaper],
            )
    return table


def _carriers(quote: Quote) -> Table:
    table = _table("risk", "input-based", "output-based", "because", left=4)
    for carrier in quote.risk.carriers:
        table.add_row(carrier.risk, carrier.input_based, carrier.output_based, carrier.why)
    return table


def _cost(quote: Quote) -> Table:
    years = range(1, len(quote.offers.input_based.per_year) + 1)
    table = _table("line", *(f"year {year}" for year in years), "term")
    for line in quote.cost.lines:
        amounts = (*line.by_year, line.amount)
        table.add_row(line.name.replace("_", " "), *(_whole(amount) for amount in amounts))
    totals = [period.delivery_cost for period in quote.offers.input_based.per_year]
    table.add_section()
    table.add_row("total", *(_whole(amount) for amount in totals), _whole(quote.cost.total))
    return table


def _basis(quote: Quote) -> list[str]:
    lines = [f"Warning: {warning}" for warning in quote.warnings]
    counts = {
        quality: sum(1 for item in quote.assumptions if item.quality == quality)
        for quality in ("official", "secondary", "stated", "unsourced")
    }
    listed = ", ".join(f"{count} {quality}" for quality, count in counts.items())
    if quote.fx:
        rates = "; ".join(fx_line(rate) for rate in quote.fx)
        lines.append(f"Exchange rates, frozen with this quote: {rates}.")
    lines.append(f"Values by quality of source: {listed}.")
    if quote.unsourced:
        lines.append("Unsourced, to be confirmed before this is sent:")
        lines += [f"  {line}" for line in _grouped(quote.unsourced)]
    word = "yes" if quote.reproducible else "NO: the clock stopped a solve"
    lines.append(f"Reproducible: {word}. Content hash {quote.content_hash}")
    return lines


def _grouped(paths: tuple[str, ...]) -> list[str]:
    """Paths by their first step, each step written once."""
    return [
        f"{first}: {', '.join(path.partition('.')[2] or 'itself' for path in group)}"
        for first, group in groupby(paths, key=lambda path: path.partition(".")[0])
    ]
