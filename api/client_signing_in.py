"""Calls of the client about who calls, what a client reads of its quotes, what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

Json = dict[str, Any]


class SigningIn:
    """Signing in and out, and a client's own quotes."""

    _token: str | None

    def sign_in(self: Calls, email: str, password: str) -> Json:
        """Sign in, and call as this user from now on; returns the session with its token."""
        signed = self._call("POST", "/v1/sessions", {"email": email, "password": password})
        self._token = signed["token"]
        return signed

    def sign_out(self: Calls) -> None:
        """End the session, and call as nobody from now on."""
        self._send("DELETE", "/v1/sessions/current")
        self._token = None

    def me(self: Calls) -> Json:
        """Return who calls, and what it may do."""
        return self._call("GET", "/v1/me")

    def change_password(self: Calls, current: str, password: str) -> None:
        """Take another password; the user's other sessions end."""
        body = {"current": current, "password": password}
        self._send("PUT", "/v1/me/password", body)

    def list_client_quotes(self: Calls, limit: int = 20, after: str | None = None) -> Json:
        """Return a page of the quotes a client was sent, as it may read them."""
        params = {"limit": str(limit)} | ({} if after is None else {"after": after})
        return self._call("GET", "/v1/client/quotes", params=params)

    def client_quote(self: Calls, quote_id: str) -> Json:
        """Return a quote as its client may read it."""
        return self._call("GET", f"/v1/client/quotes/{quote_id}")

    def own_comparison(self: Calls, quote_id: str, belief: Json) -> Json:
        """Compare both offers with own numbers, ``{"volume": 0.9, "in_house": {...}}``."""
        return self._call("POST", f"/v1/client/quotes/{quote_id}/comparison", belief)

    def client_surge_offer(self: Calls, quote_id: str, peak: Json) -> Json:
        """Ask what help in a peak takes, ``{"size": 0.6, "notice_h": 48, ...}``."""
        return self._call("POST", f"/v1/client/quotes/{quote_id}/surge-offer", peak)

    def client_data(self: Calls, client: str) -> Json:
        """Return all that is kept of a client, by its name; for an admin."""
        return self._call("GET", "/v1/client-data", params={"client": client})

    def erase_client(self: Calls, client: str) -> Json:
        """Erase a client's quotes and users for good; for an admin."""
        return self._call("DELETE", "/v1/client-data", params={"client": client})
