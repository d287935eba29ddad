"""Both offers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.widgets.show import figure
from dashboard.wording import OFFERS, amount, percent, plain, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_WHAT = {
    "input_based": "The client buys people's time, and pays for whom it orders.",
    "output_based": "The client buys units, and pays for what is produced.",
}


def offer_cards(quote: Json) -> None:
    """Show price, bill and margin of each offer in a card."""
    for column, method in zip(st.columns(2), _WHAT, strict=True):
        with column, st.container(border=True, height="stretch"):
            _card(quote, method)


def _card(quote: Json, method: str) -> None:
    engagement, offer = quote["engagement"], quote["offers"][method]
    currency, term = engagement["currency"], offer["term"]
    st.subheader(OFFERS[method], anchor=False)
    st.caption(_WHAT[method])
    for price in (price for price in offer["prices"] if price["invoiced"]):
        figure(
            f"{_what_is_bought(price)}, {currency}",
            amount(price["price"]),
            help_text=f"Floor price: {amount(price['floor_price'])} {currency}",
        )
        if price.get("by_year"):
            st.caption(plain(_by_year(price["by_year"])))
    columns = st.columns((3, 2), vertical_alignment="bottom")
    with columns[0]:
        months = engagement["term_months"]
        figure(f"Expected bill over {months} months, {currency}", whole(term["expected_bill"]))
    with columns[1]:
        figure("Margin on price", percent(term["margin"]))


def _by_year(prices: list[Json]) -> str:
    """What is invoiced in each contract year; the figure above is their mean."""
    years = (f"year {year} {amount(price)}" for year, price in enumerate(prices, start=1))
    return f"Mean over the term; invoiced: {', '.join(years)}"


def _what_is_bought(price: Json) -> str:
    place = f" @ {price['site']}" if price["site"] else ""
    return f"{price['service']}{place}, per {price['unit']}"
