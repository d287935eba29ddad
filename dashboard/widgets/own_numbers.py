"""What the client believes, can spend and would do itself: entries that read a comparison again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.glossary import TERMS
from dashboard.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = dict[str, Any]

_VOLUME, _SPEED, _OWN_VOLUME = "volume_share", "speed_share", "own_volume"
_BUDGET, _OWN = "budget", "own_numbers"
_LEAST, _MOST = 10, 300
_PAID = ("hour", "month", "year")
_SOURCE = "stated by the client"
_SHARES = {
    "burden": ("On top of pay, %", "Taxes, social security and benefits."),
    "attrition": ("Leavers a year, %", TERMS["Attrition"]),
    "management": ("Supervision, % of loaded pay", "Team leads and managers."),
    "software": ("Software, % of loaded pay", "Licences and IT of the people who do the work."),
    "facilities": ("Rent and seats, % of loaded pay", "Rooms, furniture, energy."),
}
_COUNTRY, _SERVICE, _PEOPLE, _PAY, _PER = "Country", "Service", "People", "Pay", "Per"


def belief() -> Json:
    """What was entered last, as a comparison is asked for."""
    state = st.session_state
    asked: Json = {
        "volume": state.get(_OWN_VOLUME + "_share") or state.get(_VOLUME, 100) / 100,
        "productivity": state.get(_SPEED, 100) / 100,
        "budget": str(state[_BUDGET]) if state.get(_BUDGET) else None,
    }
    own = state.get(_OWN)
    return asked | {"in_house": own} if own else asked


def budget(currency: str) -> None:
    """Ask for the budget of the whole term."""
    st.number_input(
        f"Budget for the whole term, {currency}",
        min_value=1,
        max_value=10**15,
        value=None,
        step=10_000,
        placeholder="the quote's, if it states one",
        key=_BUDGET,
        help="How likely each bill is above it; empty: the budget that the quote states, if any.",
    )


def volume_and_speed(comparison: Json) -> None:
    """Ask what volume and productivity will be: as shares of plan, or the volume itself."""
    planned, unit = comparison["plan_volume_per_month"], comparison["volume_unit"]
    columns = st.columns(3)
    columns[0].slider(
        "Volume, % of plan", _LEAST, _MOST, 100, 1, key=_VOLUME, on_change=_take_share
    )
    columns[1].slider("Productivity, % of plan", 75, 125, 100, 1, key=_SPEED)
    columns[2].number_input(
        plain(f"Or your own volume, {unit}"),
        min_value=planned * _LEAST / 100,
        max_value=planned * _MOST / 100,
        value=None,
        step=float(max(1, round(planned / 100))),
        format="%.0f",
        placeholder=f"{planned:,.0f} planned",
        key=_OWN_VOLUME,
        on_change=_take_volume,
        args=(planned,),
        help=f"From {planned * _LEAST / 100:,.0f} to {planned * _MOST / 100:,.0f}.",
    )


def _take_share() -> None:
    """The slider was moved: it counts, not the volume entered before."""
    st.session_state[_OWN_VOLUME] = None
    st.session_state.pop(_OWN_VOLUME + "_share", None)


def _take_volume(planned: float) -> None:
    own = st.session_state[_OWN_VOLUME]
    st.session_state.pop(_OWN_VOLUME + "_share", None)
    if own:
        st.session_state[_OWN_VOLUME + "_share"] = own / planned
        st.session_state[_VOLUME] = round(100 * own / planned)


def own_people(comparison: Json) -> None:
    """Ask for the client's own people and pay; what is left empty follows the defaults shown."""
    savings = comparison["savings"]
    services = list(dict.fromkeys(one["service"] for one in _prices(comparison)))
    with (
        st.expander("Your own numbers", key="own_expander", expanded=savings is None),
        st.form("own_people", border=False),
    ):
        st.caption(
            "What the same work takes with your own people. Empty fields follow the values that "
            "are listed below the savings. Nothing you enter here is stored."
        )
        columns = st.columns(2)
        country = columns[0].text_input(
            _COUNTRY,
            savings["country"] if savings else "",
            max_chars=2,
            help="Two letters, e.g. US, DE, PL. Pay you leave empty is that of its table.",
        )
        hours = columns[1].number_input(
            "Paid hours a week", 1.0, 168.0, None, 1.0, placeholder="as in the quote"
        )
        rows = st.data_editor(
            [{_SERVICE: name, _PEOPLE: None, _PAY: None, _PER: "year"} for name in services],
            hide_index=True,
            disabled=[_SERVICE],
            column_config={
                _PEOPLE: st.column_config.NumberColumn(
                    min_value=0.001,
                    format="localized",
                    help="Full-time, in the first year. Empty: from the work.",
                ),
                _PAY: st.column_config.NumberColumn(
                    f"Gross pay, {comparison['currency']}", min_value=0.01, format="localized"
                ),
                _PER: st.column_config.SelectboxColumn(options=_PAID, required=True),
            },
            key="own_rows",
        )
        shares = _shares()
        with st.container(horizontal=True):
            taken = st.form_submit_button("Compare with these", type="primary", key="own_take")
            dropped = st.form_submit_button("As in the quote", key="own_drop")
    if taken and not country.strip():
        st.warning("State the country in which your people work: two letters, e.g. US.")
    elif taken:
        st.session_state[_OWN] = own_side(country, hours, rows, shares)
        st.rerun()
    if dropped and st.session_state.pop(_OWN, None) is not None:
        st.rerun()


def _shares() -> dict[str, float | None]:
    columns = st.columns(len(_SHARES))
    return {
        name: column.number_input(
            label, 0.0, 1000.0, None, 1.0, help=help_text, key=f"own_{name}", placeholder="default"
        )
        for column, (name, (label, help_text)) in zip(columns, _SHARES.items(), strict=True)
    }


def own_side(
    country: str,
    hours_per_week: float | None,
    rows: list[Json],
    shares: Mapping[str, float | None],
) -> Json:
    """Write the entries as the in-house side of an engagement; per cent become shares."""
    made: Json = {"country": country.strip().upper()}
    if hours_per_week:
        made["hours_per_week"] = hours_per_week
    staff = [one for row in rows if len(one := _staff(row)) > 1]
    if staff:
        made["staff"] = staff
    stated = {name: value for name, value in shares.items() if value is not None}
    return made | {name: _said(round(value / 100, 6)) for name, value in stated.items()}


def _staff(row: Json) -> Json:
    found: Json = {"service": row[_SERVICE]}
    if row[_PEOPLE]:
        found["people"] = _said(row[_PEOPLE])
    if row[_PAY]:
        found["wage"] = _said(row[_PAY]) | {"per": row[_PER]}
    return found


def _said(value: float) -> Json:
    return {"value": value, "source": _SOURCE}


def _prices(comparison: Json) -> list[Json]:
    return [price for offer in comparison["offers"] for price in offer["prices"]]
