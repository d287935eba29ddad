"""Ways from one page to another, by the address of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGES = "pages_by_path"


def know_pages(pages: Mapping[str, st.Page]) -> None:
    """Remember the pages of this run by their addresses."""
    st.session_state[_PAGES] = dict(pages)


def may_go_to(path: str) -> bool:
    """Whether the caller has this page."""
    return path in st.session_state.get(_PAGES, {})


def go_to(path: str) -> None:
    """Go to a page; where it is not known, as in a test of a single page, stay."""
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is None:
        st.rerun()
    st.switch_page(page)


def link_to(path: str, label: str, icon: str | None = None) -> None:
    """Show a link to a page, if the caller has it."""
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is not None:
        st.page_link(page, label=label, icon=icon)
