"""A quote and its variant side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.widgets.show import figure
from dashboard.wording import is_zero, moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_OFFERS = ("input-based", "output-based")
_TOTALS = 2  # bill over the term, margin
_AS_QUOTED = "as quoted"


def version_cards(figures: list[Json], currency: str) -> None:
    """Show the figures of both offers as quoted, and in the variant with their change."""
    for column, title, part in zip(
        st.columns(2), ("As quoted", "Variant"), ("before", "after"), strict=True
    ):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{title}**")
            for offer in _OFFERS:
                _offer(offer, figures, currency, part)


def _offer(offer: str, figures: list[Json], currency: str, part: str) -> None:
    """Show one offer of one version; figures are named ``OFFER: WHAT``, prices before totals."""
    own = [figure for figure in figures if figure["name"].startswith(f"{offer}: ")]
    st.caption(offer.capitalize())
    for price in own[:-_TOTALS]:
        _figure(offer, price, currency, part)
    for column, total in zip(st.columns((3, 2)), own[-_TOTALS:], strict=True):
        with column:
            _figure(offer, total, currency, part)


def _figure(offer: str, row: Json, currency: str, part: str) -> None:
    """Show one figure; both versions have a line for the change, so that they stand level."""
    name = row["name"].removeprefix(f"{offer}: ")
    unit = f", {currency}" if row["kind"] == "money" else ""
    change = moved(row, "change") if part == "after" else _AS_QUOTED
    still = part == "before" or is_zero(change)
    figure(name + unit, moved(row, part), delta=change, moved=not still)
