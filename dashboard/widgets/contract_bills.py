"""Both bills over volume under the contract of the quote in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart
from dashboard.wording import plain
from pricing.charts import contract_bills_over_volume

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]


def contract_bills(client: Client, quote_id: str) -> None:
    """Show the bills once a person asks for them: every volume is a month to be billed."""
    wanted = st.toggle(
        "Both bills over volume under the contract",
        help="Tiers, bands, minimums and collars applied, at every volume from 0 to 200 % of plan.",
        key="contract_bills",
    )
    if not wanted:
        return
    with problems_shown():
        made = client.contract_bills(quote_id)
        chart(contract_bills_over_volume(made), "contract_bills_chart")
        for warning in made["warnings"]:
            st.warning(plain(warning), icon=":material/warning:")
        st.caption(plain(_summary(made)))


def _summary(made: Json) -> str:
    found = made["crossings"]
    month = f"Baselines and planned charges are those of contract month {made['month']}."
    if found:
        times = "once" if len(found) == 1 else f"{len(found)} times"
        return f"The cheaper offer changes {times}. {month}"
    method = made["cheaper_when_no_crossing"]
    if method is None:
        return f"Both bills are equal at every volume. {month}"
    return f"The {method.replace('_', '-')} offer is cheaper at every volume. {month}"
