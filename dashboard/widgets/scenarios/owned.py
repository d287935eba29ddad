"""A set itself: its name, with whom it is shared, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.widgets.problem import problems_shown
from dashboard.wording import moment, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_STAFF = {"nobody else": "none", "may read": "read", "may read and write": "write"}
_ACCESS = {"owner": "yours", "write": "shared with you to write", "read": "shared to read"}


def heading(client: Client, found: Json, *, may_write: bool) -> None:
    """Name the set and what may be done with it."""
    st.title(plain(found["name"]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Vendor's view: cost and margin, not for clients", color="orange")
        st.caption(
            f"Scenarios of {plain(found['owner'])}, {_ACCESS[found['access']]}; set changed by "
            f"{plain(found['changed_by'])} at {moment(found['changed_at'])} UTC",
            width="content",
        )
    if found["description"]:
        st.write(plain(found["description"]))
    with st.container(horizontal=True):
        st.button("All sets", on_click=state.close_scenario_set, key="close_set")
        if may_write:
            with st.popover("Name"):
                _named(client, found)
        if found["access"] == "owner" and may_write:
            with st.popover("Share"):
                _shared(client, found)
            with st.popover("Delete"):
                _deleted(client, found)


def _named(client: Client, found: Json) -> None:
    name = st.text_input("Name of the set", found["name"], max_chars=120, key="rename_set")
    about = st.text_area("Description", found["description"], max_chars=2000, key="describe_set")
    if st.button("Save", key="save_set"):
        with problems_shown():
            client.change_scenario_set(found, name=name, description=about)
            st.rerun()


def _shared(client: Client, found: Json) -> None:
    sharing = found["sharing"]
    words = {value: word for word, value in _STAFF.items()}
    staff = st.selectbox(
        "Everybody of the staff",
        list(_STAFF),
        index=list(_STAFF).index(words[sharing["staff"]]),
        key="share_staff",
    )
    said = st.text_area(
        "Some of them: an address and read or write, one a line",
        "\n".join(f"{one['email']} {one['access']}" for one in sharing["users"]),
        placeholder="ann@vendor.example write",
        key="share_users",
    )
    if st.button("Share so", type="primary", key="share"):
        lines = [line.split() for line in said.splitlines() if line.strip()]
        users = [
            {"email": line[0], "access": line[1].lower() if len(line) > 1 else "read"}
            for line in lines
        ]
        with problems_shown():
            client.share_scenario_set(found, _STAFF[staff], users)
            st.rerun()


def _deleted(client: Client, found: Json) -> None:
    st.write("The scenarios go; the quotes priced for them stay.")
    if st.button("Delete this set for good", key="delete_set"):
        with problems_shown():
            client.delete_scenario_set(found)
            state.close_scenario_set()
            st.rerun()
