"""Headings of the cards of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import draft
from dashboard.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable


def titled(
    name: object, kind: str, index: int, *, remove: Callable[[int], None] | None = None
) -> None:
    """Name a card, and let it be removed where `remove` is given."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.subheader(plain(str(name or f"{kind} {index + 1}")), anchor=False)
        if remove is not None:
            st.button(
                f"Remove this {kind.lower()}",
                type="tertiary",
                icon=":material/delete:",
                on_click=remove,
                args=(index,),
                key=f"remove {kind} {index} {draft.epoch()}",
            )
