"""The surge simulator: a peak tried on the plan, without leaving the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.going import go_to, may_go_to
from dashboard.widgets.peak.answer import late, promise, who_comes
from dashboard.widgets.peak.form import DEFAULTS, DOING, peak_form
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.study import fill_form, study

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]


def simulate_peak(client: Client, engagement: Json) -> None:
    """Ask for a peak of the quoted work, and show who comes, what it costs, what is left undone.

    It is the study of the page *Surge*, so that either page shows what was asked on the other.
    """
    st.header("What a peak takes", anchor=False)
    st.write("Try a peak on this plan; nothing of the quote changes.")
    with problems_shown():
        fill_form("surge", engagement, DEFAULTS)
        asked = peak_form(engagement)
        entered = {name: st.session_state[name] for name in DEFAULTS}
        made = study(client, "surge", engagement, asked, entered=entered, doing=DOING)
        if made is None:
            return
        promise(made.answer)
        who_comes(made.answer)
        late(made.answer)
        if may_go_to("surge") and st.button(
            "More: each way to meet it, what the client pays, files",
            icon=":material/arrow_forward:",
            key="more_of_the_peak",
        ):
            go_to("surge")
