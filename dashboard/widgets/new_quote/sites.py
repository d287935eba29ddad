"""Step: where people work, and what a place costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, service_kinds
from dashboard.pointers import changed, found, pointer
from dashboard.widgets.new_quote.card import listed, titled

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.widgets.new_quote.form import Form

Json = dict[str, Any]

_TABLE = "reference table"
_SOURCE: Json = {"name": "pool", "kind": "pool", "heads": 50, "notice_h": 48}
_SOURCES = {
    "overtime": "Overtime",
    "bench": "Bench: people kept idle",
    "cross_trained": "Cross-trained people of other work",
    "pool": "Pool: people vetted before",
    "agency": "Agency",
    "cold_hire": "New hires",
}
_PER = ("hour", "month", "year")


def render(form: Form) -> None:
    """Show a card for each site, and what adds and removes one."""
    sites = form.items("/sites")
    for index, site in enumerate(sites):
        with st.container(border=True):
            _card(form, index, site, alone=len(sites) == 1)
    st.button("Add a site", icon=":material/add:", on_click=_add, key="add_site")
    form.rest("/sites")


def _card(form: Form, index: int, site: Json, *, alone: bool) -> None:
    at = pointer("sites", index)
    titled(site.get("name"), "Site", index, remove=None if alone else _remove)
    columns = st.columns(3)
    with columns[0]:
        form.text(f"{at}/name", write=_rename)
        form.text(f"{at}/country", max_chars=2)
    with columns[1]:
        form.text(f"{at}/time_zone")
        form.hours(f"{at}/opening_hours", placeholder="24x7")
    with columns[2]:
        form.count(f"{at}/seats", min_value=1, placeholder="no limit")
        form.number(f"{at}/shifts_per_seat", min_value=1.0, max_value=3.0)
    with st.expander("Pay and cost of the place", key=f"cost {at} {draft.epoch()}"):
        _pay(form, at)
    with st.expander("People on call for peaks", key=f"peaks {at} {draft.epoch()}"):
        columns = st.columns(3)
        with columns[0]:
            form.number(f"{at}/surge/pool_heads", min_value=0.0)
        with columns[1]:
            form.share(f"{at}/surge/premium")
        with columns[2]:
            form.share(f"{at}/surge/effectiveness", max_value=100.0)
        st.markdown("**The ladder of a peak: who comes, after how many hours, at what cost**")
        listed(form, f"{at}/surge/sources", "Source", _SOURCE, _source)
        columns = st.columns(3)
        with columns[0]:
            form.number(f"{at}/surge/promise_h", min_value=0.0, placeholder="48")
        with columns[1]:
            form.money(f"{at}/surge/shortfall_price")


def _source(form: Form, at: str) -> None:
    columns = st.columns(3)
    with columns[0]:
        form.text(f"{at}/name")
        form.choice(f"{at}/kind", list(_SOURCES), "pool", format_func=_source_words)
    with columns[1]:
        form.number(f"{at}/heads", min_value=0.0)
        form.number(f"{at}/notice_h", min_value=0.0)
    with columns[2]:
        form.money(f"{at}/hourly_cost", placeholder="that of the role")
        form.share(f"{at}/premium", label="Premium, % of base pay", placeholder="the site's")


def _source_words(kind: object) -> str:
    return _SOURCES.get(str(kind), str(kind))


def _pay(form: Form, at: str) -> None:
    roles = dict.fromkeys(str(one["role"]) for one in form.items("/services") if one.get("role"))
    for role in roles:
        wage = f"{at}/{pointer('wages', role)[1:]}"
        left, right = st.columns(2)
        with left:
            form.money(
                f"{wage}/value", label=f"Gross pay of {role}", write=_pay_of, placeholder=_TABLE
            )
        if form.at(wage) is not None:
            with right:
                form.choice(f"{wage}/per", _PER, "year")
    columns = st.columns(3)
    with columns[0]:
        form.money(f"{at}/seat_cost_per_year")
        form.share(f"{at}/variable_pay")
    with columns[1]:
        form.money(f"{at}/it_cost_per_fte_year")
        form.share(f"{at}/wage_growth_per_year", placeholder="0")
    with columns[2]:
        form.share(f"{at}/on_cost", placeholder=_TABLE)


def _rename(place: str, key: str, read: Callable[[Any], object]) -> None:
    """Services are delivered at a site by its name, which they follow."""
    new = read(st.session_state[key])

    def edit(held: Json) -> Json:
        old = found(held, place)
        if isinstance(old, str) and isinstance(new, str):
            held = service_kinds.with_site_renamed(held, old, new)
        return changed(held, place, new)

    draft.apply(edit)


def _pay_of(place: str, key: str, read: Callable[[Any], object]) -> None:
    """A wage is an amount for each year unless told otherwise; without an amount it is none."""
    wage, value = place.rpartition("/")[0], read(st.session_state[key])
    held = found(draft.document(), wage)
    per = held.get("per", "year") if isinstance(held, dict) else "year"
    currency = (
        {"currency": held["currency"]} if isinstance(held, dict) and held.get("currency") else {}
    )
    draft.change(wage, None if value is None else {"value": value, "per": per, **currency})


def _add() -> None:
    draft.apply(lambda held: {**held, "sites": service_kinds.with_copy(held["sites"], "site")})


def _remove(index: int) -> None:
    draft.change(pointer("sites", index), None)
