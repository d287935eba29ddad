"""What a form leaves open, filled from a rate card of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft
from dashboard.session import who_calls
from dashboard.widgets.problem import problems_shown
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_MAY = "rates:read"
_FILLED = "filled_from_card"


def render(form: Form) -> None:
    """Offer the stored rate cards to who may read them; nothing is shown where there is none."""
    if _MAY not in who_calls(form.client).permissions:
        return
    cards = {one["name"]: one for one in form.client.list_rate_cards()["data"]}
    if not cards:
        return
    with st.expander("Fill from a rate card of the house", key=f"card {draft.epoch()}"):
        st.caption(
            "Wages, on-costs, labour rules and exchange rates that you left open are taken from "
            "the card, which is named as their source. What you entered stays."
        )
        name = st.selectbox(
            "Rate card",
            list(cards),
            format_func=lambda one: _named(cards[one]),
            key=f"card_name {draft.epoch()}",
        )
        if st.button("Fill what is open", key="fill_from_card", icon=":material/price_check:"):
            with problems_shown():
                _fill(form, cards[name])
        said = st.session_state.get(_FILLED)
        if said is not None and said[0] == draft.epoch():
            st.success(plain(said[1]), icon=":material/check_circle:")


def _fill(form: Form, card: Json) -> None:
    made = form.client.fill_from_rate_card(card["name"], card["version"], form.document)
    filled = len(made["filled"])
    draft.take_over(made["engagement"])
    fields = "field" if filled == 1 else "fields"
    said = f"{filled} {fields} filled from {card['name']} version {card['version']}."
    st.session_state[_FILLED] = (draft.epoch(), said if filled else "Nothing was open.")
    st.rerun()


def _named(card: Json) -> str:
    return f"{card['name']}, version {card['version']} ({moment(card['created_at'])} UTC)"
