"""Tables and charts, drawn the same way on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pyarrow
import streamlit as st

from dashboard.glossary import about
from dashboard.number_format import localised, localised_spec, marks_of
from dashboard.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    Rows = list[dict[str, str]]

_SHOWN_WHOLE = 20
_AROUND_PX = 170


def figure(
    label: str,
    value: str,
    *,
    help_text: str | None = None,
    delta: str | None = None,
    moved: bool = True,
) -> None:
    """Show a figure under its label, which wraps; a metric would cut it.

    Parameters
    ----------
    label, value : str
        What it is, with its unit, and the figure as it is read.
    help_text : str, optional
        Shown on the label's question mark, instead of what the glossary says of its terms.
    delta : str, optional
        Change beneath the figure, with an arrow where it `moved`.
    """
    with st.container(width="stretch", gap=None):
        st.caption(plain(label), help=help_text or about(label))
        st.metric(
            plain(label),
            localised(value),
            label_visibility="collapsed",
            delta=None if delta is None else localised(delta),
            delta_color="off",
            delta_arrow="auto" if moved else "off",
        )


def figure_row(figures: Mapping[str, str]) -> None:
    """Show figures beside each other, on further lines where the page is narrow."""
    with st.container(horizontal=True, gap="medium"):
        for label, value in figures.items():
            st.metric(plain(label), localised(value), width="content", help=about(label))


def figure_table(
    rows: Rows,
    key: str,
    *,
    text_columns: int = 1,
    widths: Mapping[str, int] | None = None,
    help_texts: Mapping[str, str] | None = None,
) -> None:
    """Show rows of figures; the first columns are text, the others stand right-aligned.

    A column that is empty in every row is left out.

    Parameters
    ----------
    widths : mapping, optional
        Width in pixels of columns that would leave the others no room on a narrow page.
    help_texts : mapping, optional
        What a column's heading explains when pointed at.
    """
    if not rows:
        return
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    marks = marks_of(st.context.locale)
    # As it is sent: Streamlit would make a pandas frame first, a sixth of the time of a page.
    table = pyarrow.table({name: [localised(row[name], marks) for row in rows] for name in kept})
    columns = {
        name: st.column_config.TextColumn(
            alignment="left" if i < text_columns else "right",
            width=(widths or {}).get(name),
            help=(help_texts or {}).get(name) or about(name),
        )
        for i, name in enumerate(kept)
    }
    height: Literal["content", "auto"] = "content" if len(rows) <= _SHOWN_WHOLE else "auto"
    st.dataframe(table, hide_index=True, column_config=columns, height=height, key=key)


def text_table(rows: Rows) -> None:
    """Show rows of text that wraps; nothing in it is taken as Markdown."""
    safe = [{name: plain(cell) for name, cell in row.items()} for row in rows]
    st.table(safe, hide_index=True, border="horizontal")


def chart(spec: dict[str, Any], key: str) -> None:
    """Show a chart over the whole width.

    The page counts title, legend and axis among a chart's height, which is meant without them.
    """
    if isinstance(spec.get("height"), int):
        spec = spec | {"height": spec["height"] + _AROUND_PX}
    spec = localised_spec(spec)
    st.vega_lite_chart(spec=spec, width="stretch", key=key, alt=spec["title"])
