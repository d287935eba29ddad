"""Callers of the API: each with its own token, over connections that all share."""

from __future__ import annotations

from functools import lru_cache

import httpx2

from api.client import PRICING_TIMEOUT_S, Client
from dashboard.settings import api_url

NOT_SIGNED_IN, FORBIDDEN, TOO_OFTEN, UNREACHABLE = 401, 403, 429, 0


def client_of(token: str | None) -> Client:
    """Return a client that calls with a token, or as nobody."""
    return Client(api_url(), _connections(api_url()), token=token)


@lru_cache(maxsize=8)
def _connections(url: str) -> httpx2.Client:
    return httpx2.Client(base_url=url, timeout=PRICING_TIMEOUT_S)
