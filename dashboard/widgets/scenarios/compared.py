"""What changed and what it did: tables and charts of a comparison of scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import scenario_tables as tables
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.scenarios.studied import distributions, effects
from dashboard.widgets.show import chart, text_table
from dashboard.wording import OFFERS, plain
from pricing.charts import scenario_bills, scenario_bridge, scenario_spreads, scenario_tornado

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_SIDES = {"Vendor": "vendor", "Client": "client"}
_OF = {"Margin": "margin", "Price": "price", "Bill": "bill", "Profit": "profit"}
_METHODS = {OFFERS["output_based"]: "output_based", OFFERS["input_based"]: "input_based"}
_FIRST_FIGURE = "output_based/margin"
_TWO = 2
_STUDIES = "studies"
_LEGEND = (
    "▲ up, ▼ down, = unchanged; :blue[✓ favourable] and :orange[✗ unfavourable] for the side "
    "chosen."
)


def compared(client: Client, found: Json) -> None:
    """Show the comparison of a set in two tabs."""
    comparison = client.compare_scenarios(found["id"])
    _not_compared(comparison)
    changed, did = st.tabs(["What changed", "What it did"])
    with changed:
        _changed(comparison)
    with did:
        _did(client, found, comparison)


def _not_compared(comparison: Json) -> None:
    for one in comparison["versions"]:
        if one["state"] == "stale":
            st.warning(
                f"**{plain(one['name'])} is stale and not compared:** "
                f"{plain('; '.join(one['stale_because']))}. Price it again above.",
                icon=":material/history:",
            )


def _changed(comparison: Json) -> None:
    rows = tables.input_rows(comparison)
    if not rows:
        st.info("No scenario changes anything yet: edit one above.", icon=":material/info:")
        return
    text_table(rows)
    if comparison["inputs_left_out"]:
        st.caption(f"{comparison['inputs_left_out']} further fields differ.")


def _did(client: Client, found: Json, comparison: Json) -> None:
    held = [one for one in comparison["versions"] if one["state"] == "priced"]
    if not comparison["figures"] or len(held) < _TWO:
        st.info(
            "Nothing to compare yet: price the base and at least one scenario above.",
            icon=":material/info:",
        )
        return
    with st.container(horizontal=True):
        shown = st.segmented_control(
            "Changes as", ["Value", "%"], default="%", required=True, key="as"
        )
        side = st.segmented_control(
            "Favourable for", list(_SIDES), default="Vendor", required=True, key="side"
        )
    chosen = _SIDES[side or "Vendor"]
    rows = tables.figure_rows(comparison, chosen, in_percent=shown == "%")
    st.table(rows, hide_index=True, border="horizontal")
    st.markdown(f":small[{_LEGEND}]")
    _bridge(client, found["id"], held)
    _tornado(comparison, chosen)
    may_study = _STUDIES in client.me()["permissions"]
    if may_study:
        effects(client, found, chosen)
    _bills(comparison, held)
    for what in ("bill", "margin"):
        chart(scenario_spreads(held, what, comparison["currency"]), f"spread_{what}")
    if may_study:
        distributions(client, held)


def _bridge(client: Client, set_id: str, held: list[Json]) -> None:
    st.subheader("From one to another, component by component", anchor=False)
    names = {one["id"]: one["name"] for one in held}
    ids = list(names)
    columns = st.columns(4)
    start = columns[0].selectbox("From", ids, format_func=lambda one: names[one], key="bridge_from")
    end = columns[1].selectbox(
        "To", ids, index=1, format_func=lambda one: names[one], key="bridge_to"
    )
    of = columns[2].selectbox("Figure", list(_OF), key="bridge_of")
    method = columns[3].selectbox("Offer", list(_METHODS), key="bridge_method")
    if start == end:
        st.info("Choose two different versions.", icon=":material/info:")
        return
    with problems_shown():
        made = client.bridge_scenarios(set_id, start, end, _OF[of], _METHODS[method])
        chart(scenario_bridge(made, names[start], names[end]), "bridge")


def _tornado(comparison: Json, side: str) -> None:
    st.subheader("Which scenario moves a figure most", anchor=False)
    labels = {one["key"]: one["label"] for one in comparison["figures"] if one["base"] is not None}
    keys = list(labels)
    first = keys.index(_FIRST_FIGURE) if _FIRST_FIGURE in labels else 0
    key = st.selectbox(
        "Figure to compare",
        keys,
        index=first,
        format_func=lambda one: labels[one],
        key="tornado_of",
    )
    if key is not None:
        chart(scenario_tornado(comparison, key, side), "tornado")


def _bills(comparison: Json, held: list[Json]) -> None:
    st.subheader("Bills over volume, and how far they may move", anchor=False)
    others = {one["id"]: one for one in held[1:]}
    chosen = st.selectbox(
        "Beside the base",
        list(others),
        format_func=lambda one: others[one]["name"],
        key="bills_of",
    )
    if chosen is not None:
        chart(scenario_bills([held[0], others[chosen]], comparison["currency"]), "bills")
