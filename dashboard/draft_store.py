"""The draft in the store: saved after each change, found again by the id in the address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard import draft

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_ADDRESS = "draft"
_ID, _ETAG, _SAVED = "draft_id", "draft_etag", "draft_saved"
_NOT_FOUND, _STALE = 404, 412


def restore(client: Client) -> bool:
    """Open the draft that the address names, where the session has none; False: there is none.

    Raises
    ------
    ApiError
        The API refuses for another reason than that it is gone.
    """
    wanted = st.query_params.get(_ADDRESS)
    if draft.document() is not None or not wanted:
        return True
    try:
        opened(client.get_draft(wanted))
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
        st.query_params.pop(_ADDRESS, None)
        return False
    return True


def opened(stored: Json) -> None:
    """Go on with a stored draft."""
    draft.start(stored["engagement"], stored["revises"])
    _remember(stored)


def begin_anew() -> None:
    """What is written next is another draft; the one before stays in the store."""
    for name in (_ID, _ETAG, _SAVED):
        st.session_state.pop(name, None)
    st.query_params.pop(_ADDRESS, None)


def save(client: Client) -> str | None:
    """Save what is written, where it changed; say so when another tab changed it meanwhile."""
    held = draft.document()
    if held is None:
        return None
    draft_id = st.session_state.get(_ID)
    if draft_id is not None:
        st.query_params[_ADDRESS] = draft_id
    if st.session_state.get(_SAVED) == _text():
        return None
    try:
        if draft_id is None:
            stored = client.create_draft(held, draft.revises())
        else:
            etag = st.session_state[_ETAG]
            stored = client.write_draft(draft_id, held, draft.revises(), etag)
    except ApiError as error:
        if error.status == _NOT_FOUND:  # thrown away in another tab: what is here is kept anew
            begin_anew()
        if error.status in {_NOT_FOUND, _STALE}:
            return error.detail
        raise
    _remember(stored)
    return None


def reload(client: Client) -> None:
    """Take over what another tab has written."""
    opened(client.get_draft(st.session_state[_ID]))


def _remember(stored: Json) -> None:
    st.session_state[_ID] = stored["id"]
    st.session_state[_ETAG] = stored["etag"]
    st.session_state[_SAVED] = _text()
    st.query_params[_ADDRESS] = stored["id"]


def _text() -> str:
    return json.dumps([draft.document(), draft.revises()], sort_keys=True)
