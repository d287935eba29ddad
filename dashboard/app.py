"""Entry of the dashboard: pages over the HTTP API, run by `streamlit run`."""

from __future__ import annotations

from functools import partial

import streamlit as st

from api.client import Client
from dashboard.settings import api_url
from dashboard.views import (
    choice,
    compare,
    explain,
    futures,
    hiring,
    invoice,
    new_quote,
    people,
    quote,
    rates,
    risk,
    sites,
    stored,
    surge,
    what_if,
)

_CLIENTS_PAGE = "Compare"


@st.cache_resource(show_spinner=False)
def connect(url: str) -> Client:
    """Open one connection pool per address of the API, shared by all sessions."""
    return Client(url)


def main() -> None:
    """Show the page that was chosen."""
    st.set_page_config(page_title="crewquote", layout="wide")
    client = connect(api_url())
    first = st.Page(
        partial(quote.render, client),
        title="Quote",
        url_path="offers",
        default=True,
    )
    pages = [
        first,
        st.Page(partial(new_quote.render, client), title="New quote", url_path="new-quote"),
        st.Page(partial(compare.render, client), title=_CLIENTS_PAGE, url_path="compare"),
        st.Page(
            partial(what_if.render, client),
            title="What if",
            url_path="what-if",
        ),
        st.Page(
            partial(people.render, client),
            title="People",
            url_path="people",
        ),
        st.Page(partial(explain.render, client), title="Explain", url_path="explain"),
        st.Page(partial(choice.render, client), title="Choice", url_path="choice"),
        st.Page(partial(invoice.render, client), title="Invoice", url_path="invoice"),
        st.Page(partial(surge.render, client), title="Surge", url_path="surge"),
        st.Page(partial(hiring.render, client), title="Hiring", url_path="hiring"),
        st.Page(partial(futures.render, client), title="Futures", url_path="futures"),
        st.Page(partial(risk.render, client), title="Risk", url_path="risk"),
        st.Page(partial(sites.render, client), title="Sites", url_path="sites"),
        st.Page(partial(rates.render, client), title="Rates", url_path="rates"),
        st.Page(
            partial(stored.render, client, show_quote=partial(st.switch_page, first)),
            title="Stored quotes",
            url_path="stored",
        ),
    ]
    shown = st.navigation(pages, position="top")
    shown.run()
    if shown.title == _CLIENTS_PAGE:
        st.caption("crewquote: client's view. The other pages hold the vendor's figures.")
    else:
        st.caption("crewquote: vendor's view. Cost and margin are shown; not for clients.")


main()
