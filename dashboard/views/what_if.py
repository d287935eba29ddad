"""Move an assumption of the quote in hand, and see both versions."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state, tables
from dashboard.assumption_names import TARGET_MARGIN, assumption
from dashboard.glossary import explained
from dashboard.variation import entered, in_percent, variation
from dashboard.widgets.in_hand import heading, nothing_in_hand, quote_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_table
from dashboard.widgets.versions import version_cards
from dashboard.widgets.work import forget, result_of
from pricing.charts import bills_over_volume

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_PRICING = "Planning and pricing the variant. This takes some seconds."
_WORK = "variant"
_INPUTS = ("volume", "productivity", "margin")


def render(client: Client) -> None:
    """Ask what to move, and show what moved."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand("What if")
        return
    heading(quote)
    st.header("What if", anchor=False)
    with problems_shown():
        _restore(client, quote)
        asked = _variation(quote)
        _price(client, quote, asked)
        other = state.variant_id()
        if other is not None:
            _compare(client, quote, other)


def _restore(client: Client, quote: Json) -> None:
    """Fill the form anew, after a reload say, with what the variant in hand was moved by."""
    if all(name in st.session_state for name in _INPUTS):
        return
    other = state.variant_id()
    moved = client.difference(quote["id"], other)["assumptions"] if other else []
    for name, value in entered(moved, _target_margin(quote)).items():
        st.session_state[name] = value


def _variation(quote: Json) -> Json | None:
    """Ask for the variation; return it in the run in which it is submitted."""
    quoted = _target_margin(quote)
    with st.form("variation"):
        columns = st.columns(3)
        volume = columns[0].number_input(
            "Volume, change in %",
            -90.0,
            900.0,
            step=5.0,
            format="%.1f",
            help=explained("Volume"),
            key="volume",
        )
        speed = columns[1].number_input(
            "Productivity, change in %",
            -90.0,
            900.0,
            step=5.0,
            format="%.1f",
            help=explained("Productivity"),
            key="productivity",
        )
        margin = columns[2].number_input(
            "Target margin on price, %",
            0.0,
            99.0,
            None,
            1.0,
            format="%.2f",
            placeholder="as quoted",
            key="margin",
        )
        asked = st.form_submit_button("Price the variant", type="primary", key="price_variant")
    if not asked:
        return None
    moved = variation(volume, speed, None if margin == quoted else margin)
    if not moved:
        st.info("Nothing is moved yet: change at least one of the three.")
    return moved or None


def _target_margin(quote: Json) -> float | None:
    """Target margin as quoted, percent; none where the engagement states only a floor."""
    values = {item["path"]: item["value"] for item in quote["assumptions"]}
    found = values.get(TARGET_MARGIN)
    return None if found is None else in_percent(Decimal(found))


def _price(client: Client, quote: Json, asked: Json | None) -> None:
    """Price what was asked for, as work of the API; a reload finds it again."""
    begin = None if asked is None else partial(client.begin_variant, quote["id"], asked)
    created = result_of(client, _WORK, begin=begin, doing=_PRICING)
    if created is not None:
        forget(_WORK)
        if created.get("variant_of", quote["id"]) == quote["id"]:
            state.open_variant(created["id"])


def _compare(client: Client, quote: Json, other: str) -> None:
    difference = client.difference(quote["id"], other)
    variant = state.load_quote(client, other)
    currency = quote["engagement"]["currency"]
    st.subheader("What was moved", anchor=False)
    moved = [assumption(row, quote) for row in difference["assumptions"]]
    figure_table(tables.movements(moved, "Assumption"), "assumptions_table")
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
        on_click=_continue_with,
        args=(other,),
        help="The variant becomes the quote in hand; the first one stays stored.",
        key="take_variant",
    )


def _continue_with(variant_id: str) -> None:
    """Take the variant in hand; the form starts from it."""
    state.open_quote(variant_id)
    for name in _INPUTS:
        st.session_state.pop(name, None)
