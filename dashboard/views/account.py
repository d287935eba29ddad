"""Who is signed in: leave, or take another password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard.web.addresses import SIGN_IN, SIGN_OUT
from dashboard.widgets.problem import problems_shown, show_problem
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_ROLES = {
    "sales": "makes, revises and sends quotes",
    "approver": "approves quotes or gives them back",
    "planner": "plans people, shifts and peaks",
    "client": "reads and answers the quotes it was sent",
    "admin": "may do everything, and looks after users",
}
_LEAST = 12


def render(client: Client) -> None:
    """Show who calls; let a person sign out and change the password."""
    st.title("Your account", anchor=False)
    with problems_shown():
        me = client.me()
        _who(me)
        if me["signed_in_with"] == "none":
            st.info(
                "This server asks nobody to sign in: whoever reaches it may do everything. It "
                "asks with `CREWQUOTE_REQUIRE_SIGN_IN=true`.",
                icon=":material/lock_open:",
            )
            st.html(f'<a href="{SIGN_IN}" target="_self">Sign in as a user all the same</a>')
            return
        _sign_out()
        _password(client)


def _who(me: Json) -> None:
    role = me["role"]
    st.markdown(f"**{plain(me['name'])}**, {plain(role)}: {_ROLES.get(role, '')}.")
    if me["client"]:
        st.caption(f"For the client {plain(me['client'])}.")


def _sign_out() -> None:
    st.html(
        f'<form method="post" action="{SIGN_OUT}">'
        '<button type="submit" style="font:inherit;padding:.5rem 1rem;border-radius:.4rem;'
        'border:1px solid currentColor;background:transparent;color:inherit;cursor:pointer">'
        "Sign out</button></form>"
    )


def _password(client: Client) -> None:
    st.header("Change the password", anchor=False)
    st.caption(f"At least {_LEAST} characters. Your sessions elsewhere end; API keys go on.")
    with st.form("password", width=420, clear_on_submit=True):
        current = st.text_input("Current password", type="password", key="current_password")
        first = st.text_input("New password", type="password", key="new_password")
        again = st.text_input("New password once more", type="password", key="again_password")
        if not st.form_submit_button("Change it", type="primary", key="change_password"):
            return
    if first != again:
        st.error("The new passwords differ: type the same twice.", icon=":material/error:")
        return
    try:
        client.change_password(current, first)
    except ApiError as error:
        show_problem(error)
        return
    st.success("The password is changed.", icon=":material/check:")
