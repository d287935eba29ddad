"""Calls of the client to calculators: an engagement in, an answer out, nothing stored."""

from __future__ import annotations

from typing import Any, Protocol

Json = dict[str, Any]


class _Caller(Protocol):
    """What a calculator needs of the client."""

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        *,
        etag: str | None = None,
    ) -> Json: ...


class Calculators:
    """People, price, comparison, explanation and bills of an engagement."""

    def calculate_requirement(self: _Caller, engagement: Json, options: Json | None = None) -> Json:
        """Tell the heads that the work asks for by interval, ``{"scale": 1.2}``."""
        return _asked(self, "requirement", engagement, options)

    def calculate_coverage(self: _Caller, engagement: Json, options: Json | None = None) -> Json:
        """Plan shifts and hiring without a price, ``{"effort": "thorough"}``: vendor's view."""
        return _asked(self, "coverage", engagement, options)

    def calculate_price(self: _Caller, engagement: Json) -> Json:
        """Price an engagement without storing the quote: vendor's view."""
        return _asked(self, "price", engagement)

    def calculate_comparison(self: _Caller, engagement: Json, options: Json | None = None) -> Json:
        """Compare both offers as the client may see them, ``{"volume": 1.2, ...}``."""
        return _asked(self, "compare", engagement, options)

    def calculate_explanation(
        self: _Caller, engagement: Json, path: str = "", depth: int = 1
    ) -> Json:
        """Unfold a number of the quote; without a path, list what can be unfolded."""
        return _asked(self, "explain", engagement, {"path": path, "depth": depth})

    def calculate_invoices(self: _Caller, engagement: Json, actuals: Json | None = None) -> Json:
        """Bill a month, ``{"month": 2, "services": {...}}``, under both offers."""
        return _asked(self, "invoice", engagement, {"actuals": actuals or {}})


def _asked(client: _Caller, what: str, engagement: Json, options: Json | None = None) -> Json:
    body = {**(options or {}), "engagement": engagement}
    return client._call("POST", f"/v1/{what}", body)  # noqa: SLF001
