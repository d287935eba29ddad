"""Where a quote stands, and what may be done with it: only what the API says the caller may do.

What a person decides on is the version that was shown: once somebody else has changed the quote,
its buttons are gone until the page is loaded anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard import state
from dashboard.life_words import ACTIONS, changed_by, stands
from dashboard.widgets.problem import show_problem
from dashboard.wording import OFFERS, plain, sentence

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_STALE = 412
_METHODS = ("input_based", "output_based")
_MOST_NOTE = 2000


def lifecycle(client: Client, quote_id: str) -> None:
    """Show where a quote stands, why it needs approval, and a button for each move."""
    now = client.quote_actions(quote_id)
    life = now["lifecycle"]
    seen = st.session_state.setdefault(_seen(quote_id), life["etag"])
    st.markdown(f"**{plain(stands(life))}**")
    _tell(quote_id)
    if seen != life["etag"]:
        st.warning(plain(changed_by(now["last_change"])), icon=":material/sync_problem:")
        st.button("Load it anew", on_click=_reload, args=(quote_id,), key="reload_quote")
        return
    for reason in life["reasons"] or ():
        st.caption(plain(sentence(f"Needs approval: {reason['detail']}")))
    moves = [one for one in now["data"] if one["action"] in ACTIONS]
    with st.container(horizontal=True):
        for move in moves:
            _move_button(client, quote_id, move, life["etag"])
    for one in now["kept"]:
        if one["action"] == "approve":
            st.caption(plain(sentence(f"You cannot approve it: {one['detail']}")))


def _move_button(client: Client, quote_id: str, move: Json, etag: str) -> None:
    """A button that opens what is said with a move, and asks once more."""
    name = move["action"]
    told = ACTIONS[name]
    with st.popover(told.button, key=f"{name} {etag}"):  # a new version begins with it closed
        st.write(plain(told.comes_of_it))
        if name == "accept":
            st.selectbox(
                "Accepted", _METHODS, format_func=OFFERS.__getitem__, key=f"method {quote_id}"
            )
        label = "Why" if move["reason"] else "A note, if you like"
        note = st.text_area(label, max_chars=_MOST_NOTE, key=f"note {name} {quote_id}")
        st.button(
            f"{told.button}: confirm",
            type="primary",
            disabled=move["reason"] and not note.strip(),
            on_click=_move,
            args=(client, quote_id, name, etag),
            key=f"do_{name}",
        )


def _move(client: Client, quote_id: str, name: str, etag: str) -> None:
    """Make a move on the version that was shown, and remember what came of it."""
    note = st.session_state.get(f"note {name} {quote_id}", "").strip() or None
    method = st.session_state.get(f"method {quote_id}") if name == "accept" else None
    shown = {"id": quote_id, "lifecycle": {"etag": etag}}
    try:
        client.move(shown, name, note=note, method=method)
    except ApiError as error:
        st.session_state[_said(quote_id)] = error
        return
    st.session_state.pop(f"note {name} {quote_id}", None)
    _reload(quote_id)
    st.session_state[_said(quote_id)] = f"Done: {ACTIONS[name].button.lower()}."


def _tell(quote_id: str) -> None:
    """Say what came of the last move; a conflict is told by what changed."""
    said = st.session_state.pop(_said(quote_id), None)
    if isinstance(said, ApiError):
        if said.status != _STALE:
            show_problem(said)
    elif said is not None:
        st.success(plain(said), icon=":material/check:")


def _reload(quote_id: str) -> None:
    st.session_state.pop(_seen(quote_id), None)
    state.forget_quote(quote_id)


def _seen(quote_id: str) -> str:
    return f"seen {quote_id}"


def _said(quote_id: str) -> str:
    return f"said {quote_id}"
