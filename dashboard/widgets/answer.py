"""The client's answer to a quote: take an offer, ask for another, or turn it down; said twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard.session import who_calls
from dashboard.widgets.problem import show_problem
from dashboard.wording import OFFERS, moment, plain, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

_ANSWER, _SAID = "answer_begun", "answer_given"
_MAY = "quotes:answer"
_NOT_SENT, _CHANGED = 404, 412
_METHODS = ("input_based", "output_based")
_STANDS = {
    "accepted": "This quote is accepted.",
    "declined": "This quote was turned down.",
    "revision_requested": "Another offer was asked for; it will stand under *Your quotes*.",
    "expired": "This quote has expired; ask for a new one.",
    "void": "This quote was withdrawn.",
    "superseded": "A later revision stands in place of this quote.",
}
_DOES = {
    "input_based": "accepts this quote input-based: people's time is billed.",
    "output_based": "accepts this quote output-based: what is produced is billed.",
    "request-revision": "asks for another offer; this one can then no longer be accepted.",
    "decline": "turns this quote down for good.",
}
_BUTTONS = {"request-revision": "Ask for another offer", "decline": "Turn down"}


def answer(client: Client, quote_id: str) -> None:
    """Say where the quote stands; while it is open to the client, take its answer."""
    if _MAY not in who_calls(client).permissions:
        return
    try:
        quote = client.client_quote(quote_id)
    except ApiError as error:
        if error.status != _NOT_SENT:
            show_problem(error)
        return
    stands = quote["status"]
    with st.container(border=True, key="answer"):
        said = st.session_state.pop(_SAID, None)
        if said is not None:
            st.success(said, icon=":material/check_circle:")
        if stands["state"] != "sent":
            _closed(stands)
            return
        _open(client, quote)


def _closed(stands: Json) -> None:
    words = _STANDS.get(stands["state"], "This quote has not been sent yet: no answer is due.")
    st.markdown(f"**{stands['number']}**, revision {stands['revision']}. {words}")
    for service, method in (stands["choice"] or {}).items():
        st.markdown(f"- {plain(service)}: {OFFERS[method].lower()}")


def _open(client: Client, quote: Json) -> None:
    stands = quote["status"]
    until = f"open until {moment(stands['expires_at'])} UTC" if stands["expires_at"] else "open"
    st.markdown(f"**Your answer** to {stands['number']}, revision {stands['revision']}, {until}")
    begun = st.session_state.get(_ANSWER)
    if begun is None:
        with st.container(horizontal=True):
            for method in _METHODS:
                _begin(f"Accept {OFFERS[method].lower()}", method, first=True)
            for action, label in _BUTTONS.items():
                _begin(label, action)
        return
    _confirm(client, quote, begun)


def _begin(label: str, answered: str, *, first: bool = False) -> None:
    st.button(
        label,
        type="primary" if first else "secondary",
        key=f"begin_{answered}",
        on_click=partial(st.session_state.__setitem__, _ANSWER, answered),
    )


def _confirm(client: Client, quote: Json, begun: str) -> None:
    """Say what the answer does, take a note, and ask once more."""
    st.markdown(f"This {_DOES[begun]}")
    services: dict[str, str] = {}
    if begun in _METHODS:
        services = _by_service(quote, begun)
    needs_note = begun == "request-revision"
    note = st.text_area(
        "What should be different" if needs_note else "A note to the vendor (may stay empty)",
        max_chars=2000,
        key="answer_note",
    )
    with st.container(horizontal=True):
        if st.button("Confirm", type="primary", key="confirm", disabled=needs_note and not note):
            _give(_call(client, quote, begun, services, note or None))
        st.button("Back", key="answer_back", on_click=_forget)


def _by_service(quote: Json, method: str) -> dict[str, str]:
    """The bill that is agreed to; with several services each may be bought in its own way."""
    offer = next(one for one in quote["offers"] if one["method"] == method)
    st.markdown(
        f"Expected bill over {quote['term_months']} months: "
        f"**{whole(offer['expected_bill'])} {quote['currency']}**"
    )
    names = list(dict.fromkeys(price["service"] for price in offer["prices"]))
    if len(names) == 1:
        return dict.fromkeys(names, method)
    with st.expander("Choose for each service", key="by_service"):
        return {
            name: st.segmented_control(
                plain(name),
                _METHODS,
                format_func=OFFERS.__getitem__,
                default=method,
                key=f"take_{method}_{name}",
                required=True,
            )
            for name in names
        }


def _call(
    client: Client, quote: Json, begun: str, services: dict[str, str], note: str | None
) -> Callable[[], Json]:
    if begun in _METHODS:
        if set(services.values()) == {begun}:
            return partial(client.accept, quote, method=begun, note=note)
        return partial(client.accept, quote, services=services, note=note)
    if begun == "decline":
        return partial(client.decline, quote, note)
    return partial(client.request_revision, quote, note or "")


def _give(call: Callable[[], Json]) -> None:
    try:
        call()
    except ApiError as error:
        if error.status == _CHANGED:
            st.warning(
                "This quote changed while you read it. Go **Back** and look at it again before "
                "you answer.",
                icon=":material/sync_problem:",
            )
            return
        show_problem(error)
        return
    _forget()
    st.session_state[_SAID] = "Your answer has been given."
    st.rerun()


def _forget() -> None:
    st.session_state.pop(_ANSWER, None)
