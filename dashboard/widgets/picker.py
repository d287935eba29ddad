"""Choosing an engagement to price: the example, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.reading import (
    MAX_MEGABYTES,
    UnreadableFileError,
    has_table_reference,
    read_engagement,
)
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

EXAMPLE, UPLOAD = "Example engagement", "Upload a file"
_TABLE_HINT = (
    "This file takes numbers from tables (`csv:` or `xlsx:`), which the API does not read. Write "
    "the numbers into the engagement itself, or price the file with `crewquote quote FILE`, which "
    "reads them."
)


def engagement_to_price(client: Client) -> Json | None:
    """Let a person choose an engagement; return it in the run in which pricing is asked for."""
    source = st.segmented_control(
        "Engagement", [EXAMPLE, UPLOAD], default=EXAMPLE, required=True, key="source"
    )
    return _uploaded() if source == UPLOAD else _example(client)


def _example(client: Client) -> Json | None:
    st.caption("A complete request for a quote: claims processing from one site, for 12 months.")
    if st.button("Price the example", type="primary", key="price_example"):
        return client.example_engagement()
    return None


def _uploaded() -> Json | None:
    file = st.file_uploader(
        "Engagement file, YAML or JSON",
        type=["yaml", "yml", "json"],
        max_upload_size=MAX_MEGABYTES,
        key="upload",
    )
    if file is None:
        return None
    try:
        document = read_engagement(file.name, file.getvalue())
    except UnreadableFileError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    name, client_name = document.get("name", file.name), document.get("client", "no client named")
    st.caption(f"Read: {plain(str(name))}, for {plain(str(client_name))}.")
    if has_table_reference(document):
        st.warning(_TABLE_HINT, icon=":material/table:")
    asked = st.button("Price this engagement", type="primary", key="price_upload")
    return document if asked else None
