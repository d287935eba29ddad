"""Step: what to start from: a shipped example, a stored quote, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, draft_store
from dashboard.reading import (
    MAX_MEGABYTES,
    UnreadableFileError,
    has_table_reference,
    read_engagement,
)
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

EXAMPLE, STORED, FILE = "An example", "A stored quote", "A file"
_MOST_QUOTES = 50
_TABLES = (
    "It takes numbers from tables (`csv:` or `xlsx:`), which are on your disk: under **Volumes**, "
    "put the numbers in their place."
)


def render(client: Client, then: Callable[[], None]) -> None:
    """Let a person choose; `then` is called once an engagement was taken over."""
    if draft.document() is not None:
        st.info(
            f"You are writing **{plain(str((draft.document() or {}).get('name') or 'a quote'))}**. "
            "Starting anew puts it away.",
            icon=":material/edit_document:",
        )
    _drafts(client, then)
    source = st.segmented_control(
        "Start from", [EXAMPLE, STORED, FILE], default=EXAMPLE, required=True, key="start_from"
    )
    if source == EXAMPLE:
        _examples(client, then)
    elif source == STORED:
        _stored(client, then)
    else:
        _file(then)


def _drafts(client: Client, then: Callable[[], None]) -> None:
    """Offer what was begun and not finished."""
    found = client.list_drafts()["data"]
    if not found:
        return
    with st.expander(f"Go on with a draft ({len(found)})", key="drafts"):
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                name, of = one["name"] or "Without a name", one["client"] or "no client yet"
                st.markdown(
                    f"**{plain(name)}**, for {plain(of)}, changed {moment(one['changed_at'])} UTC"
                )
                if st.button("Go on", key=f"go_on_{one['id']}"):
                    draft_store.opened(client.get_draft(one["id"]))
                    then()
                st.button(
                    "Throw away",
                    type="tertiary",
                    on_click=client.delete_draft,
                    args=(one["id"],),
                    key=f"throw_{one['id']}",
                )


def _examples(client: Client, then: Callable[[], None]) -> None:
    for row in _pairs(client.list_examples()["data"]):
        for column, example in zip(st.columns(2), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{plain(example['title'])}**")
                st.caption(plain(example["about"]))
                if st.button("Start from this", key=f"start_{example['name']}"):
                    draft_store.begin_anew()
                    draft.start(client.get_example(example["name"]))
                    then()


def _stored(client: Client, then: Callable[[], None]) -> None:
    rows = client.list_quotes(limit=_MOST_QUOTES)["data"]
    if not rows:
        st.info("No quote is stored yet. Start from an example, or from a file.")
        return
    by_id = {row["id"]: row for row in rows}
    chosen = st.selectbox(
        "Stored quote, newest first",
        list(by_id),
        format_func=lambda one: _named(by_id[one]),
        key="start_stored",
    )
    with st.container(horizontal=True):
        anew = st.button("Start a new quote from it", key="start_anew")
        revision = st.button("Write its next revision", key="start_revision")
    if anew or revision:
        draft_store.begin_anew()
        draft.start(client.get_engagement(chosen), chosen if revision else None)
        then()


def _file(then: Callable[[], None]) -> None:
    file = st.file_uploader(
        "Engagement, YAML or JSON",
        type=["yaml", "yml", "json"],
        max_upload_size=MAX_MEGABYTES,
        key="start_file",
    )
    if file is None:
        return
    try:
        read = read_engagement(file.name, file.getvalue())
    except UnreadableFileError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if has_table_reference(read):
        st.warning(_TABLES, icon=":material/table:")
    if st.button("Start from this file", type="primary", key="start_file_go"):
        draft_store.begin_anew()
        draft.start(read)
        then()


def _named(row: Json) -> str:
    life = f"{row['number']} revision {row['revision']}, " if row.get("number") else ""
    return f"{row['name']}, for {row['client']} ({life}{moment(row['created_at'])} UTC)"


def _pairs(items: list[Json]) -> list[list[Json]]:
    return [items[at : at + 2] for at in range(0, len(items), 2)]
