"""A surge offer on a terminal: what the client may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.surge_prices_summary import charge_table, notice_table, rate_table
from api.cli.surge_tables import heading, peak_line, print_all, table, wrapped
from staffing.charts.parts import DAY_H
from staffing.exports.surge_rows import HourRow, moment, shown_hours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.table import Table

    from pricing.surge_report import SurgeOffer


def print_offer(offer: SurgeOffer) -> None:
    """Print an offer: client's view."""
    print_all(_parts(offer))


def _parts(offer: SurgeOffer) -> Iterable[RenderableType]:
    yield f"{offer.engagement}, for {offer.client}"
    peak = peak_line(offer.size, offer.days, offer.start, offer.notice_h)
    yield f"Extra {offer.service} at {offer.site}: {peak}"
    yield heading("The promise")
    yield wrapped(f"{offer.promise.text}.")
    yield heading("People by hour since the call")
    yield _hours(offer)
    yield heading("What it costs you")
    yield charge_table(offer.charges, offer.input_bill, offer.currency)
    yield ""
    rates = [offer.input_rate, offer.output_rate]
    yield rate_table(rates, ["by the hour", f"by the {offer.unit}"], offer.currency)
    yield wrapped(
        f"By the {offer.unit} the peak is {offer.output_bill.amount:,f} {offer.currency} for "
        f"{float(offer.units_in_time):,.0f} done in time."
    )
    if offer.shortest_days > 1:
        yield wrapped(f"People are engaged for {offer.shortest_days} days at least.")
    if any(one.price for one in offer.by_notice):
        yield ""
        yield notice_table(offer.by_notice, offer.notice_service, offer.currency)


def _hours(offer: SurgeOffer) -> Table:
    shown = table("day", "hour", "people there", "worth", "asked")
    rows = [
        HourRow(hour, *moment(offer.day_names, offer.notice_h % DAY_H, hour), (there,), *figures)
        for hour, there, *figures in zip(
            offer.hours, offer.people, offer.worth, offer.need, strict=True
        )
    ]
    for row in shown_hours(rows, offer.notice_h):
        cells = (f"{figure:,.0f}" for figure in (row.there, row.worth, row.asked))
        shown.add_row(f"{row.day} {row.time}", f"{row.hour:g}", *cells)
    return shown
