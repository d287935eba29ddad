"""Step: the whole engagement, what it rests on, and pricing it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st
import yaml

from dashboard import draft
from dashboard.reading import UnreadableFileError, read_engagement
from dashboard.widgets.new_quote.form import field_key
from dashboard.wording import plain

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_UNREADABLE = "draft_unreadable"
_HEIGHT_PX = 460


def render(form: Form, answer: Json | None) -> bool:
    """Show what there is to know before pricing; True in the run in which pricing is asked for."""
    if answer is None:
        st.error(
            f"**{len(form.issues)} field(s) are wrong.** Each is marked at its step; all are here.",
            icon=":material/error:",
        )
        form.rest()
    else:
        st.success("Everything can be read: ready to price.", icon=":material/check_circle:")
        _unsourced(answer["unsourced"])
    asked = st.button(
        "Price the next revision" if draft.revises() else "Price both offers",
        type="primary",
        disabled=answer is None,
        key="price",
    )
    _whole(form.document)
    return asked


def _unsourced(places: list[str]) -> None:
    if not places:
        st.caption("Every value names its source.")
        return
    label = f"{len(places)} values without a source, to be confirmed before this is sent"
    with st.expander(label, icon=":material/rule:", key="draft_unsourced"):
        st.markdown("\n".join(f"- {plain(place)}" for place in places))


def _whole(document: Json) -> None:
    """Show the whole engagement as text that can be edited: nothing is out of reach."""
    with st.expander("The whole engagement, to edit", key="whole_engagement"):
        st.caption("Every field there is, as YAML; JSON is read as well.")
        key = field_key("whole")
        if _UNREADABLE not in st.session_state:
            st.session_state[key] = yaml_of(document)
        st.text_area("Engagement", key=key, height=_HEIGHT_PX, on_change=_read, args=(key,))
        if _UNREADABLE in st.session_state:
            st.error(plain(st.session_state[_UNREADABLE]), icon=":material/error:")
            st.button("Undo this edit", on_click=_undo, key="undo_whole")
        with st.container(horizontal=True):
            _download("Engagement (YAML)", "engagement.yaml", yaml_of(document))
            as_json = json.dumps(document, indent=2, ensure_ascii=False)
            _download("Engagement (JSON)", "engagement.json", as_json)


def yaml_of(document: Json) -> str:
    """Write a document so that it is read back as it is; lists of numbers stand in a line."""
    return str(
        yaml.safe_dump(
            document, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
        )
    )


def _read(key: str) -> None:
    """Take over what was edited; what cannot be read is kept to be mended."""
    try:
        read = read_engagement("engagement.yaml", st.session_state[key].encode())
    except UnreadableFileError as error:
        st.session_state[_UNREADABLE] = str(error)
        return
    st.session_state.pop(_UNREADABLE, None)
    draft.take_over(read)


def _undo() -> None:
    st.session_state.pop(_UNREADABLE, None)


def _download(label: str, name: str, text: str) -> None:
    st.download_button(
        *(label, text, name), icon=":material/download:", on_click="ignore", key=f"draft_{name}"
    )
