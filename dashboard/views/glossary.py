"""What the terms on the pages mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.glossary import TERMS
from dashboard.widgets.show import text_table

if TYPE_CHECKING:
    from api.client import Client


def render(_: Client) -> None:
    """List the terms, or those in which a word occurs."""
    st.title("Glossary", anchor=False)
    wanted = st.text_input("Find", placeholder="a term or a word", key="glossary_find")
    rows = [
        {"Term": term, "Meaning": meaning}
        for term, meaning in sorted(TERMS.items(), key=lambda item: item[0].casefold())
        if wanted.strip().casefold() in f"{term} {meaning}".casefold()
    ]
    if rows:
        text_table(rows)
    else:
        st.info("No term has this word. Clear the field to see all.", icon=":material/search_off:")
