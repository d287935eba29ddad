"""Entry of the dashboard: who calls, and the pages that are for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from api.client import ApiError
from dashboard.garbage import keep_first_run
from dashboard.going import know_pages
from dashboard.pages import CLIENT, PAGES, first_page, pages_for
from dashboard.session import own_client, who_calls
from dashboard.theme import ICON, LOGO, stylesheet
from dashboard.widgets.problem import problems_shown, show_problem, show_unexpected

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client
    from dashboard.pages import PageOf
    from dashboard.session import Caller

_NO_PAGE_FOR_YOU = (
    "This page is not among those your role opens. The menu above holds yours; an administrator "
    "of your house changes roles."
)


def main() -> None:
    """Show the page that was asked for, to who may see it."""
    st.set_page_config(page_title="crewquote", page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large", icon_image=ICON)
    st.html(stylesheet())
    client = own_client()
    try:
        caller = who_calls(client)
    except ApiError as error:
        _without_pages(error)
        return
    _with_pages(client, caller)
    keep_first_run()


def _without_pages(error: ApiError) -> None:
    """Say why there is no page; the address stays, so that trying again leads to it."""
    problem = partial(show_problem, error)
    nowhere = [
        st.Page(problem, title="crewquote", url_path=page.path, visibility="hidden")
        for page in PAGES
    ]
    start = st.Page(problem, title="crewquote", default=True, visibility="hidden")
    st.navigation([start, *nowhere], position="hidden")
    st.title("crewquote", anchor=False)
    problem()


def _with_pages(client: Client, caller: Caller) -> None:
    open_to = pages_for(caller.permissions)
    first = first_page(caller.permissions)
    shown: dict[str, list[st.Page]] = {}
    by_path = {}
    for page in open_to:
        made = st.Page(_run(page, client), title=page.title, url_path=page.path)
        shown.setdefault(page.section, []).append(made)
        by_path[page.path] = made
    closed = [
        st.Page(_not_yours, title=page.title, url_path=page.path, visibility="hidden")
        for page in PAGES
        if page not in open_to
    ]
    start = st.Page(
        _not_yours if first is None else _run(first, client),
        title="crewquote" if first is None else first.title,
        default=True,
        visibility="hidden",
    )
    know_pages(by_path)
    chosen = st.navigation({"": [start, *closed], **shown}, position="top")
    chosen.run()
    path = chosen.url_path or (first.path if first else "")
    _say_whose_view({page.path: page for page in open_to}.get(path), caller)


def _run(page: PageOf, client: Client) -> Callable[[], None]:
    def run() -> None:
        try:
            with problems_shown():
                page.render(client)
        except Exception as error:
            show_unexpected(error)

    return run


def _not_yours() -> None:
    st.title("Not for your role", anchor=False)
    st.info(_NO_PAGE_FOR_YOU, icon=":material/lock:")


def _say_whose_view(page: PageOf | None, caller: Caller) -> None:
    if page is None or not caller.is_vendor:
        return
    if page.section == CLIENT:
        st.caption("crewquote: client's view. The other pages hold the vendor's figures.")
    elif page.needs != "profile":
        st.caption("crewquote: vendor's view. Cost and margin are shown; not for clients.")


main()
