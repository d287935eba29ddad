"""All quotes together: value and risk by state, what expires, who did what, rate cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import portfolio_rows, state
from dashboard.glossary import TERMS
from dashboard.going import go_to
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import chart, figure_row, figure_table
from dashboard.wording import plain, words
from pricing.charts.portfolio import profit_at_risk, value_by_state

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_SOON_DAYS = 7
_EVENTS = 100
_NUMBER_PX = 190


def render(client: Client) -> None:
    """Show quotes by state, those that expire, the trail of one, and rate cards."""
    st.title("Portfolio", anchor=False)
    with problems_shown():
        found = client.portfolio()
        quotes, trail, cards = st.tabs(["Quotes", "Audit trail", "Rate cards"])
        with quotes:
            _quotes(found)
        with trail, problems_shown():
            _trail(client, found["quotes"])
        with cards, problems_shown():
            _cards(client)


def _quotes(found: Json) -> None:
    if not any(found["counts"].values()):
        st.info(
            "No quote is stored yet. Price an engagement on the page **New quote**; it stands here "
            "from then on.",
            icon=":material/inbox:",
        )
        return
    figure_row({words(name).capitalize(): f"{n:,}" for name, n in found["counts"].items() if n})
    st.caption(
        "Added up below: newest revisions that are open or accepted, without variants. Of each "
        "quote the accepted offer counts, before that the one with the lower bill."
    )
    for currency in dict.fromkeys(one["currency"] for one in found["standing"]):
        chart(value_by_state(found["standing"], currency), f"value_{currency}")
        chart(profit_at_risk(found["standing"], currency), f"profit_{currency}")
    figure_table(
        portfolio_rows.standing_rows(found["standing"]),
        "standing",
        text_columns=2,
        help_texts={"Margin at risk": TERMS["Margin at risk"]},
    )
    if found["left_out"]:
        st.caption(f"{found['left_out']:,} older quotes are not added up.")
    _expiring(found["quotes"])
    st.header("All of these quotes", anchor=False)
    figure_table(
        portfolio_rows.quote_rows(found["quotes"]),
        "portfolio_quotes",
        text_columns=5,
        widths={"Number": _NUMBER_PX},
    )


def _expiring(quotes: list[Json]) -> None:
    soon = [one for one in quotes if one["days_left"] is not None]
    st.header("Expiring next", anchor=False)
    if not soon:
        st.caption("No sent quote is waiting for its client's answer.")
        return
    for one, row in zip(soon, portfolio_rows.quote_rows(soon), strict=True):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(f"**{plain(one['name'])}** for {plain(one['client'])}")
                st.caption(plain(f"{row['Number']}, {row['Value']}"))
            urgent = one["days_left"] < _SOON_DAYS
            st.badge(
                f"expires: {row['Expires in']}",
                color="orange" if urgent else "gray",
                icon=":material/timer:" if urgent else None,
            )
            if st.button("Open", key=f"open_{one['id']}"):
                state.open_quote(one["id"])
                go_to("offers")


def _trail(client: Client, quotes: list[Json]) -> None:
    names = {one["id"]: f"{one['number']}, revision {one['revision']}" for one in quotes}
    in_hand = state.quote_id()
    if in_hand is not None:
        names.setdefault(in_hand, "the quote in hand")
    if not names:
        st.info("No quote, no trail: it begins when a quote is priced.", icon=":material/history:")
        return
    chosen = st.selectbox(
        "Quote",
        list(names),
        index=list(names).index(in_hand) if in_hand else 0,
        format_func=names.__getitem__,
        key="trail_quote",
    )
    events = client.quote_events(chosen, _EVENTS)
    figure_table(portfolio_rows.event_rows(events["data"]), "trail", text_columns=8)
    if events["has_more"]:
        st.caption(f"The first {_EVENTS} events; the API has the others.")
    st.caption(
        "Events are never changed: each holds the hash of the one before it. "
        "`crewquote audit verify` checks the whole chain."
    )


def _cards(client: Client) -> None:
    cards = client.list_rate_cards()["data"]
    if not cards:
        st.info(
            "No rate card is stored: wages and rates come from the engagement and the packaged "
            "tables. An administrator imports one with `POST /v1/rate-cards/{name}/versions`.",
            icon=":material/table:",
        )
        return
    name = st.selectbox("Rate card", [one["name"] for one in cards], key="card")
    versions = client.rate_card_versions(name)["data"]
    figure_table(portfolio_rows.version_rows(versions), "card_versions", text_columns=4)
    at = st.selectbox("What changed in version", [one["version"] for one in versions], key="at")
    changes = client.rate_card_changes(name, at)
    rows = portfolio_rows.change_rows(changes)
    figure_table(rows, "card_changes", text_columns=6)
    if not rows:
        st.caption("This version changed no row.")
