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
