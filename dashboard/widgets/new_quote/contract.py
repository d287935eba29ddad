"""Terms of the contract that are agreed most: commitment, notice, credits, surge rates, indexation.

A clause is there or not: it is agreed with the values of its template, which are then changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft
from dashboard.widgets.new_quote.card import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_AT = "/contract"
_HIGHER = {True: "Higher is better", False: "Lower is better"}
_CREDITED = {
    ("output_based",): "Output-based",
    ("input_based",): "Input-based",
    ("input_based", "output_based"): "Both offers",
}
_MEASURE: Json = {"name": "measure", "target": 0.95, "allocation": 0.5}
_RATE: Json = {"notice_h": 48, "hour_price": 30}
_CLAUSES: tuple[tuple[str, str, Json | int], ...] = (
    ("output_based/minimum_commitment", "Minimum commitment", {"amount": 10_000}),
    ("sla_credits", "SLA credits", {"at_risk": 0.1, "measures": [_MEASURE]}),
    ("surge", "Surge rates", {"rates": [_RATE]}),
    ("input_based/notice", "Notice for more and fewer people", {"ramp_down_days": 60}),
    ("input_based/replacement_within_days", "Replacement of leavers", 14),
    ("input_based/hour_multipliers", "Dearer hours", {"overtime": 1.5}),
    ("indexation", "Indexation", {"index": "ECI private industry", "share": 0.65}),
    ("early_payment", "Discount for early payment", {"within_days": 10, "discount": 0.02}),
)


def render(form: Form) -> None:
    """Show a card for each clause, and what agrees and drops it."""
    st.subheader("Contract", anchor=False)
    st.caption("Nothing has to be agreed: what is left out changes no bill.")
    for path, title, template in _CLAUSES:
        at = f"{_AT}/{path}"
        with st.expander(title, expanded=form.at(at) is not None, key=f"{at} {draft.epoch()}"):
            _clause(form, at, title, template)
    form.rest(_AT)


def _clause(form: Form, at: str, title: str, template: Json | int) -> None:
    if form.at(at) is None:
        st.button(
            f"Agree: {title}",
            icon=":material/add:",
            on_click=draft.change,
            args=(at, template),
            key=f"agree {at} {draft.epoch()}",
        )
    else:
        _SHOWN[at.removeprefix(f"{_AT}/")](form, at)
        st.button(
            f"Leave out: {title}",
            type="tertiary",
            icon=":material/delete:",
            on_click=_drop,
            args=(at,),
            key=f"drop {at} {draft.epoch()}",
        )
    form.rest(at)


def _drop(at: str) -> None:
    """Take a clause away, what belongs to it, and what held nothing but it."""
    draft.change(at, None)
    if at == f"{_AT}/sla_credits":
        draft.change(f"{at}_for", None)
    outer = at.rpartition("/")[0]
    while outer and draft.found(outer) == {}:
        draft.change(outer, None)
        outer = outer.rpartition("/")[0]


def _commitment(form: Form, at: str) -> None:
    form.money(f"{at}/amount")


def _credits(form: Form, at: str) -> None:
    columns = st.columns(3)
    with columns[0]:
        form.share(f"{at}/at_risk", max_value=100.0)
    with columns[1]:
        form.count(f"{at}/earn_back_months", min_value=1, max_value=24, placeholder="never")
    with columns[2]:
        form.several(f"{_AT}/sla_credits_for", _CREDITED, ("output_based",))
    listed(form, f"{at}/measures", "Measure", _MEASURE, _measure, least=1)


def _measure(form: Form, at: str) -> None:
    columns = st.columns(4)
    with columns[0]:
        form.text(f"{at}/name")
    with columns[1]:
        form.number(f"{at}/target", min_value=0.0)
    with columns[2]:
        form.choice(
            f"{at}/higher_is_better", list(_HIGHER), default=True, format_func=_HIGHER.__getitem__
        )
    with columns[3]:
        form.share(f"{at}/allocation", max_value=100.0)


def _surge(form: Form, at: str) -> None:
    columns = st.columns(3)
    with columns[0]:
        form.number(f"{at}/standby_heads", min_value=0.0, placeholder="0")
    with columns[1]:
        form.money(f"{at}/standby_fee", placeholder="0")
    with columns[2]:
        form.number(f"{at}/minimum_hours", min_value=0.0, placeholder="0")
    listed(form, f"{at}/rates", "Rate", _RATE, _rate, least=1)


def _rate(form: Form, at: str) -> None:
    left, right = st.columns(2)
    with left:
        form.number(f"{at}/notice_h", min_value=0.0)
    with right:
        form.money(f"{at}/hour_price")


def _notice(form: Form, at: str) -> None:
    left, right = st.columns(2)
    with left:
        form.count(f"{at}/ramp_up_days", min_value=0, placeholder="0")
    with right:
        form.count(f"{at}/ramp_down_days", min_value=0, placeholder="0")


def _replacement(form: Form, at: str) -> None:
    form.count(at, min_value=0)


def _multipliers(form: Form, at: str) -> None:
    for column, name in zip(st.columns(3), ("overtime", "night", "holiday"), strict=True):
        with column:
            form.number(f"{at}/{name}", min_value=1.0, placeholder="1")


def _indexation(form: Form, at: str) -> None:
    columns = st.columns(4)
    with columns[0]:
        form.text(f"{at}/index")
    for column, name, usual in zip(
        columns[1:], ("share", "floor", "cap"), ("", "0", "5"), strict=True
    ):
        with column:
            form.share(f"{at}/{name}", placeholder=usual)


def _early(form: Form, at: str) -> None:
    left, right = st.columns(2)
    with left:
        form.count(f"{at}/within_days", min_value=0)
    with right:
        form.share(f"{at}/discount", max_value=100.0)


_SHOWN: dict[str, Callable[[Form, str], None]] = {
    "output_based/minimum_commitment": _commitment,
    "sla_credits": _credits,
    "surge": _surge,
    "input_based/notice": _notice,
    "input_based/replacement_within_days": _replacement,
    "input_based/hour_multipliers": _multipliers,
    "indexation": _indexation,
    "early_payment": _early,
}
