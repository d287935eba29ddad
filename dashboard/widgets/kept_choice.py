"""Choices among a few that the address keeps, so that a reload or a link shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence


def kept_select(label: str, options: Sequence[str], key: str) -> str:
    """Let one of several be chosen from a list."""
    _begin_with(options, key)
    return st.selectbox(
        label,
        options,
        disabled=len(options) == 1,
        key=key,
        on_change=_keep,
        args=(key,),
        width=280,
    )


def kept_segments(label: str, options: Sequence[str], key: str) -> str:
    """Let one of a few be chosen, all of them seen."""
    _begin_with(options, key)
    chosen = st.segmented_control(
        label, options, required=True, key=key, on_change=_keep, args=(key,)
    )
    return options[0] if chosen is None else chosen


def _begin_with(options: Sequence[str], key: str) -> None:
    """Choose what the address says, else the first; so too where what was chosen is gone."""
    chosen = st.session_state.get(key, st.query_params.get(key))
    st.session_state[key] = chosen if chosen in options else options[0]


def _keep(key: str) -> None:
    st.query_params[key] = st.session_state[key]
