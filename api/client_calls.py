"""What the parts of the client need of it: how a call is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import httpx2

    Json = dict[str, Any]


class Calls(Protocol):
    """The client as its parts see it; `api.client.Client` is the one there is."""

    _token: str | None

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        *,
        etag: str | None = None,
    ) -> Json: ...

    def _send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        etag: str | None = None,
    ) -> httpx2.Response: ...

    def _headers(self, accept: str, etag: str | None = None) -> dict[str, str]: ...

    def _request(self, method: str, path: str, **sent: Any) -> httpx2.Response: ...  # noqa: ANN401
