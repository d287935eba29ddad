"""Who uses this tab: the caller's own client, its role and what the API lets it do."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard.connection import UNREACHABLE, client_of
from dashboard.web.cookie import NAME as COOKIE

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_CALLER, _WHOSE = "caller", "whose_session"
_FRESH_S = 60.0


@dataclass(frozen=True)
class Caller:
    """Who calls, as the API said at a moment."""

    told: Json
    at_s: float

    @property
    def permissions(self) -> frozenset[str]:
        """What the API lets the caller do."""
        return frozenset(self.told["permissions"])

    @property
    def is_vendor(self) -> bool:
        """Whether the caller may read the vendor's own view of quotes."""
        return "quotes:read" in self.permissions


def own_client() -> Client:
    """Return a client that calls with this browser's token; it keeps nothing."""
    return client_of(_token())


def who_calls(client: Client) -> Caller:
    """Tell who calls, asked for again after a minute.

    While the API does not answer, who called before goes on, so that no page is lost meanwhile.

    Raises
    ------
    ApiError
        Nobody is signed in where somebody must be, or the API never answered in this tab.
    """
    _forget_another_user()
    known: Caller | None = st.session_state.get(_CALLER)
    now = time.monotonic()
    if known is not None and now - known.at_s < _FRESH_S:
        return known
    try:
        known = Caller(client.me(), now)
    except ApiError as error:
        if known is None or error.status != UNREACHABLE:
            st.session_state.pop(_CALLER, None)
            raise
    st.session_state[_CALLER] = known
    return known


def is_of_a_client() -> bool:
    """Whether who was known last in this tab reads no more than a client may."""
    known: Caller | None = st.session_state.get(_CALLER)
    return known is not None and not known.is_vendor


def _forget_another_user() -> None:
    """Empty what another user of this browser left in the tab: documents, entries, studies."""
    whose = hashlib.sha256((_token() or "").encode()).hexdigest()
    if st.session_state.setdefault(_WHOSE, whose) != whose:
        st.session_state.clear()
        st.session_state[_WHOSE] = whose


def _token() -> str | None:
    """Token in the cookie, which came with the connection of this tab."""
    found = st.context.cookies.get(COOKIE)
    return found if isinstance(found, str) and found else None  # outside of a server it is neither
