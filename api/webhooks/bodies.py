"""Body of a new endpoint."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body
from api.webhooks.addresses import ForbiddenAddressError, check_form
from pricing.field_errors import Guide
from pricing.reading import read_document
from staffing.errors import BadInputError
from staffing.plan import Document

TYPE_PATTERN = r"^[a-z]+(\.[a-z_]+)+$"


class WebhookBody(Document):
    """Where messages go, and of which events."""

    url: str = Field(
        max_length=2_000,
        description="https address; machines of this network only where that is allowed.",
        examples=["https://hooks.example.com/crewquote"],
    )
    types: Annotated[
        tuple[Annotated[str, Field(pattern=TYPE_PATTERN, max_length=60)], ...],
        Field(max_length=50),
    ] = Field((), description="Events it is told of, e.g. quote.sent; none: all.")


_GUIDE = Guide(WebhookBody, "docs/api.md")


async def _read(request: Request) -> WebhookBody:
    body = read_document(WebhookBody, await json_body(request), _GUIDE)
    try:
        check_form(body.url, private=request.app.state.settings.webhook_private_addresses)
    except ForbiddenAddressError as error:
        raise BadInputError.at("url", body.url, str(error)) from None
    return body


WebhookBodyDep = Annotated[WebhookBody, Depends(_read)]
