"""What is worked out of scenarios when asked: each change by itself, and distributions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart
from dashboard.widgets.work import result_of
from dashboard.wording import plain, sentence
from pricing.charts import scenario_histogram, scenario_tornado

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.client import Client

    Json = dict[str, Any]

_TWO, _MOST = 2, 8
_DRAWS = {"draws": 20_000}
_FIRST_FIGURE = "output_based/margin"
_WAYS = {"Alone, on the base": "alone", "Taken out of the scenario": "without"}
_WHATS = {"Bill": "bill", "Cost": "cost", "Margin": "margin"}
_TAKING_APART = "Each change is planned and priced by itself. This takes a minute or two."
_DRAWING = "Planning, solving a few futures and drawing all of them. This takes some seconds."
_ONE_ONLY = (
    "No scenario makes two changes or more: what a single change does stands in the chart above."
)


def effects(client: Client, found: Json, side: str) -> None:
    """Take a scenario of several changes apart: each alone on the base, and the rest without it.

    Parameters
    ----------
    found : dict
        The set.
    side : {"vendor", "client"}
        Whose favourable.
    """
    st.subheader("What each change does by itself", anchor=False)
    several = {
        one["id"]: one for one in found["scenarios"] if _TWO <= len(one["overrides"]) <= _MOST
    }
    if not several:
        st.caption(_ONE_ONLY)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Scenario to take apart",
            list(several),
            format_func=lambda one: several[one]["name"],
            key="effects_of",
        )
        asked = st.button("Take it apart", key="take_apart", icon=":material/call_split:")
    with problems_shown():
        # Of another base, or another version of the scenario, it is other work.
        version = several[chosen]["etag"].strip('"')
        work = f"effects_{chosen[:8]}_{version}_{found['base']['quote_id'][:8]}"
        begin = partial(client.begin_scenario_effects, found["id"], chosen) if asked else None
        made = result_of(client, work, begin=begin, doing=_TAKING_APART)
        if made is not None:
            _effects(made, side)


def _effects(made: Json, side: str) -> None:
    figures = {one["key"]: one["label"] for one in made["alone"]["figures"]}
    keys = list(figures)
    columns = st.columns(2)
    key = columns[0].selectbox(
        "Figure it moves",
        keys,
        index=keys.index(_FIRST_FIGURE) if _FIRST_FIGURE in figures else 0,
        format_func=figures.__getitem__,
        key="effects_figure",
    )
    way = columns[1].segmented_control(
        "Each change", list(_WAYS), default=next(iter(_WAYS)), required=True, key="effects_way"
    )
    table = made[_WAYS[way or next(iter(_WAYS))]]
    if key in {one["key"] for one in table["figures"]}:
        what = "each change does" if table is made["alone"] else "taking each change back does"
        shown = {**table, "currency": made["currency"]}
        chart(scenario_tornado(shown, key, side, what), "effects_chart")
    for one in made["changes"]:
        for reason in one["refused"]:
            said = plain(sentence(f"{one['label']}, {reason}"))
            st.info(f"Not shown: {said}", icon=":material/info:")


def distributions(client: Client, held: Sequence[Json]) -> None:
    """Draw what may come for the base and a scenario, and show how often each figure is where.

    Parameters
    ----------
    held : sequence of dict
        Versions whose results hold, the base first.
    """
    st.subheader("How often each figure is where", anchor=False)
    others = {one["id"]: one for one in held[1:]}
    columns = st.columns(2)
    chosen = columns[0].selectbox(
        "Over the base",
        list(others),
        format_func=lambda one: others[one]["name"],
        key="drawn_of",
    )
    what = columns[1].segmented_control(
        "Figure to draw", list(_WHATS), default="Bill", required=True, key="drawn_what"
    )
    asked = st.button("Draw what may come", key="draw", icon=":material/stacked_line_chart:")
    if chosen is None:
        return
    with problems_shown():
        made = {one["name"]: _drawn(client, one, asked=asked) for one in (held[0], others[chosen])}
        studies = {name: study for name, study in made.items() if study is not None}
        if len(studies) == _TWO:
            for method in ("input_based", "output_based"):
                figure = _WHATS[what or "Bill"]
                chart(scenario_histogram(studies, figure, method), f"drawn_{method}")


def _drawn(client: Client, version: Json, *, asked: bool) -> Json | None:
    """Return the study of risk of a version's quote, or follow it; a quote never changes."""
    quote_id = version["quote_id"]
    work = f"draws_{quote_id[:8]}"
    begin = None
    if asked and state.work_id(work) is None:
        engagement = state.load_engagement(client, quote_id)
        begin = partial(client.begin_study, "risk", engagement, _DRAWS)
    return result_of(client, work, begin=begin, doing=f"{version['name']}: {_DRAWING}")
