"""Step: margins, payment, risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import draft

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

_FROM = {"stated": "Stated premiums", "risk": "Risk, after the client's choice"}
_OVER_TERM = {"flat": "One price for the term", "yearly": "Each contract year its own"}
_AT = "/commercial"


def render(form: Form) -> None:
    """Show margins first; what is rarely changed is folded away."""
    with st.container(border=True):
        st.subheader("Margin", anchor=False)
        columns = st.columns(3)
        with columns[0]:
            form.share(f"{_AT}/target_margin")
        with columns[1]:
            form.share(f"{_AT}/floor_margin")
        with columns[2]:
            form.choice(f"{_AT}/prices_from", list(_FROM), "stated", format_func=_from_words)
    with st.container(border=True):
        st.subheader("Overhead and payment", anchor=False)
        columns = st.columns(3)
        with columns[0]:
            form.share(f"{_AT}/sga")
            form.share(f"{_AT}/contingency")
        with columns[1]:
            form.number(f"{_AT}/dso_days", min_value=0.0)
            form.share(f"{_AT}/capital_cost")
        with columns[2]:
            form.count(f"{_AT}/validity_days", min_value=1)
            form.money(f"{_AT}/client_budget", placeholder="none stated")
    with _fold("Premiums for risk, and how far off the forecast may be"):
        columns = st.columns(3)
        with columns[0]:
            form.share(f"{_AT}/risk_premium/productivity", placeholder="3")
            form.share(f"{_AT}/risk_premium/volume", placeholder="2")
        with columns[1]:
            form.share(f"{_AT}/risk_premium/quality", placeholder="1")
            form.share(f"{_AT}/risk_premium/wage_and_fx", placeholder="0")
        with columns[2]:
            form.share(f"{_AT}/uncertainty/volume_cv", placeholder="10")
            form.share(f"{_AT}/uncertainty/productivity_cv", placeholder="5")
    with _fold("Going live"):
        _transition(form)
    with _fold("How prices are written"):
        columns = st.columns(3)
        with columns[0]:
            form.choice(f"{_AT}/price_over_term", list(_OVER_TERM), "flat", format_func=_term_words)
        with columns[1]:
            form.count(f"{_AT}/unit_price_places", min_value=2, max_value=6, placeholder="4")
        with columns[2]:
            form.number(f"{_AT}/fte_step", placeholder="1")
    form.rest(_AT)
    for part in ("in_house", "fx"):
        form.rest(f"/{part}")


def _transition(form: Form) -> None:
    at = f"{_AT}/transition"
    columns = st.columns(3)
    with columns[0]:
        form.money(f"{at}/cost")
    with columns[1]:
        form.count(f"{at}/amortisation_months", min_value=1, max_value=120)
    with columns[2]:
        form.share(f"{at}/interest_per_year")


def _fold(title: str) -> st.delta_generator.DeltaGenerator:
    return st.expander(title, key=f"{title} {draft.epoch()}")


def _from_words(source: object) -> str:
    return _FROM.get(str(source), str(source))


def _term_words(over: object) -> str:
    return _OVER_TERM.get(str(over), str(over))
