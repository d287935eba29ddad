"""Calls of the client to calculators: an engagement in, an answer out, nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

Json = dict[str, Any]


class Calculators:
    """People, price, comparison, explanation and bills of an engagement."""

    def calculate_requirement(self: Calls, engagement: Json, options: Json | None = None) -> Json:
        """Tell the heads that the work asks for by interval, ``{"scale": 1.2}``."""
        return _asked(self, "requirement", engagement, options)

    def calculate_coverage(self: Calls, engagement: Json, options: Json | None = None) -> Json:
        """Plan shifts and hiring without a price, ``{"effort": "thorough"}``: vendor's view."""
        return _asked(self, "coverage", engagement, options)

    def calculate_price(self: Calls, engagement: Json) -> Json:
        """Price an engagement without storing the quote: vendor's view."""
        return _asked(self, "price", engagement)

    def calculate_comparison(self: Calls, engagement: Json, options: Json | None = None) -> Json:
        """Compare both offers as the client may see them, ``{"volume": 1.2, ...}``."""
        return _asked(self, "compare", engagement, options)

    def calculate_explanation(
        self: Calls, engagement: Json, path: str = "", depth: int = 1
    ) -> Json:
        """Unfold a number of the quote; without a path, list what can be unfolded."""
        return _asked(self, "explain", engagement, {"path": path, "depth": depth})

    def calculate_invoices(self: Calls, engagement: Json, actuals: Json | None = None) -> Json:
        """Bill a month, ``{"month": 2, "services": {...}}``, under both offers."""
        return _asked(self, "invoice", engagement, {"actuals": actuals or {}})


def _asked(client: Calls, what: str, engagement: Json, options: Json | None = None) -> Json:
    body = {**(options or {}), "engagement": engagement}
    return client._call("POST", f"/v1/{what}", body)  # noqa: SLF001
