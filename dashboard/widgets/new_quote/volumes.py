"""Step: how much work arrives, year by year, or as it did in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, entered
from dashboard.pointers import changed, found, pointer
from dashboard.widgets.new_quote.form import field_key
from dashboard.widgets.new_quote.upload import upload
from dashboard.widgets.show import chart
from dashboard.wording import plain
from staffing.charts import history_line

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_LEVEL, _HISTORY = "A year's volume", "A history"
_STEPS = ("hour", "day", "week", "month")
_FEW = 24


def render(form: Form) -> None:
    """Show each service's volume."""
    for index, service in enumerate(form.items("/services")):
        with st.container(border=True):
            _service(form, pointer("services", index, "volume"), service)


def _service(form: Form, at: str, service: Json) -> None:
    st.subheader(plain(str(service.get("name") or "A service")), anchor=False)
    st.caption(f"Counted in units; one is a {plain(str(service.get('unit') or 'unit'))}.")
    has_history = form.at(f"{at}/history") is not None
    key = field_key(f"{at} level")
    st.session_state[key] = _HISTORY if has_history else _LEVEL
    st.segmented_control(
        *("How much arrives is told by", [_LEVEL, _HISTORY]),
        required=True,
        key=key,
        on_change=_told_by,
        args=(at, key),
    )
    if has_history:
        _history(form, at)
    else:
        columns = st.columns(3)
        with columns[0]:
            form.number(f"{at}/units_per_year", min_value=0.0)
        with columns[1]:
            form.share(f"{at}/growth_per_year", placeholder="0")
    upload(form.client, at)
    with st.expander("Season, shape of the week, backlog", key=f"shape {at} {draft.epoch()}"):
        if not has_history:
            form.numbers(f"{at}/seasonality")
        form.numbers(f"{at}/profile")
        left, right = st.columns(2)
        with left:
            form.number(f"{at}/opening_backlog", min_value=0.0, placeholder="0")
        with right:
            form.count(f"{at}/opening_backlog_weeks", min_value=1, placeholder="4")
    form.rest(at)


def _history(form: Form, at: str) -> None:
    columns = st.columns(4)
    with columns[0]:
        form.day(f"{at}/history/starts_on")
    with columns[1]:
        form.choice(f"{at}/history/step", _STEPS, "month")
    with columns[2]:
        form.share(f"{at}/growth_per_year", placeholder="0")
    with columns[3]:
        form.number(f"{at}/scale", placeholder="1")
    values = form.at(f"{at}/history/values")
    drawn = [] if not isinstance(values, list) else values
    if drawn and all(entered.as_number(one) is not None for one in drawn):
        chart(history_line(form.at(f"{at}/history")), f"history {at} {draft.epoch()}")
    label = f"Numbers of the history ({len(drawn):,})"
    with st.expander(label, expanded=len(drawn) <= _FEW, key=f"values {at} {draft.epoch()}"):
        key = field_key(f"{at}/history/values")
        st.session_state[key] = entered.numbers_text(values)
        st.text_area(
            "Units of each step, oldest first; paste a column of a spreadsheet",
            key=key,
            on_change=_pasted,
            args=(at, key),
        )
    form.rest(f"{at}/history")


def _told_by(at: str, key: str) -> None:
    """Change what the level is told by; the other way is put away, for both at once are refused."""

    def edit(held: Json) -> Json:
        if st.session_state[key] == _HISTORY:
            made = changed(held, f"{at}/units_per_year", None)
            made = changed(made, f"{at}/seasonality", None)
            new: Json = {"starts_on": held.get("start"), "step": "month", "values": []}
            return changed(made, f"{at}/history", new)
        return changed(held, f"{at}/history", None)

    draft.apply(edit)


def _pasted(at: str, key: str) -> None:
    values = entered.numbers_of(st.session_state[key])
    if found(draft.document(), f"{at}/history") is not None:
        draft.change(f"{at}/history/values", values)
