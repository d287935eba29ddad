"""The document for the client: made of a quote, kept, and taken along as PDF or workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import PDF, XLSX, ApiError
from dashboard.widgets.problem import problems_shown, show_problem
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_FILES = {PDF: ("PDF", "pdf"), XLSX: ("Workbook (XLSX)", "xlsx")}
_MAY_MAKE = "quotes:write"


def documents(client: Client, quote_id: str) -> None:
    """Let a proposal be made, and show the newest with its files."""
    st.subheader("The document for the client", anchor=False)
    st.caption("Offers, people, terms and risk as the client may see them: no cost, no margin.")
    with problems_shown():
        if _MAY_MAKE in client.me()["permissions"]:
            _make(client, quote_id)
        made = client.list_proposals(quote_id)["data"]
        if made:
            _files(client, quote_id, made[0])


def _make(client: Client, quote_id: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        vendor = st.text_input("Your house, as it signs", key="proposal_vendor", max_chars=120)
        asked = st.button("Make the proposal", key="make_proposal")
    if asked:
        with st.spinner("Writing the proposal.", show_time=True):
            client.create_proposal(quote_id, {"vendor": vendor.strip()} if vendor.strip() else {})


def _files(client: Client, quote_id: str, made: Json) -> None:
    st.caption(
        f"Made {moment(made['created_at'])} UTC, issued {plain(made['issued'])}, valid until "
        f"{plain(made['valid_until'])}."
    )
    with st.container(horizontal=True):
        for kind, (label, suffix) in _FILES.items():
            try:
                content = _content(client, quote_id, made["id"], kind)
            except ApiError as error:  # the server lacks what writes it, and says what to install
                show_problem(error)
                continue
            st.download_button(
                *(label, content, f"proposal.{suffix}", kind),
                icon=":material/download:",
                on_click="ignore",
                key=f"proposal_{suffix}",
            )


def _content(client: Client, quote_id: str, proposal_id: str, kind: str) -> bytes:
    """A file of a proposal, which never changes; the last of each kind is kept."""
    key, wanted = f"proposal {kind}", (quote_id, proposal_id)
    kept = st.session_state.get(key)
    if kept is None or kept[0] != wanted:
        kept = (wanted, client.proposal_file(quote_id, proposal_id, kind))
        st.session_state[key] = kept
    content: bytes = kept[1]
    return content
