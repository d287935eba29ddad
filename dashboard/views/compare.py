"""Both offers as the client may see them: bills, beliefs, risks, and against in-house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.widgets import own_numbers
from dashboard.widgets.answer import answer
from dashboard.widgets.in_hand import comparison_in_hand, nothing_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure, figure_table, text_table
from dashboard.wording import OFFERS, percent, plain, sentence, whole
from pricing.charts import (
    belief_heat_map,
    bills_with_bands,
    client_spread,
    savings_waterfall,
)
from pricing.charts import comparison_cells as cells

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_CASES = {"expected": "expected", "p50": "P50", "p90": "P90"}
_LABELS_PX = 270


def render(client: Client) -> None:
    """Show the comparison of the quote in hand; entries read it again, nothing is solved."""
    with problems_shown():
        comparison = comparison_in_hand(client, own_numbers.belief())
        if comparison is None:
            nothing_in_hand("Compare")
            return
        _heading(comparison)
        answer(client, state.quote_id() or "")
        _recommendation(comparison)
        _offers(comparison)
        _beliefs(client)
        _spread(comparison)
        _risks(comparison)
        _savings(comparison)


def _heading(comparison: Json) -> None:
    st.title(plain(comparison["name"]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Client's view: may be shown to the client", color="green")
        st.caption(
            plain(
                f"For {comparison['client']}. {comparison['term_months']} months from "
                f"{comparison['start']}, in {comparison['currency']}; valid "
                f"{comparison['validity_days']} days."
            ),
            width="content",
        )


def _recommendation(comparison: Json) -> None:
    advice = comparison["recommendation"]
    st.header(f"Recommendation: {OFFERS[advice['method']].lower()}", anchor=False)
    st.write(plain(sentence(advice["reason"])))
    st.markdown("\n".join(f"- {plain(sentence(point))}" for point in advice["points"]))
    st.caption("The choice is yours: both offers stand for the same work.")
    if comparison.get("terms"):
        st.caption(plain(comparison["terms"]))


def _offers(comparison: Json) -> None:
    st.header("Two offers for the same work", anchor=False)
    figure_table(cells.price_cells(comparison), "client_prices", text_columns=4)
    own_numbers.budget(comparison["currency"])
    widths = {"Over the term": _LABELS_PX}
    figure_table(cells.offer_cells(comparison), "client_bills_table", widths=widths)
    with st.expander("Each offer per unit and per hour", key="equivalents"):
        figure_table(cells.equivalent_cells(comparison), "equivalents_table", text_columns=2)


@st.fragment
def _beliefs(client: Client) -> None:
    """Show what a belief moves; entries run this part again and leave the rest of the page."""
    with problems_shown():
        comparison = comparison_in_hand(client, own_numbers.belief())
        if comparison is not None:
            _at_belief(comparison)


def _at_belief(comparison: Json) -> None:
    st.header("Which offer is cheaper, for what you believe", anchor=False)
    own_numbers.volume_and_speed(comparison)
    at, currency = comparison["at"], comparison["currency"]
    columns = st.columns(3)
    for column, method in zip(columns, ("input_based", "output_based"), strict=False):
        with column:
            figure(f"{OFFERS[method]} bill a month, {currency}", whole(at[method]))
    with columns[2]:
        figure(
            "Cheaper for you",
            OFFERS[at["cheaper"]],
            delta=_apart(at["difference"]),
            moved=False,
        )
    chart(bills_with_bands(comparison), "client_bills_chart")
    chart(belief_heat_map(comparison), "beliefs_chart")
    st.subheader("Break-even", anchor=False)
    rows = cells.break_even_cells(comparison)
    figure_table(rows, "client_break_even_table", text_columns=3)
    st.caption(plain(cells.BREAK_EVEN_NOTE))
    crossings = cells.crossing_cells(comparison["bundle"], currency)
    if crossings:
        with st.expander(f"Every break-even of all services ({len(crossings)})", key="crossings"):
            figure_table(crossings, "crossings_table", text_columns=0)


def _apart(difference: float) -> str:
    """How far the output-based bill is from the other."""
    side = "below" if difference < 0 else "above"
    return f"output {percent(abs(difference))} {side} input"


def _spread(comparison: Json) -> None:
    st.header("How far the bill may move", anchor=False)
    chart(client_spread(comparison), "client_spread_chart")


def _risks(comparison: Json) -> None:
    st.header("Who bears which risk", anchor=False)
    text_table(cells.risk_cells(comparison))


def _savings(comparison: Json) -> None:
    savings = comparison["savings"]
    if savings is None:
        st.header("Against your own people", anchor=False)
        own_numbers.own_people(comparison)
        return
    st.header(f"Against in-house in {savings['country']}", anchor=False)
    own_numbers.own_people(comparison)
    if savings["headline"] is not None:
        st.write(f"**{plain(savings['headline'])}**")
    for reason in savings["withheld"]:
        st.info(plain(f"No saving is stated: {reason}."), icon=":material/info:")
    figure_table(cells.people_cells(savings), "people_table")
    notes = " ".join(cells.pay_notes(savings))
    st.caption(plain(f"{notes} {sentence(savings['formula'])}"))
    if savings["cases"]:
        best = comparison["recommendation"]["method"]
        columns = st.columns(2)
        method = columns[0].segmented_control(
            "Offer",
            list(OFFERS)[:2],
            format_func=OFFERS.__getitem__,
            default=best,
            key="against",
        )
        case = columns[1].segmented_control(
            "Bill at", list(_CASES), format_func=_CASES.__getitem__, default="p50", key="level"
        )
        chart(
            savings_waterfall(comparison, method or best, case or "p50"),
            "savings_chart",
        )
        figure_table(cells.saving_cells(comparison), "savings_table", text_columns=2)
    with st.expander("What the in-house side rests on", key="basis"):
        figure_table(cells.basis_cells(comparison), "basis_table", text_columns=6)
