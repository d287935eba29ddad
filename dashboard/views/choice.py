"""Prices of both offers for a client that chooses between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import HTML
from dashboard.tables import headed
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table, text_table
from dashboard.widgets.study import File, downloads, fill_form, heading, study
from dashboard.wording import percent, plain, sentence, whole
from pricing.charts.choice import margins_after_choice, price_pairs
from pricing.charts.choice_words import (
    choice_sentence,
    clause_cells,
    floor_cells,
    headline,
    premium_cells,
    price_cells,
    price_to_win_sentences,
    result_cells,
    saving_cells,
    third_sentence,
    total_cells,
    winning_sentence,
)
from pricing.charts.risk_cells import contract_lines

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "The client takes whichever offer is cheaper for it, and knows its work better than you. This "
    "prices both offers so that your margin holds after that choice, and says what the choice "
    "costs, which third offer would sort clients, and what each clause is worth."
)
_DOING = "Planning the work, then pricing the choice in all futures. This takes some seconds."
_POINTS = {
    "equal_premium": "the same premium on both",
    "preferred_offer": "the smallest premium on the offer most take",
    "expected_profit": "the highest expected profit against a rival",
}
_OFFERS = {"output_based": "a unit", "input_based": "an FTE-month"}
_DEFAULTS = {
    "choice_volume": 0.6,
    "choice_complexity": 0.6,
    "choice_together": False,
    "choice_point": "equal_premium",
    "choice_price": "",
    "choice_offer": "output_based",
    "choice_name": "",
    "choice_aversion": 0.0,
    "choice_tail_margin": 0.0,
    "choice_draws": 100_000,
    "choice_seed": 0,
}


def render(client: Client) -> None:
    """Ask what the client knows, and show prices before and after its choice."""
    heading("Choice", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "choice")
        if engagement is None:
            return
        fill_form("choice", engagement, _DEFAULTS | _stated(engagement))
        asked = _options()
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "choice", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        page = File("Page (HTML)", "choice.html", HTML, "choice")
        downloads(client, "choice", engagement, made, page)


def _stated(engagement: Json) -> Json:
    """What the engagement says of the choice, as the form's first values."""
    stated = engagement["commercial"].get("choice") or {}
    values: Json = {}
    for field, key in (
        ("knowledge_volume", "choice_volume"),
        ("knowledge_complexity", "choice_complexity"),
        ("risk_aversion", "choice_aversion"),
        ("tail_margin", "choice_tail_margin"),
    ):
        if field in stated:
            value = stated[field]
            values[key] = float(value["value"] if isinstance(value, dict) else value)
    if "chooses" in stated:
        values["choice_together"] = stated["chooses"] == "bundle"
    if "point" in stated:
        values["choice_point"] = stated["point"]
    return values


def _options() -> Json | None:
    """Ask what the client knows; return it in the run in which it is submitted."""
    with st.form("choice"):
        columns = st.columns(2)
        columns[0].slider(
            "The client knows of its volume",
            0.0,
            1.0,
            step=0.05,
            help="Share of the spread that you do not know and it does.",
            key="choice_volume",
        )
        columns[1].slider(
            "The client knows of its work per unit",
            0.0,
            1.0,
            step=0.05,
            help="Share of the spread that you do not know and it does.",
            key="choice_complexity",
        )
        columns[0].selectbox(
            "Quote the pair with",
            list(_POINTS),
            format_func=_POINTS.__getitem__,
            key="choice_point",
        )
        columns[1].checkbox("One offer for all services", key="choice_together")
        with st.expander("More: a price to win, bad futures, draws", key="choice_more"):
            thirds = st.columns(3)
            thirds[0].text_input(
                "Price to win",
                help="A price to judge, e.g. 3.05; none: leave it.",
                key="choice_price",
            )
            thirds[1].selectbox(
                "It buys", list(_OFFERS), format_func=_OFFERS.__getitem__, key="choice_offer"
            )
            thirds[2].text_input(
                "Of which service or team", help="None: the first.", key="choice_name"
            )
            thirds[0].number_input(
                "The client minds spread",
                0.0,
                5.0,
                step=0.25,
                help="Standard deviations of the bill it adds when it compares.",
                key="choice_aversion",
            )
            thirds[1].number_input(
                "Least margin in bad futures",
                -1.0,
                0.99,
                step=0.01,
                help="Exceeded in nine futures of ten.",
                key="choice_tail_margin",
            )
            thirds[2].number_input("Futures", 1_000, 1_000_000, step=10_000, key="choice_draws")
            thirds[0].number_input("Seed", 0, step=1, key="choice_seed")
        if not st.form_submit_button("Price the choice", type="primary", key="study_choice"):
            return None
    return _asked()


def _asked() -> Json:
    given = st.session_state
    asked: Json = {
        "knowledge_volume": round(given["choice_volume"], 6),
        "knowledge_complexity": round(given["choice_complexity"], 6),
        "chooses": "bundle" if given["choice_together"] else "service",
        "point": given["choice_point"],
        "risk_aversion": round(given["choice_aversion"], 6),
        "tail_margin": round(given["choice_tail_margin"], 6),
        "draws": given["choice_draws"],
        "seed": given["choice_seed"],
    }
    if given["choice_price"].strip():
        price: Json = {"offer": given["choice_offer"], "price": given["choice_price"].strip()}
        if given["choice_name"].strip():
            price["name"] = given["choice_name"].strip()
        asked["price_to_win"] = price
    return asked


def _show(answer: Json) -> None:
    st.write(plain(headline(answer)))
    total, alone = answer["total"], answer["total_stand_alone"]
    figure_row(
        {
            f"Expected bill, {answer['currency']}": whole(total["bill"]),
            "Margin after the choice": percent(total["margin"]),
            "Exceeded in nine of ten futures": percent(total["p10"]),
            "Margin at stand-alone prices": percent(alone["margin"]),
        }
    )
    for said in price_to_win_sentences(answer):
        st.info(plain(said), icon=":material/handshake:")
    if len(answer["lots"]) > 1:
        figure_table(headed(total_cells(answer)), "total_table")
    names = [lot["name"] for lot in answer["lots"]]
    name = st.selectbox("Choice of", names, disabled=len(names) == 1, key="choice_lot")
    lot = answer["lots"][names.index(name)]
    st.header("Prices", anchor=False)
    figure_table(headed(price_cells(answer, lot)), "prices_table", text_columns=2)
    st.write(plain(choice_sentence(answer, lot)))
    chart(price_pairs(answer, name), "pairs_chart")
    figure_table(headed(result_cells(answer, lot)), "results_table")
    chart(margins_after_choice(answer, name), "margins_chart")
    figure_table(headed(premium_cells(lot)), "premium_table")
    st.header("What else could be offered", anchor=False)
    st.write(plain(third_sentence(answer, lot)))
    st.write(plain(winning_sentence(answer, lot)))
    text_table(headed(saving_cells(lot)))
    st.header("Negotiation", anchor=False)
    text_table(headed(clause_cells(lot)))
    figure_table(headed(floor_cells(answer, lot)), "floors_table")
    for line in contract_lines(answer):
        st.markdown(f"{plain(line)}.")
    if answer["notes"]:
        st.header("What it rests on", anchor=False)
        st.markdown("\n".join(f"- {plain(sentence(note))}" for note in answer["notes"]))
