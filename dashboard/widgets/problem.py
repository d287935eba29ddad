"""Errors of the API, so that a person can act on them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from api.client import ApiError
from dashboard.settings import api_url
from dashboard.widgets.show import text_table
from dashboard.wording import MISSING, field_place, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREACHABLE = 0
_INFEASIBLE = "infeasible"


@contextmanager
def problems_shown() -> Iterator[None]:
    """Run a part of a page; where the API refuses, show why instead of the rest."""
    try:
        yield
    except ApiError as error:
        show_problem(error)


def show_problem(error: ApiError) -> None:
    """Show what the API refused, field by field, or that it does not answer."""
    if error.status == _UNREACHABLE:
        st.error(
            f"**The API does not answer at {plain(api_url())}.** Start it with "
            "`crewquote serve`, or set `CREWQUOTE_API_URL` to where it is, then reload this page.",
            icon=":material/cloud_off:",
        )
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
