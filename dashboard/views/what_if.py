"""Move an assumption of the quote in hand, and see both versions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state, tables
from dashboard.widgets.in_hand import heading, nothing_in_hand, quote_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_table
from dashboard.widgets.versions import version_cards
from dashboard.wording import percent
from pricing.charts import bills_over_volume

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_PRICING = "Planning and pricing the variant. This takes some seconds."
_HUNDRED = 100
_PLACES = 6


def render(client: Client) -> None:
    """Ask what to move, and show what moved."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand("What if")
        return
    heading(quote)
    st.header("What if", anchor=False)
    with problems_shown():
        variation = _variation(quote)
        if variation is not None:
            _price(client, quote, variation)
        other = state.variant_id()
        if other is not None:
            _compare(client, quote, other)


def _variation(quote: Json) -> Json | None:
    """Ask for the variation; return it in the run in which it is submitted."""
    with st.form("variation"):
        columns = st.columns(3)
        volume = columns[0].number_input(
            "Volume, change in %", -90.0, 900.0, 0.0, 5.0, format="%.1f", key="volume"
        )
        speed = columns[1].number_input(
            "Productivity, change in %", -90.0, 900.0, 0.0, 5.0, format="%.1f", key="productivity"
        )
        margin = columns[2].number_input(
            "Target margin on price, %",
            0.0,
            99.0,
            None,
            1.0,
            format="%.1f",
            placeholder=f"as quoted ({_target_margin(quote)})",
            key="margin",
        )
        asked = st.form_submit_button("Price the variant", type="primary", key="price_variant")
    if not asked:
        return None
    moved = _moves(volume, speed, margin)
    if not moved:
        st.info("Nothing is moved yet: change at least one of the three.")
    return moved or None


def _target_margin(quote: Json) -> str:
    values = {item["path"]: item["value"] for item in quote["assumptions"]}
    found = values.get("commercial.target_margin")
    return percent(found) if found is not None else "its own"


def _moves(volume: float, speed: float, margin: float | None) -> Json:
    """Write percent as the factors and the share the API takes."""
    moved: Json = {}
    if volume:
        moved["volume_factor"] = round(1 + volume / _HUNDRED, _PLACES)
    if speed:
        moved["productivity_factor"] = round(1 + speed / _HUNDRED, _PLACES)
    if margin is not None:
        moved["target_margin"] = str(Decimal(str(margin)) / _HUNDRED)
    return moved


def _price(client: Client, quote: Json, variation: Json) -> None:
    with st.spinner(_PRICING):
        created = client.create_variant(quote["id"], variation)
    state.open_variant(created["id"])


def _compare(client: Client, quote: Json, other: str) -> None:
    difference = client.difference(quote["id"], other)
    variant = state.load_quote(client, other)
    currency = quote["engagement"]["currency"]
    st.subheader("What was moved", anchor=False)
    figure_table(tables.movements(difference["assumptions"], "Assumption"), "assumptions_table")
    st.subheader("Both versions", anchor=False)
    version_cards(difference["figures"], currency)
    st.subheader("What moved with it", anchor=False)
    rows = tables.movements(difference["figures"], f"Figure; money in {currency}")
    figure_table(rows, "figures_table")
    st.subheader("Bills over volume, both versions", anchor=False)
    for label, version, key in (("As quoted", quote, "base"), ("Variant", variant, "variant")):
        st.caption(label)
        chart(bills_over_volume(version), f"{key}_bills_chart")
    st.button(
        "Continue with the variant",
        on_click=state.open_quote,
        args=(other,),
        help="The variant becomes the quote in hand; the first one stays stored.",
        key="take_variant",
    )
