"""What a page keeps: ids in the address, so that a reload shows the same; documents by id.

The address is the truth of a tab. The session remembers the ids only because moving to another
page empties the address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

QUOTE, VARIANT = "quote", "variant"
_DOCUMENTS = "documents"
_KEPT_DOCUMENTS = 8


def quote_id() -> str | None:
    """Id of the quote in hand."""
    return _id(QUOTE)


def variant_id() -> str | None:
    """Id of the variant the quote in hand is compared with."""
    return _id(VARIANT)


def open_quote(new_id: str) -> None:
    """Take a quote in hand; a variant of another is put away."""
    close_variant()
    _keep(QUOTE, new_id)


def open_variant(new_id: str) -> None:
    """Compare the quote in hand with this variant."""
    _keep(VARIANT, new_id)


def close_quote() -> None:
    """Put the quote in hand away, and its variant."""
    close_variant()
    _drop(QUOTE)


def close_variant() -> None:
    """Put the variant away."""
    _drop(VARIANT)


def load_quote(client: Client, wanted: str) -> Json:
    """Return a stored quote; stored quotes never change, so it is asked for once."""
    kept: dict[str, Json] = st.session_state.setdefault(_DOCUMENTS, {})
    if wanted not in kept:
        kept[wanted] = client.get_quote(wanted)
        while len(kept) > _KEPT_DOCUMENTS:
            del kept[next(iter(kept))]
    return kept[wanted]


def _id(name: str) -> str | None:
    found = st.query_params.get(name) or st.session_state.get(_memory(name))
    if found is not None:
        _keep(name, found)
    return found


def _keep(name: str, value: str) -> None:
    st.session_state[_memory(name)] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def _drop(name: str) -> None:
    st.session_state.pop(_memory(name), None)
    st.query_params.pop(name, None)


def _memory(name: str) -> str:
    return f"{name}_id"
