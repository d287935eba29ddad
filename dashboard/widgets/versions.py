"""A quote and its variant side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.wording import is_zero, moved, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    Json = Mapping[str, Any]

_OFFERS = ("input-based", "output-based")
_TOTALS = 2  # bill over the term, margin
_METRIC_PX = 112  # with or without a change, so that both versions stand level


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
        _metric(st.container(), offer, price, currency, part)
    for column, total in zip(st.columns((3, 2)), own[-_TOTALS:], strict=True):
        _metric(column, offer, total, currency, part)


def _metric(place: DeltaGenerator, offer: str, figure: Json, currency: str, part: str) -> None:
    name = figure["name"].removeprefix(f"{offer}: ")
    unit = f", {currency}" if figure["kind"] == "money" else ""
    change = moved(figure, "change")
    place.metric(
        plain(name) + unit,
        moved(figure, part),
        delta=change if part == "after" else None,
        delta_color="off",
        delta_arrow="off" if is_zero(change) else "auto",
        height=_METRIC_PX,
    )
