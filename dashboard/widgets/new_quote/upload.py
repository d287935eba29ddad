"""A history off a table: preview, which column is what, rows that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import CSV, XLSX
from dashboard import draft
from dashboard.pointers import changed
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import figure_table, text_table

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_MOST_MEGABYTES = 4
_NO_DATES = "No dates: I say when it starts"
_STEPS = ("month", "week", "day", "hour")


def upload(client: Client, at: str) -> None:
    """Let a table be chosen and mapped; what was read is taken over when asked."""
    with st.expander(
        "Take it from a table (CSV, XLSX)",
        icon=":material/upload_file:",
        key=f"upload {at} {draft.epoch()}",
    ):
        file = st.file_uploader(
            "A row for each step, the first row names the columns",
            type=["csv", "xlsx"],
            max_upload_size=_MOST_MEGABYTES,
            key=f"table {at} {draft.epoch()}",
        )
        if file is None:
            return
        kind = XLSX if file.name.lower().endswith(".xlsx") else CSV
        with problems_shown():
            _mapped(client, at, file.getvalue(), kind)


def _mapped(client: Client, at: str, content: bytes, kind: str) -> None:
    table = client.read_volumes(content, kind)
    key = f"{at} {draft.epoch()}"
    if len(table["sheets"]) > 1:
        sheet = st.selectbox("Sheet", table["sheets"], key=f"sheet {key}")
        table = client.read_volumes(content, kind, sheet=sheet)
    if not table["columns"] or not table["rows"]:
        st.warning("It holds no rows below the names of its columns.", icon=":material/table:")
        return
    st.caption(f"{table['rows']:,} rows; the first are:")
    figure_table(table["first_rows"], f"preview {key}", text_columns=len(table["columns"]))
    wanted = _columns(table, key)
    read = client.read_volumes(content, kind, sheet=table["sheet"], **wanted)
    if read["history"] is None:
        _unread(read)
        return
    history = read["history"]
    starts = f", from {history['starts_on']}" if history["starts_on"] else ""
    st.success(f"{len(history['values']):,} numbers, one for each {history['step']}{starts}.")
    st.button(
        "Take these numbers over",
        type="primary",
        on_click=_take,
        args=(at, history),
        key=f"take {key}",
    )


def _columns(table: Json, key: str) -> dict[str, str | None]:
    """Ask which column is what; those that hold numbers, and names like dates, come first."""
    numbers = table["number_columns"]
    others = [name for name in table["columns"] if name not in numbers]
    left, middle, right = st.columns(3)
    with left:
        column = st.selectbox("Column of the volumes", [*numbers, *others], key=f"column {key}")
    with middle:
        offered = [*others, _NO_DATES, *numbers]
        dates = st.selectbox("Column of the dates", offered, key=f"dates {key}")
    with right:
        step = st.selectbox("One row for each", _STEPS, key=f"step {key}")
    return {
        "column": column,
        "date_column": None if dates == _NO_DATES else dates,
        "step": step,
    }


def _unread(read: Json) -> None:
    more = f", and {read['issues_left_out']:,} more" if read["issues_left_out"] else ""
    st.error(f"**{len(read['issues'])} place(s) cannot be read{more}.**", icon=":material/error:")
    text_table(
        [
            {"Where": one["place"], "Accepted": one["accepted"], "Found": one["found"] or "nothing"}
            for one in read["issues"]
        ]
    )


def _take(at: str, history: Json) -> None:
    """Put a history in the place of what there was; a yearly level and its season go."""

    def edit(held: Json) -> Json:
        starts = history["starts_on"] or held.get("start")
        made = changed(held, f"{at}/units_per_year", None)
        made = changed(made, f"{at}/seasonality", None)
        return changed(made, f"{at}/history", {**history, "starts_on": starts})

    draft.apply(edit)
