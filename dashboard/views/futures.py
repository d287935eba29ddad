"""Whom to hire before demand is known, and what the futures cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.tables import headed
from dashboard.widgets.picker import engagement_to_study
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.widgets.study import downloads, fill_form, heading, study, workbook
from dashboard.wording import percent, plain, sentence, volume
from staffing.charts import cost_of_futures, demand_fan, marginal_spikes, marginal_steps
from staffing.charts.futures_words import (
    in_words,
    marginal_cells,
    people_cells,
    spike_cells,
    statistic_cells,
)

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_WHAT = (
    "People are hired before demand is known; overtime and people called off answer what comes. "
    "This plans the hiring for many futures at once, and says what they cost."
)
_DOING = (
    "Planning the hiring for all futures, then pricing further ones between bounds. This takes "
    "some seconds, up to a minute for many teams and futures."
)
_DEFAULTS = {
    "futures_scenarios": 200,
    "futures_risk": 0.5,
    "futures_tail": 0.95,
    "futures_draws": 100_000,
    "futures_seed": 0,
}
_MAX_MEGABYTES = 4


def render(client: Client) -> None:
    """Ask for which futures to plan, and show the plan and its cost."""
    heading("Futures", _WHAT)
    with problems_shown():
        engagement = engagement_to_study(client, "futures")
        if engagement is None:
            return
        fill_form("futures", engagement, _DEFAULTS)
        asked = _options()
        entered = {name: st.session_state[name] for name in _DEFAULTS}
        made = study(client, "futures", engagement, asked, entered=entered, doing=_DOING)
        if made is None:
            return
        _show(made.answer)
        downloads(client, "futures", engagement, made, workbook("futures"))


def _options() -> Json | None:
    """Ask for which futures to plan; return it in the run in which it is submitted."""
    with st.form("futures"):
        columns = st.columns(2)
        scenarios = columns[0].number_input(
            "Futures to plan for", 1, 2000, step=50, key="futures_scenarios"
        )
        risk = columns[1].number_input(
            "Weight of the worst futures, 0 to 1",
            0.0,
            1.0,
            step=0.1,
            help="The rest is on the mean: at 0 only the mean counts.",
            key="futures_risk",
        )
        with st.expander("More: futures from a table, draws, seed", key="futures_more"):
            file = st.file_uploader(
                "Futures from a table, CSV",
                type=["csv"],
                max_upload_size=_MAX_MEGABYTES,
                help="Columns scenario, date, service and value; date is the first day of a week.",
                key="futures_demand",
            )
            thirds = st.columns(3)
            tail = thirds[0].number_input(
                "The worst begin at",
                0.0,
                0.999,
                step=0.01,
                format="%.3f",
                help="0.95: the worst are the dearest 5 %.",
                key="futures_tail",
            )
            draws = thirds[1].number_input(
                "Further futures to price",
                0,
                1_000_000,
                step=10_000,
                help="Between proven bounds, without planning for them; 0 for none.",
                key="futures_draws",
            )
            seed = thirds[2].number_input(
                "Seed", 0, step=1, help="Root of all draws.", key="futures_seed"
            )
        label = "Plan for many futures"
        if not st.form_submit_button(label, type="primary", key="study_futures"):
            return None
    asked: Json = {
        "scenarios": scenarios,
        "risk_aversion": round(risk, 6),
        "tail": round(tail, 6),
        "draws": draws,
        "seed": seed,
    }
    if file is None:
        return asked
    try:
        return asked | {"demand": file.getvalue().decode("utf-8-sig")}
    except UnicodeDecodeError:
        st.error("The table is not text in UTF-8.", icon=":material/error:")
        return None


def _show(report: Json) -> None:
    plan, words, currency = report["plan"], in_words(report), report["currency"]
    cost, value = plan["cost"], plan["value"]
    figure_row(
        {
            f"Expected cost, {currency}": volume(cost["expected"]),
            "Nine of ten stay below": volume(cost["p90"]),
            "Mean of the worst": volume(cost["at_risk"]),
            "Done in time": percent(plan["service"]),
            "Worth of planning for many futures": volume(value["stochastic_solution"]),
            "Worth of knowing demand, at most": volume(value["information"]),
        }
    )
    st.write(plain(words["source"]))
    _people(report)
    st.header("What it costs", anchor=False)
    chart(cost_of_futures(report), "cost_chart")
    figure_table(headed(statistic_cells(report)), "statistics_table")
    keys = ("service", "bounds", "stochastic", "information", "proof")
    st.markdown("\n".join(f"- {plain(words[key])}" for key in keys))
    _marginal(report, words["marginal"])
    st.header("What it rests on", anchor=False)
    st.markdown("\n".join(f"- {plain(sentence(note))}" for note in report["notes"]))


def _people(report: Json) -> None:
    st.header("Hired before demand is known", anchor=False)
    names = [pool["name"] for pool in report["plan"]["pools"]]
    team = st.selectbox("Team", names, disabled=len(names) == 1, key="futures_team")
    chart(demand_fan(report, team), "fan_chart")
    figure_table(headed(people_cells(report)), "people_table")


def _marginal(report: Json, words: str) -> None:
    st.header("What a little more or less work costs", anchor=False)
    steps, spikes = st.tabs(["Over the term", "In one week"], key="marginal_tabs")
    with steps:
        chart(marginal_steps(report), "steps_chart")
        figure_table(headed(marginal_cells(report)), "steps_table")
    with spikes:
        chart(marginal_spikes(report), "spikes_chart")
        figure_table(headed(spike_cells(report)), "spikes_table", text_columns=2)
    st.caption(plain(words))
