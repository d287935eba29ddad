"""Step: for whom, how long, in which currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

_CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "INR", "PHP", "PLN", "ZAR")


def render(form: Form) -> None:
    """Show the fields that every quote starts with."""
    with st.container(border=True):
        columns = st.columns(2)
        with columns[0]:
            form.text("/name")
            form.choice("/currency", _CURRENCIES, "USD")
            form.count("/term_months", min_value=1, max_value=120)
        with columns[1]:
            form.text("/client")
            form.day("/start")
            form.choice("/interval_minutes", (15, 30, 60), 30)
