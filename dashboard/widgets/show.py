"""Tables and charts, drawn the same way on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from dashboard.wording import plain

if TYPE_CHECKING:
    Rows = list[dict[str, str]]

_SHOWN_WHOLE = 20


def figure_table(rows: Rows, key: str, *, text_columns: int = 1) -> None:
    """Show rows of figures; the first columns are text, the others stand right-aligned."""
    if not rows:
        return
    columns = {
        name: st.column_config.TextColumn(alignment="left" if i < text_columns else "right")
        for i, name in enumerate(rows[0])
    }
    height: Literal["content", "auto"] = "content" if len(rows) <= _SHOWN_WHOLE else "auto"
    st.dataframe(rows, hide_index=True, column_config=columns, height=height, key=key)


def text_table(rows: Rows) -> None:
    """Show rows of text that wraps; nothing in it is taken as Markdown."""
    safe = [{name: plain(cell) for name, cell in row.items()} for row in rows]
    st.table(safe, hide_index=True, border="horizontal")


def chart(spec: dict[str, Any], key: str) -> None:
    """Show a chart over the whole width."""
    st.vega_lite_chart(spec=spec, width="stretch", key=key, alt=spec["title"])
