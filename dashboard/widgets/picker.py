"""Choosing an engagement to price: the example, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.asked import engagement_before
from dashboard.glossary import explained
from dashboard.reading import (
    MAX_MEGABYTES,
    UnreadableFileError,
    has_table_reference,
    read_engagement,
)
from dashboard.widgets.in_hand import engagement_in_hand
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

EXAMPLE, UPLOAD = "Example engagement", "Upload a file"
_EXAMPLE_TEXT = "A complete request for a quote: claims processing from one site, for 12 months."
_TABLE_HINT = (
    "This file takes numbers from tables (`csv:` or `xlsx:`), which the API does not read. Write "
    "the numbers into the engagement itself, or use the command line, e.g. `crewquote quote FILE`, "
    "which reads them."
)


def engagement_to_price(client: Client) -> Json | None:
    """Let a person choose an engagement; return it in the run in which pricing is asked for."""
    if _source() == EXAMPLE:
        st.caption(_EXAMPLE_TEXT)
        if st.button("Price the example", type="primary", key="price_example"):
            return client.example_engagement()
        return None
    document = _uploaded()
    if document is None:
        return None
    asked = st.button("Price this engagement", type="primary", key="price_upload")
    return document if asked else None


def engagement_to_study(client: Client, kind: str) -> Json | None:
    """Return the engagement a study is made of: of the quote in hand, the example, or a file.

    What a reload would lose, an engagement from a file, the study's job still has.
    """
    quoted = engagement_in_hand(client)
    if quoted is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{_named(quoted)}, as quoted.", width="content")
            st.button(
                "Another engagement", type="tertiary", on_click=state.close_quote, key="other"
            )
        return quoted
    before = engagement_before(client, kind)
    if before is not None and before != state.load_example(client):
        state.keep_uploaded(before)
    if _source() == EXAMPLE:
        st.caption(_EXAMPLE_TEXT)
        return state.load_example(client)
    return _uploaded()


def _source() -> str | None:
    kept = state.uploaded_engagement()
    return st.segmented_control(
        "Engagement",
        [EXAMPLE, UPLOAD],
        default=UPLOAD if kept else EXAMPLE,
        required=True,
        help=explained("Engagement"),
        key="source",
    )


def _uploaded() -> Json | None:
    """Read a file; a page opened later still has what was read on another."""
    file = st.file_uploader(
        "Engagement file, YAML or JSON",
        type=["yaml", "yml", "json"],
        max_upload_size=MAX_MEGABYTES,
        key="upload",
    )
    if file is not None:
        try:
            state.keep_uploaded(read_engagement(file.name, file.getvalue()))
        except UnreadableFileError as error:
            state.keep_uploaded(None)
            st.error(plain(str(error)), icon=":material/error:")
            return None
    document = state.uploaded_engagement()
    if document is None:
        return None
    st.caption(f"Read: {_named(document)}.")
    if has_table_reference(document):
        st.warning(_TABLE_HINT, icon=":material/table:")
    return document


def _named(engagement: Json) -> str:
    name = engagement.get("name", "an engagement without a name")
    client_name = engagement.get("client", "no client named")
    return f"{plain(str(name))}, for {plain(str(client_name))}"
