"""Body of an invoice: a month's actuals, and under which offers to bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body, refuse_file_references
from pricing.invoice.actuals import ACTUALS_GUIDE, Actuals
from pricing.invoice.billing import METHODS
from pricing.reading import read_document

if TYPE_CHECKING:
    from pricing.quote import Method


class InvoiceBody(Actuals):
    """A month's actuals; whatever is left out went as planned."""

    offer: Literal["input_based", "output_based", "both"] = Field(
        "both", description="Under which offer to bill."
    )

    @property
    def methods(self) -> tuple[Method, ...]:
        """The offers to bill under."""
        return tuple(method for method in METHODS if self.offer in {method, "both"})


async def _read(request: Request) -> InvoiceBody:
    raw = await json_body(request)
    refuse_file_references(raw)
    return InvoiceBody() if raw == {} else read_document(InvoiceBody, raw, ACTUALS_GUIDE)


InvoiceBodyDep = Annotated[InvoiceBody, Depends(_read)]
