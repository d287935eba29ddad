"""Errors of the API, so that a person can act on them."""

from __future__ import annotations

import logging
import secrets
from contextlib import contextmanager, suppress
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey

from api.client import ApiError
from dashboard.connection import NOT_SIGNED_IN, UNREACHABLE
from dashboard.session import is_of_a_client
from dashboard.settings import api_url
from dashboard.web.addresses import HOME, sign_in_address
from dashboard.widgets.show import text_table
from dashboard.wording import MISSING, field_place, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_INFEASIBLE = "infeasible"
_LOG = logging.getLogger(__name__)


@contextmanager
def problems_shown() -> Iterator[None]:
    """Run a part of a page; where the API refuses, show why instead of the rest."""
    try:
        yield
    except ApiError as error:
        show_problem(error)


def show_problem(error: ApiError) -> None:
    """Show what the API refused, field by field, or that it does not answer, and what to do."""
    if error.status == UNREACHABLE:
        _show_unreachable()
        return
    if error.status == NOT_SIGNED_IN:
        _show_signed_out()
        return
    if error.code == _INFEASIBLE:
        _show_infeasible(error)
        return
    st.error(f"**{plain(error.title)}.** {plain(sentence(error.detail))}", icon=":material/error:")
    if error.issues:
        text_table(
            [
                {
                    "Field": field_place(issue.pointer),
                    "Accepted": issue.detail,
                    "Found": MISSING if issue.value is None else issue.value,
                }
                for issue in error.issues
            ]
        )


def show_unexpected(error: Exception) -> None:
    """Say that something went wrong which nobody expected; its details go to the log only."""
    number = secrets.token_hex(4)
    _LOG.error("incident %s", number, exc_info=error)
    st.error(
        "**Something went wrong on this page.** What you entered is kept as far as possible. "
        "Reload the page; if it happens again, tell an administrator the incident number "
        f"**{number}**, under which the log has the details.",
        icon=":material/error:",
    )


def _show_unreachable() -> None:
    """Say that nothing is lost; where the server is, is for the vendor's people only."""
    if is_of_a_client():
        said = "**The server does not answer.** What you entered stays. Try again in a moment."
    else:
        said = (
            f"**The API does not answer at {plain(api_url())}.** What you entered stays. Try again "
            "in a moment; whoever runs the server starts it with `crewquote serve`, or sets "
            "`CREWQUOTE_API_URL` to where it is."
        )
    st.error(said, icon=":material/cloud_off:")
    with suppress(StreamlitDuplicateElementKey):  # one for all parts of a page
        st.button("Try again", key="try_again", icon=":material/refresh:")


def _show_signed_out() -> None:
    """Lead to the sign-in and back; a link, since what is on the page is lost with it."""
    back = urlsplit(st.context.url or "").path or HOME
    query = urlencode(st.query_params.to_dict())
    address = sign_in_address(f"{back}?{query}" if query else back)
    st.warning(
        "**Your session has ended.** Sign in to go on: you come back to this very page.",
        icon=":material/lock_clock:",
    )
    st.html(f'<a href="{escape(address, quote=True)}" target="_self">Sign in</a>')


def _show_infeasible(error: ApiError) -> None:
    """Say what cannot be met, where and by how many people, and what would relax it."""
    rule, _, said = error.detail.partition(": ")
    what, *remedies = said.splitlines() or [rule]
    st.error(f"**{plain(error.title)}.** {plain(sentence(what))}", icon=":material/block:")
    if remedies:
        st.markdown("**What would help, and what is known**")
        st.markdown("\n".join(_item(line) for line in remedies))
    if error.issues:
        with st.expander(f"Where it falls short ({len(error.issues)})", key="shortages"):
            text_table([{"Where, and how many people": issue.detail} for issue in error.issues])
    st.caption(f"The rule that cannot be met: {plain(rule)}")


def _item(line: str) -> str:
    """Write a line as an item of a list, below the one before it where the line is indented."""
    text = line.strip()
    end = ":" if text.endswith(":") else "."
    indent = "    " if line[:1].isspace() else ""
    return f"{indent}- {plain(sentence(text.rstrip(':')).removesuffix('.') + end)}"
