"""What a study of a peak answers, the same wherever one is simulated."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.wording import number, percent, plain, sentence, volume
from staffing.charts import surge_by_hour
from staffing.charts.surge_cells import late_cells, limit_cells, source_cells

if TYPE_CHECKING:
    Json = dict[str, Any]

_OUTPUT = "Output, hours of ordinary people"  # a heading as wide as two columns


def promise(report: Json) -> None:
    """Say whether those who are asked for are there in time, and what that costs."""
    plan, currency = report["study"]["plan"], report["currency"]
    promised, text = plan["promise"], plain(sentence(plan["promise"]["text"]))
    if promised["kept"] and not plan["total_uncovered_h"]:
        st.success(f"**{text}**", icon=":material/check_circle:")
    else:
        st.warning(f"**{text}**", icon=":material/warning:")
    for warning in plan["warnings"]:
        st.warning(plain(sentence(warning)), icon=":material/warning:")
    pay, per_hour = plan["cost"]["total"] - plan["cost"]["shortfall"], "cost_per_productive_hour"
    base = plan["base_cost_per_productive_hour"]
    figures = {
        "Extra work": f"{report['size']:+.0%}".replace("%", " %"),
        f"People there after {number(promised['hours'])} h": volume(promised["there"]),
        "Asked for by then": volume(promised["asked"]),
        "Done in time": percent(plan["service"]),
        f"Pay for the peak, {currency}": volume(pay),
    }
    if plan[per_hour] is not None:
        figures[f"An hour of extra work, {currency}"] = f"{plan[per_hour]:,.2f}"
        if base:
            figures["Against an ordinary hour"] = f"{plan[per_hour] / base:.2f} ×"
    figure_row(figures)


def who_comes(report: Json) -> None:
    """Show people by hour since the call, and the ladder they come by."""
    plan = report["study"]["plan"]
    st.header("People by hour since the call", anchor=False)
    early, whole = st.tabs(["Until the peak is a week old", "The whole peak"], key="surge_tabs")
    with early:
        chart(surge_by_hour(plan), "surge_week_chart")
    with whole:
        chart(surge_by_hour(plan, until_h=inf), "surge_whole_chart")
    st.caption(
        "People who have just come do less than the ordinary team: the dashed line says how many "
        "ordinary people they are worth. What is asked for is in ordinary people as well."
    )
    st.header("Who comes, when, at what cost", anchor=False)
    rows = source_cells(plan, report["currency"])
    figure_table(rows, "sources_table", widths={_OUTPUT: 130})


def late(report: Json) -> None:
    """Show what is not done in time, and what would help."""
    plan, currency = report["study"]["plan"], report["currency"]
    st.header("What is not done in time", anchor=False)
    late_h, all_h = plan["total_uncovered_h"], plan["total_need_h"]
    rows = late_cells(plan, currency)
    if not rows:
        st.write("Nothing: all extra work is done in its time.")
    else:
        price = f", priced at {volume(plan['cost']['shortfall'])} {currency}"
        priced = price if plan["shortfall_price"] else ""
        text = (
            f"{volume(late_h)} of {volume(all_h)} hours of extra work ({percent(late_h / all_h)})"
        )
        st.write(plain(f"{text}{priced}."))
        figure_table(rows, "late_table", text_columns=2)
    limits = limit_cells(plan, currency)
    if limits:
        st.subheader("What would help: one more of what is short", anchor=False)
        figure_table(limits, "limits_table")
